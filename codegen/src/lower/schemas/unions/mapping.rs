//! Bases: schemas with a discriminator whose values lead to schemas that build upon them.

use std::collections::{HashMap, HashSet};

use super::Tag;
use crate::document::{Cursor, locate};
use crate::lower::schemas::sets::SchemaSet;
use crate::lower::schemas::{LoweredType, Reported, SchemaReader};
use crate::resolve::Resolved;

/// A base with the schemas that build upon it.
#[derive(Clone, Debug)]
pub(crate) struct Mapping<'d> {
    pub base: Cursor<'d>,
    /// The name of the discriminating property.
    pub property: &'d str,
    /// Its values, and the schema for each of them.
    pub schemas: Vec<(&'d str, Cursor<'d>)>,
}

impl<'d> SchemaReader<'_, 'd> {
    /// The mapping of a base, unless the value is one of the mapped schemas, or builds upon the base.
    pub(crate) fn mapping(&mut self, set: &SchemaSet<'d>) -> Result<Option<Mapping<'d>>, Reported> {
        let base = set.own().clone();
        let Some(discriminator) = base.get("discriminator") else { return Ok(None) };
        let Some(property) = discriminator.text("propertyName") else { return Ok(None) };
        let selected = set.hides(property).then(|| set.tag());
        if selected == Some(None) {
            return Ok(None);
        }
        let entries: Vec<_> = discriminator.object("mapping").collect();
        let schemas = if entries.is_empty() {
            let schemas = self.derived.schemas(&base).to_vec();
            let derived: Vec<_> = schemas.into_iter().map(|(name, schema)| (name, self.target(&schema))).collect();
            if derived.is_empty() && set.iter().len() == 1 {
                let help = "add a `mapping`, or define schemas that include this one with `allOf`";
                self.diagnostics.warn_not_used(discriminator, "the discriminator", help);
            }
            derived
        } else {
            self.mapped_schemas(&discriminator, &entries)?
        };
        let is_mapped = schemas.iter().any(|(_, schema)| set.contains(schema));
        let mapping = (!schemas.is_empty() && !is_mapped).then_some(Mapping { base, property, schemas });
        Ok(match selected.flatten() {
            Some(tag) => mapping.and_then(|mapping| mapping.narrowed(tag)),
            None => mapping,
        })
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

    /// The schema that an entry of a `mapping` names.
    pub(crate) fn mapped_schema(&mut self, discriminator: &Cursor<'d>, entry: &Cursor<'d>) -> Option<Cursor<'d>> {
        let schema = mapped(self.resolved, discriminator, entry)?;
        Some(self.target(&schema))
    }

    /// The type of a schema in a mapping. `name` is that of a schema that does not state that it builds upon the base.
    pub(crate) fn lower_mapped(
        &mut self,
        set: &SchemaSet<'d>,
        mapping: &Mapping<'d>,
        tag: &str,
        schema: &Cursor<'d>,
        name: &str,
    ) -> Option<LoweredType> {
        let mut own_set = self.mapped_set(set, mapping, schema)?;
        let builds_upon_base = self.schema_set(std::slice::from_ref(schema))?.contains(&mapping.base);
        let name = if builds_upon_base { self.own_name(schema) } else { name.to_owned() };
        self.choose_tag(&mut own_set, schema, Tag { property: mapping.property, value: Some(tag) });
        self.lower_set(&own_set, &name)
    }

    /// The set of a schema in a mapping, which includes the base.
    pub(crate) fn mapped_set(
        &mut self,
        set: &SchemaSet<'d>,
        mapping: &Mapping<'d>,
        schema: &Cursor<'d>,
    ) -> Option<SchemaSet<'d>> {
        let mut own_set = self.schema_set(std::slice::from_ref(schema))?;
        if !own_set.contains(&mapping.base) {
            own_set = set.without_tag(mapping.property);
            self.add_schemas(&mut own_set, std::slice::from_ref(schema))?;
        }
        Some(own_set)
    }
}

impl Mapping<'_> {
    /// The mapping with the schema that a tag selects; `None` if it selects none.
    pub(crate) fn narrowed(self, tag: &str) -> Option<Self> {
        let schemas: Vec<_> = self.schemas.into_iter().filter(|(value, _)| *value == tag).collect();
        (!schemas.is_empty()).then_some(Self { schemas, ..self })
    }
}

/// The schema that an entry of a `mapping` names: by a reference, or by its name alone.
fn mapped<'d>(resolved: &Resolved<'d>, discriminator: &Cursor<'d>, entry: &Cursor<'d>) -> Option<Cursor<'d>> {
    let text = entry.as_str()?;
    let (file, document) = (discriminator.file(), resolved.document);
    let named = document.files.get(&**file)?.cursor().descend(["components", "schemas", text]);
    named.or_else(|| document.cursor(&locate(file, text).ok()?))
}

/// The schemas that build upon each one directly, in the same file: the meaning of a discriminator without a mapping.
pub(crate) struct Derived<'d>(HashMap<Cursor<'d>, Vec<(&'d str, Cursor<'d>)>>);

impl<'d> Derived<'d> {
    pub(crate) fn of(resolved: &Resolved<'d>) -> Self {
        let mut derived: HashMap<_, Vec<(&'d str, Cursor<'d>)>> = HashMap::new();
        for root in resolved.document.roots() {
            for (name, schema) in root.get("components").iter().flat_map(|components| components.object("schemas")) {
                let bases = schema.array("allOf").map(|part| resolved.follow(&part));
                let bases: HashSet<_> = bases.filter(|base| base.file() == root.file()).collect();
                for base in bases {
                    derived.entry(base).or_default().push((name, schema.clone()));
                }
            }
        }
        Self(derived)
    }

    /// Those that build upon one, each with its name.
    pub(crate) fn schemas(&self, base: &Cursor<'d>) -> &[(&'d str, Cursor<'d>)] {
        self.0.get(base).map(Vec::as_slice).unwrap_or_default()
    }
}

/// The tags of a schema with a discriminator, and the schemas that they lead to.
pub(crate) fn tagged<'d>(
    resolved: &Resolved<'d>,
    derived: &Derived<'d>,
    base: &Cursor<'d>,
) -> Vec<(&'d str, Option<Cursor<'d>>)> {
    let Some(discriminator) = base.get("discriminator") else { return Vec::new() };
    let entries: Vec<_> = discriminator.object("mapping").collect();
    if entries.is_empty() && !base.has("oneOf") && !base.has("anyOf") {
        return derived.schemas(base).iter().map(|(name, schema)| (*name, Some(schema.clone()))).collect();
    }
    entries.into_iter().map(|(tag, entry)| (tag, mapped(resolved, &discriminator, &entry))).collect()
}
