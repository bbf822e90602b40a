//! Types as the description states them.

use std::collections::HashSet;
use std::ops::Index;

use super::ByType;
use crate::api::{
    Bounds, Check, Direction, Docs, TagProperty, TagType, TypeId, TypeRef, UnknownProperties, Variant, Wrapper, Writing,
};
use crate::document::Cursor;

/// All types that were read.
pub(crate) struct Types<'d>(Vec<DraftType<'d>>);

/// A type with all its stated constraints.
pub(crate) struct DraftType<'d> {
    pub at: Cursor<'d>,
    /// `true` if the description names the schema.
    pub is_component: bool,
    /// Its name, unless another type has the same.
    pub wanted_name: String,
    pub docs: Docs,
    pub writing: Writing,
    pub shape: Shape<'d>,
}

/// The contents of a type.
pub(crate) enum Shape<'d> {
    Struct(DraftStruct<'d>),
    Enum(DraftEnum),
    Union(DraftUnion),
    /// A value that contains itself through lists and maps alone.
    Wrapper(Wrapper),
}

/// An object with named properties, or the parameters of an operation.
#[derive(Clone)]
pub(crate) struct DraftStruct<'d> {
    pub fields: Vec<DraftField<'d>>,
    /// `true` if the names in JSON are camel case.
    pub camel_case: bool,
    pub unknown_properties: UnknownProperties,
    pub property_count: Option<Bounds>,
    /// The value of `x-declined`.
    pub declined: Option<Cursor<'d>>,
}

/// A property or a parameter.
#[derive(Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is the answer to a question of its own")]
pub(crate) struct DraftField<'d> {
    pub at: Cursor<'d>,
    /// Its name in Rust.
    pub name: String,
    /// Its name in JSON.
    pub wire_name: String,
    /// `true` if the name in JSON differs from the Rust name in the case of the struct.
    pub renamed: bool,
    pub docs: Docs,
    pub ty: TypeRef,
    /// `true` if the description lists it as required.
    pub required: bool,
    /// The value of `x-sensitive`.
    pub sensitive: Option<bool>,
    pub deprecated: bool,
    pub read_only: bool,
    pub write_only: bool,
    pub default: Option<String>,
    pub format: Option<String>,
    pub checks: Vec<Check>,
}

/// A value of a list of values.
pub(crate) struct DraftEnum {
    pub variants: Vec<Variant>,
    /// The constraints that are stated beside the values, each of which satisfies them.
    pub constraints: Vec<Check>,
}

/// A value of one of several alternatives.
pub(crate) struct DraftUnion {
    pub keyword: UnionKeyword,
    pub alternatives: Vec<DraftAlternative>,
}

/// The rule that selects the alternative of a value.
pub(crate) enum UnionKeyword {
    /// The value of the property of this name.
    Discriminator(String, TagType),
    /// Exactly one alternative matches.
    OneOf,
    /// At least one alternative matches.
    AnyOf,
}

/// An alternative of a union.
#[derive(Clone)]
pub(crate) struct DraftAlternative {
    /// Its name in Rust.
    pub name: String,
    /// The value of the discriminating property.
    pub tag: Option<String>,
    /// The discriminating property as the alternative describes it.
    pub tag_property: Option<TagProperty>,
    pub docs: Docs,
    pub ty: TypeRef,
    pub checks: Vec<Check>,
}

impl<'d> Types<'d> {
    pub(crate) fn new(types: Vec<DraftType<'d>>) -> Self {
        Self(types)
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, DraftType<'d>> {
        self.0.iter()
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = TypeId> + use<> {
        (0..self.0.len()).map(TypeId)
    }

    /// The types with their ids.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (TypeId, &DraftType<'d>)> {
        self.ids().zip(&self.0)
    }

