//! The wording of findings: one constructor each, in a file for each subject.

mod keywords;
mod operations;
mod overlays;
mod references;
mod schemas;
mod text;

use super::Diagnostics;

/// The extensions with a meaning; all others are accepted and ignored.
pub(crate) const EXTENSIONS: &[&str] =
    &["x-authorization-prefix", "x-codegen-request-body-name", "x-scopes", "x-sensitive", "x-throttling-info"];

fn list(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// An object of the specification with its article: `an Operation Object`.
fn article(object: &str) -> String {
    let article = if object.starts_with(['A', 'E', 'I', 'O']) { "an" } else { "a" };
    format!("{article} {object}")
}
