//! Type definitions, and the names that they want.

mod pending;

pub(crate) use self::pending::Pending;
use super::sets::SchemaSet;
use super::{LoweredType, SchemaReader};
use crate::api::{Docs, Parameter, TypeId, TypeRef, Variant, Wrapper, Writing};
use crate::document::Cursor;
use crate::lower::draft::{DraftStruct, DraftType, Shape, Types};
use crate::names;

/// A type that is known by its id, and whose contents may be unread.
pub(crate) struct Definition<'d> {
    at: Cursor<'d>,
    is_component: bool,
    pub wanted_name: String,
    pub docs: Docs,
    writing: Writing,
    kind: ShapeKind,
    /// The contents, once they are read.
    pub shape: Option<Shape<'d>>,
}

/// The kind of a [`Shape`], which is known before its contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ShapeKind {
    Struct,
    Enum {
        /// `true` if all values are strings, numbers or booleans.
        is_scalar: bool,
    },
    Union,
    Wrapper,
}

impl<'d> SchemaReader<'_, 'd> {
    /// Adds a type.
    pub(crate) fn define(&mut self, set: &SchemaSet<'d>, wire: &str, shape: Shape<'d>) -> TypeId {
        let id = self.add_type(set.own(), wire, ShapeKind::of(&shape), Some(shape));
        self.by_set.insert(set.clone(), id);
        id
    }

    /// The type of the parameters of an operation.
    pub(crate) fn add_parameters(
        &mut self,
        operation: &Cursor<'d>,
        wire: &str,
        shape: DraftStruct<'d>,
        parameters: Vec<Parameter>,
    ) -> TypeId {
        let id = self.add_type(operation, wire, ShapeKind::Struct, Some(Shape::Struct(shape)));
        // The description of the operation is not about them.
        self.types[id.0].docs = Docs::default();
        self.types[id.0].writing = Writing::Parameters(parameters);
        id
    }

    /// The name of a schema inside a component, after its location there, so that it is the same for all schemas that build
    /// upon the component; `None` for another location, and for one within an alternative, which has a name of its own.
    pub(crate) fn location_name(&self, schema: &Cursor<'d>) -> Option<String> {
        let origin = schema.origin();
        let tokens: Vec<_> = origin.pointer.tokens().collect();
        let [components, schemas, component, inner @ ..] = &*tokens else { return None };
        if components != "components" || schemas != "schemas" {
            return None;
        }
        let holder = self.resolved.document.files.get(&*origin.file)?.cursor();
        let holder = holder.descend([components, schemas, component])?;
        let mut name = self.casing.type_name(&self.own_name(&holder));
        let mut inner = inner.iter();
        while let Some(keyword) = inner.next() {
            match &**keyword {
                "properties" => name.push_str(&self.casing.type_name(inner.next()?)),
                "items" => name = names::singular(&name).to_owned(),
                "additionalProperties" => name.push_str("Value"),
                "allOf" => drop(inner.next()?),
                _ => return None,
            }
        }
        Some(name)
    }

    pub(crate) fn add_type(
        &mut self,
        schema: &Cursor<'d>,
        wire: &str,
        kind: ShapeKind,
        shape: Option<Shape<'d>>,
    ) -> TypeId {
        let text = |key: &str| schema.text(key).map(str::to_owned);
        self.types.push(Definition {
            at: schema.clone(),
            is_component: self.components.contains(schema),
            wanted_name: self.casing.type_name(wire),
            docs: Docs { summary: text("title"), description: text("description") },
            writing: Writing::Json,
            kind,
            shape,
        });
        TypeId(self.types.len() - 1)
    }

    /// The type of a schema that occurs inside itself while it is read; it is complete when the schema is.
    pub(crate) fn define_wrapper(&mut self, target: &Cursor<'d>, name: &str) -> LoweredType {
        let id = self.add_type(target, name, ShapeKind::Wrapper, None);
        self.by_schema.insert(target.clone(), id);
        LoweredType::of(TypeRef::Named(id))
    }

    /// Completes a wrapper.
    pub(crate) fn complete_wrapper(
        &mut self,
        id: TypeId,
        lowered: LoweredType,
        target: &Cursor<'d>,
    ) -> Option<LoweredType> {
        if *lowered.ty.non_null() == TypeRef::Named(id) {
            self.diagnostics.schema_in_itself(target);
            return None;
        }
        self.types[id.0].shape = Some(Shape::Wrapper(Wrapper { ty: lowered.ty, checks: lowered.checks }));
        Some(LoweredType { ty: TypeRef::Named(id), checks: LoweredType::of(TypeRef::Named(id)).checks, ..lowered })
    }

    pub(crate) fn kind(&self, id: TypeId) -> ShapeKind {
        self.types[id.0].kind
    }

    /// The contents of a type, once they are read.
    pub(crate) fn shape(&self, id: TypeId) -> Option<&Shape<'d>> {
        self.types[id.0].shape.as_ref()
    }

    pub(crate) fn docs(&self, id: TypeId) -> &Docs {
        &self.types[id.0].docs
    }

    pub(crate) fn writing(&self, id: TypeId) -> &Writing {
        &self.types[id.0].writing
    }

    pub(crate) fn set_writing(&mut self, id: TypeId, writing: Writing) {
        self.types[id.0].writing = writing;
    }

    /// Takes the contents of a struct, to be changed and [put](Self::put_struct) back.
    pub(crate) fn take_struct(&mut self, id: TypeId) -> Option<DraftStruct<'d>> {
        match self.types[id.0].shape.take() {
            Some(Shape::Struct(shape)) => Some(shape),
            other => {
                self.types[id.0].shape = other;
                None
            }
        }
    }

    /// Adds a copy of a struct, whose name has a suffix.
    pub(crate) fn copy_struct(&mut self, id: TypeId, suffix: &str) -> Option<TypeId> {
        let Definition { at, wanted_name, docs, shape, .. } = &self.types[id.0];
        let Some(Shape::Struct(shape)) = shape else { return None };
        let copy = Definition {
            at: at.clone(),
            is_component: false,
            wanted_name: format!("{wanted_name}{suffix}"),
            docs: docs.clone(),
            writing: Writing::Json,
            kind: ShapeKind::Struct,
            shape: Some(Shape::Struct(shape.clone())),
        };
        self.types.push(copy);
        Some(TypeId(self.types.len() - 1))
    }

    /// The types that are part of others.
    pub(crate) fn all_parts(&self) -> impl Iterator<Item = TypeId> {
        let shapes = self.types.iter().filter_map(|definition| definition.shape.as_ref());
        shapes.flat_map(|shape| shape.parts().into_iter().filter_map(|(ty, _)| ty.named()).collect::<Vec<_>>())
    }

    pub(crate) fn put_struct(&mut self, id: TypeId, shape: DraftStruct<'d>) {
        self.types[id.0].shape = Some(Shape::Struct(shape));
    }

    /// All types, once no contents are pending.
    pub(crate) fn into_types(self) -> Types<'d> {
        Types::new(self.types.into_iter().map(Definition::into_type).collect())
    }
}

impl<'d> Definition<'d> {
    fn into_type(self) -> DraftType<'d> {
        DraftType {
            is_component: self.is_component,
            at: self.at,
            wanted_name: self.wanted_name,
            docs: self.docs,
            writing: self.writing,
            // Only a wrapper can be without contents here, and the failure to read its schema has been reported.
            shape: self.shape.unwrap_or(Shape::Wrapper(Wrapper { ty: TypeRef::Never, checks: Vec::new() })),
        }
    }
}

impl ShapeKind {
    fn of(shape: &Shape<'_>) -> Self {
        match shape {
            Shape::Struct(_) => Self::Struct,
            Shape::Enum(shape) => Self::Enum { is_scalar: shape.variants.iter().all(Variant::is_scalar) },
            Shape::Union(_) => Self::Union,
            Shape::Wrapper(_) => Self::Wrapper,
        }
    }
}
