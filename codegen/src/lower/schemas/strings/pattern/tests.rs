//! Tables of patterns: their translations, those that are refused, and their matches.

use regex_lite::Regex;
use serde_json::json;

use super::{matches_everything, translate};

#[track_caller]
fn check(pattern: &str, expected: &str) {
    assert_eq!(translate(pattern).as_deref(), Ok(expected), "{pattern}");
}

#[track_caller]
fn check_refused(pattern: &str, expected: &'static str) {
    assert_eq!(translate(pattern), Err(expected), "{pattern}");
}

/// Compares the matches with those of another validator.
#[track_caller]
fn check_matches(pattern: &str, matching: &[&str], others: &[&str]) {
    let translated = translate(pattern).expect("the pattern can be translated");
    let regex = Regex::new(&translated).expect("translations compile");
    for (texts, expected) in [(matching, true), (others, false)] {
        for text in texts {
            assert_eq!(regex.is_match(text), expected, "{text:?} against {pattern}, which is {translated}");
            let oracle = jsonschema::is_valid(&json!({ "pattern": pattern }), &json!(text));
            assert_eq!(oracle, expected, "{text:?} against {pattern}");
        }
    }
}

#[test]
fn patterns_without_effect_are_recognized() {
    for pattern in ["", ".*", "^.*", ".*$", "^", "$", r"^[\s\S]*$"] {
        assert!(matches_everything(pattern), "{pattern}");
        check_matches(pattern, &["", "a", "a\nb", "\n"], &[]);
    }
    for pattern in ["^.*$", "^$", ".+", r"\$", "^[^a]*$"] {
        assert!(!matches_everything(pattern), "{pattern}");
    }
}

#[test]
fn plain_patterns_stay_as_they_are() {
    check("", "");
    check("^[a-zA-Z0-9_]+$", "^[a-zA-Z0-9_]+$");
    check("^(a|b)?c*$", "^(?:a|b)?c*$");
    check("^a{2}b{2,}c{2,5}d+?$", "^a{2}b{2,}c{2,5}d+?$");
    check(r"[A-Za-z0-9\-_.]{1,35}", r"[A-Za-z0-9\-_\.]{1,35}");
    check(r"^\.\*\[\]\(\)$", r"^\.\*\[\]\(\)$");
}

#[test]
fn shorthands_have_the_characters_of_ecma() {
    check(r"\d\D", "[0-9][^0-9]");
    check(r"\w\W", "[0-9A-Z_a-z][^0-9A-Z_a-z]");
    check(".", r"[^\n\r\x{2028}\x{2029}]");
    check(r"\b\B", r"\b\B");
    check(r"[\d.]", r"[0-9\.]");
    check_matches(
        r"^\s$",
        &[" ", "\t", "\u{b}", "\u{a0}", "\u{2003}", "\u{feff}", "\u{2028}"],
        &["\u{85}", "\u{200b}", "a"],
    );
    check_matches(r"^\S$", &["\u{85}", "a", "é"], &[" ", "\u{a0}", "\u{feff}"]);
    check_matches(r"^[\S]$", &["\u{85}", "a", "\0", "😀"], &[" ", "\u{a0}", "\u{feff}"]);
    check_matches(r"^[^\S ]$", &["\t", "\u{a0}"], &[" ", "a"]);
    check_matches(r"^[\D5]$", &["5", "a", "é"], &["4"]);
    check_matches(r"^[\s\S]$", &["\n", "a", "\u{e000}", "\u{d7ff}"], &["", "ab"]);
    check_matches(r"^\d$", &["7"], &["\u{667}"]);
    check_matches(r"^\w$", &["z", "_"], &["é"]);
    check_matches("^.$", &["a", "\u{85}", "😀"], &["\n", "\r", "\u{2028}", "\u{2029}"]);
    check_matches(r"\bfoo\b", &["a foo b", "foo"], &["food"]);
}

#[test]
fn anchors_mean_the_whole_text() {
    check_matches("^abc$", &["abc"], &["abc\n", "\nabc", "xabc"]);
    check_matches("b", &["abc"], &["ac"]);
    check_matches("^a|b$", &["ax", "xb"], &["xa", "bx"]);
}

#[test]
fn escapes_of_characters() {
    check(r"\/\-\_\@\ ", r"/\-_@ ");
    check(r"\t\n\v\f\r\0", r"\x{9}\x{a}\x{b}\x{c}\x{d}\x{0}");
    check(r"\cJ\cj\x41\u0041\u{41}", r"\x{a}\x{a}AAA");
    check(r"\u00e9\ud83d\ude00\u{1F600}", r"\x{e9}\x{1f600}\x{1f600}");
    check("é<>\"'`/,:;=%#&~", "\\x{e9}<>\"'`/,:;=%\\#\\&\\~");
    check(r"[\b\/\]\\^]", r"[\x{8}/\]\\\^]");
    check_matches(r"^[\u{1F600}-\u{1F64F}]$", &["😀"], &["a"]);
}

