//! Conversion of wire names to Rust identifiers: casing, keywords, names that are taken.
//!
//! No other module changes case; the stages behind it have finished identifiers.

pub(crate) mod files;
pub(crate) mod runtime;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use heck::{ToSnakeCase, ToUpperCamelCase};
use unicode_ident::{is_xid_continue, is_xid_start};
use unicode_normalization::UnicodeNormalization as _;

/// Reserved words of edition 2024, in every position.
const KEYWORDS: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super",
    "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Names of the standard library and of serde that emitted code writes without a path.
const STANDARD: &[&str] = &[
    "BTreeMap",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Deserialize",
    "Drop",
    "Eq",
    "Err",
    "Fn",
    "From",
    "Into",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Self",
    "Send",
    "Serialize",
    "Some",
    "String",
    "Sync",
    "ToString",
    "TryFrom",
    "TryInto",
    "Vec",
];

/// The items of the emitted crate itself.
const OWN: &[&str] = &["Call", "Client", "ClientBuilder", "Credentials", "Error", "ErrorBody"];

/// Terms of the specifications whose inner capitals do not start a new word.
const TERMS: &[&str] = &["OAuth", "OpenAPI"];

/// Words for the signs in names that consist of nothing else.
const SIGNS: &[(char, &str)] = &[
    ('!', "not"),
    ('"', "quote"),
    ('#', "hash"),
    ('$', "dollar"),
    ('%', "percent"),
    ('&', "and"),
    ('\'', "apostrophe"),
    ('(', "open"),
    (')', "close"),
    ('*', "asterisk"),
    ('+', "plus"),
    (',', "comma"),
    ('-', "minus"),
    ('.', "dot"),
    ('/', "slash"),
    (':', "colon"),
    (';', "semicolon"),
    ('<', "less"),
    ('=', "equal"),
    ('>', "greater"),
    ('?', "question"),
    ('@', "at"),
    ('[', "open_bracket"),
    ('\\', "backslash"),
    (']', "close_bracket"),
    ('^', "caret"),
    ('_', "underscore"),
    ('`', "backtick"),
    ('{', "open_brace"),
    ('|', "or"),
    ('}', "close_brace"),
    ('~', "tilde"),
    (' ', "space"),
];

/// Turns wire names into the words of Rust names.
#[derive(Debug, Clone)]
pub(crate) struct Casing {
    /// Words whose inner capitals do not start a new word, as they are written and with one capital: `OAuth`, `Oauth`.
    spellings: Vec<(String, String)>,
}

impl Casing {
    /// The terms of the specifications, and further spellings.
    pub(crate) fn new<'s>(spellings: impl IntoIterator<Item = &'s String>) -> Self {
        let spellings = TERMS.iter().copied().chain(spellings.into_iter().map(String::as_str));
        Self { spellings: spellings.map(|spelling| (spelling.to_owned(), one_capital(spelling))).collect() }
    }

    /// The name of a type or a variant: `single-message-info` is `SingleMessageInfo`, `<=` is `LessEqual`.
    pub(crate) fn type_name(&self, wire: &str) -> String {
        escape(identifier(&self.words(shortened(wire)).to_upper_camel_case(), "Value"))
    }

    /// The name of a field, a method or a module: `firstName` is `first_name`, `type` is `type_`, `+1` is `plus_1`.
    pub(crate) fn snake_name(&self, wire: &str) -> String {
        escape(identifier(&self.words(shortened(wire)).to_snake_case(), "value_"))
    }

    /// The words that a name is made of; for one without letters and digits, and for a number with a sign, the names of
    /// its signs. Variants of a letter, such as a bold one, become the letter.
    fn words(&self, wire: &str) -> String {
        let wire = if wire.is_ascii() { Cow::Borrowed(wire) } else { Cow::Owned(wire.nfkc().collect()) };
        let has_word = wire.chars().any(|character| character.is_alphanumeric() && is_xid_continue(character));
        let mut characters = wire.chars();
        let is_signed = matches!(characters.next(), Some('+' | '-')) && characters.next().is_some_and(char::is_numeric);
        if has_word && !is_signed {
            let wire = wire.replace(|character| !is_xid_continue(character), " ");
            return self.spellings.iter().fold(wire, |name, (spelling, word)| name.replace(spelling, word));
        }
        if wire.is_empty() {
            return "empty".to_owned();
        }
        let spelt = wire.chars().map(|character| match SIGNS.iter().find(|(sign, _)| *sign == character) {
            Some((_, word)) => format!(" {word} "),
            None if character.is_alphanumeric() => character.to_string(),
            None => format!(" u{:x} ", u32::from(character)),
        });
        spelt.collect()
    }
}

