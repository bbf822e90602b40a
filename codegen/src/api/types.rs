//! Type definitions: a name, a location in the description, and a shape.

use super::{Bounds, Check, Docs, Enum, Field, SerdeTraits, Struct, TypeRef, Union, Writing};
use crate::document::Origin;

/// A type, as an index into [`Api::types`](crate::Api::types).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub usize);

/// A body of an error response.
#[derive(Debug, Clone, PartialEq)]
pub struct ErrorBody {
    /// Its type.
    pub ty: TypeId,
    /// The properties by which it is recognized: the required ones, or all if none is required.
    pub known_by: Vec<String>,
}

/// A type definition.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeDef {
    /// The location in the description.
    pub origin: Origin,
    /// Its name in Rust.
    pub name: String,
    /// Its documentation.
    pub docs: Docs,
    /// The directions in which its values travel.
    pub direction: Direction,
    /// `true` if it has a `validate` method: a constraint applies to it or to a part of it, or it is the body of a request.
    pub has_validate: bool,
    /// `true` if it is `Eq`: it contains no floating-point number.
    pub total_equality: bool,
    /// The encoding of its values.
    pub writing: Writing,
    /// Its implementations of serde's traits.
    pub serde: SerdeTraits,
    /// Its shape.
    pub kind: TypeKind,
    /// The constraints as the description states them, if not all of them are checked: because the type is only received, or
    /// because some cannot be checked.
    pub unchecked: Unchecked,
}

/// Constraints that are not checked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Unchecked {
    /// Those of each part, in the order of [`TypeDef::parts`]; empty if all are checked.
    pub parts: Vec<Vec<Check>>,
    /// The number of properties.
    pub property_count: Option<Bounds>,
}

impl TypeDef {
    /// Returns the struct, if the type is one.
    pub fn as_struct(&self) -> Option<&Struct> {
        match &self.kind {
            TypeKind::Struct(shape) => Some(shape),
            _ => None,
        }
    }

    /// Returns the fields of a struct, or an empty slice for other types.
    pub fn fields(&self) -> &[Field] {
        self.as_struct().map_or(&[], |shape| &shape.fields)
    }

    /// The types that values of this one hold: fields and then unknown properties, alternatives, or the value of a wrapper.
    pub fn parts(&self) -> Vec<&TypeRef> {
        match &self.kind {
            TypeKind::Struct(shape) => {
                let fields = shape.fields.iter().map(|field| &field.ty);
                fields.chain(shape.unknown_properties.field().map(|field| &field.ty)).collect()
            }
            TypeKind::Enum(_) => Vec::new(),
            TypeKind::Union(shape) => shape.variants.iter().map(|variant| &variant.ty).collect(),
            TypeKind::Wrapper(shape) => vec![&shape.ty],
        }
    }

    /// The constraints of a part of a sent type that cannot be checked, so that only the service checks them.
    pub(crate) fn checked_by_service(&self, part: usize) -> Vec<Check> {
        let stated = self.unchecked.parts.get(part).filter(|_| self.direction.sent);
        stated.map(|stated| Check::uncheckable(stated)).unwrap_or_default()
    }

    /// The constraints of each part, in the order of [`parts`](Self::parts).
    pub(crate) fn checks(&self) -> Vec<&Vec<Check>> {
        match &self.kind {
            TypeKind::Struct(shape) => {
                let fields = shape.fields.iter().map(|field| &field.checks);
                fields.chain(shape.unknown_properties.field().map(|field| &field.checks)).collect()
            }
            TypeKind::Enum(_) => Vec::new(),
            TypeKind::Union(shape) => shape.variants.iter().map(|variant| &variant.checks).collect(),
            TypeKind::Wrapper(shape) => vec![&shape.checks],
        }
    }
}

/// The directions in which values of a type travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Direction {
    /// `true` if it is part of a request.
    pub sent: bool,
    /// `true` if it is part of a response.
    pub returned: bool,
    /// `true` if it is part of an event, which is a request of the service.
    pub posted: bool,
}

impl Direction {
    /// Returns `true` if it is part of a response or an event.
    pub fn received(self) -> bool {
        self.returned || self.posted
    }
}

/// The shape of a [`TypeDef`].
#[derive(Debug, Clone, PartialEq)]
pub enum TypeKind {
    /// An object with named properties, or parameters.
    Struct(Struct),
    /// A value of a list.
    Enum(Enum),
    /// A value of one of several alternatives.
    Union(Union),
    /// A value that contains itself, through lists and maps alone.
    Wrapper(Wrapper),
}

/// A value that contains itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Wrapper {
    /// The type of the value.
    pub ty: TypeRef,
    /// The constraints of the value.
    pub checks: Vec<Check>,
}
