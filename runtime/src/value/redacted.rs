//! The placeholder for values that must not appear in logs, used in the `Debug` output of emitted types.

use std::fmt;

/// A placeholder for a redacted value. It is formatted as `[redacted]`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl fmt::Display for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Returns the placeholder for a value.
///
/// ```
/// use wirecrate_runtime::generated::redact;
///
/// let (from, callback_data, entity_id) = ("441134960000", Some("order-17"), None::<String>);
/// assert_eq!(format!("{:?}", redact(&from)), "[redacted]");
/// assert_eq!(format!("{:?}", callback_data.as_ref().map(redact)), "Some([redacted])");
/// assert_eq!(format!("{:?}", entity_id.as_ref().map(redact)), "None");
/// ```
pub fn redact<T: ?Sized>(_value: &T) -> Redacted {
    Redacted
}
