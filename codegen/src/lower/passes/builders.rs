//! Builders: the state of their required fields, the arguments of their setters, and `Default`.

use std::collections::HashSet;

use crate::Diagnostics;
use crate::api::{Direction, Setter, Slot, TypeRef};
use crate::lower::draft::{ByType, DraftField, DraftType, Shape, Types};
use crate::lower::passes::directions::Directions;
use crate::lower::passes::names::TypeNames;
use crate::names;

/// The builder of each type.
pub(crate) struct Builders {
    /// The slots of the fields of each type that is sent; none for fields that are not required.
    pub slots: ByType<Vec<Option<Slot>>>,
    /// The setter of each field.
    pub setters: ByType<Vec<Setter>>,
    /// `true` for a struct that has a builder.
    pub has_builder: ByType<bool>,
    /// `true` for a struct without required fields, which is `Default`.
    pub has_default: ByType<bool>,
}

/// The product of the numbers of fields and of required fields, which is that of the fields in all required setters.
const MOST_FIELDS_OF_SETTERS: usize = 100_000;

pub(crate) fn builders(
    types: &Types,
    directions: &Directions,
    type_names: &TypeNames,
    diagnostics: &mut Diagnostics,
) -> Builders {
    for (id, definition) in types.entries().filter(|(id, definition)| definition.has_builder(directions[*id])) {
        let fields = definition.fields();
        let required = fields.iter().filter(|field| field.is_required(directions[id])).count();
        if required * fields.len() > MOST_FIELDS_OF_SETTERS {
            diagnostics.too_many_required(&definition.at, required, fields.len());
        }
    }
    Builders {
        slots: slots(types, directions, type_names),
        setters: types.table(|(_, definition)| definition.fields().iter().map(|field| setter(types, field)).collect()),
        has_builder: types.table(|(id, definition)| definition.has_builder(directions[id])),
        has_default: types.table(|(id, definition)| has_default(definition, directions[id])),
    }
}

fn has_default(definition: &DraftType, direction: Direction) -> bool {
    matches!(definition.shape, Shape::Struct(_))
        && !definition.fields().iter().any(|field| field.is_required(direction))
}

/// Gives each required field of a type that is sent its trait and its type parameter, which has a name that no type in a
/// file of builders has.
fn slots(types: &Types, directions: &Directions, type_names: &TypeNames) -> ByType<Vec<Option<Slot>>> {
    let type_names: HashSet<&str> = type_names.iter().map(String::as_str).collect();
    let is_type = |name: &str| {
        let built = name.strip_suffix("Builder");
        type_names.contains(name)
            || built.is_some_and(|built| type_names.contains(built))
            || names::is_taken(name)
            || names::runtime::is_emitted(name)
    };
    types.table(|(id, definition)| {
        let direction = directions[id];
        if !definition.has_builder(direction) {
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
    })
}

fn setter(types: &Types, field: &DraftField) -> Setter {
    if field.read_only {
        return Setter::None;
    }
    match &field.ty {
        TypeRef::List(item) if item_converts(types, item) => Setter::IntoItems,
        TypeRef::List(_) => Setter::Items,
        ty if converts(types, ty) => Setter::Into,
        _ => Setter::Exact,
    }
}

/// Returns `true` for items of lists that others convert into. A list in a list, or a nullable item, is passed as it is.
fn item_converts(types: &Types, item: &TypeRef) -> bool {
    !matches!(item, TypeRef::List(_) | TypeRef::Map(_) | TypeRef::Nullable(_) | TypeRef::Any) && converts(types, item)
}

/// Returns `true` for types that others convert into: texts, unions, and structs with their builders. Numbers, booleans and
/// enumerations are passed as they are.
fn converts(types: &Types, ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Bool
        | TypeRef::I32
        | TypeRef::I64
        | TypeRef::U64
        | TypeRef::I128
        | TypeRef::F32
        | TypeRef::F64
        | TypeRef::Never => false,
        TypeRef::Named(id) => !matches!(types[*id].shape, Shape::Enum(_)),
        _ => true,
    }
}
