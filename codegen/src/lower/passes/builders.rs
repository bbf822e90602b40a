//! Type parameters and traits by which builders know the required fields that are set.

use std::collections::HashSet;

use crate::api::Slot;
use crate::lower::draft::{ByType, DraftField, Types};
use crate::lower::passes::directions::Directions;
use crate::lower::passes::names::TypeNames;
use crate::names;

/// For each type that is sent, the slots of its fields; none for fields that are not required.
pub(crate) struct Slots {
    pub of_fields: ByType<Vec<Option<Slot>>>,
}

/// Gives each required field of a type that is sent its trait and its type parameter, which has a name that no type in a
/// file of builders has.
pub(crate) fn slots(types: &Types, directions: &Directions, type_names: &TypeNames) -> Slots {
    let type_names: HashSet<&str> = type_names.iter().map(String::as_str).collect();
    let is_type = |name: &str| {
        let built = name.strip_suffix("Builder");
        type_names.contains(name)
            || built.is_some_and(|built| type_names.contains(built))
            || names::is_taken(name)
            || names::runtime::is_emitted(name)
    };
    let of_fields = types.table(|(id, definition)| {
        let direction = directions[id];
        if !direction.sent {
            return vec![None; definition.fields().len()];
        }
        let mut taken: HashSet<String> = HashSet::new();
        let fields = definition.fields().iter();
        let mut slot = |field: &DraftField| {
            let is_free = |name: &String| !is_type(name) && !taken.contains(name);
            let parameter = names::parameters(&field.name).find(is_free).unwrap_or_default();
            taken.insert(parameter.clone());
            Slot { parameter, marker: names::marker(&field.name) }
        };
        fields.map(|field| field.is_required(direction).then(|| slot(field))).collect()
    });
    Slots { of_fields }
}
