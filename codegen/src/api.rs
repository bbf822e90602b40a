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
    /// The files that were read, in the order they were read.
    pub inputs: Vec<String>,
    /// What can be called, in the order of the description.
    pub operations: Vec<Operation>,
    /// What the service posts to an address of the caller.
    pub callbacks: Vec<Callback>,
    /// The ways to prove who is calling.
    pub credentials: Vec<Credential>,
    /// The types that an error reply may hold, the more telling ones first.
    pub error_bodies: Vec<ErrorBody>,
    /// The types, in the order of first use, parents before children.
    pub types: Vec<TypeDef>,
    /// The modules that the types are split into.
    pub modules: Vec<Module>,
    /// Whether regular expressions are checked.
    pub checks_patterns: bool,
    /// What samples stand on.
    pub samples: Samples,
    /// What of the description is not in the crate.
    pub left_out: LeftOut,
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
    /// What is sent.
    pub request: RequestBody,
    /// What comes back on success; `None` for an empty body.
    pub reply: Option<TypeRef>,
    /// The documented statuses, in the order of the description.
    pub responses: Vec<Response>,
    /// Names of the [`Credential`]s that it accepts, in the order of the description.
    pub credentials: Vec<String>,
    /// The one that samples show, by its index in [`Api::credentials`].
    pub sample_credential: Option<usize>,
    /// The scopes that it needs.
    pub scopes: Vec<String>,
    /// How often it may be called; all of them apply.
    pub rate_limits: Vec<RateLimit>,
    /// Sample requests.
    pub examples: Vec<Example>,
}

/// The body of a request.
#[derive(Debug, Clone, PartialEq)]
pub struct RequestBody {
    /// The name of the method's argument.
    pub argument: String,
    /// Its type.
    pub ty: TypeId,
    /// The member that holds the id of the message, where there is one.
    pub message_id: Option<MessageId>,
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
    /// The name of the program in `examples/`.
    pub name: String,
    /// What it shows.
    pub summary: Option<String>,
    /// The request.
    pub value: ExampleValue,
}

/// A value, typed as the schema says.
#[derive(Debug, Clone, PartialEq)]
pub enum ExampleValue {
    /// A struct: its type and the members that are present, by field index, in the order of the type.
    Struct(TypeId, Vec<(usize, ExampleValue)>),
    /// A variant of an enumeration, by index.
    Variant(TypeId, usize),
    /// A string.
    String(String),
    /// A time, as text.
    DateTime(String),
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
    /// Where the address comes from: `{$request.body#/notifyUrl}`.
    pub expression: String,
    /// What it tells.
    pub docs: Docs,
    /// The posted value.
    pub ty: TypeId,
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
    /// Whether values can be compared with `Eq`: no floating-point number is inside.
    pub total_equality: bool,
    /// Its shape.
    pub kind: TypeKind,
}

impl TypeDef {
    /// The members; none for an enumeration.
    pub fn fields(&self) -> &[Field] {
        match &self.kind {
            TypeKind::Struct(shape) => &shape.fields,
            TypeKind::Enum(_) => &[],
        }
    }

    pub(crate) fn fields_mut(&mut self) -> &mut [Field] {
        match &mut self.kind {
            TypeKind::Struct(shape) => &mut shape.fields,
            TypeKind::Enum(_) => &mut [],
        }
    }
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
    /// One of some strings.
    Enum(Enum),
}

/// Named members.
#[derive(Debug, Clone, PartialEq)]
pub struct Struct {
    /// The members, in the order of the description.
    pub fields: Vec<Field>,
    /// Whether the names in JSON are camel case.
    pub camel_case: bool,
    /// The name of the field that keeps unknown members, where the description expects some.
    pub additional: Option<String>,
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
    /// Any JSON value.
    Any,
    /// A list.
    List(Box<TypeRef>),
    /// An object with free names and values of one type.
    Map(Box<TypeRef>),
    /// A type of its own.
    Named(TypeId),
}

impl TypeRef {
    /// The type of its own that is named here or inside a list or a map.
    pub fn named(&self) -> Option<TypeId> {
        match self {
            Self::Named(id) => Some(*id),
            Self::List(inner) | Self::Map(inner) => inner.named(),
            _ => None,
        }
    }
}

/// One of some strings.
#[derive(Debug, Clone, PartialEq)]
pub struct Enum {
    /// The name of the variant that keeps other strings as they are, where others may come.
    pub other: Option<String>,
    /// The strings.
    pub variants: Vec<Variant>,
}

/// One string of an enumeration.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// Its name in Rust.
    pub name: String,
    /// The string.
    pub value: String,
}

impl Api {
    /// The name of the crate in Rust code; for a package whose name no code can say, one that can be said.
    pub fn crate_name(&self) -> String {
        let name = self.options.name.replace('-', "_");
        if names::is_identifier(&name) {
            name
        } else {
            names::snake_name(&name).unwrap_or_else(|| "generated".to_owned())
        }
    }
}

impl std::ops::Index<TypeId> for Api {
    type Output = TypeDef;

    fn index(&self, id: TypeId) -> &TypeDef {
        &self.types[id.0]
    }
}
