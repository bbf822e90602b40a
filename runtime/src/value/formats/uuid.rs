//! Universally unique identifiers (UUIDs).

use std::fmt;

use super::{FormatError, text};

text! {
    /// A string with `format: uuid`. It keeps the exact text, which [`bytes`](Self::bytes) parses.
    ///
    /// Comparison is case-sensitive. To ignore case, compare the bytes.
    ///
    /// ```
    /// use wirecrate_runtime::Uuid;
    ///
    /// let id = Uuid::from("123E4567-e89b-12d3-a456-426614174000");
    /// assert_eq!(id.bytes()?[..2], [0x12, 0x3e]);
    /// assert_eq!(Uuid::from(id.bytes()?).as_str(), "123e4567-e89b-12d3-a456-426614174000");
    /// # Ok::<(), wirecrate_runtime::FormatError>(())
    /// ```
    Uuid, "a UUID"
}

/// The length of the text in characters.
const LENGTH: usize = 36;

/// The positions of the hyphens.
const HYPHENS: [usize; 4] = [8, 13, 18, 23];

impl Uuid {
    /// Parses the text into 16 bytes. It must consist of 32 hexadecimal digits of either case, in groups of 8, 4, 4, 4,
    /// and 12, separated by hyphens.
    ///
    /// # Errors
    ///
    /// Returns an error if the text has any other format.
    pub fn bytes(&self) -> Result<[u8; 16], FormatError> {
        if self.0.len() != LENGTH {
            return Err(Self::UNFIT);
        }
        let mut number = 0_u128;
        for (index, character) in self.0.chars().enumerate() {
            if HYPHENS.contains(&index) {
                if character != '-' {
                    return Err(Self::UNFIT);
                }
            } else {
                let digit = character.to_digit(16).ok_or(Self::UNFIT)?;
                number = number << 4 | u128::from(digit);
            }
        }
        Ok(number.to_be_bytes())
    }
}

/// Formats the bytes in lowercase, with hyphens.
impl From<[u8; 16]> for Uuid {
    fn from(bytes: [u8; 16]) -> Self {
        let mut text = format!("{:032x}", u128::from_be_bytes(bytes));
        for place in HYPHENS {
            text.insert(place, '-');
        }
        Self(text)
    }
}

/// Formats the text if it is a UUID, and `[redacted]` otherwise.
impl fmt::Debug for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.bytes().is_ok() { fmt::Debug::fmt(&self.0, f) } else { f.write_str("[redacted]") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uuids() {
        let id = Uuid::from("00112233-4455-6677-8899-AABBccddeeff");
        let bytes = [0, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff];
        assert_eq!(id.bytes(), Ok(bytes));
        assert_eq!(Uuid::from(bytes).as_str(), "00112233-4455-6677-8899-aabbccddeeff");
        assert_eq!(Uuid::from([0; 16]).as_str(), "00000000-0000-0000-0000-000000000000");
    }

    #[test]
    fn other_forms() {
        for text in [
            "",
            "00112233445566778899aabbccddeeff",
            "{00112233-4455-6677-8899-aabbccddeeff}",
            "00112233-4455-6677-8899-aabbccddeefg",
            "001122334-455-6677-8899-aabbccddeeff",
            "00112233-4455-6677-8899-aabbccddeeff0",
            "+0112233-4455-6677-8899-aabbccddeeff",
            "é0112233-4455-6677-8899-aabbccddeef",
        ] {
            assert!(Uuid::from(text).bytes().is_err(), "{text}");
        }
    }
}
