//! Tracing of calls: a span for each call and an event for each attempt, named as in the OpenTelemetry conventions for
//! HTTP clients. Without the feature `tracing`, nothing is recorded.
//!
//! Spans and events only contain facts of the description, the host, statuses, counts, and kinds of failures. They
//! contain no headers, no identifiers, and nothing of a body.

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

    use crate::error::failure::Failure;
    use crate::error::record::CallRecord;
    use crate::error::response::RawResponse;
    use crate::error::transport::TransportError;
    use crate::operation::Operation;

    /// The span of a call.
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

        /// Returns the span of a call that is not sent.
        pub(crate) fn none() -> Self {
            Self(Span::none())
        }

        /// Runs a call within its span.
        pub(crate) fn cover<F: Future>(&self, call: F) -> impl Future<Output = F::Output> + use<F> {
            call.instrument(self.0.clone())
        }

        /// Records the end of an attempt, and the wait before the next one, if any.
        pub(crate) fn attempt(
            &self,
            number: u32,
            attempt: &Result<RawResponse, TransportError>,
            next_after: Option<Duration>,
        ) {
            if self.0.is_none() {
                return;
            }
            let status = attempt.as_ref().ok().map(|response| response.status.as_u16());
            debug!(
                parent: &self.0,
                attempt = number,
                http.response.status_code = status,
                error.type = attempt.as_ref().err().map(|error| error.kind().name()),
                retry_after_ms = next_after.map(milliseconds),
                "attempt ended"
            );
            if let Ok(response) = attempt
                && ["deprecation", "sunset"].iter().any(|name| response.headers.contains_key(*name))
            {
                warn!(parent: &self.0, "the service announces the end of this operation");
            }
        }

        /// Records the end of the call.
        pub(crate) fn end(&self, result: &Result<RawResponse, Failure>) {
            match result {
                Ok(RawResponse { status, record, .. }) => {
                    self.0.record("http.response.status_code", status.as_u16());
                    self.attempts(record);
                    if !status.is_success() {
                        self.fail(status.as_str());
                    }
                }
                Err(Failure::RateLimit(error)) => {
                    self.attempts(error.record());
                    self.fail("rate_limit");
                }
                Err(Failure::Transport(error)) => {
                    self.attempts(error.record());
                    self.fail(error.kind().name());
                }
                // These failures occur before a call has a span.
                Err(Failure::Violations(_) | Failure::Encode(_) | Failure::Request(_)) => {}
            }
        }

        /// Records that the response cannot be decoded.
        pub(crate) fn unreadable(&self) {
            self.fail("unreadable_response");
        }

        fn attempts(&self, record: &CallRecord) {
            if record.attempts > 1 {
                self.0.record("http.request.resend_count", record.attempts - 1);
            }
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
#[expect(clippy::unused_self, reason = "the signatures are those of the other module")]
mod off {
    use std::time::Duration;

    use reqwest::Url;

    use crate::error::failure::Failure;
    use crate::error::response::RawResponse;
    use crate::error::transport::TransportError;
    use crate::operation::Operation;

    /// The span of a call, which records nothing.
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

        pub(crate) fn attempt(&self, _: u32, _: &Result<RawResponse, TransportError>, _: Option<Duration>) {}

        pub(crate) fn end(&self, _: &Result<RawResponse, Failure>) {}

        pub(crate) fn unreadable(&self) {}
    }
}
