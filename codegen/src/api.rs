//! The intermediate form: what the emitted crate holds, every decision taken.
//!
//! Plain data between `lower`, which decides, and `render`, which prints. It knows
//! neither OpenAPI types nor tokens; every node remembers where in the description it came from.

mod checks;
mod credentials;
mod events;
mod examples;
mod files;
mod operations;
mod structs;
mod type_ref;
mod types;
mod unions;
mod writing;

pub use checks::{Bounds, Check, NumberBound};
pub use credentials::{Credential, Scheme};
pub use events::{Callback, Event};
pub use examples::{Example, ExampleValue, Samples};
pub use files::{Group, Module};
pub use operations::{
    BodyFormat, Docs, LeftOut, MessageId, Operation, RateLimit, Reply, ReplyFormat, RequestBody, Response, Server,
};
pub use structs::{Additional, Field, Kept, Slot, Struct};
pub use type_ref::TypeRef;
pub use types::{Direction, ErrorBody, TypeDef, TypeId, TypeKind, Unchecked, Wrapper};
pub use unions::{Alternative, Distinction, Enum, Union, Variant};
pub use writing::{Parameter, Part, Writing};

use crate::names;
use crate::options::Options;

/// A crate to be emitted.
#[derive(Debug, Clone, PartialEq)]
pub struct Api {
    /// What the caller decided.
    pub options: Options,
    /// The title of the description.
    pub title: String,
    /// What the description says of itself.
    pub description: Option<String>,
    /// The files that were read, in the order they were read; overlays behind them, in the order they were applied.
    pub inputs: Vec<String>,
    /// Where the service is, as the description has it; nothing is made of it.
    pub servers: Vec<Server>,
    /// What can be called, in the order of the description.
    pub operations: Vec<Operation>,
    /// The files that the methods of the client are split into; those of no group stand with the client itself.
    pub groups: Vec<Group>,
    /// What the service posts to an address of the caller.
    pub callbacks: Vec<Callback>,
    /// The kinds of what is posted, as far as the body tells them apart.
    pub events: Vec<Event>,
    /// The ways to prove who is calling.
    pub credentials: Vec<Credential>,
    /// The types that an error reply may hold, the more telling ones first.
    pub error_bodies: Vec<ErrorBody>,
    /// The types, in the order of first use, parents before children.
    pub types: Vec<TypeDef>,
    /// The modules that the types are split into.
    pub modules: Vec<Module>,
    /// Whether a whole number such as `1.0` is an integer, as it is from OpenAPI 3.1 on.
    pub whole_numbers: bool,
    /// Whether regular expressions are checked.
    pub checks_patterns: bool,
    /// The name of the variant that keeps events of no known kind.
    pub unknown_event: String,
    /// What samples stand on.
    pub samples: Samples,
    /// What of the description is not in the crate.
    pub left_out: LeftOut,
}

impl Api {
    /// The name of the crate in Rust code; for a package whose name no code can say, one that can be said.
    pub fn crate_name(&self) -> String {
        let name = self.options.name.replace('-', "_");
        if names::is_identifier(&name) { name } else { names::snake_name(&name) }
    }

    /// The type, if a reference names it directly and it has a `validate` method: anything but an enumeration.
    pub(crate) fn validated(&self, ty: &TypeRef) -> Option<TypeId> {
        match ty {
            TypeRef::Named(id) if !matches!(self[*id].kind, TypeKind::Enum(_)) => Some(*id),
            _ => None,
        }
    }
}

impl std::ops::Index<TypeId> for Api {
    type Output = TypeDef;

    fn index(&self, id: TypeId) -> &TypeDef {
        &self.types[id.0]
    }
}
