//! The intermediate form: the contents of the emitted crate, with all decisions made.
//!
//! It is plain data between `lower`, which decides, and `render`, which prints. It contains neither OpenAPI types nor
//! tokens, and is assembled once, complete. Each item has its location in the description.

mod checks;
mod credentials;
mod events;
mod examples;
mod files;
mod json;
mod operations;
mod responses;
mod structs;
mod type_ref;
mod types;
mod unions;
mod writing;

pub use checks::{Bounds, Check, NumberBound, Untranslatable};
pub(crate) use checks::{compare_numbers, is_multiple};
pub(crate) use credentials::AUTHORIZATION;
pub use credentials::{Credential, RequiredCredential, Scheme, SecurityRequirement};
pub use events::{Batch, Callback, Event};
pub use examples::{Example, ExampleValue, Samples};
pub use files::{Feature, FeatureId, Group, Input, InputRole, Module};
pub use json::{Availability, Presence, SerdeTraits};
pub use operations::{BodyFormat, Docs, MessageId, Omitted, Operation, RateLimit, RequestBody, Server, ServerVariable};
pub use responses::{
    DocumentedStatus, ErrorTypes, HeaderMethod, HeaderStruct, Response, ResponseBody, ResponseFormat, ResponseHeader,
    ResponseValue, StatusKind, Success, SuccessEnum,
};
pub use structs::{
    AdditionalField, Declined, DeclinedStep, DeclinedValues, Field, Setter, Slot, Struct, UnknownProperties,
};
pub use type_ref::TypeRef;
pub use types::{Direction, ErrorBody, TypeDef, TypeId, TypeKind, Unchecked, Wrapper};
pub use unions::{Alternative, Distinction, Enum, TagProperty, TagType, Union, Variant};
pub use writing::{FormStyle, Parameter, ParameterLocation, ParameterStyle, Part, PartKind, Writing};

use crate::LeftOut;
use crate::names;
use crate::options::Options;

/// A crate to emit.
#[derive(Debug, Clone, PartialEq)]
pub struct Api {
    /// The options of the caller.
    pub options: Options,
    /// The title of the crate: that of the options, or of the only description, or else the name of the package.
    pub title: String,
    /// The description of the API as a whole: that of the only description, or else that of the package.
    pub description: Option<String>,
    /// The files in the order in which they were read, followed by the overlays in the order in which they were
    /// applied.
    pub inputs: Vec<Input>,
    /// The servers that the description lists. They are not emitted.
    pub servers: Vec<Server>,
    /// The operations, in the order of the description.
    pub operations: Vec<Operation>,
    /// The features by which parts of the crate can be left out.
    pub features: Vec<Feature>,
    /// The files that the methods of the client are split into. A method without a group is in the file of the client.
    pub groups: Vec<Group>,
    /// The requests that the service sends to a URL of the caller.
    pub callbacks: Vec<Callback>,
    /// The events: the callbacks, grouped by the type of their body.
    pub events: Vec<Event>,
    /// The ways to authenticate.
    pub credentials: Vec<Credential>,
    /// The types of error bodies, those with the most required properties first.
    pub error_bodies: Vec<ErrorBody>,
    /// `true` if every error body is `Eq`.
    pub equality_of_errors: bool,
    /// The types, in the order of first use, parents before children.
    pub types: Vec<TypeDef>,
    /// The modules that the types are split into.
    pub modules: Vec<Module>,
    /// `true` if a whole number such as `1.0` is an integer, as it is since OpenAPI 3.1.
    pub whole_numbers: bool,
    /// `true` if regular expressions are checked, whatever the features.
    pub has_patterns: bool,
    /// The name of the variant for unknown events.
    pub unknown_event: String,
    /// The features of the events: any of them is sufficient.
    pub event_features: Vec<FeatureId>,
    /// The environment of samples.
    pub samples: Samples,
    /// The parts of the description that are not in the crate.
    pub omitted: Omitted,
    /// The operations that errors concern.
    pub left_out: Vec<LeftOut>,
}

impl Api {
    /// Returns the name of the crate in Rust code, which is derived from the name of the package.
    pub fn crate_name(&self) -> String {
        let name = self.options.name.replace('-', "_");
        if names::is_identifier(&name) { name } else { names::Casing::new(&self.options.spellings).snake_name(&name) }
    }

    /// Returns `true` if every operation requires credentials, so that a client must have some.
    pub(crate) fn needs_credentials(&self) -> bool {
        !self.operations.is_empty() && self.operations.iter().all(Operation::needs_credentials)
    }

    /// Returns the type of a body that may decline the request.
    pub(crate) fn declinable(&self, body: &ResponseBody) -> Option<TypeId> {
        match body.ty {
            TypeRef::Named(id) => self[id].as_struct()?.declined.as_ref().map(|_| id),
            _ => None,
        }
    }

    /// Returns the type that is referred to, if it is named directly and has a `validate` method, which enumerations do
    /// not have.
    pub(crate) fn validated(&self, ty: &TypeRef) -> Option<TypeId> {
        match ty {
            TypeRef::Named(id) if !matches!(self[*id].kind, TypeKind::Enum(_)) => Some(*id),
            _ => None,
        }
    }
}

impl std::ops::Index<FeatureId> for Api {
    type Output = Feature;

    fn index(&self, id: FeatureId) -> &Feature {
        &self.features[id.0]
    }
}

impl std::ops::Index<TypeId> for Api {
    type Output = TypeDef;

    fn index(&self, id: TypeId) -> &TypeDef {
        &self.types[id.0]
    }
}
