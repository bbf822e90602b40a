//! The alternatives of a union, with their names and types.

use super::mapping::Mapping;
use super::{Alternatives, Tag, Tags};
use crate::api::{Docs, TagProperty, TagType, TypeRef};
use crate::document::Cursor;
use crate::lower::draft::{DraftAlternative, DraftUnion, UnionKeyword};
use crate::lower::schemas::json_type::JsonType;
use crate::lower::schemas::sets::{Choice, SchemaSet};
use crate::lower::schemas::{LoweredType, SchemaReader, ShapeKind};
use crate::names::Taken;

/// The alternatives so far, with their names.
#[derive(Default)]
struct Found {
    alternatives: Vec<DraftAlternative>,
    names: Taken,
}

impl Found {
    fn add(&mut self, wanted: &str, tag: Option<String>, tag_property: Option<TagProperty>, lowered: LoweredType) {
        let name = self.names.take(wanted);
        self.alternatives.push(DraftAlternative { tag, tag_property, ..DraftAlternative::new(name, lowered) });
    }
}

impl<'d> SchemaReader<'_, 'd> {
    pub(crate) fn lower_types(&mut self, name: &str, set: &SchemaSet<'d>, types: &[JsonType]) -> DraftUnion {
        let mut alternatives = Vec::new();
        for ty in types {
            let mut own_set = set.clone();
            own_set.choose(Choice::Type(*ty));
            let Some(lowered) = self.lower_set(&own_set, &format!("{name}{}", ty.name())) else { continue };
            let lowered = LoweredType { description: None, ..lowered };
            alternatives.push(DraftAlternative::new(ty.name().to_owned(), lowered));
        }
        DraftUnion { keyword: UnionKeyword::OneOf, alternatives }
    }

    pub(crate) fn lower_alternatives(
        &mut self,
        name: &str,
        set: &SchemaSet<'d>,
        source: &Alternatives<'d>,
    ) -> DraftUnion {
        let mut found = Found::default();
        if !self.has_room(&source.list, source.schemas.len()) {
            return DraftUnion { keyword: UnionKeyword::AnyOf, alternatives: Vec::new() };
        }
        let tags = self.tags(source);
        for index in 0..source.schemas.len() {
            self.add_alternative(name, set, source, index, tags.as_ref(), &mut found);
        }
        let keyword = match tags {
            Some(Tags { property, tag_type, .. }) => UnionKeyword::Discriminator(property, tag_type),
            None if source.keyword == "oneOf" => UnionKeyword::OneOf,
            None => UnionKeyword::AnyOf,
        };
        DraftUnion { keyword, alternatives: found.alternatives }
    }

    /// Adds an alternative once for each of its tags.
    fn add_alternative(
        &mut self,
        name: &str,
        set: &SchemaSet<'d>,
        source: &Alternatives<'d>,
        index: usize,
        tags: Option<&Tags>,
        found: &mut Found,
    ) {
        let schema = &source.schemas[index];
        let mut values: Vec<_> = tags.iter().flat_map(|tags| &tags.values[index]).map(Some).collect();
        if values.is_empty() {
            values.push(None);
        }
        let own_name = self.alternative_name(schema, index, values[0].map(String::as_str));
        let tag_property = tags.and_then(|tags| {
            let mut own_set = set.clone();
            self.add_schemas(&mut own_set, std::slice::from_ref(schema))?;
            Some(self.tag_property(&own_set, &tags.property))
        });
        let mut known: Option<LoweredType> = None;
        for value in values {
            let tag = tags.map(|tags| Tag { property: &tags.property, value: value.map(String::as_str) });
            let is_union = tag.is_some_and(|tag| self.selects_inside(schema, tag));
            let lowered = match known.take().filter(|_| !is_union) {
                Some(lowered) => Some(lowered),
                None => self.lower_alternative(set, source, schema, tag, &format!("{name}{own_name}")),
            };
            let Some(lowered) = lowered else { break };
            self.require_object(&lowered, tag.map(|tag| tag.property), schema);
            known = Some(lowered.clone());
            let is_named = tags.is_some_and(|tags| tags.tag_type == TagType::Text) || is_union;
            let wanted = value.filter(|_| is_named).map(|value| self.casing.type_name(value));
            found.add(wanted.as_deref().unwrap_or(&own_name), value.cloned(), tag_property.clone(), lowered);
        }
    }

    pub(crate) fn lower_mapping(&mut self, name: &str, set: &SchemaSet<'d>, mapping: &Mapping<'d>) -> DraftUnion {
        let Mapping { base, property, .. } = mapping;
        let tag_type = self.described_tag(base, property).tag_type.unwrap_or(TagType::Text);
        let keyword = UnionKeyword::Discriminator((*property).to_owned(), tag_type);
        let mut found = Found::default();
        if !self.has_room(base, mapping.schemas.len()) {
            return DraftUnion { keyword, alternatives: Vec::new() };
        }
        for (value, schema) in &mapping.schemas {
            self.check_mapped_tag(base, property, tag_type, value, schema);
            let wanted = match tag_type {
                TagType::Text => self.casing.type_name(value),
                TagType::Integer => self.casing.type_name(&self.own_name(schema)),
            };
            let type_name = format!("{name}{wanted}");
            let Some(lowered) = self.lower_mapped(set, mapping, value, schema, &type_name) else { continue };
            let tag_property = self.mapped_set(set, mapping, schema).map(|set| self.tag_property(&set, property));
            self.require_object(&lowered, Some(property), schema);
            found.add(&wanted, Some((*value).to_owned()), tag_property, lowered);
        }
        DraftUnion { keyword, alternatives: found.alternatives }
    }

    /// Only an object can have a discriminating property.
    fn require_object(&mut self, lowered: &LoweredType, property: Option<&str>, schema: &Cursor<'d>) {
        let is_object = match &lowered.ty {
            TypeRef::Named(id) => matches!(self.kind(*id), ShapeKind::Struct | ShapeKind::Union),
            TypeRef::Map(_) => true,
            _ => false,
        };
        if property.is_some() && !is_object {
            let help = "make every variant an object, or remove the discriminator";
            self.diagnostics.unsupported(
                schema,
                "a variant that is not an object in a union with a discriminator",
                help,
            );
        }
    }

    /// The name of an alternative: its own, or that of its title, its tag, its type, or its number.
    pub(crate) fn alternative_name(&mut self, schema: &Cursor<'d>, index: usize, tag: Option<&str>) -> String {
        let target = self.target(schema);
        if target != *schema {
            return self.casing.type_name(&self.own_name(&target));
        }
        if let Some(title) = target.text("title").filter(|title| title.len() <= 40 && !title.trim().is_empty()) {
            return self.casing.type_name(title);
        }
        if let Some(tag) = tag {
            return self.casing.type_name(tag);
        }
        let set = self.schema_set(std::slice::from_ref(&target));
        let types = set.and_then(|set| self.json_types(&set).ok()).unwrap_or_default();
        match types.as_slice() {
            [ty] if *ty != JsonType::Object => ty.name().to_owned(),
            _ => format!("Variant{}", index + 1),
        }
    }
}

impl DraftAlternative {
    fn new(name: String, lowered: LoweredType) -> Self {
        let docs = Docs { summary: None, description: lowered.description };
        Self { name, tag: None, tag_property: None, docs, ty: lowered.ty, checks: lowered.checks }
    }
}
