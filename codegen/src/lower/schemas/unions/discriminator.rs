//! Discriminating properties: their names, and their values for each alternative.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use indexmap::IndexMap;

use super::Alternatives;
use crate::api::{TagProperty, TagType};
use crate::document::{Cursor, Location, Value};
use crate::lower::schemas::SchemaReader;
use crate::lower::schemas::json_type::JsonType;
use crate::lower::schemas::sets::SchemaSet;

/// A discriminating property.
#[derive(Clone)]
pub(crate) struct Tags {
    pub property: String,
    pub tag_type: TagType,
    /// Its values for each alternative.
    pub values: Vec<Vec<String>>,
}

/// An alternative, as far as its tags follow from it alone.
struct Candidate<'d> {
    schema: Cursor<'d>,
    target: Cursor<'d>,
    /// The tags of the mapping.
    mapped: Vec<String>,
    /// The tags that the schema lists, or those of the union that it is.
    listed: Arc<[String]>,
    /// The type of the tags, if the schema describes it.
    tag_type: Option<TagType>,
}

impl Candidate<'_> {
    /// The name of the schema, which is the tag without a mapping.
    fn name(&self) -> Option<String> {
        (self.target != self.schema).then(|| self.target.origin().pointer.last().unwrap_or_default().into_owned())
    }

    fn has(&self, tag: &str) -> bool {
        let tags = if self.mapped.is_empty() { &*self.listed } else { &*self.mapped };
        tags.iter().any(|own| own == tag)
    }
}

