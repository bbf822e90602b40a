//! The body of a request, which all attempts of a call share.

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;

use crate::error::request::RequestError;
use crate::operation::byte_source::Piece;
use crate::operation::payload::Payload;

/// The body of a request: bytes, which every attempt can send, or pieces with a stream, which one attempt can.
#[derive(Clone)]
pub(crate) enum RequestBody {
    Bytes(Bytes),
    Stream { pieces: Arc<Mutex<Option<Pieces>>>, length: Option<u64> },
}

impl RequestBody {
    pub(crate) fn new(payload: &Payload) -> Result<Self, RequestError> {
        if let Some(bytes) = payload.as_bytes() {
            return Ok(Self::Bytes(bytes.clone()));
        }
        let pieces = payload.take().ok_or(RequestError::StreamUsed)?;
        let length = pieces.iter().map(Piece::length).sum();
        // A library sends nothing of an empty body, and does not ask for it.
        if length == Some(0) {
            return Ok(Self::Bytes(Bytes::new()));
        }
        let pieces = Pieces { waiting: pieces.into(), left: length };
        Ok(Self::Stream { pieces: Arc::new(Mutex::new(Some(pieces))), length })
    }

    /// Returns `true` if there are bytes to send, which are the evidence of whether the request was sent.
    pub(crate) fn has_bytes(&self) -> bool {
        match self {
            Self::Bytes(bytes) => !bytes.is_empty(),
            Self::Stream { .. } => true,
        }
    }

    /// Returns `true` if another attempt can send it.
    pub(crate) fn can_be_sent(&self) -> bool {
        match self {
            Self::Bytes(_) => true,
            Self::Stream { pieces, .. } => pieces.lock().unwrap_or_else(PoisonError::into_inner).is_some(),
        }
    }

    /// Returns the number of bytes, if it is known.
    pub(crate) fn length(&self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => Some(bytes.len() as u64),
            Self::Stream { length, .. } => *length,
        }
    }

    /// Returns the pieces to send; none if an earlier attempt has taken a stream.
    pub(crate) fn take(&self) -> Pieces {
        match self {
            Self::Bytes(bytes) => {
                Pieces { waiting: [Piece::Bytes(bytes.clone())].into(), left: Some(bytes.len() as u64) }
            }
            Self::Stream { pieces, .. } => {
                let taken = pieces.lock().unwrap_or_else(PoisonError::into_inner).take();
                taken.unwrap_or(Pieces { waiting: VecDeque::new(), left: None })
            }
        }
    }
}

impl Piece {
    fn length(&self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => Some(bytes.len() as u64),
            Self::Stream { length, .. } => *length,
        }
    }
}

/// The pieces of a body that are still to be sent.
pub(crate) struct Pieces {
    waiting: VecDeque<Piece>,
    /// The number of bytes that must follow, if it is known.
    left: Option<u64>,
}

impl Pieces {
    /// Returns `true` if everything was sent.
    pub(crate) fn is_empty(&self) -> bool {
        self.waiting.is_empty() && self.left.is_none_or(|left| left == 0)
    }

    /// Returns the next bytes.
    pub(crate) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        loop {
            let bytes = match self.waiting.front_mut() {
                None => return Poll::Ready(self.end()),
                Some(Piece::Bytes(bytes)) => std::mem::take(bytes),
                Some(Piece::Stream { stream, .. }) => {
                    let stream = stream.get_mut().unwrap_or_else(PoisonError::into_inner);
                    match ready!(stream.as_mut().poll_next(context)) {
                        Some(Ok(bytes)) if bytes.is_empty() => continue,
                        Some(Ok(bytes)) => return Poll::Ready(Some(self.count(bytes))),
                        Some(Err(error)) => return Poll::Ready(Some(Err(self.fail(error)))),
                        None => Bytes::new(),
                    }
                }
            };
            self.waiting.pop_front();
            if !bytes.is_empty() {
                return Poll::Ready(Some(self.count(bytes)));
            }
        }
    }

    /// Subtracts bytes from those that must follow.
    fn count(&mut self, bytes: Bytes) -> io::Result<Bytes> {
        if let Some(left) = &mut self.left {
            match left.checked_sub(bytes.len() as u64) {
                Some(rest) => *left = rest,
                None => return Err(self.fail(io::Error::other("the stream is longer than its stated length"))),
            }
        }
        Ok(bytes)
    }

    fn end(&mut self) -> Option<io::Result<Bytes>> {
        let is_short = self.left.take().is_some_and(|left| left > 0);
        is_short.then(|| Err(io::Error::other("the stream is shorter than its stated length")))
    }

    /// Drops everything that follows an error.
    fn fail(&mut self, error: io::Error) -> io::Error {
        self.waiting.clear();
        self.left = None;
        error
    }
}
