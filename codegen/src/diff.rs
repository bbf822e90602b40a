//! The changes between two descriptions, and their impact on the wire and in Rust.
//!
//! Both intermediate forms are compared from the operations and the events inwards. A difference is a [`Change`]; the
//! [`rules`] alone decide its impact. No crate is emitted or compiled.
//!
//! | Module | Compares |
//! |---|---|
//! | `operations` | operations with their requests, responses, security and rate limits |
//! | `crate_wide`, `servers`, `events` | the parts that all operations share: credentials, error bodies, servers, events |
//! | `types`, `properties`, `alternatives`, `tags` | pairs of types: properties of objects, values of enumerations, alternatives of unions and the property that distinguishes them |
//! | `values`, `relation` | the types of values, `null` and lists; types that contain all values of another |
//! | `constraints` | constraints |
//! | `shape` | the structure of types, by which renames are recognized |
//! | `directions` | nothing: it has the directions in which values travel |
//! | `consolidate` | nothing: it adds levels and positions, and merges changes of the same text |

mod alternatives;
mod consolidate;
mod constraints;
mod crate_wide;
mod directions;
mod events;
mod operations;
mod properties;
mod relation;
pub mod rules;
mod servers;
mod shape;
mod tags;
mod types;
mod values;

use std::collections::{HashMap, HashSet, VecDeque};
use std::fmt;

use indexmap::IndexMap;
use serde::{Serialize, Serializer};

use crate::Description;
use crate::api::{Api, Direction, TypeId};
use crate::document::{Cursor, Document, Origin};
use crate::resolve::Resolved;
pub use rules::{Level, Rule};

/// One change of a description.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// The kind of change.
    pub rule: &'static Rule,
    /// The id of the first affected operation, or `None` if the change is not about an operation.
    pub operation: Option<String>,
    /// The ids of the other operations.
    pub other_operations: Vec<String>,
    /// The location of the value: the part of the request or the response, followed by the path of property names.
    pub location: String,
    /// The locations of other values to which the same text of the description applies.
    pub other_locations: Vec<String>,
    /// The old state.
    pub old: Option<String>,
    /// The new state.
    pub new: Option<String>,
    /// The level on the wire.
    pub wire: Level,
    /// The level in Rust.
    pub api: Level,
    /// The position in the old description.
    pub old_at: Option<FilePosition>,
    /// The position in the new description.
    pub new_at: Option<FilePosition>,
}

/// A position in the text of a description: `spec/contact.yaml:41:13`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FilePosition {
    /// The path of the file, as given by the caller.
    pub file: String,
    /// The one-based line number.
    pub line: usize,
    /// The one-based column, in characters.
    pub column: usize,
}

impl fmt::Display for FilePosition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

impl Serialize for FilePosition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The version that follows from a list of changes, in terms of Semantic Versioning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Nothing changed.
    None,
    /// All changes are informational.
    Patch,
    /// Something was added, and nothing broke.
    Minor,
    /// Something broke.
    Major,
}

impl Verdict {
    /// Returns the verdict on changes with the given levels.
    pub fn of(levels: impl IntoIterator<Item = Level>) -> Self {
        let verdicts = levels.into_iter().map(|level| match level {
            Level::Breaking => Self::Major,
            Level::Compatible => Self::Minor,
            Level::Informational => Self::Patch,
        });
        verdicts.max().unwrap_or(Self::None)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        })
    }
}

/// Returns all changes from one description to another, those with the worst levels first.
pub fn diff(old: &Description, new: &Description) -> Vec<Change> {
    let mut comparison = Comparison::new(old, new);
    comparison.operations();
    comparison.left_out(old, new);
    comparison.crate_wide();
    comparison.pairs();
    comparison.consolidate()
}

/// One of the two descriptions.
struct Side<'a> {
    api: &'a Api,
    document: &'a Document,
    resolved: Resolved<'a>,
    /// The types by their names in Rust.
    names: HashMap<&'a str, TypeId>,
}

impl<'a> Side<'a> {
    fn new(description: &'a Description) -> Self {
        let types = description.api.types.iter().enumerate();
        let names = types.map(|(index, definition)| (&*definition.name, TypeId(index))).collect();
        let document = &description.document;
        Self { api: &description.api, document, resolved: Resolved::of(document), names }
    }

    /// The origin of a keyword of a schema, parameter or other object, or else that of the object: the location of a change.
    /// The keyword may be behind a reference and in an `allOf`.
    fn keyword(&self, origin: &Origin, keyword: &str) -> Origin {
        let place = self.resolved.cursor(origin);
        let found = place.and_then(|place| self.find(&place, keyword, 0));
        found.map_or_else(|| origin.clone(), |found| found.origin())
    }

    fn find(&self, place: &Cursor<'a>, keyword: &str, depth: usize) -> Option<Cursor<'a>> {
        /// The depth of nested schemas that are searched.
        const MAX_DEPTH: usize = 8;
        let target = self.resolved.follow(place);
        if depth == MAX_DEPTH || target.has(keyword) {
            return target.get(keyword);
        }
        let parts = ["allOf", "oneOf", "anyOf"].into_iter().flat_map(|list| target.array(list));
        // A parameter has its constraints in its schema.
        target.get("schema").into_iter().chain(parts).find_map(|part| self.find(&part, keyword, depth + 1))
    }
}

/// The part of the descriptions that compared values belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    /// An operation or an event, by its index in [`Comparison::roots`].
    Root(usize),
    /// A pair of types, by its index.
    Pair(usize),
}

