//! Unions: `oneOf`, `anyOf`, a base that maps values of a property to schemas, and lists of types.

mod alternatives;
mod discriminator;

use super::json_type::JsonType;
use super::keywords::has_only;
use super::sets::{Choice, SchemaSet};
use super::{LoweredType, Reported, SchemaReader};
use crate::api::{Docs, TypeRef};
use crate::document::Cursor;
use crate::lower::draft::DraftUnion;

/// The part of a schema set that makes its values a union.
#[derive(Clone, Debug)]
pub(crate) enum UnionSource<'d> {
    /// Several types.
    Types(Vec<JsonType>),
    Alternatives(Alternatives<'d>),
    Mapping(Mapping<'d>),
}

/// The value of `oneOf` or `anyOf`.
#[derive(Clone, Debug)]
pub(crate) struct Alternatives<'d> {
    /// The schema with the keyword.
    holder: Cursor<'d>,
    keyword: &'static str,
    list: Cursor<'d>,
    /// The items of the list that accept more than `null`.
    schemas: Vec<Cursor<'d>>,
}

/// A base with the schemas that build upon it.
#[derive(Clone, Debug)]
pub(crate) struct Mapping<'d> {
    base: Cursor<'d>,
    /// The name of the discriminating property.
    property: &'d str,
    /// Its values, and the schema for each of them.
    schemas: Vec<(&'d str, Cursor<'d>)>,
}

