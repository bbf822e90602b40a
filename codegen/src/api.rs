//! The intermediate form: what the emitted crate holds, every decision taken.
//!
//! Plain data between `lower`, which decides, and `render`, which prints. It knows
//! neither OpenAPI types nor tokens; every node remembers where in the description it came from.

use std::time::Duration;

use serde_json::Number;

use crate::Options;
use crate::names;
use crate::pointer::Origin;

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

/// A place of the service.
#[derive(Debug, Clone, PartialEq)]
pub struct Server {
    /// Where it stands.
    pub origin: Origin,
    /// Its base URL, which may have variables.
    pub url: String,
}

/// How much of a description the crate does without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LeftOut {
    /// Operations that are not wanted.
    pub operations: usize,
    /// Schemas under `components` that nothing in the crate uses.
    pub schemas: usize,
}

/// What samples need of the world around them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Samples {
    /// A base URL, to show what one looks like.
    pub base_url: String,
    /// The environment variable that programs read it from.
    pub base_url_variable: String,
}

/// A type by its index in [`Api::types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub usize);

/// Text for people, as the description has it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Docs {
    /// The first line.
    pub summary: Option<String>,
    /// The rest.
    pub description: Option<String>,
}

/// One callable thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// Where it stands.
    pub origin: Origin,
    /// The `operationId`, or method and path where there is none.
    pub id: String,
    /// The name of the client method.
    pub name: String,
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path, with a leading `/`.
    pub path: String,
    /// What it does.
    pub docs: Docs,
    /// Whether the description advises against it.
    pub deprecated: bool,
    /// The type of what it takes in its path, its query and its headers, where it takes something.
    pub parameters: Option<TypeId>,
    /// What is sent; `None` for nothing.
    pub request: Option<RequestBody>,
    /// What comes back on success.
    pub reply: Reply,
    /// The documented statuses, in the order of the description.
    pub responses: Vec<Response>,
    /// Names of the [`Credential`]s that it accepts, in the order of the description.
    pub credentials: Vec<String>,
    /// Whether the service may ask the HTTP client for a certificate.
    pub certificate: bool,
    /// The one that samples show, by its index in [`Api::credentials`].
    pub sample_credential: Option<usize>,
    /// The scopes that it needs.
    pub scopes: Vec<String>,
    /// How often it may be called; all of them apply.
    pub rate_limits: Vec<RateLimit>,
    /// Sample requests. The first is a program as well, named after the method.
    pub examples: Vec<Example>,
}

/// Operations that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The name of the file.
    pub name: String,
    /// What the description calls them.
    pub tag: String,
    /// The operations, by their indices.
    pub operations: Vec<usize>,
}

/// The body of a request.
#[derive(Debug, Clone, PartialEq)]
pub struct RequestBody {
    /// The name of the method's argument.
    pub argument: String,
    /// Its type.
    pub ty: TypeRef,
    /// Whether it must be there.
    pub required: bool,
    /// What is checked of a body that has no `validate` of its own.
    pub checks: Vec<Check>,
    /// How it is written.
    pub format: BodyFormat,
    /// What it is, as the header `Content-Type` says it; for [`BodyFormat::Multipart`] without the boundary.
    pub media_type: String,
    /// All media types that the description offers, sorted.
    pub media_types: Vec<String>,
    /// The member that holds the id of the message, where there is one.
    pub message_id: Option<MessageId>,
}

/// How the body of a request is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyFormat {
    /// As JSON.
    Json,
    /// As one text.
    Text,
    /// As bytes.
    Bytes,
    /// As a form of named texts; the type says which.
    Form,
    /// As a form of parts; the type says which.
    Multipart,
}

/// What comes back on success.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// The type of the body; `None` for an empty one.
    pub ty: Option<TypeRef>,
    /// Whether a success may also come without the body.
    pub may_be_empty: bool,
    /// How the body is read.
    pub format: ReplyFormat,
    /// The media types that are asked for.
    pub accept: String,
    /// Whether the headers are all there is, so that the caller gets them.
    pub only_headers: bool,
}

impl Reply {
    /// Whether there is anything to show of it.
    pub(crate) fn is_shown(&self) -> bool {
        self.ty.is_some() || self.only_headers
    }
}

/// How the body of a success is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplyFormat {
    /// As JSON.
    Json,
    /// As one text.
    Text,
    /// As bytes.
    Bytes,
}

