//! Names of files that all common file systems accept.

use unicode_normalization::UnicodeNormalization as _;

use super::escape;

/// The names that Windows reserves for devices, with any extension.
const DEVICES: &[&str] = &[
    "aux", "con", "nul", "prn", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt0",
    "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// The maximum length of the name of a file in bytes.
pub(crate) const MAX_LENGTH: usize = 255;

/// The name of a file without its extension, for an item with this name: `con` is `con_`.
///
/// It is ASCII, since the compiler finds no other file of a module, and file systems differ in the form of other letters.
pub(crate) fn file_stem(name: &str) -> String {
    let name = name.chars().map(|character| match character.nfd().next().filter(char::is_ascii) {
        Some(letter) => letter.to_string(),
        None => format!("u{:x}", u32::from(character)),
    });
    let name = escape(name.collect());
    if DEVICES.contains(&&*name) { name + "_" } else { name }
}

/// The length of the name of a Rust file, if it is too long.
pub(crate) fn excessive_length(stem: &str) -> Option<usize> {
    let length = stem.len() + ".rs".len();
    (length > MAX_LENGTH).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_of_windows_are_no_names_of_files() {
        let check = |name: &str, expected: &str| assert_eq!(file_stem(name), expected);
        check("con", "con_");
        check("lpt1", "lpt1_");
        check("con_", "con_");
        check("console", "console");
    }

    #[test]
    fn names_are_ascii() {
        assert_eq!(["größe", "消息", "möd"].map(file_stem), ["groudfe", "u6d88u606f", "mod_"]);
    }

    #[test]
    fn lengths_are_those_of_names_with_an_extension() {
        assert_eq!(excessive_length(&"a".repeat(252)), None);
        assert_eq!(excessive_length(&"é".repeat(127)), Some(257));
    }
}
