//! Accepted differences between our verdicts and those of cargo-semver-checks.

use wirecrate_codegen::diff::Verdict;

/// Parts of an API that cargo-semver-checks ignores, and the rules about changes of them.
const UNSEEN: &[(&str, &[&str])] = &[
    (
        "the types of fields, arguments, results and aliases, by which a caller's code no longer fits",
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
        "what a method asks of the type parameters of its type: `build` asks for one more setter, or `ClientBuilder` for credentials",
        &["required-property-added", "first-credential-added"],
    ),
    ("`Default` among the traits that are derived", &["first-required-property-added"]),
    ("traits of other crates: the type is no longer `Serialize`", &["body-format-changed"]),
    ("what a name stands for, when another field took it", &["name-in-rust-changed"]),
];

/// Removing one argument and adding another is no change to cargo-semver-checks: it compares their number only.
const SWAPPED: [&[&str]; 2] = [
    &["body-removed", "parameters-removed"],
    &["body-added", "first-parameter-added", "first-required-parameter-added", "optional-body-added"],
];

/// Returns `true` if two verdicts agree. cargo-semver-checks finds breaking changes and few additions: if it finds neither,
/// ours may be that of an addition.
pub(super) fn agree(ours: &str, theirs: &str) -> bool {
    match theirs {
        "none" => ours != "major",
        theirs => ours == theirs,
    }
}

/// Succeeds if the verdicts agree or a rule explains the difference.
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
    Err(format!("we say {ours} by {decisive:?}, they say {theirs}"))
}

/// The explanations, as a part of the table of agreement.
pub(super) fn table() -> String {
    let line = |(what, rules): &(&str, &[&str])| {
        let rules: Vec<_> = rules.iter().map(|rule| format!("`{rule}`")).collect();
        format!("| {what} | {} |\n", rules.join(", "))
    };
    let lines: String = UNSEEN.iter().map(line).collect();
    let swap = "| an argument of a method that replaces another | a body that goes while parameters come, or the other way round |";
    format!("| They do not look at | so they do not see |\n|---|---|\n{lines}{swap}")
}
