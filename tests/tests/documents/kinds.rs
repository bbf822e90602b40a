//! The schemas of bodies, each once, with the type that was made of it.

use std::collections::BTreeMap;

use infobip_tests::schema::translate::Direction;
use infobip_tests::spec::{Node, Spec};
use wirecrate_codegen::Output;

use super::bodies::{Body, Role};
use crate::emitted_crates::Target;

/// A schema of bodies.
pub(crate) struct Kind {
    /// The name of the type.
    pub(crate) name: String,
    /// The location of the schema: `contact.yaml#/components/schemas/ContactMessage`.
    pub(crate) schema: String,
    pub(crate) target: Target,
    pub(crate) direction: Direction,
}

impl Kind {
    /// The schema in translated descriptions.
    pub(crate) fn node<'a>(&'a self, spec: &'a Spec) -> Node<'a> {
        let (file, pointer) = self.schema.split_once('#').expect("a location has a pointer");
        spec.at(file, pointer)
    }
}

/// The schemas of requests, responses and events, and of error bodies those that the client tells apart.
pub(super) fn find(output: &Output, bodies: &[Body]) -> Vec<Kind> {
    let api = &output.api;
    let mut kinds = BTreeMap::new();
    for body in bodies.iter().filter(|body| !matches!(body.role, Role::Error | Role::Part)) {
        // A list or a map has no `validate` of its own.
        if let [target] = &body.targets[..]
            && target.is_named()
        {
            let direction = match body.role {
                Role::Request => Direction::Sent,
                Role::Report => Direction::Posted,
                _ => Direction::Received,
            };
            let name = target.type_name().to_owned();
            let (schema, target) = (body.schema.clone(), target.clone());
            let key = (body.resolved.clone(), direction == Direction::Sent);
            kinds.entry(key).or_insert(Kind { name, schema, target, direction });
        }
    }
    for error in &api.error_bodies {
        let definition = &api[error.ty];
        let (name, schema) = (definition.name.clone(), definition.origin.to_string());
        let target = Target::named(&api.options.name, &name);
        kinds.entry((schema.clone(), false)).or_insert(Kind { name, schema, target, direction: Direction::Received });
    }
    kinds.into_values().collect()
}
