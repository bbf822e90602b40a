//! Types of their own: where they come from, and their names.

use std::collections::HashSet;

use super::Use;
use super::places::Places;
use crate::api::{Api, Direction, Docs, TypeDef, TypeId, TypeKind, TypeRef, Unchecked, Wrapper, Writing};
use crate::document::Origin;
use crate::lower::Lowering;
use crate::names;

/// What stands behind a name that is taken.
const SUFFIX: &str = "Schema";

impl Lowering<'_, '_> {
    /// A new type; its name is final when all types are known.
    pub(in crate::lower) fn define(&mut self, places: &Places, wire: &str, kind: TypeKind) -> TypeId {
        let id = self.add_type(places.own(), wire, kind);
        self.by_places.insert(places.clone(), id);
        id
    }

    /// The name of a schema inside a component, after its place there, so that it is the same for all who build upon the
    /// component; `None` for one that stands elsewhere, or within an alternative, which has a name of its own.
    pub(in crate::lower) fn place_name(&self, origin: &Origin) -> Option<String> {
        let tokens: Vec<String> = origin.pointer.tokens().collect();
        let [components, schemas, component, inner @ ..] = &*tokens else { return None };
        if components != "components" || schemas != "schemas" {
            return None;
        }
        let holder = Origin::file(&origin.file).descend(["components", "schemas", component]);
        let mut name = names::type_name(&self.own_name(&holder));
        let mut inner = inner.iter();
        while let Some(keyword) = inner.next() {
            match keyword.as_str() {
                "properties" => name.push_str(&names::type_name(inner.next()?)),
                "items" => name = names::singular(&name).to_owned(),
                "additionalProperties" => name.push_str("Value"),
                "allOf" => drop(inner.next()?),
                _ => return None,
            }
        }
        Some(name)
    }

    fn add_type(&mut self, origin: &Origin, wire: &str, kind: TypeKind) -> TypeId {
        let text = |key: &str| self.resolved.node(origin)?.get(key)?.as_str().map(str::to_owned);
        self.types.push(TypeDef {
            origin: origin.clone(),
            name: names::type_name(wire),
            docs: Docs { summary: text("title"), description: text("description") },
            direction: Direction::default(),
            checked: false,
            probed: false,
            tried: false,
            total_equality: true,
            writing: Writing::Json,
            kind,
            unchecked: Unchecked::default(),
        });
        TypeId(self.types.len() - 1)
    }

    /// A schema that is being read comes again inside itself: a type of its own, finished when the schema is.
    pub(in crate::lower) fn use_wrapper(&mut self, target: &Origin, name: &str) -> Use {
        let placeholder = TypeKind::Wrapper(Wrapper { ty: TypeRef::Never, checks: Vec::new() });
        let id = self.add_type(target, name, placeholder);
        self.by_origin.insert(target.clone(), id);
        Use::of(TypeRef::Named(id))
    }

    /// Says what a wrapper holds, now that it is known.
    pub(in crate::lower) fn finish_wrapper(&mut self, id: TypeId, used: Use, target: &Origin) -> Option<Use> {
        if *used.ty.non_null() == TypeRef::Named(id) {
            self.diagnostics.schema_in_itself(target.clone());
            return None;
        }
        self.types[id.0].kind = TypeKind::Wrapper(Wrapper { ty: used.ty, checks: used.checks });
        Some(Use { ty: TypeRef::Named(id), checks: Use::of(TypeRef::Named(id)).checks, ..used })
    }
}

/// Gives each type a name that no other type, no builder and nothing in the emitted code has.
///
/// Types that are named after their place keep their names before those that the description names, so that a schema that
/// is added to a description renames none of them. The order of the text does not count.
pub(in crate::lower) fn name_types(api: &mut Api) {
    let mut order: Vec<(bool, Origin, usize)> = api
        .types
        .iter()
        .enumerate()
        .map(|(index, definition)| (is_component(&definition.origin), definition.origin.clone(), index))
        .collect();
    order.sort();
    let mut taken: HashSet<String> = HashSet::new();
    for (_, _, index) in order {
        let definition = &api.types[index];
        let is_built = definition.direction.sent && definition.as_struct().is_some();
        let is_free = |name: &str| {
            let has_builder = is_built && taken.contains(&builder(name));
            !(names::is_taken(name) || taken.contains(name) || has_builder)
        };
        let wanted = &definition.name;
        let name = if is_free(wanted) { wanted.clone() } else { names::free(&format!("{wanted}{SUFFIX}"), is_free) };
        if is_built {
            taken.insert(builder(&name));
        }
        taken.insert(name.clone());
        api.types[index].name = name;
    }
}

fn builder(name: &str) -> String {
    format!("{name}Builder")
}

/// Whether the description itself names the schema.
pub(in crate::lower) fn is_component(origin: &Origin) -> bool {
    let tokens: Vec<_> = origin.pointer.tokens().collect();
    matches!(&*tokens, [components, schemas, _] if components == "components" && schemas == "schemas")
        || tokens.is_empty()
}
