//! Discriminating properties: their names, and their values for each alternative.

use std::collections::{HashMap, HashSet};

use super::super::json_type::JsonType;
use crate::document::{Node, Origin, locate};
use crate::lower::schemas::SchemaReader;

impl<'d> SchemaReader<'_, 'd> {
    pub(crate) fn tag_name(&self, holder: &Origin) -> Option<String> {
        let discriminator = self.resolved.node(holder)?.get("discriminator")?;
        discriminator.get("propertyName")?.as_str().map(str::to_owned)
    }

    /// The schema that a mapping names: by a reference, or by its name alone.
    pub(crate) fn mapped_schema(&mut self, discriminator: &Origin, text: &str) -> Option<Origin> {
        let named = Origin::file(&discriminator.file).descend(["components", "schemas", text]);
        if self.resolved.node(&named).is_some() {
            return Some(self.target(&named));
        }
        let place = locate(&discriminator.file, text).ok().filter(|place| self.resolved.node(place).is_some())?;
        Some(self.target(&place))
    }

    /// The schemas that build upon one directly, each with its name: what a discriminator without a mapping means.
    pub(crate) fn derived_schemas(&mut self, base: &Origin) -> Vec<(String, Origin)> {
        let schemas = Origin::file(&base.file).descend(["components", "schemas"]);
        let names = self.resolved.node(&schemas).and_then(Node::as_object).into_iter().flat_map(|all| all.keys());
        let mut derived_schemas = Vec::new();
        for name in names {
            let heir = schemas.child(name);
            let parts = heir.child("allOf");
            let mut parts = (0..self.length(&parts)).map(|index| parts.child(index.to_string()));
            if parts.any(|part| self.resolved.follow(&part) == *base) {
                derived_schemas.push((name.clone(), self.target(&heir)));
            }
        }
        derived_schemas
    }

    /// The member that tells the alternatives apart, and its values for each of them: what the discriminator says, or a
    /// member that each of them requires with a value of its own.
    pub(crate) fn tags(&mut self, holder: &Origin, alternatives: &[Origin]) -> Option<(String, Vec<Vec<String>>)> {
        let Some(tag) = self.tag_name(holder) else { return self.implied_tags(alternatives) };
        let discriminator = holder.child("discriminator");
        let mapping = discriminator.child("mapping");
        let entries = self.resolved.node(&mapping).and_then(Node::as_object);
        let entries: Vec<(String, Option<Origin>)> = entries
            .into_iter()
            .flatten()
            .map(|(value, member)| {
                (value.clone(), member.node.as_str().and_then(|text| self.mapped_schema(&discriminator, text)))
            })
            .collect();
        for (value, _) in entries.iter().filter(|(_, target)| target.is_none()) {
            self.diagnostics.dangling_mapping(mapping.child(value));
        }
        let targets: Vec<Origin> = alternatives.iter().map(|alternative| self.target(alternative)).collect();
        for (value, _) in
            entries.iter().filter(|(_, place)| place.as_ref().is_some_and(|place| !targets.contains(place)))
        {
            let help = "add the schema to the alternatives, or take the tag out";
            self.diagnostics.not_used(mapping.child(value), &format!("the tag `{value}`"), help);
        }
        let mut values = Vec::new();
        let mut seen: HashMap<String, &Origin> = HashMap::new();
        for (alternative, target) in alternatives.iter().zip(&targets) {
            let mapped = entries.iter().filter(|(_, place)| place.as_ref() == Some(target));
            let mut own: Vec<String> = mapped.map(|(value, _)| value.clone()).collect();
            let listed = self.listed_tags(alternative, &tag);
            for value in own.iter().filter(|value| listed.as_ref().is_some_and(|listed| !listed.contains(value))) {
                self.diagnostics.tag_not_listed(mapping.child(value), value);
            }
            if own.is_empty() {
                own.extend(listed.unwrap_or_default());
            }
            if own.is_empty() && target != alternative {
                own.push(target.pointer.last().unwrap_or_default().into_owned());
            }
            if own.is_empty() {
                let help = "name it in the `mapping`, or move it to `components.schemas`";
                self.diagnostics.unsupported(alternative.clone(), "an alternative whose tag nothing tells", help);
            }
            for value in &own {
                if let Some(other) = seen.insert(value.clone(), alternative) {
                    self.diagnostics.duplicate_tag(alternative.clone(), value, other);
                }
            }
            values.push(own);
        }
        Some((tag, values))
    }

    /// The texts that a schema lists for its tag; `None` where it lists none. A tag that is no text is refused.
    pub(crate) fn listed_tags(&mut self, schema: &Origin, tag: &str) -> Option<Vec<String>> {
        let set = self.schema_set(std::slice::from_ref(schema))?;
        let property = self.properties(&set).into_iter().find(|property| property.name == tag)?;
        let property = self.schema_set(&property.schemas).filter(|_| !property.schemas.is_empty())?;
        let types = self.json_types(&property).unwrap_or_default();
        let (_, values) = self.occurrences(&property, "enum").last()?;
        let values = values.as_array()?;
        let texts: Vec<String> = values.iter().filter_map(|value| value.as_str().map(str::to_owned)).collect();
        let is_text = types.is_empty() || types.contains(&JsonType::String);
        if !is_text || texts.is_empty() {
            let help = "let the values of the discriminator be strings";
            self.diagnostics.unsupported(property.own().clone(), "a discriminator that is no string", help);
        }
        Some(texts)
    }

    pub(crate) fn implied_tags(&mut self, alternatives: &[Origin]) -> Option<(String, Vec<Vec<String>>)> {
        let constants: Vec<_> = alternatives.iter().map(|alternative| self.constants(alternative)).collect();
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
    pub(crate) fn constants(&mut self, schema: &Origin) -> indexmap::IndexMap<&'d str, String> {
        let Some(set) = self.schema_set(std::slice::from_ref(schema)) else { return indexmap::IndexMap::new() };
        if self.json_types(&set).unwrap_or_default() != [JsonType::Object] {
            return indexmap::IndexMap::new();
        }
        let required: HashSet<&str> = self.required(&set).into_iter().map(|(name, _)| name).collect();
        let properties = self.properties(&set).into_iter().filter(|property| required.contains(property.name));
        let constant = |roots: &[Origin]| {
            roots.iter().find_map(|root| {
                let schema = self.resolved.node(&self.resolved.follow(root))?;
                match schema.get("enum")?.as_array()? {
                    [only] => only.as_str().map(str::to_owned),
                    _ => None,
                }
            })
        };
        properties.filter_map(|property| Some((property.name, constant(&property.schemas)?))).collect()
    }
}
