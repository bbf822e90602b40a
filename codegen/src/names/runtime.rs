//! The names of the runtime: which emitted code uses, which its crate exports, and which no type of a description may have.
//!
//! The runtime has two doors. Its module `generated` is for emitted code, its root for people.

/// A name of the runtime.
#[derive(Debug, Clone, Copy)]
pub struct RuntimeName {
    /// The name itself.
    pub name: &'static str,
    /// Emitted code uses it, so the module `generated` has it.
    pub emitted: bool,
    /// The root of the emitted crate exports it, so the root of the runtime has it.
    pub exported: bool,
    /// No type of a description may have this name.
    pub(crate) reserved: bool,
}

const fn emitted(name: &'static str) -> RuntimeName {
    RuntimeName { name, emitted: true, exported: false, reserved: false }
}

const fn exported(name: &'static str) -> RuntimeName {
    RuntimeName { name, emitted: false, exported: true, reserved: false }
}

const fn both(name: &'static str) -> RuntimeName {
    RuntimeName { emitted: true, ..exported(name) }
}

impl RuntimeName {
    const fn reserved(self) -> Self {
        Self { reserved: true, ..self }
    }
}

/// Every name that the emitted crate takes from the runtime.
pub const RUNTIME_NAMES: &[RuntimeName] = &[
    exported("Admission"),
    exported("AdmissionFuture"),
    emitted("Anonymous"),
    both("Base64").reserved(),
    exported("BaseUrlError"),
    exported("BlockingError"),
    exported("BodyStream"),
    exported("BodyStreamError"),
    exported("BoxError"),
    exported("Bulk"),
    both("ByteSource"),
    both("Bytes"),
    emitted("Call"),
    emitted("CallBuilder"),
    emitted("Choice"),
    emitted("Client"),
    emitted("ClientBuilder"),
    exported("ConfigurationError"),
    exported("Constraint"),
    emitted("Credentials"),
    exported("CredentialsError"),
    both("Date").reserved(),
    both("DateTime").reserved(),
    exported("DateTimeError"),
    exported("DecodeError"),
    emitted("Error"),
    emitted("EventBatch"),
    both("EventError"),
    emitted("EventKind"),
    both("File"),
    emitted("FormStyle"),
    exported("FormatError"),
    emitted("FromErrorBody").reserved(),
    emitted("FromSuccess"),
    both("HeaderError"),
    both("HeaderMap"),
    emitted("Held"),
    both("IsoDuration").reserved(),
    emitted("Join"),
    both("JsonError"),
    exported("JsonErrorCategory"),
    both("JsonObject").reserved(),
    both("JsonValue").reserved(),
    both("Keyword"),
    exported("Limiter"),
    emitted("Location").reserved(),
    emitted("MAX_EVENT_BYTES"),
    exported("MalformedItem"),
    emitted("Method"),
    emitted("Multipart"),
    both("Never").reserved(),
    emitted("NoCredentials"),
    both("Nullable").reserved(),
    both("Operation"),
    exported("Outcome"),
    emitted("Parameters"),
    emitted("Pattern"),
    emitted("Payload"),
    exported("Permit"),
    exported("Progress"),
    both("RateLimit"),
    exported("RateLimitError"),
    exported("RateLimiter"),
    both("Received"),
    exported("RequestError"),
    emitted("Required").reserved(),
    both("Response"),
    emitted("ResponseFormat"),
    emitted("ResponseHeaders"),
    exported("Retry"),
    exported("Sending"),
    exported("ShareError"),
    both("StatusCode").reserved(),
    exported("StatusError"),
    emitted("Style"),
    emitted("Success"),
    emitted("Tagged"),
    exported("TransportError"),
    exported("TransportErrorKind"),
    emitted("Unset").reserved(),
    both("Uuid").reserved(),
    exported("Violation"),
    both("Violations").reserved(),
    exported("WaitTooLong"),
    exported("http_client_builder"),
    emitted("json"),
    emitted("literal"),
    emitted("present"),
    emitted("read_event"),
    emitted("redact"),
    emitted("required_nullable"),
    exported("reqwest"),
];

/// The names that the root of the emitted crate exports.
pub(crate) fn exports() -> impl Iterator<Item = &'static str> {
    RUNTIME_NAMES.iter().filter(|name| name.exported).map(|name| name.name)
}

/// Returns `true` for a name that emitted code may use.
pub(crate) fn is_emitted(name: &str) -> bool {
    RUNTIME_NAMES.iter().any(|known| known.emitted && known.name == name)
}

/// Returns `true` for a name that no type of a description may have.
pub(crate) fn is_reserved(name: &str) -> bool {
    RUNTIME_NAMES.iter().any(|known| known.reserved && known.name == name)
}
