//! The alternatives of a union, with their names and types.

use super::{Alternatives, Mapping};
use crate::api::{Docs, TypeRef};
use crate::document::Cursor;
use crate::lower::draft::{DraftAlternative, DraftUnion, UnionKeyword};
use crate::lower::schemas::json_type::JsonType;
use crate::lower::schemas::sets::{Choice, SchemaSet};
use crate::lower::schemas::{LoweredType, SchemaReader, ShapeKind};
use crate::names;

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
        let tags = self.tags(source);
        let mut alternatives: Vec<DraftAlternative> = Vec::new();
        for (index, schema) in source.schemas.iter().enumerate() {
            let (property, values) = match &tags {
                Some((property, values)) => (Some(property.as_str()), values[index].iter().map(Some).collect()),
                None => (None, vec![None]),
            };
            let own_name = self.alternative_name(schema, index, values.first().copied().flatten());
            let type_name = format!("{name}{own_name}");
            let Some(lowered) = self.lower_alternative(set, source, schema, property, &type_name) else { continue };
            self.require_object(&lowered, property, schema);
            let tag_property = property.and_then(|property| {
                let mut own_set = set.clone();
                self.add_schemas(&mut own_set, std::slice::from_ref(schema))?;
                Some(self.tag_property(&own_set, property))
            });
            for value in values {
                let wanted = value.map_or_else(|| own_name.clone(), |value| self.casing.type_name(value));
                let name = free_name(&wanted, &alternatives);
                let (tag, tag_property) = (value.cloned(), tag_property.clone());
                let plain = DraftAlternative::new(name, lowered.clone());
                alternatives.push(DraftAlternative { tag, tag_property, ..plain });
            }
        }
        let keyword = match tags {
            Some((property, _)) => UnionKeyword::Discriminator(property),
            None if source.keyword == "oneOf" => UnionKeyword::OneOf,
            None => UnionKeyword::AnyOf,
        };
        DraftUnion { keyword, alternatives }
    }

    pub(crate) fn lower_mapping(&mut self, name: &str, set: &SchemaSet<'d>, mapping: &Mapping<'d>) -> DraftUnion {
        let Mapping { base, property, schemas } = mapping;
        let mut alternatives: Vec<DraftAlternative> = Vec::new();
        for (value, schema) in schemas {
            let wanted = self.casing.type_name(value);
            let Some(mut own_set) = self.schema_set(std::slice::from_ref(schema)) else { continue };
            let mut type_name = self.own_name(schema);
            if !own_set.contains(base) {
                // The schema does not state that it builds upon the base.
                own_set = set.clone();
                let Some(()) = self.add_schemas(&mut own_set, std::slice::from_ref(schema)) else { continue };
                type_name = format!("{name}{wanted}");
            }
            let listed = self.listed_tags(schema, property);
            if listed.is_some_and(|listed| !listed.is_empty() && !listed.iter().any(|tag| tag == value)) {
                let at = base.origin().descend(["discriminator", "mapping", value]);
                self.diagnostics.tag_not_listed(at, value);
            }
            let tag_property = Some(self.tag_property(&own_set, property));
            own_set.choose(Choice::Discriminator((*property).to_owned()));
            let Some(lowered) = self.lower_set(&own_set, &type_name) else { continue };
            self.require_object(&lowered, Some(property), schema);
            let name = free_name(&wanted, &alternatives);
            let tag = Some((*value).to_owned());
            alternatives.push(DraftAlternative { tag, tag_property, ..DraftAlternative::new(name, lowered) });
        }
        DraftUnion { keyword: UnionKeyword::Discriminator((*property).to_owned()), alternatives }
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
    fn alternative_name(&mut self, schema: &Cursor<'d>, index: usize, tag: Option<&String>) -> String {
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

fn free_name(wanted: &str, alternatives: &[DraftAlternative]) -> String {
    names::free(wanted, |name| alternatives.iter().all(|alternative| alternative.name != name))
}

impl DraftAlternative {
    fn new(name: String, lowered: LoweredType) -> Self {
        let docs = Docs { summary: None, description: lowered.description };
        Self { name, tag: None, tag_property: None, docs, ty: lowered.ty, checks: lowered.checks }
    }
}
