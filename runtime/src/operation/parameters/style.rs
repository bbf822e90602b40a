//! Styles of parameters, with the names of OpenAPI.

/// The encoding of a parameter: `style`, `explode`, `allowReserved`, and `allowEmptyValue`.
///
/// The constants have the usual `explode` of each style: `true` for `form`, and `false` for the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    pub(crate) kind: StyleKind,
    pub(crate) explode: bool,
    pub(crate) allow_reserved: bool,
    pub(crate) allow_empty_value: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StyleKind {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    Json,
}

impl Style {
    /// `a,b` in a path or a header.
    pub const SIMPLE: Self = Self::new(StyleKind::Simple);
    /// `.a,b` in a path.
    pub const LABEL: Self = Self::new(StyleKind::Label);
    /// `;name=a,b` in a path.
    pub const MATRIX: Self = Self::new(StyleKind::Matrix);
    /// `name=a&name=b` in a query, and `name=a; name=b` in cookies.
    pub const FORM: Self = Self::new(StyleKind::Form).explode(true);
    /// `name=a%20b` in a query.
    pub const SPACE_DELIMITED: Self = Self::new(StyleKind::SpaceDelimited);
    /// `name=a%7Cb` in a query.
    pub const PIPE_DELIMITED: Self = Self::new(StyleKind::PipeDelimited);
    /// `name[a]=b` in a query. An object inside another is `name[a][b]=c`, and a list is `name[]=a&name[]=b`.
    pub const DEEP_OBJECT: Self = Self::new(StyleKind::DeepObject);
    /// JSON text, for a parameter with `content`.
    pub const JSON: Self = Self::new(StyleKind::Json);

    const fn new(kind: StyleKind) -> Self {
        Self { kind, explode: false, allow_reserved: false, allow_empty_value: false }
    }

    /// Sets `explode`: `true` writes each item of a list, and each property of an object, apart.
    #[must_use]
    pub const fn explode(mut self, explode: bool) -> Self {
        self.explode = explode;
        self
    }

    /// Leaves the reserved characters of RFC 3986 and percent-encoded octets in the values of a query as they are, except
    /// `#`, `[`, `]`, `&`, and `+`, which would not be read as part of the value.
    #[must_use]
    pub const fn allow_reserved(mut self) -> Self {
        self.allow_reserved = true;
        self
    }

    /// Writes an empty list or object in a query as `name=`.
    #[must_use]
    pub const fn allow_empty_value(mut self) -> Self {
        self.allow_empty_value = true;
        self
    }
}
