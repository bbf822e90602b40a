//! The files of the description that an emitted file comes from, for its first line.

use std::collections::BTreeSet;

use crate::api::{Api, InputRole, Operation, TypeDef, TypeId, TypeKind};
use crate::diagnostic::printable;
use crate::document::Origin;

/// The greatest number of files that a line names.
const MANY: usize = 8;

/// The names of the files from which something in an emitted file comes.
#[derive(Default)]
pub(super) struct Sources<'a>(BTreeSet<&'a str>);

impl<'a> Sources<'a> {
    /// The descriptions.
    pub(super) fn of_crate(api: &'a Api) -> Self {
        let descriptions = api.inputs.iter().filter(|input| input.role == InputRole::Description);
        Self(descriptions.map(|input| &*input.name).collect())
    }

    /// Those of types, of their properties, and of the types that unions name their variants after.
    pub(super) fn of_types(api: &'a Api, types: impl IntoIterator<Item = TypeId>) -> Self {
        types.into_iter().flat_map(|id| origins_of_type(api, &api[id])).collect()
    }

    /// Those of operations and of their documented statuses.
    pub(super) fn of_operations(operations: impl IntoIterator<Item = &'a Operation>) -> Self {
        let origins = |operation: &'a Operation| {
            let statuses = operation.statuses.iter().map(|status| &status.origin);
            statuses.chain([&operation.origin])
        };
        operations.into_iter().flat_map(origins).collect()
    }

    /// Those of security schemes.
    pub(super) fn of_credentials(api: &'a Api) -> Self {
        api.credentials.iter().map(|credential| &credential.origin).collect()
    }

    /// Those of callbacks and webhooks, and of their types.
    pub(super) fn of_events(api: &'a Api) -> Self {
        let callbacks = api.callbacks.iter().map(|callback| &callback.origin);
        let types = api.events.iter().map(|event| &api[event.ty].origin);
        callbacks.chain(types).collect()
    }

    /// The first line of a file: the command, the files, and the overlays that patch them.
    pub(super) fn header(&self, api: &Api) -> String {
        let command = api.options.command.as_ref().map(|command| format!(" by `{command}`")).unwrap_or_default();
        let inputs = api.inputs.iter().filter(|input| match &input.role {
            InputRole::Overlay(patched) => patched.iter().any(|file| self.0.contains(&**file)),
            InputRole::Description | InputRole::Parts => self.0.contains(&*input.name),
        });
        let names: Vec<_> = inputs.map(|input| printable(&input.name)).collect();
        let from = match names.len() {
            0 => String::new(),
            1..=MANY => format!(" from {}", names.join(", ")),
            count => format!(" from {count} files"),
        };
        format!("@generated{command}{from}. Do not edit.")
    }
}

impl<'a> FromIterator<&'a Origin> for Sources<'a> {
    fn from_iter<I: IntoIterator<Item = &'a Origin>>(origins: I) -> Self {
        Self(origins.into_iter().map(|origin| &*origin.file).collect())
    }
}

fn origins_of_type<'a>(api: &'a Api, definition: &'a TypeDef) -> Vec<&'a Origin> {
    let mut origins = vec![&definition.origin];
    match &definition.kind {
        TypeKind::Struct(shape) => origins.extend(shape.fields.iter().map(|field| &field.origin)),
        TypeKind::Union(shape) => {
            let named = shape.variants.iter().filter_map(|variant| variant.ty.named());
            origins.extend(named.map(|id| &api[id].origin));
        }
        TypeKind::Enum(_) | TypeKind::Wrapper(_) => {}
    }
    origins
}
