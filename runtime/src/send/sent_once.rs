//! Request bodies that are sent at most once, and not at all after their attempt has ended.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use crate::rate_limit::admission::Admission;
use crate::send::body::{Pieces, RequestBody};

/// The body of one attempt.
///
/// An HTTP library requests the bytes when it has a connection and writes the request. A server cannot process a
/// request whose body it did not receive, so until the library requests them, the message has not been sent, whatever
/// the error is. The bytes can be requested only once, so no lower layer can send them again, neither to the same URL
/// nor, after a redirect, to another.
pub(crate) struct SentOnce {
    /// The body, until the library requests it.
    body: Option<RequestBody>,
    /// The rest of the body, once the library has requested it.
    pieces: Option<Pieces>,
    shared: Arc<Shared>,
}

/// The claim of an attempt to its bytes. It ends with the attempt, because an HTTP library may keep a request that its
/// caller has dropped, and send it later.
pub(crate) struct Claim(Arc<Shared>);

/// The state that the bytes and their claim share.
struct Shared {
    state: AtomicU8,
    admission: Admission,
}

/// The library has requested the bytes.
const TAKEN: u8 = 1;
/// The attempt has ended, and the bytes will not be sent from now on.
const REVOKED: u8 = 2;

impl Claim {
    pub(crate) fn new(admission: Admission) -> Self {
        Self(Arc::new(Shared { state: AtomicU8::new(0), admission }))
    }

    /// Returns the body for the HTTP library.
    pub(crate) fn body(&self, body: RequestBody) -> SentOnce {
        SentOnce { body: Some(body), pieces: None, shared: Arc::clone(&self.0) }
    }

    /// Records that the response has begun.
    pub(crate) fn answered(&self) {
        self.0.admission.arrived();
    }

    /// Withholds the bytes from now on, and returns `true` if some have already been sent.
    pub(crate) fn revoke(&self) -> bool {
        self.0.state.fetch_or(REVOKED, Ordering::AcqRel) & TAKEN != 0
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        self.revoke();
        // The library may keep the body for long.
        self.0.admission.written();
    }
}

impl Body for SentOnce {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if self.is_end_stream() {
            return Poll::Ready(None);
        }
        if self.shared.state.fetch_or(TAKEN, Ordering::AcqRel) & REVOKED != 0 {
            (self.body, self.pieces) = (None, None);
            return Poll::Ready(Some(Err(io::Error::other("the attempt has ended"))));
        }
        let Self { body, pieces, shared } = &mut *self;
        if let Some(body) = body.take() {
            *pieces = Some(body.take());
        }
        let Some(left) = pieces else { return Poll::Ready(None) };
        let next = ready!(left.poll_next(context));
        if next.is_none() || left.is_empty() {
            *pieces = None;
            shared.admission.written();
        }
        Poll::Ready(next.map(|next| next.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_none() && self.pieces.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        match (&self.body, &self.pieces) {
            (Some(body), _) => body.length().map_or_else(SizeHint::default, SizeHint::with_exact),
            (None, Some(_)) => SizeHint::default(),
            (None, None) => SizeHint::with_exact(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(body: &mut SentOnce) -> Option<Result<Bytes, io::Error>> {
        let mut context = Context::from_waker(std::task::Waker::noop());
        let Poll::Ready(frame) = Pin::new(body).poll_frame(&mut context) else { panic!("it never waits") };
        frame.map(|frame| frame.map(|frame| frame.into_data().expect("no trailers")))
    }

    fn claimed() -> (SentOnce, Claim) {
        let claim = Claim::new(Admission::default());
        (claim.body(RequestBody::Bytes(Bytes::from_static(b"x"))), claim)
    }

    #[test]
    fn is_handed_out_once() {
        let (mut body, claim) = claimed();
        assert!(!body.is_end_stream() && body.size_hint().exact() == Some(1));
        assert_eq!(ask(&mut body).and_then(Result::ok).as_deref(), Some(&b"x"[..]));
        assert!(ask(&mut body).is_none() && body.is_end_stream());
        assert!(claim.revoke());
    }

    #[test]
    fn stays_when_its_attempt_is_over() {
        let (mut body, claim) = claimed();
        assert!(!claim.revoke());
        assert!(!claim.revoke(), "it stays revoked");
        assert!(ask(&mut body).is_some_and(|frame| frame.is_err()));
        let (mut body, claim) = claimed();
        drop(claim);
        assert!(ask(&mut body).is_some_and(|frame| frame.is_err()), "a call that is dropped sends nothing later");
    }
}
