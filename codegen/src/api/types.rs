//! Type definitions: a name, a location in the description, and a shape.

use super::{Bounds, Check, Docs, Enum, Field, Struct, TypeRef, Union, Writing};
use crate::document::Origin;

/// A type by its index in [`Api::types`](crate::Api::types).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub usize);

/// One of the bodies that tell why a call failed.
#[derive(Debug, Clone, PartialEq)]
pub struct ErrorBody {
    /// Its type.
    pub ty: TypeId,
    /// Members by which it is known: the required ones, or all where none is.
    pub known_by: Vec<String>,
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

/// A value that contains itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Wrapper {
    /// The type of the value.
    pub ty: TypeRef,
    /// What is checked of it.
    pub checks: Vec<Check>,
}
