//! Types whose contents are read after everything that uses them, because they may use the type itself.

use super::{Definition, ShapeKind};
use crate::api::{Bounds, TypeId};
use crate::lower::draft::Shape;
use crate::lower::schemas::SchemaReader;
use crate::lower::schemas::sets::SchemaSet;
use crate::lower::schemas::unions::UnionSource;

/// The contents of a type that are still to be read.
enum Outline<'d> {
    Struct { property_count: Option<Bounds> },
    Union { source: UnionSource<'d> },
}

/// A type whose contents are still to be read.
pub(crate) struct Pending<'d> {
    id: TypeId,
    set: SchemaSet<'d>,
    outline: Outline<'d>,
}

impl<'d> SchemaReader<'_, 'd> {
    /// Adds a struct.
    pub(crate) fn define_struct(&mut self, set: &SchemaSet<'d>, wire: &str, property_count: Option<Bounds>) -> TypeId {
        self.define_later(set, wire, ShapeKind::Struct, Outline::Struct { property_count })
    }

    /// Adds a union.
    pub(crate) fn define_union(&mut self, set: &SchemaSet<'d>, wire: &str, source: UnionSource<'d>) -> TypeId {
        self.define_later(set, wire, ShapeKind::Union, Outline::Union { source })
    }

    fn define_later(&mut self, set: &SchemaSet<'d>, wire: &str, kind: ShapeKind, outline: Outline<'d>) -> TypeId {
        let id = self.add_type(set.own(), wire, kind, None);
        self.by_set.insert(set.clone(), id);
        self.pending.push(Pending { id, set: set.clone(), outline });
        id
    }

    /// Reads the contents of every type, and of those that they use.
    pub(crate) fn read_pending(&mut self) {
        while let Some(Pending { id, set, outline }) = self.pending.pop() {
            if self.is_full() {
                return;
            }
            let Definition { wanted_name, docs, .. } = &self.types[id.0];
            let (name, docs) = (wanted_name.clone(), docs.clone());
            let shape = match outline {
                Outline::Struct { property_count } => Shape::Struct(self.lower_struct(&name, &set, property_count)),
                Outline::Union { source } => Shape::Union(self.lower_union(&name, &docs, &set, source)),
            };
            self.types[id.0].shape = Some(shape);
        }
    }
}