impl<'d> SchemaReader<'_, 'd> {
    /// The property that distinguishes the alternatives: that of the `discriminator`, or one that each of them requires
    /// with a value of its own.
    pub(crate) fn tags(&mut self, alternatives: &Alternatives<'d>) -> Option<Tags> {
        if let Some(known) = self.tags.get(&alternatives.list) {
            return known.clone();
        }
        // While they are read, a union inside itself has none.
        self.tags.insert(alternatives.list.clone(), None);
        let tags = self.within_union(&alternatives.list, |reader| reader.read_tags(alternatives)).flatten();
        self.tags.insert(alternatives.list.clone(), tags.clone());
        tags
    }

    fn read_tags(&mut self, alternatives: &Alternatives<'d>) -> Option<Tags> {
        let discriminator = alternatives.holder.get("discriminator");
        let discriminator = discriminator.and_then(|found| Some((found.text("propertyName")?, found)));
        let Some((property, discriminator)) = discriminator else { return self.implied_tags(&alternatives.schemas) };
        let targets: Vec<Cursor<'d>> = alternatives.schemas.iter().map(|schema| self.target(schema)).collect();
        let entries = self.mapping_entries(&discriminator, &targets);
        let candidates: Vec<_> = alternatives
            .schemas
            .iter()
            .zip(targets)
            .map(|(schema, target)| self.candidate(schema.clone(), target, property, &entries))
            .collect();
        let mut values = Vec::new();
        let mut seen: HashMap<String, &Cursor<'d>> = HashMap::new();
        for (index, Candidate { schema, .. }) in candidates.iter().enumerate() {
            let own = self.tags_of(index, &candidates);
            for value in &own {
                if let Some(other) = seen.insert(value.clone(), schema) {
                    self.diagnostics.duplicate_tag(schema, value, &other.origin());
                }
            }
            values.push(own);
        }
        let tag_type = self.common_tag_type(&candidates);
        if tag_type == TagType::Integer {
            for (schema, own) in alternatives.schemas.iter().zip(&values) {
                for value in own {
                    self.require_integer(schema.into(), value);
                }
            }
        }
        Some(Tags { property: property.to_owned(), tag_type, values })
    }

    /// The type of the tags; strings if no alternative describes it.
    fn common_tag_type(&mut self, candidates: &[Candidate<'d>]) -> TagType {
        let mut described = candidates.iter().filter_map(|candidate| Some((&candidate.schema, candidate.tag_type?)));
        let Some((_, first)) = described.next() else { return TagType::Text };
        if let Some((schema, _)) = described.find(|(_, tag_type)| *tag_type != first) {
            let help = "give the property the same type in all alternatives";
            self.diagnostics.unsupported(schema, "a discriminator whose values are strings and integers", help);
            return TagType::Text;
        }
        first
    }

    /// Checks an entry of the mapping of a base.
    pub(crate) fn check_mapped_tag(
        &mut self,
        base: &Cursor<'d>,
        property: &str,
        tag_type: TagType,
        tag: &str,
        schema: &Cursor<'d>,
    ) {
        let at = || base.origin().descend(["discriminator", "mapping", tag]);
        let listed = self.described_tag(schema, property).listed.unwrap_or_default();
        if !listed.is_empty() && !listed.iter().any(|own| own == tag) {
            self.diagnostics.tag_not_listed(at(), tag);
        }
        if tag_type == TagType::Integer {
            self.require_integer(at().into(), tag);
        }
    }

    /// Reports a tag that is not an integer in decimal notation.
    fn require_integer(&mut self, at: Location, tag: &str) {
        if tag.parse::<i64>().map(|integer| integer.to_string()).as_deref() != Ok(tag) {
            let help = "the discriminating property is an integer; map integers to the alternatives";
            self.diagnostics.unsupported(at, &format!("the discriminator value `{tag}`"), help);
        }
    }

    fn candidate(
        &mut self,
        schema: Cursor<'d>,
        target: Cursor<'d>,
        property: &str,
        entries: &[Entry<'d>],
    ) -> Candidate<'d> {
        let inner = self.inner_tags(&schema, property);
        let DescribedTag { listed, tag_type } = match &inner {
            Some(inner) => DescribedTag {
                listed: Some(inner.tags.clone()).filter(|_| inner.is_complete),
                tag_type: Some(inner.tag_type),
            },
            None => self.described_tag(&schema, property),
        };
        let mut mapped = Vec::new();
        for entry in entries.iter().filter(|entry| entry.target == target) {
            let is_listed = listed.as_ref().is_none_or(|listed| listed.iter().any(|tag| tag == entry.value));
            if !is_listed {
                self.diagnostics.tag_not_listed(&entry.at, entry.value);
            }
            // Of a union inside, the tag selects nothing.
            if is_listed || inner.is_none() {
                mapped.push(entry.value.to_owned());
            }
        }
        let listed = listed.or(inner.map(|inner| inner.tags)).unwrap_or_default();
        Candidate { schema, target, mapped, listed, tag_type }
    }

    /// The values for one alternative: those of the mapping, those that it alone lists, or its name.
    fn tags_of(&mut self, index: usize, candidates: &[Candidate<'d>]) -> Vec<String> {
        let own = &candidates[index];
        if !own.mapped.is_empty() {
            return own.mapped.clone();
        }
        let others = || candidates.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, other)| other);
        let is_shared = own.listed.iter().any(|tag| others().any(|other| other.has(tag)));
        let Some(name) = own.name() else {
            if own.listed.is_empty() {
                let help = "move it to `components.schemas`, and name it in the `mapping`";
                self.diagnostics.unsupported(&own.schema, "an alternative without a discriminator value", help);
            }
            return own.listed.to_vec();
        };
        if !own.listed.is_empty() && !is_shared {
            return own.listed.to_vec();
        }
        // The alternatives share the enumeration of their tags, or have none.
        if own.listed.is_empty() || own.listed.contains(&name) {
            return vec![name];
        }
        let is_similar = |tag: &&String| self.casing.type_name(tag) == self.casing.type_name(&name);
        let similar = own.listed.iter().find(is_similar).cloned();
        self.diagnostics.name_is_not_a_tag(&own.schema, &name, similar.as_deref());
        vec![similar.unwrap_or(name)]
    }

    /// The entries of a `mapping` that name an alternative; the others are findings.
    fn mapping_entries(&mut self, discriminator: &Cursor<'d>, targets: &[Cursor<'d>]) -> Vec<Entry<'d>> {
        let mut entries = Vec::new();
        for (value, entry) in discriminator.object("mapping") {
            match self.mapped_schema(discriminator, &entry) {
                Some(target) if targets.contains(&target) => entries.push(Entry { value, target, at: entry }),
                Some(_) => {
                    let help = "add the schema to the alternatives, or remove the value from `mapping`";
                    self.diagnostics.warn_not_used(entry, &format!("the discriminator value `{value}`"), help);
                }
                None => self.diagnostics.dangling_mapping(entry),
            }
        }
        entries
    }

    /// The description of a discriminating property in a schema. A property that is neither a string nor an integer is
    /// refused.
    pub(crate) fn described_tag(&mut self, schema: &Cursor<'d>, property: &str) -> DescribedTag {
        self.read_described_tag(schema, property).unwrap_or_default()
    }

    fn read_described_tag(&mut self, schema: &Cursor<'d>, property: &str) -> Option<DescribedTag> {
        let set = self.schema_set(std::slice::from_ref(schema))?;
        let schemas = set.property(property).filter(|schemas| !schemas.is_empty())?;
        let set = self.schema_set(&schemas)?;
        let types = self.json_types(&set).unwrap_or_default();
        let listed = self.listed_tags(&set);
        let tag_type = match types.as_slice() {
            [] => None,
            [JsonType::Integer] => Some(TagType::Integer),
            types if types.contains(&JsonType::String) => Some(TagType::Text),
            _ => {
                let help = "use string or integer values for the discriminator";
                self.diagnostics.unsupported(set.own(), "a discriminator that is not a string or an integer", help);
                None
            }
        };
        Some(DescribedTag { listed, tag_type })
    }

    /// The values of the last enumeration in a set, which several alternatives may share.
    fn listed_tags(&mut self, set: &SchemaSet<'d>) -> Option<Arc<[String]>> {
        let (_, list) = set.occurrences("enum").last()?;
        let values = || list.items().filter_map(|value| tag(&value)).collect();
        Some(Arc::clone(self.tag_values.entry(list.clone()).or_insert_with(values)))
    }

    /// The discriminating property as the schemas of an alternative describe it.
    pub(crate) fn tag_property(&mut self, set: &SchemaSet<'d>, property: &str) -> TagProperty {
        let schemas = set.property(property).unwrap_or_default();
        let own = schemas.last().map_or_else(|| set.own().origin(), Cursor::origin);
        let set_of_property = self.schema_set(&schemas).filter(|_| !schemas.is_empty());
        let values = set_of_property.and_then(|set| self.listed_tags(&set));
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
        Some(Tags { property: (*name).to_owned(), tag_type: TagType::Text, values })
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

/// A value of a discriminating property as a key of a mapping, which is always a text.
fn tag(value: &Cursor<'_>) -> Option<String> {
    match value.value() {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The description of a discriminating property in a schema.
#[derive(Default)]
pub(crate) struct DescribedTag {
    /// The values that it lists.
    pub listed: Option<Arc<[String]>>,
    /// Their type.
    pub tag_type: Option<TagType>,
}

/// An entry of a `mapping`.
struct Entry<'d> {
    value: &'d str,
    target: Cursor<'d>,
    at: Cursor<'d>,
}