/// The member of a request that the caller can make the id of the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageId {
    /// The name of the member in Rust.
    pub field: String,
    /// Whether it is always there.
    pub required: bool,
}

/// A documented status.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// `200`, `4XX` or `default`.
    pub status: String,
    /// When it comes.
    pub description: String,
    /// The media types of its body, sorted.
    pub media_types: Vec<String>,
}

/// How often an operation may be called, for each account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RateLimit {
    /// So many calls in any stretch of time of this length.
    Window {
        /// The calls; at least 1.
        requests: u32,
        /// The length; at least a millisecond, at most 366 days.
        period: Duration,
    },
    /// A bucket of tokens, full at first; each call takes one out.
    Bucket {
        /// How many tokens it holds; at least 1.
        capacity: u32,
        /// How long it takes until one token is back; at least a nanosecond, at most 366 days.
        refill: Duration,
    },
}

/// A sample request, ready to be built.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// Where it stands.
    pub origin: Origin,
    /// What it shows.
    pub summary: Option<String>,
    /// The parameters, where the operation has some.
    pub parameters: Option<ExampleValue>,
    /// The body, where the operation has one.
    pub value: Option<ExampleValue>,
}

/// A value, typed as the schema says.
#[derive(Debug, Clone, PartialEq)]
pub enum ExampleValue {
    /// A struct: its type, the members that are present, by field index, in the order of the type, and those that the
    /// type does not name.
    Struct(TypeId, Vec<(usize, ExampleValue)>, Vec<(String, ExampleValue)>),
    /// A value of an enumeration, by index.
    Variant(TypeId, usize),
    /// A string.
    String(String),
    /// A text with a format, such as a time.
    Formatted(String),
    /// One form of a union: the index of its variant, and what is in it.
    Form(TypeId, usize, Box<ExampleValue>),
    /// What a wrapper holds.
    Wrapped(TypeId, Box<ExampleValue>),
    /// `null`.
    Null,
    /// A value that might have been `null`.
    NotNull(Box<ExampleValue>),
    /// An integer.
    Integer(i64),
    /// A number.
    Float(f64),
    /// A boolean.
    Bool(bool),
    /// A list.
    List(Vec<ExampleValue>),
    /// A map.
    Map(Vec<(String, ExampleValue)>),
    /// Any JSON value, as JSON text.
    Json(String),
}

/// What the service posts to an address of the caller.
#[derive(Debug, Clone, PartialEq)]
pub struct Callback {
    /// Where it stands.
    pub origin: Origin,
    /// Its name in the description.
    pub name: String,
    /// Where the address comes from: `{$request.body#/notifyUrl}`; `None` where the description does not say it.
    pub expression: Option<String>,
    /// What it tells.
    pub docs: Docs,
    /// The posted value.
    pub ty: TypeId,
}

/// A kind of what the service posts: all callbacks with one body.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The name of its variant.
    pub name: String,
    /// What it tells.
    pub docs: Docs,
    /// The posted value.
    pub ty: TypeId,
    /// Paths of member names, straight through lists, that no other kind has.
    pub marks: Vec<Vec<String>>,
}

/// A way to prove who is calling.
#[derive(Debug, Clone, PartialEq)]
pub struct Credential {
    /// Where it stands.
    pub origin: Origin,
    /// Its name in the description.
    pub wire_name: String,
    /// The name of the constructor.
    pub name: String,
    /// What it is.
    pub description: Option<String>,
    /// How it is sent.
    pub scheme: Scheme,
    /// The environment variables that programs read the arguments of the constructor from, one for each.
    pub variables: Vec<String>,
}

/// How credentials are sent.
#[derive(Debug, Clone, PartialEq)]
pub enum Scheme {
    /// A secret in the header `Authorization`.
    Key {
        /// The word that stands before the secret, with a space.
        prefix: Option<String>,
    },
    /// A user name and a password, as RFC 7617 has it.
    Basic,
    /// A token, as RFC 6750 has it.
    Bearer,
}

/// One of the bodies that tell why a call failed.
#[derive(Debug, Clone, PartialEq)]
pub struct ErrorBody {
    /// Its type.
    pub ty: TypeId,
    /// Members by which it is known: the required ones, or all where none is.
    pub known_by: Vec<String>,
}

/// Types that belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct Module {
    /// The name of the file.
    pub name: String,
    /// What its types are for.
    pub docs: String,
    /// The types, in order.
    pub types: Vec<TypeId>,
}

