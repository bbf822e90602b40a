//! Names around builders, which must be free.

use std::collections::{HashMap, HashSet};

use crate::Diagnostics;
use crate::api::{Api, Slot, TypeDef};
use crate::names;

/// A builder is named after its type, and its name must be free.
pub(super) fn refuse_builder_clashes(api: &Api, diagnostics: &mut Diagnostics) {
    let names: HashMap<&str, &TypeDef> = api.types.iter().map(|definition| (&*definition.name, definition)).collect();
    for built in api.types.iter().filter(|definition| definition.direction.sent && !definition.fields().is_empty()) {
        let builder = format!("{}Builder", built.name);
        if let Some(other) = names.get(&*builder) {
            diagnostics.name_clash(other.origin.clone(), &builder, &built.origin);
        }
    }
}

/// Gives each required member of what is sent its type parameter, the first letter or one with a number where that name
/// is taken, and its trait.
pub(super) fn name_slots(api: &mut Api) {
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
