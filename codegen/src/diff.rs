//! What changed between two descriptions, and whom it breaks: on the wire, and in Rust.
//!
//! Both intermediate forms are walked side by side, from the operations and the events inwards; what changed is a
//! [`Change`], and how much it matters is said by the [`rules`] alone. No crate is printed for it, and nothing compiled.
//!
//! | Part | Compares |
//! |---|---|
//! | `operations` | operations: which belong together, what they take and bring |
//! | `whole` | what the crate holds for all of them: servers, credentials, error bodies, events |
//! | `types`, `members`, `forms` | pairs of types: members of objects, values of enumerations, forms of unions |
//! | `values` | what stands where a value is: types, `null`, lists |
//! | `limits` | constraints |
//! | `shape` | whether two types say the same, so that a rename is known as one |
//! | `finish` | levels, places in the text, and one change for what is written once |

mod alternatives;
mod consolidate;
mod constraints;
mod crate_wide;
mod operations;
mod properties;
pub mod rules;
mod shape;
mod types;
mod values;

use std::collections::{HashMap, HashSet, VecDeque};
use std::fmt;

use indexmap::IndexMap;
use serde::{Serialize, Serializer};

use crate::Description;
use crate::api::{Api, TypeId};
use crate::document::{Cursor, Document, Origin};
use crate::resolve::Resolved;
pub use rules::{Level, Rule};

/// One change of a description.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// What kind of change it is.
    pub rule: &'static Rule,
    /// The id of the first operation that is concerned; `None` where it is about no operation.
    pub operation: Option<String>,
    /// The ids of the others.
    pub other_operations: Vec<String>,
    /// Where the value stands: the part of the request or the reply, then the path of member names.
    pub location: String,
    /// Where else the same words of the description stand for a value.
    pub other_locations: Vec<String>,
    /// What was there.
    pub old: Option<String>,
    /// What is there.
    pub new: Option<String>,
    /// Whom it breaks on the wire.
    pub wire: Level,
    /// Whom it breaks in Rust.
    pub api: Level,
    /// Where the old description says it.
    pub old_at: Option<Place>,
    /// Where the new description says it.
    pub new_at: Option<Place>,
}

/// A place in the text of a description: `spec/contact.yaml:41:13`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The path of the file, as the caller gave it.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What follows from all changes for a version, in the words of Semantic Versioning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Nothing changed.
    None,
    /// What changed is only informational.
    Patch,
    /// Something was added, and nothing broke.
    Minor,
    /// Something broke.
    Major,
}

