//! Schema sets: all schemas that apply to a value, which are a schema, those that it refers to, and those of its `allOf`.
//!
//! A value must fit all of them. Therefore keywords are read across the whole set: types and enumerations intersect,
//! ranges narrow, properties add up.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::SchemaReader;
use super::json_type::JsonType;
use crate::document::{Cursor, Value};

/// The depth of nested `allOf` at which a schema is refused.
const MAX_NESTING: usize = 64;

/// The number of schemas that may apply to one value.
const MAX_SCHEMAS: usize = 256;

/// The schemas that apply to a value: the schema itself last, and before it those that it builds upon. A value that is an
/// alternative of a union also has the choices that led to it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct SchemaSet<'d> {
    schemas: Vec<Cursor<'d>>,
    choices: Vec<Choice<'d>>,
}

/// A decision about a value that is an alternative of a union.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Choice<'d> {
    /// One of the schemas in this list, which is the value of `oneOf` or `anyOf`.
    Alternative(Cursor<'d>),
    /// One of several types.
    Type(JsonType),
    /// A value of the discriminating property of this name, which the union has and the alternative has not.
    Discriminator(String),
    /// This value of the discriminating property, which also selects an alternative of the union inside the alternative.
    Tag(String),
}

/// A property of an object, with the schemas that apply to its value.
pub(crate) struct DescribedProperty<'d> {
    pub name: &'d str,
    pub schemas: Vec<Cursor<'d>>,
}

impl<'d> SchemaSet<'d> {
    /// The set of a schema without `allOf`.
    pub(crate) fn one(schema: Cursor<'d>) -> Self {
        Self { schemas: vec![schema], choices: Vec::new() }
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Cursor<'d>> {
        self.schemas.iter()
    }

    /// The schema itself, at which findings about the whole set are reported.
    pub(crate) fn own(&self) -> &Cursor<'d> {
        self.schemas.last().expect("a set has at least one schema")
    }

    pub(crate) fn contains(&self, schema: &Cursor<'d>) -> bool {
        self.schemas.contains(schema)
    }

    pub(crate) fn choose(&mut self, choice: Choice<'d>) {
        if !self.choices.contains(&choice) {
            self.choices.push(choice);
        }
    }

    pub(crate) fn has_chosen(&self, choice: &Choice<'d>) -> bool {
        self.choices.contains(choice)
    }

    /// The number of unions of which an alternative was chosen.
    pub(crate) fn chosen_alternatives(&self) -> usize {
        let is_alternative = |choice: &&Choice<'d>| matches!(choice, Choice::Alternative(_) | Choice::Type(_));
        self.choices.iter().filter(is_alternative).count()
    }

    /// The type that was chosen of several.
    pub(crate) fn chosen_type(&self) -> Option<JsonType> {
        self.choices.iter().find_map(|choice| match choice {
            Choice::Type(ty) => Some(*ty),
            _ => None,
        })
    }

    /// The discriminating properties of the unions, of which the value is an alternative.
    pub(crate) fn hidden(&self) -> impl Iterator<Item = &str> {
        self.choices.iter().filter_map(|choice| match choice {
            Choice::Discriminator(name) => Some(name.as_str()),
            _ => None,
        })
    }

    /// Returns `true` if the property belongs to the union, of which the value is an alternative.
    pub(crate) fn hides(&self, property: &str) -> bool {
        self.hidden().any(|name| name == property)
    }

    /// Returns `true` if the value is an alternative of a union with a discriminating property.
    pub(crate) fn is_tagged(&self) -> bool {
        self.hidden().next().is_some()
    }

    /// The value of the discriminating property, if it selects an alternative of the union that the value is.
    pub(crate) fn tag(&self) -> Option<&str> {
        self.choices.iter().find_map(|choice| match choice {
            Choice::Tag(value) => Some(value.as_str()),
            _ => None,
        })
    }

    /// The same set outside of the union that a property distinguishes.
    pub(crate) fn without_tag(&self, property: &str) -> Self {
        let mut set = self.clone();
        set.choices.retain(|choice| match choice {
            Choice::Discriminator(name) => name != property,
            Choice::Tag(_) => false,
            _ => true,
        });
        set
    }

    /// Each occurrence of a keyword: the schema that has it, and its value.
    pub(crate) fn occurrences<'p>(
        &'p self,
        keyword: &'p str,
    ) -> impl Iterator<Item = (&'p Cursor<'d>, Cursor<'d>)> + use<'p, 'd> {
        self.iter().filter_map(move |schema| Some((schema, schema.get(keyword)?)))
    }

    pub(crate) fn has_keyword(&self, keyword: &str) -> bool {
        self.iter().any(|schema| schema.has(keyword))
    }

    /// Returns `true` if a schema has the keyword with the value `true`.
    pub(crate) fn is_true(&self, keyword: &str) -> bool {
        self.iter().any(|schema| schema.flag(keyword))
    }

    /// The value of an annotation: that of the schema itself, or else of one that it builds upon.
    pub(crate) fn annotation(&self, keyword: &str) -> Option<Cursor<'d>> {
        self.iter().rev().find_map(|schema| schema.get(keyword))
    }

    /// All properties that have a name, in order.
    pub(crate) fn properties(&self) -> Vec<DescribedProperty<'d>> {
        let mut found: IndexMap<&'d str, Vec<Cursor<'d>>> = IndexMap::new();
        for schema in self.iter() {
            found.extend(schema.object("properties").map(|(name, _)| (name, Vec::new())));
        }
        found.extend(self.required().into_iter().map(|(name, _)| (name, Vec::new())));
        for schema in self.iter() {
            let named = schema.get("properties");
            if let Some(others) = others(schema) {
                for (name, schemas) in &mut found {
                    let named = named.as_ref().and_then(|named| named.get(name));
                    schemas.push(named.unwrap_or_else(|| others.clone()));
                }
            } else {
                for (name, property) in named.iter().flat_map(Cursor::properties) {
                    found.entry(name).or_default().push(property);
                }
            }
        }
        let visible = found.into_iter().filter(|(name, _)| !self.hides(name));
        visible.map(|(name, schemas)| DescribedProperty { name, schemas }).collect()
    }

    /// Returns `true` if there is a property that has a name.
    pub(crate) fn has_properties(&self) -> bool {
        let named = self.iter().flat_map(|schema| schema.object("properties").map(|(name, _)| name));
        let required = self.required().into_iter().map(|(name, _)| name);
        named.chain(required).any(|name| !self.hides(name))
    }

    /// The schemas that apply to the value of a property, if it has a name.
    pub(crate) fn property(&self, name: &str) -> Option<Vec<Cursor<'d>>> {
        let named = |schema: &Cursor<'d>| schema.get("properties").and_then(|properties| properties.get(name));
        let is_named = self.iter().any(|schema| named(schema).is_some())
            || self.required().iter().any(|(required, _)| *required == name);
        let schemas = || self.iter().filter_map(|schema| named(schema).or_else(|| others(schema))).collect();
        (is_named && !self.hides(name)).then(schemas)
    }

    /// The `additionalProperties` that forbids properties that no schema names, if there is one.
    pub(crate) fn closed(&self) -> Option<Cursor<'d>> {
        self.occurrences("additionalProperties")
            .map(|(_, others)| others)
            .find(|others| *others.value() == Value::Bool(false))
    }

    /// The names of the required properties, each with the item of `required` that has it.
    pub(crate) fn required(&self) -> Vec<(&'d str, Cursor<'d>)> {
        let mut seen = HashSet::new();
        let items = self.iter().flat_map(|schema| schema.array("required"));
        items.filter_map(|item| Some((item.as_str()?, item))).filter(|(name, _)| seen.insert(*name)).collect()
    }
}