/// The length of the part of a name that an identifier is made of, in bytes. Names of types continue each other, and occur
/// many times.
const LONGEST_NAME: usize = 400;

/// The start of a name that is too long for an identifier.
fn shortened(wire: &str) -> &str {
    &wire[..wire.floor_char_boundary(LONGEST_NAME)]
}

/// The word with its first letter as a capital and the others in lower case.
fn one_capital(word: &str) -> String {
    let mut characters = word.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters.flat_map(char::to_lowercase)).collect()
}

/// A free name: the wanted one, or the same with the first free number.
pub(crate) fn free(wanted: &str, is_free: impl Fn(&str) -> bool) -> String {
    Numbers::default().free(wanted, is_free)
}

/// The next number behind each name that was wanted more than once, so that no number is tried twice.
#[derive(Debug, Default)]
pub(crate) struct Numbers(HashMap<String, u64>);

impl Numbers {
    /// A free name, which is never free again.
    pub(crate) fn free(&mut self, wanted: &str, is_free: impl Fn(&str) -> bool) -> String {
        if is_free(wanted) {
            return wanted.to_owned();
        }
        let gap = if wanted.ends_with(|last: char| last.is_ascii_digit()) { "_" } else { "" };
        let next = self.0.entry(wanted.to_owned()).or_insert(2);
        // There are more numbers than names.
        loop {
            let name = format!("{wanted}{gap}{next}");
            *next += 1;
            if is_free(&name) {
                return name;
            }
        }
    }
}

/// Names that are taken.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    names: HashSet<String>,
    numbers: Numbers,
}

