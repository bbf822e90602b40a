//! Encodings of a type: JSON, parameters or a form.

/// The encoding of the values of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Writing {
    /// JSON.
    Json,
    /// The parameters of an operation, each at its location.
    Parameters(Vec<Parameter>),
    /// JSON, from which a URL-encoded form is made, and nothing else.
    Form,
    /// A form of parts, one for each field or for each item of a list.
    Multipart(Vec<Part>),
}

/// The encoding of a property of a URL-encoded form, if it is not the usual one: a pair for each item of a list, and an object
/// as JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormStyle {
    /// A pair for each item of a list or each property of an object, which has the name of the property.
    Exploded,
    /// The items of a list, or the names and values of an object, in one text with this separator.
    Joined(&'static str),
    /// A pair for each value inside, with its path as the name.
    Deep,
    /// JSON.
    Json,
}

/// The encoding of a field as part of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The content.
    pub kind: PartKind,
    /// The media type, if it is not the usual one of the content: `application/octet-stream` of a file, which may have a
    /// media type of its own, `application/json` of JSON, and none of a text.
    pub media_type: Option<String>,
    /// The media types that the description allows, which may be ranges; none if it states none. They are not emitted.
    pub allowed: Vec<String>,
}

/// The content of a part of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    /// A file.
    File,
    /// A value as JSON.
    Json,
    /// One text.
    Text,
}

/// The location of a parameter, and its encoding there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter {
    /// The part of the request.
    pub location: ParameterLocation,
    /// The style.
    pub style: ParameterStyle,
    /// `true` if each item of a list, and each property of an object, is written apart.
    pub explode: bool,
    /// `true` if reserved characters are not percent-encoded.
    pub allow_reserved: bool,
    /// `true` if an empty list or object is written with the name alone.
    pub allow_empty_value: bool,
}

/// The style of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterStyle {
    /// `a,b`.
    Simple,
    /// `.a,b`.
    Label,
    /// `;name=a,b`.
    Matrix,
    /// `name=a,b`.
    Form,
    /// `name=a%20b`.
    SpaceDelimited,
    /// `name=a%7Cb`.
    PipeDelimited,
    /// `name[a]=b`.
    DeepObject,
    /// JSON text: the parameter has `content`.
    Json,
}

/// The parts of a request that hold parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ParameterLocation {
    /// The path.
    Path,
    /// The query.
    Query,
    /// The headers.
    Header,
    /// The header `Cookie`.
    Cookie,
}
