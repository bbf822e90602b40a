//! The names of schemas that a description names: those under `components`, and files that are one schema.
//!
//! Schemas of one name in several files that are equal are one type.
//!
//! Some tools put a hash before each name, so that schemas of several products can be in one file. Without the hash, names
//! collide: schemas that are equal become one type, and the others are numbered in the order of their hashes, which
//! depends neither on the order of the text nor on schemas of other names.

use std::collections::{BTreeMap, HashMap, HashSet};

use indexmap::IndexSet;

use super::keywords::DECLINED;
use super::unions::mapping::{Derived, tagged};
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

/// The number of schemas of the same name that each one is compared with.
const MOST_COMPARED: usize = 32;

/// The depth of the schemas that are compared, at which they count as different.
const MAX_DEPTH: usize = 256;

impl<'d> Components<'d> {
    pub(crate) fn of(resolved: &Resolved<'d>, derived: &Derived<'d>, casing: &Casing) -> Self {
        let mut components = Self::default();
        components.named.extend(resolved.document.roots());
        components.named.extend(schemas(resolved.document).map(|(_, schema)| schema));
        let mut comparison = Comparison { resolved, derived, equal: IndexSet::new(), depth: 0 };
        let groups = groups(resolved.document, casing);
        let is_grouped = |key: &str| groups.contains_key(&casing.type_name(key));
        for (_, group) in copies(resolved.document).into_iter().filter(|(key, _)| !is_grouped(key)) {
            components.merge(group, &mut comparison);
        }
        for (name, group) in groups {
            for (index, schema) in components.merge(group, &mut comparison).into_iter().enumerate() {
                let name = if index == 0 { name.clone() } else { format!("{name}{}", index + 1) };
                components.names.insert(schema, name);
            }
        }
        components
    }

    /// Replaces equal schemas by the first of them; returns those that are left.
    fn merge(&mut self, mut group: Group<'d>, comparison: &mut Comparison<'_, 'd>) -> Vec<Cursor<'d>> {
        group.sort_by_cached_key(|(key, schema)| (*key, schema.origin()));
        let mut kept: Vec<Cursor<'d>> = Vec::new();
        for (_, schema) in group {
            match kept.iter().take(MOST_COMPARED).find(|kept| comparison.are_equal(kept, &schema)) {
                Some(first) => drop(self.equal.insert(schema, first.clone())),
                None => kept.push(schema),
            }
        }
        kept
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

/// The schemas of one name in several files, by that name.
fn copies(document: &Document) -> BTreeMap<&str, Group<'_>> {
    let mut copies: BTreeMap<&str, Group<'_>> = BTreeMap::new();
    if document.files.len() > 1 {
        for (key, schema) in schemas(document) {
            copies.entry(key).or_default().push((key, schema));
        }
    }
    copies.retain(|_, group| group.len() > 1);
    copies
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

/// Compares schemas through their references.
struct Comparison<'a, 'd> {
    resolved: &'a Resolved<'d>,
    derived: &'a Derived<'d>,
    /// The pairs that are equal, if the pairs that are being compared are.
    equal: IndexSet<(Cursor<'d>, Cursor<'d>)>,
    /// The number of pairs around the current one.
    depth: usize,
}

impl<'d> Comparison<'_, 'd> {
    fn are_equal(&mut self, one: &Cursor<'d>, other: &Cursor<'d>) -> bool {
        let known = self.equal.len();
        let are_equal = self.agree(one, other);
        if !are_equal {
            self.equal.truncate(known);
        }
        are_equal
    }

    /// The same; a pair inside itself counts as equal.
    fn agree(&mut self, one: &Cursor<'d>, other: &Cursor<'d>) -> bool {
        let (one, other) = (self.resolved.follow(one), self.resolved.follow(other));
        if one == other || !self.equal.insert((one.clone(), other.clone())) {
            return true;
        }
        if self.depth == MAX_DEPTH {
            return false;
        }
        self.depth += 1;
        let agree = self.agree_on_parts(&one, &other);
        self.depth -= 1;
        agree
    }

    fn agree_on_parts(&mut self, one: &Cursor<'d>, other: &Cursor<'d>) -> bool {
        match (one.value(), other.value()) {
            (Value::Object(a), Value::Object(b)) => {
                // A property may also be called `title`.
                let holds_names = one.name() == Some("properties");
                let counts = |key: &&String| holds_names || constrains(key);
                a.keys().filter(counts).count() == b.keys().filter(counts).count()
                    && a.keys().filter(counts).all(|key| match (one.get(key), other.get(key)) {
                        // The references of a mapping are texts.
                        (Some(_), Some(_)) if key == "mapping" && one.name() == Some("discriminator") => true,
                        (Some(one), Some(other)) => self.agree(&one, &other),
                        _ => false,
                    })
                    && self.agree_on_tags(one, other)
            }
            (Value::Array(a), Value::Array(b)) => {
                a.len() == b.len() && one.items().zip(other.items()).all(|(one, other)| self.agree(&one, &other))
            }
            (a, b) => a == b,
        }
    }

    /// Compares the schemas that discriminators lead to.
    fn agree_on_tags(&mut self, one: &Cursor<'d>, other: &Cursor<'d>) -> bool {
        let [some, others] = [one, other].map(|base| {
            let mut tags = tagged(self.resolved, self.derived, base);
            for (tag, _) in &mut tags {
                *tag = without_hash(tag).unwrap_or(tag);
            }
            tags.sort_by_key(|(tag, _)| *tag);
            tags
        });
        some.len() == others.len()
            && some.into_iter().zip(others).all(|((tag, one), (other_tag, other))| {
                tag == other_tag
                    && match (one, other) {
                        (Some(one), Some(other)) => self.agree(&one, &other),
                        (one, other) => one == other,
                    }
            })
    }
}

fn constrains(keyword: &str) -> bool {
    !WORDS.contains(&keyword) && ([DECLINED, "x-sensitive"].contains(&keyword) || !keyword.starts_with("x-"))
}