impl<'d> SchemaReader<'_, 'd> {
    /// The first part of a set that makes its values a union, if there is one.
    pub(crate) fn union_source(
        &mut self,
        set: &SchemaSet<'d>,
        types: &[JsonType],
    ) -> Result<Option<UnionSource<'d>>, Reported> {
        for keyword in ["oneOf", "anyOf"] {
            let mut lists = set.occurrences(keyword);
            let open = lists.find(|(_, list)| !set.has_chosen(&Choice::Alternative(list.clone())));
            if let Some((holder, list)) = open {
                let schemas = list.items().filter(|schema| !self.is_null(schema)).collect();
                let alternatives = Alternatives { holder: holder.clone(), keyword, list, schemas };
                return Ok(Some(UnionSource::Alternatives(alternatives)));
            }
        }
        if let Some(mapping) = self.mapping(set)? {
            return Ok(Some(UnionSource::Mapping(mapping)));
        }
        let is_open = types.len() > 1 && !set.has_keyword("enum");
        Ok(is_open.then(|| UnionSource::Types(types.to_vec())))
    }

    /// The mapping of a base, unless the value is one of the mapped schemas, or builds upon the base.
    fn mapping(&mut self, set: &SchemaSet<'d>) -> Result<Option<Mapping<'d>>, Reported> {
        let base = set.own().clone();
        let Some(discriminator) = base.get("discriminator") else { return Ok(None) };
        let Some(property) = discriminator.text("propertyName").filter(|name| !set.hides(name)) else {
            return Ok(None);
        };
        let entries: Vec<_> = discriminator.object("mapping").collect();
        let schemas = if entries.is_empty() {
            let derived = self.derived_schemas(&base);
            if derived.is_empty() && set.iter().len() == 1 {
                let help = "add a `mapping`, or define schemas that include this one with `allOf`";
                self.diagnostics.warn_not_used(discriminator, "the discriminator", help);
            }
            derived
        } else {
            self.mapped_schemas(&discriminator, &entries)?
        };
        let is_mapped = schemas.iter().any(|(_, schema)| set.contains(schema));
        Ok((!schemas.is_empty() && !is_mapped).then_some(Mapping { base, property, schemas }))
    }

    /// The schemas of all entries of a `mapping`.
    fn mapped_schemas(
        &mut self,
        discriminator: &Cursor<'d>,
        entries: &[(&'d str, Cursor<'d>)],
    ) -> Result<Vec<(&'d str, Cursor<'d>)>, Reported> {
        let mut schemas = Vec::new();
        for (value, entry) in entries {
            match self.mapped_schema(discriminator, entry) {
                Some(schema) => schemas.push((*value, schema)),
                None => self.diagnostics.dangling_mapping(entry),
            }
        }
        if schemas.len() == entries.len() { Ok(schemas) } else { Err(Reported) }
    }

    pub(crate) fn lower_union_source(
        &mut self,
        set: &SchemaSet<'d>,
        source: UnionSource<'d>,
        name: &str,
    ) -> Option<LoweredType> {
        if let UnionSource::Alternatives(alternatives) = &source {
            match alternatives.schemas.as_slice() {
                [] => return Some(LoweredType::of(TypeRef::Never)),
                [only] => return self.lower_alternative(set, alternatives, only, None, name),
                _ => {}
            }
        }
        Some(LoweredType::of(TypeRef::Named(self.define_union(set, name, source))))
    }

    /// The type of one alternative, together with everything beside the alternatives.
    fn lower_alternative(
        &mut self,
        set: &SchemaSet<'d>,
        alternatives: &Alternatives<'d>,
        schema: &Cursor<'d>,
        discriminator: Option<&str>,
        name: &str,
    ) -> Option<LoweredType> {
        let is_alone = self.stands_alone(set, alternatives, schema);
        if is_alone && discriminator.is_none() {
            return self.lower_schema(schema, name);
        }
        let target = self.target(schema);
        let own_name = if target == *schema { name.to_owned() } else { self.own_name(&target) };
        let mut own_set = if is_alone {
            self.schema_set(std::slice::from_ref(schema))?
        } else {
            let mut own_set = set.clone();
            own_set.choose(Choice::Alternative(alternatives.list.clone()));
            self.add_schemas(&mut own_set, std::slice::from_ref(schema))?;
            own_set
        };
        if let Some(property) = discriminator {
            own_set.choose(Choice::Discriminator(property.to_owned()));
        }
        let name = if is_alone { own_name } else { name.to_owned() };
        self.lower_set(&own_set, &name)
    }

    /// Returns `true` if everything beside the alternatives also follows from the alternative itself.
    fn stands_alone(&mut self, set: &SchemaSet<'d>, alternatives: &Alternatives<'d>, schema: &Cursor<'d>) -> bool {
        let Alternatives { holder, keyword, .. } = alternatives;
        let mut others = set.iter().filter(|schema| *schema != holder);
        let is_alone = others.all(|schema| has_only(schema, &[]))
            && set.chosen_type().is_none()
            && !set.is_tagged()
            && has_only(holder, &[keyword, "discriminator"]);
        let outer = self.json_types(set).unwrap_or_default();
        if !is_alone || outer.is_empty() {
            return is_alone;
        }
        let Some(inner) = self.schema_set(std::slice::from_ref(schema)) else { return false };
        let inner = self.json_types(&inner).unwrap_or_default();
        !inner.is_empty() && inner.iter().all(|ty| outer.iter().any(|outer| ty.meet(*outer) == Some(*ty)))
    }

    /// Reads the alternatives of a union. `docs` are those of the union.
    pub(crate) fn lower_union(
        &mut self,
        name: &str,
        docs: &Docs,
        set: &SchemaSet<'d>,
        source: UnionSource<'d>,
    ) -> DraftUnion {
        let mut lowered = match source {
            UnionSource::Types(types) => self.lower_types(name, set, &types),
            UnionSource::Alternatives(alternatives) => self.lower_alternatives(name, set, &alternatives),
            UnionSource::Mapping(mapping) => self.lower_mapping(name, set, &mapping),
        };
        // An alternative without a description of its own has that of its base, which is at the union.
        let alternatives = lowered.alternatives.iter_mut();
        for alternative in alternatives.filter(|alternative| alternative.docs.description == docs.description) {
            alternative.docs.description = None;
        }
        lowered
    }
}
