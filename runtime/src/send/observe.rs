//! What a call tells those who watch: a span for the call and an event for each attempt, with the
//! names of OpenTelemetry's conventions for HTTP clients. Without the feature `tracing`, nothing.
//!
//! Only what the description says, the host, statuses, counts and kinds of failures are told: no
//! header, no identifier, nothing of a body.

#[cfg(feature = "tracing")]
pub(crate) use on::CallSpan;

#[cfg(not(feature = "tracing"))]
pub(crate) use off::CallSpan;

#[cfg(feature = "tracing")]
mod on {
    use std::future::Future;
    use std::time::Duration;

    use reqwest::Url;
    use tracing::field::Empty;
    use tracing::instrument::Instrument as _;
    use tracing::{Span, debug, info_span, warn};

    use crate::error::response::Reply;
    use crate::error::transport::TransportError;
    use crate::operation::Operation;
    use crate::send::attempts::NoReply;

    /// The span of one call.
    #[derive(Clone)]
    pub(crate) struct CallSpan(Span);

    impl CallSpan {
        pub(crate) fn new(operation: &Operation, url: &Url) -> Self {
            let span = info_span!(
                "request",
                otel.name = %format_args!("{} {}", operation.method(), operation.path()),
                otel.kind = "client",
                otel.status_code = Empty,
                http.request.method = operation.method().as_str(),
                http.request.resend_count = Empty,
                http.response.status_code = Empty,
                url.template = operation.path(),
                server.address = url.host_str(),
                server.port = url.port_or_known_default(),
                error.type = Empty,
            );
            Self(span)
        }

        /// The span of a call that sends nothing.
        pub(crate) fn none() -> Self {
            Self(Span::none())
        }

        /// Runs a call within its span.
        pub(crate) fn cover<F: Future>(&self, call: F) -> impl Future<Output = F::Output> + use<F> {
            call.instrument(self.0.clone())
        }

        /// Tells how an attempt ended, and whether another one follows.
        pub(crate) fn attempt(
            &self,
            number: u32,
            attempt: &Result<Reply, TransportError>,
            next_after: Option<Duration>,
        ) {
            if self.0.is_none() {
                return;
            }
            let status = attempt.as_ref().ok().map(|reply| reply.status.as_u16());
            debug!(
                parent: &self.0,
                attempt = number,
                http.response.status_code = status,
                error.type = attempt.as_ref().err().map(|error| error.kind().name()),
                retry_after_ms = next_after.map(milliseconds),
                "attempt ended"
            );
            if let Ok(reply) = attempt
                && ["deprecation", "sunset"].iter().any(|name| reply.headers.contains_key(*name))
            {
                warn!(parent: &self.0, "the service announces the end of this operation");
            }
        }

        /// Records how the call ended.
        pub(crate) fn end(&self, result: &Result<Reply, NoReply>) {
            let (trail, status, error) = match result {
                Ok(reply) => {
                    let status = reply.status;
                    (&reply.trail, Some(status), (!status.is_success()).then(|| status.as_str().to_owned()))
                }
                Err(NoReply::RateLimit(error)) => (error.trail(), None, Some("rate_limit".to_owned())),
                Err(NoReply::Transport(error)) => (error.trail(), None, Some(error.kind().name().to_owned())),
            };
            if let Some(status) = status {
                self.0.record("http.response.status_code", status.as_u16());
            }
            if trail.attempts > 1 {
                self.0.record("http.request.resend_count", trail.attempts - 1);
            }
            if let Some(error) = error {
                self.fail(&error);
            }
        }

        /// Records that a reply could not be read.
        pub(crate) fn unreadable(&self) {
            self.fail("unreadable_reply");
        }

        fn fail(&self, error: &str) {
            self.0.record("error.type", error);
            self.0.record("otel.status_code", "ERROR");
        }
    }

    fn milliseconds(duration: Duration) -> u64 {
        u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(not(feature = "tracing"))]
#[expect(clippy::unused_self, reason = "it has the shape that it has with the feature")]
mod off {
    use std::time::Duration;

    use reqwest::Url;

    use crate::error::response::Reply;
    use crate::error::transport::TransportError;
    use crate::operation::Operation;
    use crate::send::attempts::NoReply;

    /// Nobody watches.
    #[derive(Clone)]
    pub(crate) struct CallSpan;

    impl CallSpan {
        pub(crate) fn new(_: &Operation, _: &Url) -> Self {
            Self
        }

        pub(crate) fn none() -> Self {
            Self
        }

        pub(crate) fn cover<F>(&self, call: F) -> F {
            call
        }

        pub(crate) fn attempt(&self, _: u32, _: &Result<Reply, TransportError>, _: Option<Duration>) {}

        pub(crate) fn end(&self, _: &Result<Reply, NoReply>) {}

        pub(crate) fn unreadable(&self) {}
    }
}