/// A type with a name and a place in a file.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is the answer to a question of its own")]
pub struct TypeDef {
    /// Where it stands.
    pub origin: Origin,
    /// Its name in Rust.
    pub name: String,
    /// What it is.
    pub docs: Docs,
    /// Whether it is sent, received, or both.
    pub direction: Direction,
    /// Whether a constraint applies to it or to a part of it, or it is the body of a request.
    pub checked: bool,
    /// Whether it is read where it is only sent: to tell how many forms of a union fit.
    pub probed: bool,
    /// Whether it is a form of a union that is tried, so that a reader is not tolerant: what does not fit may fit another.
    pub tried: bool,
    /// Whether values can be compared with `Eq`: no floating-point number is inside.
    pub total_equality: bool,
    /// How its values are written.
    pub writing: Writing,
    /// Its shape.
    pub kind: TypeKind,
    /// What the description states and nobody checks, because the type is only received.
    pub unchecked: Unchecked,
}

/// Constraints that are known and not checked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Unchecked {
    /// Those of each part, in the order of [`TypeDef::parts`]; empty where the type is checked.
    pub parts: Vec<Vec<Check>>,
    /// The number of members.
    pub property_count: Option<Bounds>,
}

impl TypeDef {
    /// The shape, if it has named members.
    pub fn as_struct(&self) -> Option<&Struct> {
        match &self.kind {
            TypeKind::Struct(shape) => Some(shape),
            _ => None,
        }
    }

    /// The members; none for all but structs.
    pub fn fields(&self) -> &[Field] {
        self.as_struct().map_or(&[], |shape| &shape.fields)
    }

    pub(crate) fn fields_mut(&mut self) -> &mut [Field] {
        match &mut self.kind {
            TypeKind::Struct(shape) => &mut shape.fields,
            _ => &mut [],
        }
    }

    /// The types that values of this one hold, in order.
    pub fn parts(&self) -> Vec<&TypeRef> {
        match &self.kind {
            TypeKind::Struct(shape) => {
                let fields = shape.fields.iter().map(|field| &field.ty);
                fields.chain(shape.additional.kept().map(|kept| &kept.ty)).collect()
            }
            TypeKind::Enum(_) => Vec::new(),
            TypeKind::Union(shape) => shape.variants.iter().map(|variant| &variant.ty).collect(),
            TypeKind::Wrapper(shape) => vec![&shape.ty],
        }
    }

    /// What is checked of each part, in the order of [`parts`](Self::parts).
    pub(crate) fn checks(&self) -> Vec<&Vec<Check>> {
        match &self.kind {
            TypeKind::Struct(shape) => {
                let fields = shape.fields.iter().map(|field| &field.checks);
                fields.chain(shape.additional.kept().map(|kept| &kept.checks)).collect()
            }
            TypeKind::Enum(_) => Vec::new(),
            TypeKind::Union(shape) => shape.variants.iter().map(|variant| &variant.checks).collect(),
            TypeKind::Wrapper(shape) => vec![&shape.checks],
        }
    }

    pub(crate) fn checks_mut(&mut self) -> Vec<(&TypeRef, &mut Vec<Check>)> {
        match &mut self.kind {
            TypeKind::Struct(shape) => {
                let kept = match &mut shape.additional {
                    Additional::Kept(kept) => Some((&kept.ty, &mut kept.checks)),
                    _ => None,
                };
                shape.fields.iter_mut().map(|field| (&field.ty, &mut field.checks)).chain(kept).collect()
            }
            TypeKind::Enum(_) => Vec::new(),
            TypeKind::Union(shape) => {
                shape.variants.iter_mut().map(|variant| (&variant.ty, &mut variant.checks)).collect()
            }
            TypeKind::Wrapper(shape) => vec![(&shape.ty, &mut shape.checks)],
        }
    }
}

/// How the values of a type are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Writing {
    /// As JSON.
    Json,
    /// As the parameters of an operation, each at its place.
    Parameters(Vec<Parameter>),
    /// As a form of named texts; for each member the separator of a list that stands in one text.
    Form(Vec<Option<&'static str>>),
    /// As a form of parts; for each member what the description says of its media type.
    Multipart(Vec<Option<String>>),
}

/// Where a parameter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter {
    /// The part of the request.
    pub part: Part,
    /// What stands between the items of a list, as it is written; `None` where the name comes again for each.
    pub separator: Option<&'static str>,
}