    /// A fact about each type.
    pub(crate) fn table<T>(&self, fact: impl FnMut((TypeId, &DraftType<'d>)) -> T) -> ByType<T> {
        self.entries().map(fact).collect()
    }

    /// The given types and all types inside, in the order of properties, parents first.
    pub(crate) fn reachable(&self, roots: impl IntoIterator<Item = TypeId>) -> Vec<TypeId> {
        self.reachable_within(roots, |_| true)
    }

    /// The same through the types that the filter accepts alone.
    pub(crate) fn reachable_within(
        &self,
        roots: impl IntoIterator<Item = TypeId>,
        is_open: impl Fn(TypeId) -> bool,
    ) -> Vec<TypeId> {
        let mut seen = HashSet::new();
        let mut order = Vec::new();
        let mut stack: Vec<TypeId> = roots.into_iter().collect();
        stack.reverse();
        while let Some(id) = stack.pop() {
            if is_open(id) && seen.insert(id) {
                order.push(id);
                stack.extend(self[id].named_parts().into_iter().rev());
            }
        }
        order
    }

    /// The same as a table.
    pub(crate) fn are_reachable(&self, roots: impl IntoIterator<Item = TypeId>) -> ByType<bool> {
        let mut table = self.table(|_| false);
        for id in self.reachable(roots) {
            table[id] = true;
        }
        table
    }

    /// Spreads a fact from each type to the types that hold it, those that the filter accepts.
    pub(crate) fn spread(&self, mut fact: ByType<bool>, is_open: impl Fn(TypeId) -> bool) -> ByType<bool> {
        let mut holders = self.table(|_| Vec::new());
        for (id, definition) in self.entries().filter(|(id, _)| is_open(*id)) {
            definition.named_parts().into_iter().for_each(|part| holders[part].push(id));
        }
        let mut waiting: Vec<TypeId> = self.ids().filter(|id| fact[*id]).collect();
        while let Some(part) = waiting.pop() {
            for id in std::mem::take(&mut holders[part]) {
                if !std::mem::replace(&mut fact[id], true) {
                    waiting.push(id);
                }
            }
        }
        fact
    }

    /// The type, if a reference names it directly and it has a `validate` method: anything but an enumeration.
    pub(crate) fn validated(&self, ty: &TypeRef) -> Option<TypeId> {
        match ty {
            TypeRef::Named(id) if !matches!(self[*id].shape, Shape::Enum(_)) => Some(*id),
            _ => None,
        }
    }
}

impl<'d> IntoIterator for Types<'d> {
    type Item = DraftType<'d>;
    type IntoIter = std::vec::IntoIter<DraftType<'d>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'d> Index<TypeId> for Types<'d> {
    type Output = DraftType<'d>;

    fn index(&self, id: TypeId) -> &DraftType<'d> {
        &self.0[id.0]
    }
}

impl Shape<'_> {
    /// The types that values of this one hold, with their constraints, in order: fields and then the additional
    /// properties of a struct, the alternatives of a union, the value of a wrapper.
    pub(crate) fn parts(&self) -> Vec<(&TypeRef, &Vec<Check>)> {
        match self {
            Self::Struct(shape) => {
                let fields = shape.fields.iter().map(|field| (&field.ty, &field.checks));
                fields.chain(shape.unknown_properties.field().map(|kept| (&kept.ty, &kept.checks))).collect()
            }
            Self::Enum(_) => Vec::new(),
            Self::Union(shape) => {
                shape.alternatives.iter().map(|alternative| (&alternative.ty, &alternative.checks)).collect()
            }
            Self::Wrapper(shape) => vec![(&shape.ty, &shape.checks)],
        }
    }
}

impl<'d> DraftType<'d> {
    /// The fields of a struct; none for other types.
    pub(crate) fn fields(&self) -> &[DraftField<'d>] {
        match &self.shape {
            Shape::Struct(shape) => &shape.fields,
            _ => &[],
        }
    }

    /// Returns `true` if a type with these directions has a builder.
    pub(crate) fn has_builder(&self, direction: Direction) -> bool {
        direction.sent && matches!(self.shape, Shape::Struct(_))
    }

    /// The types that values of this one hold, with their constraints; see [`Shape::parts`].
    pub(crate) fn parts(&self) -> Vec<(&TypeRef, &Vec<Check>)> {
        self.shape.parts()
    }

    /// The type definitions among the parts.
    pub(crate) fn named_parts(&self) -> Vec<TypeId> {
        self.parts().into_iter().filter_map(|(ty, _)| ty.named()).collect()
    }
}

impl DraftStruct<'_> {
    /// A struct without fields.
    pub(crate) fn empty() -> Self {
        let unknown_properties = UnknownProperties::Ignored;
        Self { fields: Vec::new(), camel_case: false, unknown_properties, property_count: None, declined: None }
    }
}

impl DraftField<'_> {
    /// Returns `true` if values of a type with these directions must have the field.
    ///
    /// A property that one side never sets is required of neither: a read-only one is absent from requests, a write-only
    /// one from responses. The service sets both, so they travel with an event.
    pub(crate) fn is_required(&self, Direction { sent, returned, .. }: Direction) -> bool {
        self.required && !(self.read_only && sent || self.write_only && returned)
    }
}
