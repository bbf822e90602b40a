//! Programs that use the crate: those that the compiler accepts, and those that it rejects, with its messages.

mod pass;

use std::fs;

#[test]
fn the_compiler_rejects_wrong_programs() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("fail/*.rs");
}

/// The compiler may change its own words; these are in the crate.
#[test]
fn messages_name_what_is_missing() {
    check_words("missing_from", "the required property `from` is not set");
    check_words("missing_from", "call `.from(..)` before `.build()`");
    for name in ["from", "content"] {
        let words = format!("the required property `{name}` is not set");
        check_words("missing_from_and_content", &words);
    }
    let words = "the required property `formatted_name` is not set";
    check_words("missing_formatted_name", words);
    check_words("no_credentials", "the client has no credentials");
    let words = "a call is sent only when it is awaited";
    check_words("call_not_awaited", words);
}

#[track_caller]
fn check_words(case: &str, words: &str) {
    let path = format!("{}/fail/{case}.stderr", env!("CARGO_MANIFEST_DIR"));
    let expected = fs::read_to_string(path).expect("the expectation of the case");
    assert!(expected.contains(words), "not `{words}`, but:\n{expected}");
}
