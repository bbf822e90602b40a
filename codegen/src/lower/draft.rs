//! The draft: operations and the types that they use, as the description states them.
//!
//! The readers build it, and the passes derive facts from it. Nothing in it depends on the use of a type, so that no value
//! has to be filled in later.

mod table;
mod types;

pub(crate) use table::ByType;
pub(crate) use types::{
    DraftAlternative, DraftEnum, DraftField, DraftStruct, DraftType, DraftUnion, Shape, Types, UnionKeyword,
};

use std::collections::HashSet;

use crate::api::{
    BodyFormat, Callback, Check, Docs, DocumentedStatus, Input, Omitted, RateLimit, Response, Scheme,
    SecurityRequirement, Server, TypeId, TypeRef,
};
use crate::document::Cursor;

/// A description that was read.
pub(crate) struct Draft<'d> {
    /// The title of the description, if there is only one.
    pub title: Option<String>,
    /// Its description of the API as a whole.
    pub description: Option<String>,
    /// The files that were read, overlays last.
    pub inputs: Vec<Input>,
    /// The servers that the description lists.
    pub servers: Vec<Server>,
    /// The operations, in the order of the description.
    pub operations: Vec<DraftOperation<'d>>,
    /// Requests of the service to an address of the caller.
    pub callbacks: Vec<Callback>,
    /// The schemas of events that the filter excludes.
    pub excluded_events: Vec<Cursor<'d>>,
    /// The security schemes that operations accept.
    pub credentials: Vec<DraftCredential<'d>>,
    /// The types that an error response may hold, those with most required properties first.
    pub error_bodies: Vec<TypeId>,
    /// The types, in the order of first use.
    pub types: Types<'d>,
    /// `true` if a whole number such as `1.0` is an integer.
    pub whole_numbers: bool,
    /// The parts of the description that are not read.
    pub omitted: Omitted,
}

/// An operation, without the facts that depend on other operations or on types.
#[derive(Clone)]
pub(crate) struct DraftOperation<'d> {
    pub at: Cursor<'d>,
    /// The media type of the body, if the method is an additional one for it.
    pub variant: Option<String>,
    /// The `operationId`, or method and path if there is none.
    pub id: String,
    /// The name of its method, unless another operation has the same.
    pub wanted_name: String,
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path as requests have it, which may end with a query.
    pub path: String,
    /// The path as the description has it.
    pub stated_path: &'d str,
    pub docs: Docs,
    pub deprecated: bool,
    /// The servers of the operation alone.
    pub servers: Vec<Server>,
    pub tags: Vec<String>,
    pub parameters: Option<TypeId>,
    pub request: Option<DraftRequest>,
    pub response: Response,
    pub statuses: Vec<DocumentedStatus>,
    /// The security requirements, one of which suffices.
    pub security: Vec<SecurityRequirement>,
    pub scopes: Vec<String>,
    pub rate_limits: Vec<RateLimit>,
}

/// The body of a request with all its stated constraints.
#[derive(Clone)]
pub(crate) struct DraftRequest {
    /// The name of the method's argument.
    pub argument: String,
    pub required: bool,
    pub body: DraftBody,
    /// All media types that the description offers, sorted; for an additional method only its own.
    pub media_types: Vec<String>,
    /// The end of the name of an additional method.
    pub suffix: Option<String>,
}

/// A body as it is encoded in one media type.
#[derive(Clone)]
pub(crate) struct DraftBody {
    pub ty: TypeRef,
    pub checks: Vec<Check>,
    pub format: BodyFormat,
    pub media_type: String,
}

/// A security scheme.
pub(crate) struct DraftCredential<'d> {
    pub at: Cursor<'d>,
    /// Its name in the description.
    pub wire_name: String,
    /// The name of the constructor.
    pub name: String,
    pub description: Option<String>,
    pub scheme: Scheme,
    /// The URLs and scopes of its OAuth flows.
    pub flows: Vec<(String, String)>,
}

impl DraftOperation<'_> {
    /// The types that its requests and responses hold directly.
    pub(crate) fn roots(&self) -> impl Iterator<Item = TypeId> {
        let body = self.request.as_ref().and_then(|request| request.body.ty.named());
        let responses = self.response.bodies().filter_map(|body| body.ty.named());
        self.parameters.into_iter().chain(body).chain(responses)
    }
}

impl Draft<'_> {
    /// The types that requests hold directly: parameters and bodies.
    pub(crate) fn sent_roots(&self) -> impl Iterator<Item = TypeId> {
        self.operations.iter().flat_map(|operation| {
            let body = operation.request.as_ref().and_then(|request| request.body.ty.named());
            operation.parameters.into_iter().chain(body)
        })
    }

    /// The types that responses and error bodies hold directly.
    pub(crate) fn returned_roots(&self) -> impl Iterator<Item = TypeId> {
        let bodies = self.operations.iter().flat_map(|operation| operation.response.bodies());
        let statuses = self.operations.iter().flat_map(|operation| &operation.statuses);
        let headers = statuses.flat_map(|status| &status.headers);
        let types = bodies.map(|body| &body.ty).chain(headers.map(|header| &header.ty));
        types.filter_map(TypeRef::named).chain(self.error_bodies.iter().copied())
    }

    /// The types of events.
    pub(crate) fn posted_roots(&self) -> impl Iterator<Item = TypeId> {
        self.callbacks.iter().map(|callback| callback.ty)
    }

    /// All of them, each once, those of requests first.
    pub(crate) fn roots(&self) -> Vec<TypeId> {
        let mut seen = HashSet::new();
        let received = self.returned_roots().chain(self.posted_roots());
        self.sent_roots().chain(received).filter(|root| seen.insert(*root)).collect()
    }
}
