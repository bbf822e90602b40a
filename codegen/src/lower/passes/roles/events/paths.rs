//! The paths of the properties of a type, regardless of lists.

use std::collections::BTreeMap;

use crate::api::{Batch, TypeId, TypeRef};
use crate::lower::draft::{Shape, Types, UnionKeyword};
use crate::lower::passes::directions::Directions;

/// The length of the longest path that is compared.
const MAX_DEPTH: usize = 3;

pub(super) type Path = Vec<String>;

/// Paths in order, so that the continuations of a path follow it. The value is `true` if every event of the type has the
/// property; a batch counts as one with items.
pub(super) type Paths = BTreeMap<Path, bool>;

/// The paths of all properties, up to the longest that is compared.
pub(super) fn paths(types: &Types, directions: &Directions, ty: TypeId, batch: Option<&Batch>) -> Paths {
    let batch = batch.map(|batch| &*batch.property);
    let mut walk = Walk { types, directions, batch, at: Path::new(), open: Vec::new(), paths: Paths::new() };
    walk.add_type(ty, true);
    walk.paths
}

struct Walk<'a, 'd> {
    types: &'a Types<'d>,
    directions: &'a Directions,
    /// The property with the items of a batch.
    batch: Option<&'a str>,
    at: Path,
    /// The types without a property between them, which may contain themselves through lists.
    open: Vec<TypeId>,
    paths: Paths,
}

impl Walk<'_, '_> {
    /// Adds the properties of a type. `certain` is `true` if every event has a value of it.
    fn add_type(&mut self, id: TypeId, certain: bool) {
        if self.open.contains(&id) {
            return;
        }
        self.open.push(id);
        let types = self.types;
        match &types[id].shape {
            Shape::Struct(shape) => {
                for field in &shape.fields {
                    let certain = certain && field.is_required(self.directions[id]);
                    self.add_property(&field.wire_name, Some(&field.ty), certain);
                }
            }
            Shape::Union(shape) => {
                if let UnionKeyword::Discriminator(tag, _) = &shape.keyword {
                    self.add_property(tag, None, certain);
                }
                shape.alternatives.iter().for_each(|alternative| self.add_value(&alternative.ty, false));
            }
            Shape::Wrapper(shape) => self.add_value(&shape.ty, certain),
            Shape::Enum(_) => {}
        }
        self.open.pop();
    }

    fn add_property(&mut self, name: &str, ty: Option<&TypeRef>, certain: bool) {
        let is_batch = self.at.is_empty() && self.batch == Some(name);
        self.at.push(name.to_owned());
        if self.paths.insert(self.at.clone(), certain).is_none()
            && self.at.len() < MAX_DEPTH
            && let Some(ty) = ty
        {
            let open = std::mem::take(&mut self.open);
            self.add_value(ty, certain || is_batch);
            self.open = open;
        }
        self.at.pop();
    }

    /// Lists are looked through, and are certain only in a batch; the names in a map are arbitrary.
    fn add_value(&mut self, ty: &TypeRef, certain: bool) {
        let is_batch = self.at.len() == 1 && self.batch == Some(&*self.at[0]);
        match ty {
            TypeRef::Named(id) => self.add_type(*id, certain),
            TypeRef::List(inner) | TypeRef::Nullable(inner) => self.add_value(inner, certain && is_batch),
            _ => {}
        }
    }
}
