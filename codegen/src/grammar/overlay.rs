//! The objects of an overlay and their keywords, for both versions.

use std::fmt;

use super::{Table, ValueKind, optional, required, table};

/// A supported version of overlays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Version {
    /// 1.0, with `update` and `remove`.
    V10,
    /// 1.1, with `copy` as well.
    V11,
}

impl Version {
    /// Parses the value of `overlay`; `None` for an unsupported version.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (version, patch) = text.rsplit_once('.')?;
        let is_number = !patch.is_empty() && patch.bytes().all(|byte| byte.is_ascii_digit());
        match version {
            "1.0" if is_number => Some(Self::V10),
            "1.1" if is_number => Some(Self::V11),
            _ => None,
        }
    }

    /// The keywords of an action.
    pub(crate) fn action(self) -> &'static Table {
        match self {
            Self::V10 => &ACTION_10,
            Self::V11 => &ACTION_11,
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::V10 => "Overlay 1.0",
            Self::V11 => "Overlay 1.1",
        })
    }
}

/// The whole overlay.
pub(crate) static OVERLAY: Table = table(
    "Overlay Object",
    &[
        required("overlay", ValueKind::Text),
        required("info", ValueKind::Map(&ValueKind::Any)),
        optional("extends", ValueKind::Text),
        required("actions", ValueKind::List(&ValueKind::Any)),
    ],
);

/// The metadata of the overlay.
pub(crate) static INFO: Table = table(
    "Info Object",
    &[
        required("title", ValueKind::Text),
        required("version", ValueKind::Text),
        optional("description", ValueKind::Text),
    ],
);

static ACTION_10: Table = Table {
    instead: &[("copy", "this keyword requires Overlay 1.1; write `overlay: 1.1.0`")],
    ..table(
        "Action Object",
        &[
            required("target", ValueKind::Text),
            optional("description", ValueKind::Text),
            optional("update", ValueKind::Any),
            optional("remove", ValueKind::Bool),
        ],
    )
};

static ACTION_11: Table = table(
    "Action Object",
    &[
        required("target", ValueKind::Text),
        optional("description", ValueKind::Text),
        optional("update", ValueKind::Any),
        optional("copy", ValueKind::Text),
        optional("remove", ValueKind::Bool),
    ],
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patches_of_two_versions_are_read() {
        assert_eq!(Version::parse("1.0.0"), Some(Version::V10));
        assert_eq!(Version::parse("1.1.12"), Some(Version::V11));
        for text in ["1.1", "1.1.", "1.2.0", "1.1.0-rc1", "2.0.0", "11.0", "1.10.0", ""] {
            assert_eq!(Version::parse(text), None, "{text}");
        }
    }
}
