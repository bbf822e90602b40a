//! Encodings of a type: JSON, parameters or a form.

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
