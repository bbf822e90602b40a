//! Reading of a description without the operations that errors concern, and comparison of texts for what was not read.

mod reach;
mod texts;

use self::reach::{Reach, Reached};
use crate::diagnostic::{Diagnostic, Diagnostics, Report, TOO_LARGE};
use crate::document::{Document, Origin};
use crate::load::Reference;
use crate::resolve::Resolved;
use crate::{Api, Description, Files, OperationKey, Options, Source, load, lower, resolve};

/// An operation, a webhook or a callback that is omitted, along with everything that only it uses.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOut {
    /// The operation.
    pub operation: OperationKey,
    /// The first error that concerns it.
    pub error: Diagnostic,
}

/// Reads a description like [`read`](crate::read), but omits the operations that have errors, and turns these errors
/// into warnings.
///
/// This is used to compare two descriptions. Filters and overlay targets that match nothing are also warnings, because
/// they may be about a part that only the other description has.
///
/// # Errors
///
/// Returns all findings up to the stage that found an error about the description as a whole.
pub fn read_supported(
    entries: Vec<Source>,
    overlays: Vec<Source>,
    files: &dyn Files,
    options: &Options,
) -> Result<Description, Report> {
    read_partly(entries, overlays, files, options, Diagnostics::of_side().with(options))
}

/// Reads the part of a description that is supported. A crate must have some of it.
pub(crate) fn read_partly(
    entries: Vec<Source>,
    overlays: Vec<Source>,
    files: &dyn Files,
    options: &Options,
    mut diagnostics: Diagnostics,
) -> Result<Description, Report> {
    let (document, references) = load::load(entries, overlays, files, &mut diagnostics);
    let api = lower_supported(&document, &references, options, &mut diagnostics);
    let is_empty = |api: &Api| api.operations.is_empty() && api.callbacks.is_empty() && !api.left_out.is_empty();
    let Some(api) = api.filter(|api| diagnostics.is_of_side() || !is_empty(api)) else {
        return Err(diagnostics.finish(&document));
    };
    diagnostics.tolerate_errors();
    let warnings = diagnostics.finish(&document);
    Ok(Description { api, warnings, document })
}

/// Lowers the supported operations; `None` if an error concerns more than operations.
///
/// An operation may have errors that only show when others are left out, such as a type that both use. So the rest is
/// lowered again until it has no error.
fn lower_supported(
    document: &Document,
    references: &[Reference],
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<Api> {
    let resolved = resolve::resolve(document, references, diagnostics);
    let mut options = options.clone();
    let mut left_out = Vec::new();
    if diagnostics.has_errors() {
        let errors = diagnostics.errors(document);
        if errors.iter().any(|(origin, _)| is_about_everything(document, origin)) || !diagnostics.has_all_errors() {
            return None;
        }
        leave_out(&resolved, errors, &mut options, &mut left_out)?;
    }
    loop {
        let mut found = diagnostics.empty();
        let api = lower::lower(&resolved, &options, left_out.clone(), &mut found);
        let errors = found.errors(document);
        let is_refused = errors.iter().any(|(origin, _)| is_about_everything(document, origin));
        let is_done = errors.is_empty();
        // Such an error would be found again and again. Errors that are not kept are found in the next round.
        let is_too_large = errors.iter().any(|(_, error)| error.code == TOO_LARGE);
        if !is_done {
            found.retain_errors();
        }
        diagnostics.append(found);
        if is_done {
            return Some(api);
        }
        if is_refused || is_too_large {
            return None;
        }
        let known = left_out.len();
        leave_out(&resolved, errors, &mut options, &mut left_out)?;
        if left_out.len() == known {
            return None;
        }
    }
}

/// Returns `true` if an error is about a whole file or section, or about an overlay.
fn is_about_everything(document: &Document, origin: &Origin) -> bool {
    let is_entry = document.files.get_index_of(&*origin.file).is_some_and(|index| index < document.entries);
    let is_overlay = document.overlays.iter().any(|overlay| *overlay.name == *origin.file);
    is_overlay || (is_entry && origin.pointer.tokens().nth(1).is_none())
}

/// Adds the selected operations that errors concern to those that are left out; `None` if an error in a path concerns no
/// operation at all.
///
/// Errors in parts that no selected operation uses are harmless.
fn leave_out(
    resolved: &Resolved<'_>,
    errors: Vec<(Origin, Diagnostic)>,
    options: &mut Options,
    left_out: &mut Vec<LeftOut>,
) -> Option<()> {
    let reach = Reach::of(resolved, &options.filter);
    for (origin, error) in errors {
        let concerned = reach.operations_at(&origin);
        let section = origin.pointer.tokens().next().unwrap_or_default();
        if concerned.is_empty() && ["paths", "webhooks"].contains(&&*section) {
            return None;
        }
        for Reached { key, .. } in concerned.into_iter().filter(|operation| operation.is_selected) {
            if !left_out.iter().any(|known| known.operation == *key) {
                left_out.push(LeftOut { operation: key.clone(), error: error.clone() });
            }
        }
    }
    options.filter = options.filter.clone().without(left_out.iter().map(|known| known.operation.clone()));
    Some(())
}
