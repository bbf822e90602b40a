//! Unions: `oneOf`, `anyOf`, a base that maps values of a property to schemas, and lists of types.

mod alternatives;
mod discriminator;
pub(crate) mod mapping;
mod nested;

use super::json_type::JsonType;
use super::keywords::has_only;
use super::sets::{Choice, SchemaSet};
use super::{LoweredType, Reported, SchemaReader};
use crate::api::{Docs, TypeRef};
use crate::document::Cursor;
use crate::lower::draft::DraftUnion;

pub(crate) use self::discriminator::Tags;
use self::mapping::Mapping;

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
    /// The discriminating property of this union and of one around it, whose tag has selected one of the items.
    selected_by: Option<String>,
}

/// The discriminating property of an alternative, and its value.
#[derive(Clone, Copy)]
pub(crate) struct Tag<'a> {
    property: &'a str,
    value: Option<&'a str>,
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
                let alternatives = Alternatives { holder: holder.clone(), keyword, list, schemas, selected_by: None };
                return Ok(Some(UnionSource::Alternatives(self.narrowed(set, alternatives))));
            }
        }
        if let Some(mapping) = self.mapping(set)? {
            return Ok(Some(UnionSource::Mapping(mapping)));
        }
        let is_open = types.len() > 1 && !set.has_keyword("enum");
        Ok(is_open.then(|| UnionSource::Types(types.to_vec())))
    }

    pub(crate) fn lower_union_source(
        &mut self,
        set: &SchemaSet<'d>,
        source: UnionSource<'d>,
        name: &str,
    ) -> Option<LoweredType> {
        match &source {
            UnionSource::Alternatives(alternatives) => match alternatives.schemas.as_slice() {
                [] => return Some(LoweredType::of(TypeRef::Never)),
                [only] => {
                    let Some(property) = alternatives.selected_by.as_deref() else {
                        if self.is_tagged(alternatives) {
                            return Some(LoweredType::of(TypeRef::Named(self.define_union(set, name, source))));
                        }
                        return self.lower_alternative(set, alternatives, only, None, name);
                    };
                    let value = set.tag();
                    let name = format!("{name}{}", self.alternative_name(only, 0, value));
                    return self.lower_alternative(set, alternatives, only, Some(Tag { property, value }), &name);
                }
                _ => {}
            },
            UnionSource::Mapping(mapping) if set.hides(mapping.property) => {
                let (tag, schema) = mapping.schemas.first()?;
                let name = format!("{name}{}", self.casing.type_name(tag));
                return self.lower_mapped(set, mapping, tag, schema, &name);
            }
            _ => {}
        }
        Some(LoweredType::of(TypeRef::Named(self.define_union(set, name, source))))
    }

    /// Returns `true` if a discriminator selects each of the alternatives. A single one is then a union to which others may
    /// be added, and whose tag is written.
    fn is_tagged(&mut self, alternatives: &Alternatives<'d>) -> bool {
        alternatives.holder.has("discriminator")
            && self.tags(alternatives).is_some_and(|tags| tags.values.iter().all(|own| !own.is_empty()))
    }

    /// The type of one alternative, together with everything beside the alternatives.
    fn lower_alternative(
        &mut self,
        set: &SchemaSet<'d>,
        alternatives: &Alternatives<'d>,
        schema: &Cursor<'d>,
        tag: Option<Tag<'_>>,
        name: &str,
    ) -> Option<LoweredType> {
        let is_alone = self.stands_alone(set, alternatives, schema, tag);
        if is_alone && tag.is_none() {
            return self.lower_schema(schema, name);
        }
        let target = self.target(schema);
        let own_name = if target == *schema { name.to_owned() } else { self.own_name(&target) };
        let mut own_set = if is_alone {
            self.schema_set(std::slice::from_ref(schema))?
        } else {
            let mut own_set = tag.map_or_else(|| set.clone(), |tag| set.without_tag(tag.property));
            own_set.choose(Choice::Alternative(alternatives.list.clone()));
            self.add_schemas(&mut own_set, std::slice::from_ref(schema))?;
            own_set
        };
        if let Some(tag) = tag {
            self.choose_tag(&mut own_set, schema, tag);
        }
        let name = if is_alone { own_name } else { name.to_owned() };
        self.lower_set(&own_set, &name)
    }

    /// Takes the discriminating property out of an alternative, and selects the alternative of a union inside.
    fn choose_tag(&mut self, set: &mut SchemaSet<'d>, schema: &Cursor<'d>, tag: Tag<'_>) {
        set.choose(Choice::Discriminator(tag.property.to_owned()));
        if let Some(value) = tag.value.filter(|_| self.selects_inside(schema, tag)) {
            set.choose(Choice::Tag(value.to_owned()));
        }
    }

    /// Returns `true` if everything beside the alternatives also follows from the alternative itself.
    fn stands_alone(
        &mut self,
        set: &SchemaSet<'d>,
        alternatives: &Alternatives<'d>,
        schema: &Cursor<'d>,
        tag: Option<Tag<'_>>,
    ) -> bool {
        let Alternatives { holder, keyword, .. } = alternatives;
        let mut others = set.iter().filter(|schema| *schema != holder);
        let is_alone = others.all(|schema| has_only(schema, &[]))
            && set.chosen_type().is_none()
            && set.hidden().all(|property| tag.is_some_and(|tag| tag.property == property))
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
