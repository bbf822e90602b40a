//! The body of an HTML form: `application/x-www-form-urlencoded`.

use std::fmt::{self, Display};

use crate::json::error::JsonError;
use crate::operation::parameters::Pairs;
use crate::operation::payload::Payload;

/// An encoder for URL-encoded forms.
///
/// Each method takes any number of values: none for an absent property, several for a list.
#[derive(Default)]
pub struct Form(Pairs);

impl Form {
    /// Creates an empty form.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds `name=value` for each value.
    pub fn text<T: Display>(&mut self, name: &str, values: impl IntoIterator<Item = T>) {
        self.0.each(name, values);
    }

    /// Adds all values as one `name=value,value`. Adds nothing if there are none.
    pub fn joined<T: Display>(&mut self, name: &str, values: impl IntoIterator<Item = T>) {
        self.0.joined(name, ",", values);
    }

    /// Returns the encoded form.
    ///
    /// # Errors
    ///
    /// Never returns an error. All encoders share this signature.
    pub fn finish(self) -> Result<Payload, JsonError> {
        Ok(Payload::from_bytes(self.0.0.into_bytes()))
    }
}

impl fmt::Debug for Form {
    /// Formats none of the content, which may contain personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Form").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_encoded_and_lists_repeat() {
        let mut form = Form::new();
        form.text("to", ["a b", "c&d"]);
        form.text("none", None::<i32>);
        form.joined("ids", [1, 2]);
        let body = form.finish().expect("it never fails").into_bytes();
        assert_eq!(body, "to=a%20b&to=c%26d&ids=1,2");
    }
}