impl Verdict {
    /// What follows from changes of these levels.
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

/// Every change from one description to another, those that break the most first.
pub fn diff(old: &Description, new: &Description) -> Vec<Change> {
    let mut comparison = Comparison::new(old, new);
    comparison.operations();
    comparison.whole();
    comparison.pairs();
    comparison.finish()
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

    /// The place of a keyword of the schema, parameter or other object at a place, or else that place: what a change points
    /// to. The keyword may stand behind a reference and in an `allOf`.
    fn keyword(&self, origin: &Origin, keyword: &str) -> Origin {
        let place = self.resolved.cursor(origin);
        let found = place.and_then(|place| self.find(&place, keyword, 0));
        found.map_or_else(|| origin.clone(), |found| found.origin())
    }

    fn find(&self, place: &Cursor<'a>, keyword: &str, depth: usize) -> Option<Cursor<'a>> {
        /// How many schemas are looked through, one inside another.
        const MAX_DEPTH: usize = 8;
        let target = self.resolved.follow(place);
        if depth == MAX_DEPTH || target.has(keyword) {
            return target.get(keyword);
        }
        let parts = ["allOf", "oneOf", "anyOf"].into_iter().flat_map(|list| target.array(list));
        // A parameter has its limits in its schema.
        target.get("schema").into_iter().chain(parts).find_map(|part| self.find(&part, keyword, depth + 1))
    }
}

/// Where values come from: the one thing that compared values are part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holder {
    /// An operation or an event, by its index in [`Comparison::roots`].
    Root(usize),
    /// A pair of types, by its index.
    Pair(usize),
}

/// Where two values are compared.
#[derive(Debug, Clone)]
struct At {
    holder: Holder,
    /// The path of names from the holder on.
    location: String,
    /// Where the descriptions say it.
    places: [Origin; 2],
}

impl At {
    /// The same values, deeper by a piece of the path.
    fn inside(&self, piece: &str) -> Self {
        Self { location: format!("{}{piece}", self.location), ..self.clone() }
    }
}

/// A part of an operation, or an event. Where values are in it, they travel one way.
#[derive(Debug)]
struct Root {
    operation: Option<String>,
    sent: bool,
    received: bool,
    /// The pairs of types that it holds directly, each with the way to it.
    pairs: Vec<(usize, String)>,
}

/// An old type and a new one that stands in its place.
#[derive(Debug)]
struct Pair {
    old: TypeId,
    new: TypeId,
    /// Whether it is one type for the code that uses it: the name is the same, or took the place of the old one.
    is_one: bool,
    /// The pairs of types that it holds, each with the way to it.
    pairs: Vec<(usize, String)>,
}

/// A change as it is found.
#[derive(Debug)]
struct Finding {
    rule: &'static Rule,
    holder: Holder,
    location: String,
    old: Option<String>,
    new: Option<String>,
    places: [Option<Origin>; 2],
}

struct Comparison<'a> {
    old: Side<'a>,
    new: Side<'a>,
    roots: Vec<Root>,
    pairs: IndexMap<(TypeId, TypeId), Pair>,
    /// Pairs whose parts are still to be compared.
    waiting: VecDeque<usize>,
    findings: Vec<Finding>,
    /// Places in the old description that have another name in the new one; what is named after them follows.
    renamed: HashSet<Origin>,
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
        }
    }

    fn root(&mut self, operation: Option<&str>, sent: bool, received: bool) -> Holder {
        self.roots.push(Root { operation: operation.map(str::to_owned), sent, received, pairs: Vec::new() });
        Holder::Root(self.roots.len() - 1)
    }

    /// Something that is on both sides, in another form.
    fn changed(&mut self, at: &At, rule: &'static Rule, old: impl Into<String>, new: impl Into<String>) {
        let [old_at, new_at] = at.places.clone();
        self.report(at, rule, Some(old.into()), Some(new.into()), [Some(old_at), Some(new_at)]);
    }

    /// Something that is on both sides and needs no words.
    fn noticed(&mut self, at: &At, rule: &'static Rule) {
        let places = at.places.clone().map(Some);
        self.report(at, rule, None, None, places);
    }

    fn added(&mut self, at: &At, rule: &'static Rule, new: impl Into<String>) {
        let [_, place] = at.places.clone();
        self.report(at, rule, None, Some(new.into()), [None, Some(place)]);
    }

    fn removed(&mut self, at: &At, rule: &'static Rule, old: impl Into<String>) {
        let [place, _] = at.places.clone();
        self.report(at, rule, Some(old.into()), None, [Some(place), None]);
    }

    fn report(
        &mut self,
        at: &At,
        rule: &'static Rule,
        old: Option<String>,
        new: Option<String>,
        places: [Option<Origin>; 2],
    ) {
        self.findings.push(Finding { rule, holder: at.holder, location: at.location.clone(), old, new, places });
    }

    /// A keyword that stands on one side or on both, with what it says in words.
    fn keyword(&mut self, at: &At, keyword: &str, rule: &'static Rule, old: Option<String>, new: Option<String>) {
        let old_at = old.as_ref().map(|_| self.old.keyword(&at.places[0], keyword));
        let new_at = new.as_ref().map(|_| self.new.keyword(&at.places[1], keyword));
        self.report(at, rule, old, new, [old_at, new_at]);
    }

    /// What is said in words for people.
    fn words(&mut self, at: &At, keyword: &str, old: Option<&String>, new: Option<&String>) {
        if old != new {
            let places = [self.old.keyword(&at.places[0], keyword), self.new.keyword(&at.places[1], keyword)];
            self.noticed(&At { places, ..at.clone() }, &rules::DESCRIPTION_CHANGED);
        }
    }
}
