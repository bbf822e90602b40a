//! The names of schemas that stand under `components`.
//!
//! Some tools put a hash before each name, so that schemas of several products can stand side by side. Without it names
//! meet: schemas that say the same are one type then, and the others are numbered in the order of their hashes, which
//! moves neither with the order of the text nor with any schema of another name.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::document::{Document, Node, Origin, Value};
use crate::names;
use crate::resolve::Resolved;

/// What stands for each schema whose name has a hash before it.
#[derive(Debug, Default)]
pub(crate) struct Components {
    /// The schema that says the same and was named first.
    same: HashMap<Origin, Origin>,
    names: HashMap<Origin, String>,
}

/// Keywords that say nothing about the values.
const WORDS: &[&str] = &["title", "description", "example", "examples", "externalDocs"];

impl Components {
    pub(crate) fn of(resolved: &Resolved<'_>) -> Self {
        let mut components = Self::default();
        for (name, mut group) in groups(resolved.document) {
            group.sort();
            let mut kept: Vec<Origin> = Vec::new();
            for (_, origin) in group {
                if let Some(first) =
                    kept.iter().find(|kept| Comparison::default().says_the_same(resolved, kept, &origin))
                {
                    components.same.insert(origin, first.clone());
                    continue;
                }
                let number = kept.len() + 1;
                let name = if number == 1 { name.clone() } else { format!("{name}{number}") };
                components.names.insert(origin.clone(), name);
                kept.push(origin);
            }
        }
        components
    }

    /// The schema that is lowered in the place of this one.
    pub(crate) fn representative(&self, origin: Origin) -> Origin {
        self.same.get(&origin).cloned().unwrap_or(origin)
    }

    /// The name of a schema whose own has a hash before it.
    pub(crate) fn name(&self, origin: &Origin) -> Option<&str> {
        self.names.get(origin).map(String::as_str)
    }
}

/// The schemas with a hash before their names, by the type name that the rest gives.
fn groups(document: &Document) -> BTreeMap<String, Vec<(String, Origin)>> {
    let mut groups: BTreeMap<String, Vec<(String, Origin)>> = BTreeMap::new();
    for (key, origin) in schemas(document) {
        if let Some(name) = without_hash(key).map(names::type_name) {
            groups.entry(name).or_default().push((key.clone(), origin));
        }
    }
    // One that has the name without a hash comes before them.
    for (key, origin) in schemas(document).filter(|(key, _)| without_hash(key).is_none()) {
        if let Some(group) = groups.get_mut(&names::type_name(key)) {
            group.push((String::new(), origin));
        }
    }
    groups
}

fn schemas(document: &Document) -> impl Iterator<Item = (&String, Origin)> {
    document.files.iter().flat_map(|(file, content)| {
        let schemas = content.root.get("components").and_then(|components| components.get("schemas"));
        let keys = schemas.and_then(Node::as_object).into_iter().flat_map(|schemas| schemas.keys());
        keys.map(|key| (key, Origin::file(file).descend(["components", "schemas", key])))
    })
}

/// How many schemas nothing uses.
pub(crate) fn count_unused(document: &Document, used: &HashSet<Origin>) -> usize {
    let count = |(file, content): (&String, &crate::document::File)| {
        let schemas = content.root.get("components").and_then(|components| components.get("schemas"));
        let place = Origin::file(file).descend(["components", "schemas"]);
        let keys = schemas.and_then(Node::as_object).into_iter().flat_map(|schemas| schemas.keys());
        keys.filter(|key| !used.contains(&place.child(key))).count()
    };
    document.files.iter().map(count).sum()
}

/// What follows 64 hexadecimal digits and a point.
fn without_hash(key: &str) -> Option<&str> {
    let (hash, name) = key.split_once('.')?;
    (hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) && !name.is_empty()).then_some(name)
}

/// Compares two schemas through their references.
#[derive(Default)]
struct Comparison {
    /// Pairs that are being compared; inside one another they count as equal.
    open: HashSet<(Origin, Origin)>,
}

impl Comparison {
    fn says_the_same(&mut self, resolved: &Resolved<'_>, one: &Origin, other: &Origin) -> bool {
        let (one, other) = (resolved.follow(one), resolved.follow(other));
        if one == other || !self.open.insert((one.clone(), other.clone())) {
            return true;
        }
        let (Some(a), Some(b)) = (resolved.node(&one), resolved.node(&other)) else { return false };
        match (&a.value, &b.value) {
            (Value::Object(a), Value::Object(b)) => {
                // Members of a value may be called `title`, too.
                let holds_names = one.pointer.last().is_some_and(|last| last == "properties");
                let says = |key: &&String| holds_names || has_keyword(key);
                a.keys().filter(says).count() == b.keys().filter(says).count()
                    && a.keys().filter(says).all(|key| {
                        b.contains_key(key) && self.says_the_same(resolved, &one.child(key), &other.child(key))
                    })
            }
            (Value::Array(a), Value::Array(b)) => {
                let mut set = (0..a.len()).map(|index| index.to_string());
                a.len() == b.len()
                    && set.all(|index| self.says_the_same(resolved, &one.child(&index), &other.child(&index)))
            }
            (a, b) => a == b,
        }
    }
}

fn has_keyword(keyword: &str) -> bool {
    !WORDS.contains(&keyword) && (keyword == "x-sensitive" || !keyword.starts_with("x-"))
}