impl Taken {
    pub(crate) fn contains(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// Takes a free name: the wanted one, or the same with the first free number.
    pub(crate) fn take(&mut self, wanted: &str) -> String {
        let name = self.numbers.free(wanted, |name| !self.names.contains(name));
        self.names.insert(name.clone());
        name
    }
}

/// Returns `true` if this is an identifier of Rust.
pub(crate) fn is_identifier(name: &str) -> bool {
    let mut characters = name.chars();
    characters.next().is_some_and(is_xid_start) && characters.all(is_xid_continue) && !KEYWORDS.contains(&name)
}

/// The characters that an identifier may have, with `prefix` before one that cannot be first. The compiler takes names for
/// equal if their normal forms are.
fn identifier(name: &str, prefix: &str) -> String {
    let name: String = name.nfc().filter(|character| is_xid_continue(*character)).collect();
    if name.starts_with(is_xid_start) { name } else { format!("{prefix}{name}") }
}

/// The name of a field. Its setter must not have the name of a function of the builder.
pub(crate) fn field(name: String) -> String {
    if matches!(&*name, "build" | "maybe" | "new") { format!("{name}_") } else { name }
}

/// The name of a method of the client, which must not be that of the function that returns a builder.
pub(crate) fn method(name: String) -> String {
    if name == "builder" { format!("{name}_") } else { name }
}

/// The name of the value of an optional field in its check, which must not be one of the variables there.
pub(crate) fn binding(field: &str) -> String {
    let is_used = matches!(field, "at" | "violations" | "index" | "item" | "key")
        || ["list", "map"].iter().any(|used| field.starts_with(used));
    if is_used { "value".to_owned() } else { field.to_owned() }
}

/// Names for the type parameter of a required field, the best one first: `FirstName`, `FirstNameValue`,
/// `FirstNameValue2`, …
pub(crate) fn parameters(field: &str) -> impl Iterator<Item = String> {
    let name = capitalized(field.trim_end_matches('_'));
    let value = format!("{name}Value");
    [name, value.clone()].into_iter().chain((2_u64..).map(move |number| format!("{value}{number}")))
}

/// The trait `HasFirstName` for the field `first_name`; fields that differ give names that differ.
pub(crate) fn marker(field: &str) -> String {
    format!("Has{}", capitalized(field))
}

/// `FirstName` for the field `first_name`; fields that differ give names that differ.
fn capitalized(field: &str) -> String {
    let mut name = String::with_capacity(field.len());
    for word in field.split('_') {
        let mut characters = word.chars();
        match characters.next() {
            Some(first) if has_capital(first) && (first.is_lowercase() || name.is_empty()) => {
                name.extend(first.to_uppercase());
            }
            // Without a case that shows where the word starts, the underscore stays.
            Some(first) => name.extend(['_', first]),
            None => name.push('_'),
        }
        name.push_str(characters.as_str());
    }
    name
}

/// Returns `true` unless the capital of a letter is also that of another one, such as `I` of the dotless `ı`.
fn has_capital(letter: char) -> bool {
    letter.to_uppercase().flat_map(char::to_lowercase).eq([letter])
}

/// The name of an argument, which must not be one of the variables in an example.
pub(crate) fn argument(name: String) -> String {
    if matches!(&*name, "client" | "parameters" | "response") { format!("{name}_") } else { name }
}

/// Converts the name of a field as `serde(rename_all = "camelCase")` does.
pub(crate) fn camel_case(field: &str) -> String {
    let mut name = String::with_capacity(field.len());
    let mut capital = false;
    for character in field.chars() {
        match character {
            '_' => capital = !name.is_empty(),
            _ if std::mem::take(&mut capital) => name.push(character.to_ascii_uppercase()),
            _ => name.push(character),
        }
    }
    name
}

/// Returns `true` if no type of a description may have this name, because emitted code needs it.
pub(crate) fn is_taken(name: &str) -> bool {
    STANDARD.contains(&name) || is_own(name) || runtime::is_reserved(name)
}

/// Returns `true` for the name of an item of the emitted crate itself.
pub(crate) fn is_own(name: &str) -> bool {
    OWN.contains(&name)
}

/// The singular of a plural: `contacts` is `contact`, `addresses` is `address`.
pub(crate) fn singular(plural: &str) -> &str {
    let lower = plural.to_ascii_lowercase();
    if ["ss", "us", "is"].iter().any(|ending| lower.ends_with(ending)) {
        plural
    } else if ["sses", "xes", "ches", "shes"].iter().any(|ending| lower.ends_with(ending)) {
        &plural[..plural.len() - 2]
    } else {
        plural.strip_suffix(['s', 'S']).filter(|rest| !rest.is_empty()).unwrap_or(plural)
    }
}

/// The length of the longest word that is compared with others.
const LONGEST_WORD: usize = 64;

/// The number of words that a word is compared with.
const MOST_CANDIDATES: usize = 2000;

/// The candidate that is most similar to a misspelt word.
pub(crate) fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    let similar = |candidate: &'a str| {
        let other = candidate.chars().count();
        let most = 2.min(length.max(other) / 3);
        // A distance is at least the difference of the lengths.
        let is_possible = length.abs_diff(other) <= most && length.max(other) <= LONGEST_WORD;
        let distance = is_possible.then(|| strsim::damerau_levenshtein(word, candidate))?;
        (distance <= most).then_some((distance, candidate))
    };
    candidates
        .take(MOST_CANDIDATES)
        .filter_map(similar)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

