//! The hash that identifies the content of a file.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A SHA-256 hash, in lower-case hexadecimal digits as printed by `sha256sum`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Hash(String);

impl Hash {
    pub(super) fn of(content: impl AsRef<[u8]>) -> Self {
        let digits = Sha256::digest(content).into_iter().flat_map(|byte| [byte >> 4, byte & 15]);
        Self(digits.map(|digit| char::from_digit(digit.into(), 16).expect("four bits are one digit")).collect())
    }

    pub(super) fn digits(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_what_others_print() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Hash::of("abc").digits(), expected);
    }
}
