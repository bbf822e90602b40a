//! Where the judges may differ, and why.

use infobip_codegen::diff::Verdict;

/// Rules that are broken in Rust and that cargo-semver-checks does not see, with what it does not look at.
const UNSEEN: &[(&str, &[&str])] = &[];

/// Whether two verdicts say the same. The other judge looks for breaks, and for few additions: where it finds neither, we
/// may know of an addition.
pub(super) fn agree(ours: &str, theirs: &str) -> bool {
    match theirs {
        "none" => ours != "major",
        theirs => ours == theirs,
    }
}

/// Why the verdicts differ, if they do; an error where no rule tells.
pub(super) fn explain(ours: Verdict, theirs: &str, decisive: &[&str]) -> Result<(), String> {
    if agree(&ours.to_string(), theirs) {
        return Ok(());
    }
    let is_unseen = |rule: &&str| UNSEEN.iter().any(|(_, rules)| rules.contains(rule));
    if ours == Verdict::Major && decisive.iter().all(is_unseen) {
        return Ok(());
    }
    Err(format!("we say {ours} by {decisive:?}, they say {theirs}"))
}

/// The explanations, for people.
pub(super) fn table() -> String {
    let mut text = String::from("| They do not look at | so they do not see |\n|---|---|\n");
    for (what, rules) in UNSEEN {
        let rules: Vec<_> = rules.iter().map(|rule| format!("`{rule}`")).collect();
        text.push_str(&format!("| {what} | {} |\n", rules.join(", ")));
    }
    text
}
