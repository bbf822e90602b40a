//! Bytes encoded as text.

use std::fmt;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::{FormatError, text};

text! {
    /// A string with `format: byte` or `contentEncoding: base64`. It keeps the exact text, which
    /// [`decode`](Self::decode) converts to bytes.
    ///
    /// ```
    /// use wirecrate_runtime::Base64;
    ///
    /// let content = Base64::encode("hello");
    /// assert_eq!(content.as_str(), "aGVsbG8=");
    /// assert_eq!(content.decode()?, b"hello");
    /// # Ok::<(), wirecrate_runtime::FormatError>(())
    /// ```
    Base64, "base64"
}

/// Writes padding, and accepts text with or without it.
const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

impl Base64 {
    /// Encodes bytes with the standard alphabet of RFC 4648. To use text that is already encoded, call `Base64::from`.
    pub fn encode(bytes: impl AsRef<[u8]>) -> Self {
        Self(ENGINE.encode(bytes))
    }

    /// Decodes the text into bytes.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not valid base64 in the standard alphabet.
    pub fn decode(&self) -> Result<Vec<u8>, FormatError> {
        // The cause is dropped because it contains a byte of the text.
        ENGINE.decode(&self.0).map_err(|_| Self::UNFIT)
    }
}

/// Formats nothing of the text, because the bytes may be personal data.
impl fmt::Debug for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&[u8]>) {
        assert_eq!(Base64::from(text).decode().ok().as_deref(), expected, "{text}");
    }

    #[test]
    fn texts() {
        check("", Some(b""));
        check("aGVsbG8=", Some(b"hello"));
        check("aGVsbG8", Some(b"hello"));
        check("+/+/", Some(&[0xfb, 0xff, 0xbf]));
        check("-_-_", None);
        check("aGVs bG8=", None);
        check("a", None);
    }

    #[test]
    fn bytes_become_text() {
        for length in 0..5 {
            let bytes = vec![0xfe; length];
            assert_eq!(Base64::encode(&bytes).decode(), Ok(bytes));
        }
    }
}