/// The location of two values that are compared.
#[derive(Debug, Clone)]
struct At {
    owner: Owner,
    /// The path from the owner to the values.
    location: String,
    /// The origins in both descriptions.
    origins: [Origin; 2],
    /// The directions in which the values travel with their owner.
    travels: Direction,
}

impl At {
    /// The location one piece of the path deeper.
    fn inside(&self, piece: &str) -> Self {
        Self { location: format!("{}{piece}", self.location), ..self.clone() }
    }

    /// The same location, for values that travel in some of the directions.
    fn travelling(&self, directions: Direction) -> Self {
        Self { travels: self.travels.and(directions), ..self.clone() }
    }
}

/// A part of an operation, or an event.
#[derive(Debug)]
struct Root {
    operation: Option<String>,
    /// The directions in which its values travel.
    travels: Direction,
    /// The pairs of types that it holds directly.
    pairs: Vec<Held>,
}

/// A pair of types in a root or in another pair.
#[derive(Debug, Clone)]
struct Held {
    /// Its index.
    pair: usize,
    /// The path to it.
    path: String,
    /// The directions in which it travels with its holder.
    travels: Direction,
}

/// An old type and the new type that corresponds to it.
#[derive(Debug)]
struct Pair {
    old: TypeId,
    new: TypeId,
    /// `true` if it is the same type for code that uses it: the name is the same, or replaced the old one.
    is_one: bool,
    /// The pairs of types that it holds.
    pairs: Vec<Held>,
}

/// A change before it has levels and positions.
#[derive(Debug)]
struct Finding {
    rule: &'static Rule,
    owner: Owner,
    location: String,
    old: Option<String>,
    new: Option<String>,
    origins: [Option<Origin>; 2],
    /// The directions in which the values travel with their owner.
    travels: Direction,
}

struct Comparison<'a> {
    old: Side<'a>,
    new: Side<'a>,
    roots: Vec<Root>,
    pairs: IndexMap<(TypeId, TypeId), Pair>,
    /// Pairs whose parts are still to be compared.
    waiting: VecDeque<usize>,
    findings: Vec<Finding>,
    /// Origins in the old description that have another name in the new one. Types that are named after them are renamed too.
    renamed: HashSet<Origin>,
    /// The names in the paths of an operation that differ, old and new, by the types of its parameters.
    path_names: HashMap<(TypeId, TypeId), Vec<(String, String)>>,
    /// The discriminating property of pairs that are alternatives of a union which has one on one side only.
    tag_properties: HashMap<usize, [Option<String>; 2]>,
    /// Types of values whose kinds differ, and that are not compared any further.
    unlike: HashSet<(TypeId, TypeId)>,
    /// Types of error bodies with different names that belong to the same status of an operation.
    error_bodies: Vec<(TypeId, TypeId)>,
}

impl<'a> Comparison<'a> {
    fn new(old: &'a Description, new: &'a Description) -> Self {
        Self {
            old: Side::new(old),
            new: Side::new(new),
            roots: Vec::new(),
            pairs: IndexMap::new(),
            waiting: VecDeque::new(),
            findings: Vec::new(),
            renamed: HashSet::new(),
            path_names: HashMap::new(),
            tag_properties: HashMap::new(),
            unlike: HashSet::new(),
            error_bodies: Vec::new(),
        }
    }

    fn root(&mut self, operation: Option<&str>, travels: Direction) -> Owner {
        self.roots.push(Root { operation: operation.map(str::to_owned), travels, pairs: Vec::new() });
        Owner::Root(self.roots.len() - 1)
    }

    /// Reports a part that both sides have and that differs.
    fn changed(&mut self, at: &At, rule: &'static Rule, old: impl Into<String>, new: impl Into<String>) {
        let [old_at, new_at] = at.origins.clone();
        self.report(at, rule, Some(old.into()), Some(new.into()), [Some(old_at), Some(new_at)]);
    }

    /// Reports a part that both sides have, without values.
    fn noted(&mut self, at: &At, rule: &'static Rule) {
        let origins = at.origins.clone().map(Some);
        self.report(at, rule, None, None, origins);
    }

    fn added(&mut self, at: &At, rule: &'static Rule, new: impl Into<String>) {
        let [_, place] = at.origins.clone();
        self.report(at, rule, None, Some(new.into()), [None, Some(place)]);
    }

    fn removed(&mut self, at: &At, rule: &'static Rule, old: impl Into<String>) {
        let [place, _] = at.origins.clone();
        self.report(at, rule, Some(old.into()), None, [Some(place), None]);
    }

    fn report(
        &mut self,
        at: &At,
        rule: &'static Rule,
        old: Option<String>,
        new: Option<String>,
        origins: [Option<Origin>; 2],
    ) {
        let At { owner, location, travels, .. } = at.clone();
        self.findings.push(Finding { rule, owner, location, old, new, origins, travels });
    }

    /// Reports a keyword of one side or of both, with its values in words.
    fn keyword(&mut self, at: &At, keyword: &str, rule: &'static Rule, old: Option<String>, new: Option<String>) {
        let old_at = old.as_ref().map(|_| self.old.keyword(&at.origins[0], keyword));
        let new_at = new.as_ref().map(|_| self.new.keyword(&at.origins[1], keyword));
        self.report(at, rule, old, new, [old_at, new_at]);
    }

    /// Compares documentation.
    fn words(&mut self, at: &At, keyword: &str, old: Option<&String>, new: Option<&String>) {
        if old != new {
            let origins = [self.old.keyword(&at.origins[0], keyword), self.new.keyword(&at.origins[1], keyword)];
            self.noted(&At { origins, ..at.clone() }, &rules::DESCRIPTION_CHANGED);
        }
    }
}
