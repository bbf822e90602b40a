//! One constructor per finding, so that wordings live beside their siblings and every place that raises one can be found.

mod keywords;
mod operations;
mod overlays;
mod references;
mod schemas;
mod text;

use super::Diagnostics;

/// Extensions that have a meaning here; others pass.
pub(crate) const EXTENSIONS: &[&str] =
    &["x-authorization-prefix", "x-codegen-request-body-name", "x-scopes", "x-sensitive", "x-throttling-info"];

fn list(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