/// The parts of a request that hold parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The path.
    Path,
    /// The query.
    Query,
    /// The headers.
    Header,
}

/// Which way a type travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Direction {
    /// Part of a request.
    pub sent: bool,
    /// Part of a reply or a report.
    pub received: bool,
}

/// The shape of a [`TypeDef`].
#[derive(Debug, Clone, PartialEq)]
pub enum TypeKind {
    /// Named members.
    Struct(Struct),
    /// One of some values.
    Enum(Enum),
    /// One of some forms.
    Union(Union),
    /// A value that contains itself, through lists and maps alone.
    Wrapper(Wrapper),
}

/// Named members.
#[derive(Debug, Clone, PartialEq)]
pub struct Struct {
    /// The members, in the order of the description.
    pub fields: Vec<Field>,
    /// Whether the names in JSON are camel case.
    pub camel_case: bool,
    /// What becomes of members that the description does not name.
    pub additional: Additional,
    /// How many members there may be.
    pub property_count: Option<Bounds>,
}

/// What becomes of members that the description does not name.
#[derive(Debug, Clone, PartialEq)]
pub enum Additional {
    /// They are left out: the description says nothing of them.
    Ignored,
    /// A value with one of them is refused.
    Refused,
    /// They are kept.
    Kept(Kept),
}

impl Additional {
    /// How they are kept.
    pub fn kept(&self) -> Option<&Kept> {
        match self {
            Self::Kept(kept) => Some(kept),
            _ => None,
        }
    }
}

/// The field that keeps members that the description does not name.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// Its name.
    pub name: String,
    /// The type of each value.
    pub ty: TypeRef,
    /// What is checked of each value.
    pub checks: Vec<Check>,
}

/// One of some forms.
#[derive(Debug, Clone, PartialEq)]
pub struct Union {
    /// What tells the form.
    pub distinction: Distinction,
    /// The forms.
    pub variants: Vec<Alternative>,
    /// The name of the variant that keeps other values as they are, where others may come.
    pub other: Option<String>,
}

/// What tells the form of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Distinction {
    /// The member of this name.
    Tag(String),
    /// Exactly one form fits; `disjoint` if no value can fit two.
    ExactlyOne {
        /// Whether no value fits two forms.
        disjoint: bool,
    },
    /// Some form fits.
    AtLeastOne,
}

/// One form of a union.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// Its name in Rust.
    pub name: String,
    /// The value of the member that tells the form.
    pub tag: Option<String>,
    /// What it is.
    pub docs: Docs,
    /// Its type.
    pub ty: TypeRef,
    /// What is checked of it.
    pub checks: Vec<Check>,
    /// Whether it stands behind a `Box`, because its type contains the union.
    pub boxed: bool,
    /// Whether `Debug` shows it.
    pub shown: bool,
}

/// A value that contains itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Wrapper {
    /// The type of the value.
    pub ty: TypeRef,
    /// What is checked of it.
    pub checks: Vec<Check>,
}

/// A member.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is the answer to a question of its own")]
pub struct Field {
    /// Where it stands.
    pub origin: Origin,
    /// Its name in Rust.
    pub name: String,
    /// Its name in JSON.
    pub wire_name: String,
    /// Whether the name in JSON is another than its own in the case of the struct.
    pub renamed: bool,
    /// What it is.
    pub docs: Docs,
    /// The type of the value, when there is one.
    pub ty: TypeRef,
    /// Whether it must be there.
    pub required: bool,
    /// Whether the value stands behind a `Box`, because its type contains this one.
    pub boxed: bool,
    /// What the description says of showing it.
    pub sensitive: Option<bool>,
    /// Whether `Debug` shows the value.
    pub shown: bool,
    /// Whether the description advises against it.
    pub deprecated: bool,
    /// Whether only the service sets it.
    pub read_only: bool,
    /// Whether the service takes it and never gives it back.
    pub write_only: bool,
    /// What the service takes when it is absent, as JSON text.
    pub default: Option<String>,
    /// The format that the description names and no type stands for.
    pub format: Option<String>,
    /// What is checked before it is sent.
    pub checks: Vec<Check>,
    /// The name of the value in its check.
    pub binding: String,
    /// How the builder knows that it is set, where that is required.
    pub slot: Option<Slot>,
}

/// How a builder knows that a required member is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// The type parameter of the builder that tells it.
    pub parameter: String,
    /// The trait that the compiler asks for, one for each name of a member.
    pub marker: String,
}

