//! The paths of the properties of a type, regardless of lists.

use std::collections::{BTreeMap, HashMap};

use crate::api::{Batch, TypeId, TypeRef};
use crate::lower::draft::{Shape, Types, UnionKeyword};
use crate::lower::passes::directions::Directions;

/// The length of the longest path that is compared, unless there are too many.
const MAX_DEPTH: usize = 3;

/// The number of all paths.
const MOST_PATHS: usize = 100_000;

/// The depth of types without a property between them.
const MAX_UNIONS: usize = 64;

pub(super) type Path = Vec<String>;

/// Paths in order, so that the continuations of a path follow it. The value is `true` if every event of the type has the
/// property; a batch counts as one with items.
pub(super) type Paths = BTreeMap<Path, bool>;

/// The paths of all properties, up to the longest that is compared.
pub(super) fn paths(
    types: &Types,
    directions: &Directions,
    ty: TypeId,
    batch: Option<&Batch>,
    longest: usize,
) -> Paths {
    let batch = batch.map(|batch| &*batch.property);
    let mut walk = Walk { types, directions, batch, longest, at: Path::new(), open: Vec::new(), paths: Paths::new() };
    walk.add_type(ty, true);
    walk.paths
}

/// The length of the longest path that is compared: shared types that are inside each other multiply.
pub(super) fn longest(types: &Types, roots: &[TypeId]) -> usize {
    let mut counts = Counts { types, known: HashMap::new() };
    let fits = |longest: &usize| {
        let counts = roots.iter().map(|root| counts.of(*root, *longest, 0));
        counts.fold(0, usize::saturating_add) <= MOST_PATHS
    };
    (2..=MAX_DEPTH).rev().find(fits).unwrap_or(1)
}

/// The numbers of paths of types.
struct Counts<'a, 'd> {
    types: &'a Types<'d>,
    /// By the type and the length of the longest path.
    known: HashMap<(TypeId, usize), usize>,
}

impl Counts<'_, '_> {
    /// The number of paths of a type, up to a length. `depth` is the number of types around it without a property between.
    fn of(&mut self, id: TypeId, longest: usize, depth: usize) -> usize {
        if let Some(known) = self.known.get(&(id, longest)) {
            return *known;
        }
        if longest == 0 || depth == MAX_UNIONS {
            return 0;
        }
        // A type inside itself has no further paths.
        self.known.insert((id, longest), 0);
        let definition = &self.types[id];
        let (longest_of_parts, depth_of_parts) = match definition.shape {
            Shape::Struct(_) => (longest - 1, 0),
            _ => (longest, depth + 1),
        };
        let parts = definition.named_parts().into_iter().map(|part| self.of(part, longest_of_parts, depth_of_parts));
        let count = parts.fold(definition.fields().len() + 1, usize::saturating_add);
        self.known.insert((id, longest), count);
        count
    }
}

struct Walk<'a, 'd> {
    types: &'a Types<'d>,
    directions: &'a Directions,
    /// The property with the items of a batch.
    batch: Option<&'a str>,
    /// The length of the longest path.
    longest: usize,
    at: Path,
    /// The types without a property between them, which may contain themselves through lists.
    open: Vec<TypeId>,
    paths: Paths,
}

impl Walk<'_, '_> {
    /// Adds the properties of a type. `certain` is `true` if every event has a value of it.
    fn add_type(&mut self, id: TypeId, certain: bool) {
        if self.open.contains(&id) || self.open.len() == MAX_UNIONS {
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
            && self.at.len() < self.longest
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