#[test]
fn classes_keep_their_meaning() {
    check("[]", r"[^\x{0}-\x{10ffff}]");
    check("[^]", r"[\x{0}-\x{10ffff}]");
    check("[^abc]", "[^abc]");
    check("[a-]", r"[a\-]");
    check("[-a]", r"[\-a]");
    check(r"[\w-.]", r"[0-9A-Z_a-z\-\.]");
    check(r"[+-\d]", r"[\+\-0-9]");
    check("[[a&&b]", r"[\[a\&\&b]");
}

#[test]
fn braces_that_count_nothing_stand_for_themselves() {
    check("a{", r"a\{");
    check("a{,3}", r"a\{,3\}");
    check("{a}", r"\{a\}");
    check("}]", r"\}\]");
    check("a{1", r"a\{1");
}

#[test]
fn groups_need_no_names() {
    check("(?<year>[0-9]{4})-(?:a)", r"(?:[0-9]{4})\-(?:a)");
    check("((a))", "(?:(?:a))");
    check("()", "(?:)");
}

#[test]
fn what_needs_backtracking_is_refused() {
    let lookaround = "look-around requires backtracking";
    for pattern in ["(?=a)", "(?!a)", "(?<=a)b", "(?<!a)b", "^(?!.*x).*$"] {
        check_refused(pattern, lookaround);
    }
    let reference = "backreferences require backtracking";
    for pattern in [r"(a)\1", r"(?<a>a)\k<a>", r"[\1]"] {
        check_refused(pattern, reference);
    }
}

#[test]
fn what_is_no_pattern_is_refused() {
    check_refused("(a", "unclosed group");
    check_refused("a)", "unmatched closing parenthesis");
    check_refused("[a", "unclosed character class");
    check_refused(r"a\", "trailing backslash");
    check_refused(r"[a\", "trailing backslash");
    check_refused("[a--]", "the ends of a character range are in the wrong order");
    check_refused("[z-a]", "the ends of a character range are in the wrong order");
    check_refused("a{3,2}", "the bounds of a quantifier are in the wrong order");
    for pattern in ["*a", "a|*", "(+)", "a**", "a++", "^*", r"\b+", "a???"] {
        check_refused(pattern, "a quantifier without anything to repeat");
    }
    check_refused("(?i)a", "unknown group type after `(?`");
    check_refused("(?P<a>b)", "unknown group type after `(?`");
    check_refused("(?<1>b)", "invalid group name");
    check_refused(r"\Aa\z", "an escape sequence is not defined in ECMA-262");
    check_refused(r"\p{L}", "Unicode properties are not supported");
    check_refused(r"\c1", "`\\c` is not followed by a letter");
    check_refused(r"\x4", "an escape sequence has too few digits");
    check_refused(r"\u00e", "an escape sequence has too few digits");
    for pattern in [r"\ud83d", r"\ud83dx", r"\ud83d\u0041", r"\ude00", r"\u{110000}", r"\u{}", r"\u{+1}"] {
        check_refused(pattern, "an escape sequence does not represent a character");
    }
}

#[test]
fn hostile_patterns_are_refused() {
    let reason = "too large or too deeply nested";
    check_refused("((a{999}){999}){999}", reason);
    check_refused(&format!("{}{}", "(".repeat(10_000), ")".repeat(10_000)), reason);
    check_refused("a{99999999999}", "a quantifier is too large");
    check("^.{1,4096}$", r"^[^\n\r\x{2028}\x{2029}]{1,4096}$");
}

/// Compares random patterns on texts of significant characters with an independent validator.
#[test]
fn agrees_with_another_validator() {
    const PARTS: [&str; 24] = [
        "a", "b", "-", ".", r"\.", r"\d", r"\W", r"\s", r"\S", "[ab]", "[^a]", r"[\d-]", r"[^\s.]", r"[\w.-]", "[a-c]",
        "^", "$", "|", "(?:a|b)", "(?<n>b)", "a*", "b+", "1{2}", r"\/",
    ];
    const CHARACTERS: [char; 10] = ['a', 'b', 'd', '1', '-', '.', '/', ' ', '\n', '\u{a0}'];
    let mut random = fastrand::Rng::with_seed(4);
    let mut counts = [0; 2];
    for _ in 0..600 {
        let pattern: String = (0..random.usize(1..6)).map(|_| PARTS[random.usize(..PARTS.len())]).collect();
        // A group name must be unique in ECMA-262, but not for a matcher without groups.
        if pattern.matches("?<n>").count() > 1 {
            continue;
        }
        let translated = translate(&pattern).expect("the parts can be translated");
        let regex = Regex::new(&translated).expect("translations compile");
        let schema = json!({ "pattern": pattern });
        let oracle = jsonschema::validator_for(&schema).expect("the schema is in order");
        for _ in 0..40 {
            let text: String = (0..random.usize(..6)).map(|_| CHARACTERS[random.usize(..10)]).collect();
            let expected = oracle.is_valid(&json!(text));
            assert_eq!(regex.is_match(&text), expected, "{text:?} against {pattern}, which is {translated}");
            counts[usize::from(expected)] += 1;
        }
    }
    assert!(counts.iter().all(|count| *count > 2000), "{counts:?}");
}
