//! What builders need: a name for the state of each required member.

use std::collections::HashSet;

use crate::api::{Api, Slot};
use crate::names;

/// Gives each required member of what is sent its type parameter, the first letter or one with a number where that name
/// is taken, and its trait.
pub(in crate::lower) fn name_slots(api: &mut Api) {
    let types: HashSet<String> = api.types.iter().map(|definition| definition.name.clone()).collect();
    for definition in api.types.iter_mut().filter(|definition| definition.direction.sent) {
        let mut taken: HashSet<String> = HashSet::new();
        for field in definition.fields_mut().iter_mut().filter(|field| field.required) {
            let is_free = |name: &String| !types.contains(name) && !taken.contains(name);
            let parameter = names::parameters(&field.name).find(is_free).unwrap_or_default();
            taken.insert(parameter.clone());
            field.slot = Some(Slot { parameter, marker: names::marker(&field.name) });
        }
    }
}