/// Something that is checked.
#[derive(Debug, Clone, PartialEq)]
pub enum Check {
    /// The number of characters of a string.
    Length(Bounds),
    /// The number of items of a list.
    ItemCount(Bounds),
    /// That no item of a list comes again.
    UniqueItems,
    /// The number of members of a map.
    PropertyCount(Bounds),
    /// The value of a number; integers have integers as bounds.
    Range {
        /// The smallest value.
        low: Option<NumberBound>,
        /// The greatest value.
        high: Option<NumberBound>,
    },
    /// That a number is a multiple of this one; of an integer for integers.
    MultipleOf(Number),
    /// That some part of a string matches a regular expression.
    Pattern {
        /// As the description states it, in the syntax of ECMA-262.
        stated: String,
        /// The same for `regex-lite`.
        translated: String,
    },
    /// The value's own constraints.
    Nested,
    /// The same for a value that is not `null`.
    Present(Vec<Check>),
    /// The same for each item of a list.
    Items(Vec<Check>),
    /// The same for each value of a map.
    Values(Vec<Check>),
}

/// An inclusive range of sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// The smallest size.
    pub min: usize,
    /// The largest size; `None` for any.
    pub max: Option<usize>,
}

/// One end of a range of numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct NumberBound {
    /// The number.
    pub value: Number,
    /// Whether it is in the range itself.
    pub inclusive: bool,
}

/// What a field says of its type.
#[derive(Debug, Clone, PartialEq)]
pub enum TypeRef {
    /// Text.
    String,
    /// `true` or `false`.
    Bool,
    /// A 32-bit integer.
    I32,
    /// A 64-bit integer.
    I64,
    /// A 32-bit number.
    F32,
    /// A 64-bit number.
    F64,
    /// A point in time.
    DateTime,
    /// A day.
    Date,
    /// A length of time.
    TimeSpan,
    /// A universally unique identifier.
    Uuid,
    /// Bytes, in base64.
    Base64,
    /// Any JSON value.
    Any,
    /// No value at all.
    Never,
    /// A value or `null`.
    Nullable(Box<TypeRef>),
    /// The whole body of a request or a reply, as bytes.
    Bytes,
    /// A file in a form.
    File,
    /// A list.
    List(Box<TypeRef>),
    /// An object with free names and values of one type.
    Map(Box<TypeRef>),
    /// A type of its own.
    Named(TypeId),
}

impl TypeRef {
    /// The type without `null`.
    pub fn non_null(&self) -> &Self {
        match self {
            Self::Nullable(inner) => inner,
            ty => ty,
        }
    }

    /// The type of its own that is named here or inside a list or a map.
    pub fn named(&self) -> Option<TypeId> {
        match self {
            Self::Named(id) => Some(*id),
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.named(),
            _ => None,
        }
    }

    /// The type and those inside it, from the outside in.
    pub fn with_inner(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |ty| match ty {
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => Some(&**inner),
            _ => None,
        })
    }
}

impl TypeRef {
    /// The type of its own that this is and that has a check of its own: anything but an enumeration.
    pub(crate) fn validated(&self, api: &Api) -> Option<TypeId> {
        match self {
            Self::Named(id) if !matches!(api[*id].kind, TypeKind::Enum(_)) => Some(*id),
            _ => None,
        }
    }
}

/// One of some values.
#[derive(Debug, Clone, PartialEq)]
pub struct Enum {
    /// The name of the variant that keeps other values as they are, where others may come.
    pub other: Option<String>,
    /// The values.
    pub variants: Vec<Variant>,
}

impl Enum {
    /// Whether all values are strings.
    pub fn is_text(&self) -> bool {
        self.variants.iter().all(|variant| variant.value.is_string())
    }
}

/// One value of an enumeration.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// Its name in Rust.
    pub name: String,
    /// The value.
    pub value: serde_json::Value,
}

impl Api {
    /// The name of the crate in Rust code; for a package whose name no code can say, one that can be said.
    pub fn crate_name(&self) -> String {
        let name = self.options.name.replace('-', "_");
        if names::is_identifier(&name) { name } else { names::snake_name(&name) }
    }
}

impl std::ops::Index<TypeId> for Api {
    type Output = TypeDef;

    fn index(&self, id: TypeId) -> &TypeDef {
        &self.types[id.0]
    }
}
