//! The names of schemas that a description names: those under `components`, and files that are one schema.
//!
//! Some tools put a hash before each name, so that schemas of several products can be in one file. Without the hash, names
//! collide: schemas that are equal become one type, and the others are numbered in the order of their hashes, which
//! depends neither on the order of the text nor on schemas of other names.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::keywords::DECLINED;
use crate::document::{Cursor, Document, Value};
use crate::names::Casing;
use crate::resolve::Resolved;

/// The schemas that a description names.
#[derive(Debug, Default)]
pub(crate) struct Components<'d> {
    named: HashSet<Cursor<'d>>,
    /// The first of the schemas that are equal to each schema with a hash before its name.
    equal: HashMap<Cursor<'d>, Cursor<'d>>,
    /// The names of schemas with a hash before their own.
    names: HashMap<Cursor<'d>, String>,
}

/// Keywords that do not constrain values.
const WORDS: &[&str] = &["title", "description", "example", "examples", "externalDocs"];

impl<'d> Components<'d> {
    pub(crate) fn of(resolved: &Resolved<'d>, casing: &Casing) -> Self {
        let mut components = Self::default();
        components.named.extend(resolved.document.roots());
        components.named.extend(schemas(resolved.document).map(|(_, schema)| schema));
        for (name, mut group) in groups(resolved.document, casing) {
            group.sort_by_cached_key(|(key, schema)| (*key, schema.origin()));
            let mut kept: Vec<Cursor<'d>> = Vec::new();
            for (_, schema) in group {
                let mut firsts = kept.iter();
                if let Some(first) = firsts.find(|kept| Comparison::default().are_equal(resolved, kept, &schema)) {
                    components.equal.insert(schema, first.clone());
                    continue;
                }
                let number = kept.len() + 1;
                let name = if number == 1 { name.clone() } else { format!("{name}{number}") };
                components.names.insert(schema.clone(), name);
                kept.push(schema);
            }
        }
        components
    }

    /// Returns `true` if the description names the schema.
    pub(crate) fn contains(&self, schema: &Cursor<'d>) -> bool {
        self.named.contains(schema)
    }

    /// The schema that is lowered instead of this one.
    pub(crate) fn representative(&self, schema: Cursor<'d>) -> Cursor<'d> {
        self.equal.get(&schema).cloned().unwrap_or(schema)
    }

    /// The name of a schema whose own has a hash before it.
    pub(crate) fn name(&self, schema: &Cursor<'d>) -> Option<&str> {
        self.names.get(schema).map(String::as_str)
    }
}

/// A key under `components.schemas`, without its schema.
type Group<'d> = Vec<(&'d str, Cursor<'d>)>;

/// The schemas with a hash before their names, by the type name of the rest.
fn groups<'d>(document: &'d Document, casing: &Casing) -> BTreeMap<String, Group<'d>> {
    let mut groups: BTreeMap<String, Group<'d>> = BTreeMap::new();
    for (key, schema) in schemas(document) {
        if let Some(name) = without_hash(key).map(|key| casing.type_name(key)) {
            groups.entry(name).or_default().push((key, schema));
        }
    }
    // One that has the name without a hash comes before them.
    for (key, schema) in schemas(document).filter(|(key, _)| without_hash(key).is_none()) {
        if let Some(group) = groups.get_mut(&casing.type_name(key)) {
            group.push(("", schema));
        }
    }
    groups
}

/// All schemas under `components`, with their keys.
fn schemas(document: &Document) -> impl Iterator<Item = (&str, Cursor<'_>)> {
    document.roots().filter_map(|root| root.get("components")).flat_map(|components| components.object("schemas"))
}

/// The number of schemas under `components` that nothing uses.
pub(crate) fn count_unused(document: &Document, used: &HashSet<Cursor<'_>>) -> usize {
    schemas(document).filter(|(_, schema)| !used.contains(schema)).count()
}

/// The rest of a key that starts with 64 hexadecimal digits and a point.
fn without_hash(key: &str) -> Option<&str> {
    let (hash, name) = key.split_once('.')?;
    (hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) && !name.is_empty()).then_some(name)
}

/// Compares two schemas through their references.
#[derive(Default)]
struct Comparison<'d> {
    /// Pairs that are being compared; inside one another they count as equal.
    open: HashSet<(Cursor<'d>, Cursor<'d>)>,
}

impl<'d> Comparison<'d> {
    fn are_equal(&mut self, resolved: &Resolved<'d>, one: &Cursor<'d>, other: &Cursor<'d>) -> bool {
        let (one, other) = (resolved.follow(one), resolved.follow(other));
        if one == other || !self.open.insert((one.clone(), other.clone())) {
            return true;
        }
        match (one.value(), other.value()) {
            (Value::Object(a), Value::Object(b)) => {
                // A property may also be called `title`.
                let holds_names = one.name() == Some("properties");
                let counts = |key: &&String| holds_names || constrains(key);
                a.keys().filter(counts).count() == b.keys().filter(counts).count()
                    && a.keys().filter(counts).all(|key| match (one.get(key), other.get(key)) {
                        (Some(one), Some(other)) => self.are_equal(resolved, &one, &other),
                        _ => false,
                    })
            }
            (Value::Array(a), Value::Array(b)) => {
                a.len() == b.len()
                    && one.items().zip(other.items()).all(|(one, other)| self.are_equal(resolved, &one, &other))
            }
            (a, b) => a == b,
        }
    }
}

fn constrains(keyword: &str) -> bool {
    !WORDS.contains(&keyword) && ([DECLINED, "x-sensitive"].contains(&keyword) || !keyword.starts_with("x-"))
}
