//! Credentials that every operation requires, which the compiler asks for.

use crate::api::Slot;
use crate::lower::draft::{Draft, DraftCredential};
use crate::names;

/// The slot of each credential; none if some operation does not require it, or if there is no other one.
pub(crate) fn credential_slots(draft: &Draft) -> Vec<Option<Slot>> {
    let is_required = |credential: &DraftCredential| {
        let mut requirements = draft.operations.iter().map(|operation| &operation.security);
        requirements.all(|requirements| {
            let mut names = requirements.iter().map(|requirement| requirement.names());
            !requirements.is_empty() && names.all(|names| names.contains(&&*credential.name))
        })
    };
    let mut taken: Vec<String> = Vec::new();
    let mut slot = |credential: &DraftCredential| {
        // Where credentials are joined, the parameters of the others have the prefix `Other`.
        let is_other = |one: &str, other: &str| one.strip_prefix("Other") == Some(other);
        let is_free = |name: &String| {
            !names::is_taken(name)
                && !names::runtime::is_emitted(name)
                && !taken.iter().any(|other| other == name || is_other(other, name) || is_other(name, other))
        };
        let parameter = names::parameters(&credential.name).find(is_free).unwrap_or_default();
        taken.push(parameter.clone());
        Slot { parameter, marker: names::marker(&credential.name) }
    };
    let has_others = draft.credentials.len() > 1;
    let credentials = draft.credentials.iter();
    credentials.map(|credential| (has_others && is_required(credential)).then(|| slot(credential))).collect()
}
