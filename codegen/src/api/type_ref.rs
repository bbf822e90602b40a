//! References to types from fields and bodies.

use super::TypeId;

/// The type of a field or a body.
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
    /// A 64-bit integer without a sign.
    U64,
    /// A 128-bit integer.
    I128,
    /// A 32-bit number.
    F32,
    /// A 64-bit number.
    F64,
    /// A point in time.
    DateTime,
    /// A day.
    Date,
    /// A length of time.
    IsoDuration,
    /// A universally unique identifier.
    Uuid,
    /// Bytes, in base64.
    Base64,
    /// Any JSON value.
    Any,
    /// A type without values.
    Never,
    /// A value or `null`.
    Nullable(Box<TypeRef>),
    /// The whole body of a request or a response, as bytes.
    Bytes,
    /// A file in a form.
    File,
    /// A list.
    List(Box<TypeRef>),
    /// An object with arbitrary names and values of one type.
    Map(Box<TypeRef>),
    /// A type of its own.
    Named(TypeId),
}

impl TypeRef {
    /// Returns the type without `null`.
    pub fn non_null(&self) -> &Self {
        match self {
            Self::Nullable(inner) => inner,
            ty => ty,
        }
    }

    /// Returns the type that is named here, or inside a list or a map.
    pub fn named(&self) -> Option<TypeId> {
        match self {
            Self::Named(id) => Some(*id),
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.named(),
            _ => None,
        }
    }

    /// Returns an iterator over the type and those inside it, from the outside in.
    pub fn with_inner(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |ty| match ty {
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => Some(&**inner),
            _ => None,
        })
    }
}
