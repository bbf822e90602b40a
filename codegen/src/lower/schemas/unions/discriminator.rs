//! Discriminating properties: their names, and their values for each alternative.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use super::Alternatives;
use crate::api::TagProperty;
use crate::document::{Cursor, locate};
use crate::lower::schemas::SchemaReader;
use crate::lower::schemas::json_type::JsonType;
use crate::lower::schemas::sets::SchemaSet;

/// The name of a discriminating property, and its values for each alternative.
type Tags = (String, Vec<Vec<String>>);

impl<'d> SchemaReader<'_, 'd> {
    /// The schema that an entry of a `mapping` names: by a reference, or by its name alone.
    pub(crate) fn mapped_schema(&mut self, discriminator: &Cursor<'d>, entry: &Cursor<'d>) -> Option<Cursor<'d>> {
        let text = entry.as_str()?;
        let (file, document) = (discriminator.file(), self.resolved.document);
        let named = document.files.get(&**file)?.cursor().descend(["components", "schemas", text]);
        let schema = named.or_else(|| document.cursor(&locate(file, text).ok()?))?;
        Some(self.target(&schema))
    }

    /// The schemas that build upon one directly, each with its name: the meaning of a discriminator without a mapping.
    pub(crate) fn derived_schemas(&mut self, base: &Cursor<'d>) -> Vec<(&'d str, Cursor<'d>)> {
        let root = self.resolved.document.files.get(&**base.file()).map(|file| file.cursor());
        let Some(components) = root.and_then(|root| root.get("components")) else { return Vec::new() };
        let mut derived = Vec::new();
        for (name, schema) in components.object("schemas") {
            if schema.array("allOf").any(|part| self.resolved.follow(&part) == *base) {
                derived.push((name, self.target(&schema)));
            }
        }
        derived
    }

    /// The property that distinguishes the alternatives: that of the `discriminator`, or one that each of them requires
    /// with a value of its own.
    pub(crate) fn tags(&mut self, alternatives: &Alternatives<'d>) -> Option<Tags> {
        let discriminator = alternatives.holder.get("discriminator");
        let discriminator = discriminator.and_then(|found| Some((found.text("propertyName")?, found)));
        let Some((property, discriminator)) = discriminator else { return self.implied_tags(&alternatives.schemas) };
        let targets: Vec<Cursor<'d>> = alternatives.schemas.iter().map(|schema| self.target(schema)).collect();
        let entries = self.mapping_entries(&discriminator, &targets);
        let mut values = Vec::new();
        let mut seen: HashMap<String, &Cursor<'d>> = HashMap::new();
        for (schema, target) in alternatives.schemas.iter().zip(&targets) {
            let mapped = entries.iter().filter(|entry| entry.target == *target);
            let own = self.tags_of(schema, target, property, mapped.collect());
            for value in &own {
                if let Some(other) = seen.insert(value.clone(), schema) {
                    self.diagnostics.duplicate_tag(schema, value, &other.origin());
                }
            }
            values.push(own);
        }
        Some((property.to_owned(), values))
    }

    /// The entries of a `mapping` that name an alternative; the others are findings.
    fn mapping_entries(&mut self, discriminator: &Cursor<'d>, targets: &[Cursor<'d>]) -> Vec<Entry<'d>> {
        let mut entries = Vec::new();
        for (value, entry) in discriminator.object("mapping") {
            match self.mapped_schema(discriminator, &entry) {
                Some(target) if targets.contains(&target) => entries.push(Entry { value, target, at: entry }),
                Some(_) => {
                    let help = "add the schema to the alternatives, or remove the tag";
                    self.diagnostics.warn_not_used(entry, &format!("the tag `{value}`"), help);
                }
                None => self.diagnostics.dangling_mapping(entry),
            }
        }
        entries
    }

    /// The values for one alternative: those of the mapping, or those that the schema lists, or its name.
    fn tags_of(
        &mut self,
        schema: &Cursor<'d>,
        target: &Cursor<'d>,
        property: &str,
        mapped: Vec<&Entry<'d>>,
    ) -> Vec<String> {
        let listed = self.listed_tags(schema, property);
        for entry in &mapped {
            if listed.as_ref().is_some_and(|listed| !listed.iter().any(|tag| tag == entry.value)) {
                self.diagnostics.tag_not_listed(&entry.at, entry.value);
            }
        }
        let mut values: Vec<String> = mapped.into_iter().map(|entry| entry.value.to_owned()).collect();
        if values.is_empty() {
            values.extend(listed.unwrap_or_default());
        }
        if values.is_empty() && target != schema {
            values.push(target.origin().pointer.last().unwrap_or_default().into_owned());
        }
        if values.is_empty() {
            let help = "add it to the `mapping`, or move it to `components.schemas`";
            self.diagnostics.unsupported(schema, "an alternative without a tag", help);
        }
        values
    }

    /// The values that a schema lists for its discriminating property; `None` if it lists none. A property that is not a
    /// string is refused.
    pub(crate) fn listed_tags(&mut self, schema: &Cursor<'d>, property: &str) -> Option<Vec<String>> {
        let set = self.schema_set(std::slice::from_ref(schema))?;
        let described = set.properties().into_iter().find(|described| described.name == property)?;
        let set = self.schema_set(&described.schemas).filter(|_| !described.schemas.is_empty())?;
        let types = self.json_types(&set).unwrap_or_default();
        let (_, values) = set.occurrences("enum").last()?;
        let values = values.node().as_array()?;
        let texts: Vec<String> = values.iter().filter_map(|value| value.as_str().map(str::to_owned)).collect();
        let is_text = types.is_empty() || types.contains(&JsonType::String);
        if !is_text || texts.is_empty() {
            let help = "use strings as the values of the discriminator";
            self.diagnostics.unsupported(set.own(), "a discriminator that is not a string", help);
        }
        Some(texts)
    }

    /// The discriminating property as the schemas of an alternative describe it.
    pub(crate) fn tag_property(&mut self, set: &SchemaSet<'d>, property: &str) -> TagProperty {
        let described = set.properties().into_iter().find(|described| described.name == property);
        let schemas = described.map(|described| described.schemas).unwrap_or_default();
        let own = schemas.last().map_or_else(|| set.own().origin(), Cursor::origin);
        let values = self.schema_set(&schemas).filter(|_| !schemas.is_empty()).and_then(|set| {
            let (_, values) = set.occurrences("enum").last()?;
            Some(values.items().filter_map(|value| value.as_str().map(str::to_owned)).collect())
        });
        let required = set.required().iter().any(|(name, _)| *name == property);
        TagProperty { origin: own, required, values }
    }

    fn implied_tags(&mut self, schemas: &[Cursor<'d>]) -> Option<Tags> {
        let constants: Vec<_> = schemas.iter().map(|schema| self.constants(schema)).collect();
        let (first, others) = constants.split_first()?;
        let distinguishes = |name: &&&'d str| {
            let values: HashSet<_> = constants.iter().filter_map(|constants| constants.get(**name)).collect();
            values.len() == constants.len()
        };
        let name = first.keys().find(|name| !others.is_empty() && distinguishes(name))?;
        let values = constants.iter().filter_map(|constants| Some(vec![constants.get(name)?.clone()])).collect();
        Some(((*name).to_owned(), values))
    }

    /// The required properties whose value can be one text alone.
    fn constants(&mut self, schema: &Cursor<'d>) -> IndexMap<&'d str, String> {
        let Some(set) = self.schema_set(std::slice::from_ref(schema)) else { return IndexMap::new() };
        if self.json_types(&set).unwrap_or_default() != [JsonType::Object] {
            return IndexMap::new();
        }
        let required: HashSet<&str> = set.required().into_iter().map(|(name, _)| name).collect();
        let properties = set.properties().into_iter().filter(|property| required.contains(property.name));
        let constant = |schemas: &[Cursor<'d>]| {
            schemas.iter().find_map(|schema| {
                let schema = self.resolved.follow(schema);
                match schema.node().get("enum")?.as_array()? {
                    [only] => only.as_str().map(str::to_owned),
                    _ => None,
                }
            })
        };
        properties.filter_map(|property| Some((property.name, constant(&property.schemas)?))).collect()
    }
}

/// An entry of a `mapping`.
struct Entry<'d> {
    value: &'d str,
    target: Cursor<'d>,
    at: Cursor<'d>,
}
