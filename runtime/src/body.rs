//! The body of a request, which remembers whether it was handed out.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

/// Bytes for one attempt to send them.
///
/// An HTTP library asks for them when it has a connection and writes the request, and no server can
/// carry out a request whose body it did not get. So as long as they were not asked for, the message
/// was not sent, whatever the error says. That they can be asked for once also keeps every layer
/// below from sending them again, to the same place or, after a redirect, to another.
pub(crate) struct SentOnce {
    bytes: Option<Bytes>,
    taken: Taken,
}

/// Tells whether the bytes of an attempt were handed out.
#[derive(Clone, Default)]
pub(crate) struct Taken(Arc<AtomicBool>);

impl SentOnce {
    pub(crate) fn new(bytes: Bytes) -> (Self, Taken) {
        let taken = Taken::default();
        (Self { bytes: Some(bytes), taken: taken.clone() }, taken)
    }
}

impl Taken {
    pub(crate) fn get(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

impl Body for SentOnce {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.taken.0.store(true, Ordering::Release);
        Poll::Ready(self.bytes.take().map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
    }
}
