//! The accepted differences between the verdicts, with their reasons.

use wirecrate_codegen::diff::Verdict;

/// Aspects that cargo-semver-checks does not compare, and the rules that depend on them.
const UNSEEN: &[(&str, &[&str])] = &[
    (
        "the types of fields, arguments, return values, and type aliases",
        &[
            "became-nullable",
            "became-optional",
            "became-required",
            "body-became-optional",
            "body-became-required",
            "boxed",
            "first-error-body-added",
            "no-longer-nullable",
            "response-body-added",
            "response-body-removed",
            "response-format-changed",
            "response-is-never-empty",
            "response-may-be-empty",
            "type-changed",
            "type-narrowed",
            "type-replaced",
            "type-widened",
        ],
    ),
    (
        "bounds on type parameters: `build` requires an additional setter, or `ClientBuilder` requires credentials",
        &["required-property-added", "first-credential-added", "credentials-required"],
    ),
    ("the derived trait `Default`", &["first-required-property-added"]),
    ("implementations of traits of other crates, such as `Serialize`", &["body-format-changed"]),
    ("the behavior of calls, which an option of the call controls", &["message-id-removed"]),
    ("the meaning of a name that now belongs to a different field", &["name-in-rust-changed"]),
];

/// The removal of one argument and the addition of another are not detected, because only their number is compared.
const SWAPPED: [&[&str]; 2] = [
    &["body-removed", "parameters-removed"],
    &["body-added", "first-parameter-added", "first-required-parameter-added", "optional-body-added"],
];

/// Returns `true` if two verdicts agree. The checker detects breaking changes, but only some additions, so our verdict
/// may be an addition if it finds nothing.
pub(super) fn agree(ours: &str, theirs: &str) -> bool {
    match theirs {
        "none" => ours != "major",
        theirs => ours == theirs,
    }
}

/// Checks that the verdicts agree, or differ only by accepted rules.
pub(super) fn explain(ours: Verdict, theirs: &str, decisive: &[&str]) -> Result<(), String> {
    if agree(&ours.to_string(), theirs) {
        return Ok(());
    }
    let is_unseen = |rule: &&str| UNSEEN.iter().any(|(_, rules)| rules.contains(rule));
    let is_swap = SWAPPED.iter().all(|rules| decisive.iter().any(|rule| rules.contains(rule)));
    let is_unseen = |rule: &&str| is_unseen(rule) || is_swap && SWAPPED.iter().any(|rules| rules.contains(rule));
    if ours == Verdict::Major && decisive.iter().all(is_unseen) {
        return Ok(());
    }
    Err(format!("our verdict is {ours} by {decisive:?}, that of cargo-semver-checks is {theirs}"))
}

/// Returns the explanations as a Markdown table.
pub(super) fn table() -> String {
    let line = |(aspect, rules): &(&str, &[&str])| {
        let rules: Vec<_> = rules.iter().map(|rule| format!("`{rule}`")).collect();
        format!("| {aspect} | {} |\n", rules.join(", "))
    };
    let lines: String = UNSEEN.iter().map(line).collect();
    let swap = "| the replacement of an argument of a method with another | the rules for a removed body and added parameters, or vice versa |";
    format!("| Not compared by `cargo-semver-checks` | Rules |\n|---|---|\n{lines}{swap}")
}
