//! The typed body of a call, before it is encoded.

use crate::check::violation::Violations;
use crate::error::failure::Failure;
use crate::json::error::JsonError;
use crate::operation::payload::Payload;

/// A request body, with the functions that emitted code provides for its type.
pub(crate) struct TypedBody<'a, B: ?Sized> {
    /// `None` if the request has no body.
    pub(crate) value: Option<&'a B>,
    pub(crate) encode: Encode<B>,
    pub(crate) check: Option<Check<B>>,
    pub(crate) message_id: Option<MessageId<B>>,
}

/// Encodes a request body.
pub(crate) type Encode<B> = fn(&B) -> Result<Payload, JsonError>;

/// Checks the constraints of a request body.
pub(crate) type Check<B> = fn(&B) -> Result<(), Violations>;

/// Returns the message id in a request body.
pub(crate) type MessageId<B> = fn(&B) -> Option<&str>;

impl<B: ?Sized> TypedBody<'_, B> {
    /// Checks and encodes the body. Its violations are appended to those already found.
    pub(crate) fn encode(&self, mut violations: Violations) -> Result<Option<Payload>, Failure> {
        if let (Some(check), Some(value)) = (self.check, self.value)
            && let Err(found) = check(value)
        {
            violations.append(found);
        }
        violations.finish().map_err(Failure::Violations)?;
        self.value.map(self.encode).transpose().map_err(Failure::Encode)
    }

    /// Returns the message id, unless it is empty.
    pub(crate) fn message_id(&self) -> Option<Box<str>> {
        let id = self.message_id.zip(self.value).and_then(|(find, value)| find(value));
        id.filter(|id| !id.is_empty()).map(Box::from)
    }
}
