//! Final names of types and methods.
//!
//! A name that two of them want goes to one by an order that does not depend on the order of the text, so that moving a
//! schema or an operation renames nothing.

use std::collections::HashMap;

use crate::Diagnostics;
use crate::api::TypeId;
use crate::document::Origin;
use crate::lower::draft::{ByType, Draft, DraftOperation, DraftType, Types};
use crate::lower::passes::directions::Directions;
use crate::names::{self, Numbers, Taken};

/// The suffix of a name that is taken.
const SUFFIX: &str = "Schema";

/// The name of each type.
pub(crate) struct TypeNames(ByType<String>);

/// The name of the method of each operation, in their order.
pub(crate) struct MethodNames(Vec<String>);

/// Gives each type a name that no other type, no builder and no item of the emitted code has.
///
/// Types that are named after their location keep their names before those that the description names, so that a schema
/// that is added to a description renames none of them. A type whose name another type has is reported, because a file that
/// is added later could take a name.
pub(crate) fn type_names(types: &Types, directions: &Directions, diagnostics: &mut Diagnostics) -> TypeNames {
    let mut order: Vec<(bool, Origin, TypeId)> =
        types.entries().map(|(id, definition)| (definition.is_component, definition.at.origin(), id)).collect();
    order.sort();
    let mut names = types.table(|_| String::new());
    let mut taken: HashMap<String, TypeId> = HashMap::new();
    // A name may be free for a type without a builder alone.
    let mut numbers = [Numbers::default(), Numbers::default()];
    for (_, _, id) in order {
        let has_builder = types[id].has_builder(directions[id]);
        let owner = |name: &str| taken.get(name).or_else(|| has_builder.then(|| taken.get(&builder(name))).flatten());
        let is_free = |name: &str| !names::is_taken(name) && owner(name).is_none();
        let wanted = &types[id].wanted_name;
        let name = if is_free(wanted) {
            wanted.clone()
        } else {
            numbers[usize::from(has_builder)].free(&format!("{wanted}{SUFFIX}"), is_free)
        };
        let own = if names::is_taken(wanted) { format!("{wanted}{SUFFIX}") } else { wanted.clone() };
        if let Some(owner) = owner(&own).map(|owner| &types[*owner]).filter(|owner| is_stated(owner, &types[id])) {
            diagnostics.name_taken(&types[id].at, &own, &owner.at.origin(), &name);
        }
        if has_builder {
            taken.insert(builder(&name), id);
        }
        taken.insert(name.clone(), id);
        names[id] = name;
    }
    TypeNames(names)
}

/// Returns `true` if the author of a description can change one of two names: that of a component, or a file of its own.
fn is_stated(one: &DraftType, other: &DraftType) -> bool {
    one.is_component || other.is_component || one.at.file() != other.at.file()
}

fn builder(name: &str) -> String {
    format!("{name}Builder")
}

/// Gives each method of the client a name of its own.
pub(crate) fn method_names(draft: &Draft) -> MethodNames {
    let operations: &[DraftOperation] = &draft.operations;
    let mut order: Vec<usize> = (0..operations.len()).collect();
    order.sort_by(|one, other| operations[*one].id.cmp(&operations[*other].id));
    let mut names = vec![String::new(); operations.len()];
    let mut taken = Taken::default();
    for index in order {
        names[index] = taken.take(&operations[index].wanted_name);
    }
    MethodNames(names)
}

impl TypeNames {
    /// All of them, in the order of the types.
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, String> {
        self.0.iter()
    }
}

impl std::ops::Index<TypeId> for TypeNames {
    type Output = str;

    fn index(&self, id: TypeId) -> &str {
        &self.0[id]
    }
}

impl MethodNames {
    /// All of them, in the order of the operations.
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, String> {
        self.0.iter()
    }
}

impl IntoIterator for MethodNames {
    type Item = String;
    type IntoIter = std::vec::IntoIter<String>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