fn escape(name: String) -> String {
    if KEYWORDS.contains(&name.as_str()) { format!("{name}_") } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_upper_camel() {
        #[track_caller]
        fn check(wire: &str, expected: &str) {
            assert_eq!(Casing::new([]).type_name(wire), expected);
        }
        check("ContactMessage", "ContactMessage");
        check("single-message-info", "SingleMessageInfo");
        check("HOME", "Home");
        check("IN_TRANSIT", "InTransit");
        check("en_US", "EnUs");
        check("3DS", "Value3ds");
        check("ÄÖ", "Äö");
        check("OAuth2", "Oauth2");
        check("", "Empty");
        check("<=", "LessEqual");
        check("-1", "Minus1");
        check("1.5", "Value15");
        check("👍", "U1f44d");
        check("e\u{301}", "É");
        check("\u{212b}", "Å");
    }

    #[test]
    fn fields_are_snake_case_and_never_keywords() {
        #[track_caller]
        fn check(wire: &str, expected: &str) {
            assert_eq!(Casing::new([]).snake_name(wire), expected);
        }
        check("firstName", "first_name");
        check("type", "type_");
        check("Self", "self_");
        check("gen", "gen_");
        check("send-contact-message", "send_contact_message");
        check("OAuth2", "oauth2");
        check("SsoToken", "sso_token");
        check("24h", "value_24h");
        check("$", "dollar");
        check("+1", "plus_1");
        check("_", "underscore");
        check("𝐀bc", "abc");
        check("a\u{1f10c}b", "a_b");
    }

    #[test]
    fn spellings_are_one_word() {
        let spellings = ["LinkedIn".to_owned(), "iPhone".to_owned()];
        let casing = Casing::new(&spellings);
        assert_eq!(casing.snake_name("sendLinkedInMessage"), "send_linkedin_message");
        assert_eq!(casing.type_name("iPhone-model"), "IphoneModel");
        assert_eq!(Casing::new([]).snake_name("sendLinkedInMessage"), "send_linked_in_message");
    }

    #[test]
    fn parameters_are_named_after_fields() {
        let first = |field| parameters(field).take(3).collect::<Vec<_>>();
        assert_eq!(first("first_name"), ["FirstName", "FirstNameValue", "FirstNameValue2"]);
        assert_eq!(first("type_")[0], "Type");
        assert_eq!(marker("type_"), "HasType_");
        assert_eq!(["id", "ıd", "sa", "ſa", "名"].map(marker), ["HasId", "Has_ıd", "HasSa", "Has_ſa", "Has名"]);
    }

    /// The lint `non_snake_case` accepts every name of a field, and the compiler takes no two of them for one.
    #[test]
    fn every_letter_gives_a_name_without_lints() {
        let casing = Casing::new([]);
        for letter in (0..=0x10_ffff).filter_map(char::from_u32).filter(|letter| letter.is_alphanumeric()) {
            let name = casing.snake_name(&format!("a{letter}b"));
            assert!(is_identifier(&name) && unicode_normalization::is_nfc(&name), "{letter:?}: {name}");
            assert!(!name.contains("__") && !name.contains(char::is_uppercase), "{letter:?}: {name}");
        }
    }

    #[test]
    fn camel_case_is_that_of_serde() {
        #[track_caller]
        fn check(field: &str, expected: &str) {
            assert_eq!(camel_case(field), expected);
        }
        check("first_name", "firstName");
        check("type_", "type");
        check("zip", "zip");
        check("value_24h", "value24h");
    }

    #[test]
    fn plurals_lose_their_ending() {
        #[track_caller]
        fn check(plural: &str, expected: &str) {
            assert_eq!(singular(plural), expected);
        }
        check("contacts", "contact");
        check("addresses", "address");
        check("boxes", "box");
        check("status", "status");
        check("address", "address");
        check("s", "s");
        check("data", "data");
    }

    #[test]
    fn hints_are_close() {
        #[track_caller]
        fn check(word: &str, expected: Option<&str>) {
            assert_eq!(nearest(word, ["maxLength", "minLength", "type", "in"].into_iter()), expected);
        }
        check("maxLenght", Some("maxLength"));
        check("tpye", Some("type"));
        check("unrelated", None);
        check("on", None);
    }
}
