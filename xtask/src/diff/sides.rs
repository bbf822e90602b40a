//! Both sides of a comparison, with the same operations left out.

use serde::Serialize;
use wirecrate_codegen::diff::FilePosition;
use wirecrate_codegen::{Description, Diagnostic, Filter, LeftOut, OperationKey, Report};

use super::counts::count;
use crate::console;
use crate::error::{Error, Result};

/// The codes of findings about parts that a filter or an overlay names and a description lacks.
const ABSENCES: &[&str] = &["filter-without-effect", "no-match", "no-operation"];

/// The code of findings about security that is compared by its name alone.
const UNSUPPORTED_SECURITY: &str = "unsupported-security";

/// Both descriptions.
pub(super) struct Sides {
    pub(super) old: Description,
    pub(super) new: Description,
    /// The operations that one side does not support.
    pub(super) not_compared: Vec<NotCompared>,
    /// The warnings and notes on both sides, each once.
    pub(super) warnings: Vec<Diagnostic>,
    /// `true` if security changed that is not supported.
    pub(super) security_changed: bool,
}

/// An operation that is not compared, because a side does not support it.
#[derive(Debug, Serialize)]
pub(super) struct NotCompared {
    #[serde(flatten)]
    pub(super) operation: OperationKey,
    /// The first error that concerns it.
    pub(super) reason: String,
    pub(super) at: FilePosition,
    /// `true` if the texts of the sides differ, so that there may be changes.
    pub(super) changed: bool,
}

impl Sides {
    /// Reads both sides until they have the same operations. If operations that are not supported are left out of crates, the
    /// sides keep the list of those.
    pub(super) fn read(
        names: &[String; 2],
        filter: &Filter,
        skips_unsupported: bool,
        read: impl Fn(&Filter) -> Result<[Description; 2]>,
    ) -> Result<Self> {
        let mut sides = read(filter)?;
        let warnings = warnings(&sides)?;
        let errors = sides.each_ref().map(errors);
        let of_sides = sides.each_ref().map(|side| side.api.left_out.clone());
        let mut left_out: Vec<LeftOut> = Vec::new();
        loop {
            let known = left_out.len();
            for found in sides.iter_mut().flat_map(|side| std::mem::take(&mut side.api.left_out)) {
                if !left_out.iter().any(|known| known.operation.is_same(&found.operation)) {
                    left_out.push(found);
                }
            }
            if left_out.len() == known {
                break;
            }
            sides = read(&filter.clone().without(left_out.iter().map(|known| known.operation.clone())))?;
        }
        if !left_out.is_empty() && sides.iter().all(is_empty) {
            print_warnings(&warnings);
            let failed = names.iter().zip(errors).filter(|(_, errors)| *errors > 0);
            let failed: Vec<_> =
                failed.map(|(name, errors)| format!("{} in `{name}`", count(errors, "error"))).collect();
            return Err(Error::Finding(format!("{}; nothing was compared", failed.join(" and "))));
        }
        let [mut old, mut new] = sides;
        let not_compared = left_out.into_iter().map(|left_out| NotCompared::new(left_out, &old, &new)).collect();
        if skips_unsupported {
            [old.api.left_out, new.api.left_out] = of_sides;
        }
        let mut security = warnings.iter().filter(|finding| finding.code == UNSUPPORTED_SECURITY);
        let security_changed = security.any(|finding| !old.has_value_like(&new, finding));
        Ok(Self { old, new, not_compared, warnings, security_changed })
    }
}

fn is_empty(side: &Description) -> bool {
    side.api.operations.is_empty() && side.api.callbacks.is_empty()
}

/// Returns the number of errors for which operations are left out.
fn errors(side: &Description) -> usize {
    let mut errors: Vec<_> = side.api.left_out.iter().map(|left_out| &left_out.error).collect();
    errors.dedup();
    errors.len()
}

impl NotCompared {
    fn new(LeftOut { operation, error }: LeftOut, old: &Description, new: &Description) -> Self {
        let changed = !old.has_operation_like(new, &operation);
        let at = FilePosition { file: error.file, line: error.line, column: error.column };
        Self { operation, reason: error.message, at, changed }
    }

    /// The state of its text, as the rest of a sentence.
    pub(super) fn state(&self) -> &'static str {
        if self.changed { "changed" } else { "did not change" }
    }
}

/// The warnings and notes on both sides; those that both have in the new one alone.
///
/// A part that a filter or an overlay names must be on one side.
fn warnings([old, new]: &[Description; 2]) -> Result<Vec<Diagnostic>> {
    let [old, new] = [old, new].map(|side| &side.warnings.diagnostics);
    let is_absence = |finding: &&Diagnostic| ABSENCES.contains(&finding.code);
    let absent: Vec<_> =
        new.iter().filter(is_absence).filter(|finding| old.iter().any(|other| is_same(finding, other))).collect();
    if !absent.is_empty() {
        let texts: Vec<_> = absent.iter().map(|finding| finding.message.as_str()).collect();
        return Err(Error::Finding(format!("on both sides, {}", texts.join("; "))));
    }
    let only_old = old.iter().filter(|finding| !new.iter().any(|other| is_same(finding, other)));
    // An operation that a filter selects on one side was added or removed.
    Ok(only_old.chain(new).filter(|finding| finding.code != "filter-without-effect").cloned().collect())
}

/// Returns `true` if two findings are about the same part.
///
/// The message of a finding about an overlay names the description, and its position is the same for both.
fn is_same(one: &Diagnostic, other: &Diagnostic) -> bool {
    (one.code, &one.pointer) == (other.code, &other.pointer)
        && (one.message == other.message
            || (&one.file, one.line, one.column) == (&other.file, other.line, other.column))
}

/// Prints warnings and notes to standard error.
pub(super) fn print_warnings(warnings: &[Diagnostic]) {
    if !warnings.is_empty() {
        let report = Report { diagnostics: warnings.to_vec() }.to_string();
        console::report(report.trim_end_matches('\n').to_owned() + "\n");
    }
}