/// The `additionalProperties` of a schema, which apply to a property that only another schema names, unless they forbid
/// it: a part that closes its properties means those of all parts.
fn others<'d>(schema: &Cursor<'d>) -> Option<Cursor<'d>> {
    schema.get("additionalProperties").filter(|others| !matches!(others.value(), Value::Bool(_)))
}

impl<'d> SchemaReader<'_, 'd> {
    /// The set of a value that must fit several schemas; `None` if one contains itself, or if there are too many.
    pub(crate) fn schema_set(&mut self, roots: &[Cursor<'d>]) -> Option<SchemaSet<'d>> {
        if let [root] = roots {
            return self.set_of(root);
        }
        let mut set = SchemaSet { schemas: Vec::new(), choices: Vec::new() };
        self.add_schemas(&mut set, roots)?;
        Some(set)
    }

    /// The set of one schema, which is made once.
    fn set_of(&mut self, schema: &Cursor<'d>) -> Option<SchemaSet<'d>> {
        let target = self.target(schema);
        if let Some(known) = self.sets.get(&target) {
            return known.clone();
        }
        let mut schemas = Vec::new();
        let set = self.add_schema(schema, &mut schemas, &mut Vec::new());
        self.count_schemas(schema, schemas.len());
        let set = set.map(|()| SchemaSet { schemas, choices: Vec::new() });
        self.sets.insert(target, set.clone());
        set
    }

    /// Adds more schemas that the value must fit.
    pub(crate) fn add_schemas(&mut self, set: &mut SchemaSet<'d>, roots: &[Cursor<'d>]) -> Option<()> {
        roots.iter().try_for_each(|root| self.add_schema(root, &mut set.schemas, &mut Vec::new()))
    }

    fn add_schema(
        &mut self,
        schema: &Cursor<'d>,
        schemas: &mut Vec<Cursor<'d>>,
        open: &mut Vec<Cursor<'d>>,
    ) -> Option<()> {
        let target = self.target(schema);
        if open.contains(&target) || open.len() == MAX_NESTING {
            self.diagnostics.schema_in_itself(schema);
            return None;
        }
        // A schema that is reached on two ways applies once.
        if schemas.contains(&target) {
            return Some(());
        }
        open.push(target.clone());
        for part in target.array("allOf") {
            self.add_schema(&part, schemas, open)?;
        }
        open.pop();
        if schemas.len() == MAX_SCHEMAS {
            self.diagnostics.too_many_schemas(schema, MAX_SCHEMAS);
            return None;
        }
        schemas.push(target);
        Some(())
    }
}
