//! The values to try at each location of an instance, as the schemas of the location suggest them.

use std::collections::BTreeSet;
use std::fmt;

use infobip_tests::instances::numbers;
use infobip_tests::instances::texts::ALPHABETS;
use infobip_tests::instances::{Instance, Role, Site, child, edited};
use infobip_tests::schema::set::SchemaSet;
use serde_json::{Value, json};

/// One change of an instance at one location.
#[derive(Clone, Debug)]
pub(crate) struct Edit {
    pub(crate) case: Case,
    pub(crate) pointer: String,
    /// The new value; none removes the property.
    value: Option<Value>,
}

/// The purpose of an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Case {
    Absent,
    Length,
    ItemCount,
    Range,
    Enumeration,
    UnknownProperty,
    Type,
    NullForOptional,
    ArrayForObject,
    ObjectForEnum,
    FractionForListed,
}

impl Edit {
    fn new(site: &Site<'_>, case: Case, value: Value) -> Self {
        Self { case, pointer: site.pointer.clone(), value: Some(value) }
    }

    fn absent(site: &Site<'_>) -> Self {
        Self { case: Case::Absent, pointer: site.pointer.clone(), value: None }
    }

    /// The instance after the edit; none if it has no such location.
    pub(crate) fn apply(&self, instance: &Value) -> Option<Value> {
        edited(instance, &self.pointer, self.value.clone())
    }

    /// Returns `true` if neither of the two locations contains the other.
    pub(crate) fn is_apart_from(&self, other: &Self) -> bool {
        let within = |inner: &str, outer: &str| {
            let rest = inner.strip_prefix(outer);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        !within(&self.pointer, &other.pointer) && !within(&other.pointer, &self.pointer)
    }
}

impl fmt::Display for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pointer, value, .. } = self;
        match value {
            Some(value) => {
                let start: String = value.to_string().chars().take(60).collect();
                write!(f, "`{pointer}` = {start}")
            }
            None => write!(f, "without `{pointer}`"),
        }
    }
}

/// All edits, right or wrong, at every location.
pub(crate) fn all(instance: &Instance<'_>) -> Vec<Edit> {
    let allowed: BTreeSet<_> = instance.sites.iter().flat_map(listed_texts).collect();
    let mut edits = Vec::new();
    for site in &instance.sites {
        let value = instance.value(site);
        edits.extend(presence(site));
        edits.extend(types(site, value, is_in_union(instance, site)));
        edits.extend(lengths(site, value));
        edits.extend(bounds(site, value));
        edits.extend(item_counts(site, value));
        edits.extend(enum_values(site, &allowed));
        edits.extend(properties(site, value));
    }
    edits
}

/// Edits that are certainly wrong, a few for each location but the whole.
pub(crate) fn wrong(instance: &Instance<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for site in &instance.sites[1..] {
        if site.role == Role::Required {
            edits.push(Edit::absent(site));
        }
        let limits = Limits::of_length(&site.schemas);
        edits.extend(limits.outside().map(|length| length_edit(site, length, 0)));
        edits.push(match instance.value(site) {
            _ if site.schemas.values().is_some() => Edit::new(site, Case::Enumeration, json!("FAX")),
            Value::String(_) => Edit::new(site, Case::Type, json!(7)),
            _ => Edit::new(site, Case::Type, json!("text")),
        });
    }
    edits
}

/// A text that is too long at each location that has a limit, each in another kind of characters.
pub(crate) fn too_long(instance: &Instance<'_>) -> Vec<Edit> {
    let texts = instance.sites.iter().enumerate().filter(|(_, site)| instance.value(site).is_string());
    let edits = texts.filter_map(|(index, site)| {
        let most = Limits::of_length(&site.schemas).most?;
        Some(length_edit(site, most + 1, index))
    });
    edits.collect()
}

fn presence(site: &Site<'_>) -> Option<Edit> {
    let property = matches!(site.role, Role::Required | Role::Optional);
    property.then(|| Edit::absent(site))
}

/// A value of each JSON type, the ends of the 32-bit integers and the integers beyond them.
fn types(site: &Site<'_>, value: &Value, is_in_union: bool) -> Vec<Edit> {
    let ends = [i32::MIN, i32::MAX].map(i64::from);
    let values = [
        json!(true),
        json!(7),
        json!(1.0),
        json!(1.5),
        json!(ends[0]),
        json!(ends[0] - 1),
        json!(ends[1]),
        json!(ends[1] + 1),
        json!(u64::MAX),
        json!("text"),
        json!(""),
        json!({}),
    ];
    // A property that one alternative requires may be optional in another.
    let is_optional = site.role == Role::Optional || site.role == Role::Required && is_in_union;
    let null = if is_optional { Case::NullForOptional } else { Case::Type };
    let array = if value.is_object() { Case::ArrayForObject } else { Case::Type };
    let mut edits =
        vec![Edit::new(site, null, Value::Null), Edit::new(site, array, json!([])), Edit::new(site, array, json!([7]))];
    let listed = site.schemas.values().unwrap_or_default();
    let case = |value: &Value| {
        let is_listed = value.is_f64() && listed.iter().any(|listed| listed.as_f64() == value.as_f64());
        if is_listed { Case::FractionForListed } else { Case::Type }
    };
    edits.extend(values.map(|value| Edit::new(site, case(&value), value)));
    edits
}

/// Returns `true` if a value around the location has alternatives.
fn is_in_union(instance: &Instance<'_>, site: &Site<'_>) -> bool {
    let mut outer = instance.sites.iter().filter(|outer| site.pointer.starts_with(&format!("{}/", outer.pointer)));
    outer.any(|outer| ["oneOf", "anyOf"].iter().any(|keyword| outer.schemas.all(keyword).next().is_some()))
}

/// Texts around each limit, in each kind of characters.
fn lengths(site: &Site<'_>, value: &Value) -> Vec<Edit> {
    let lengths = if value.is_string() { Limits::of_length(&site.schemas).edges() } else { BTreeSet::new() };
    let edits = lengths.into_iter().flat_map(|length| (0..ALPHABETS.len()).map(move |kind| (length, kind)));
    edits.map(|(length, kind)| length_edit(site, length, kind)).collect()
}

fn length_edit(site: &Site<'_>, length: usize, kind: usize) -> Edit {
    let alphabet = ALPHABETS[kind % ALPHABETS.len()];
    let text: String = alphabet.chars().cycle().take(length).collect();
    Edit::new(site, Case::Length, json!(text))
}

/// Numbers around each bound.
fn bounds(site: &Site<'_>, value: &Value) -> Vec<Edit> {
    let bounds = if value.is_number() { numbers::bounds(&site.schemas) } else { [None, None] };
    let values = bounds.into_iter().flatten().flat_map(|(bound, _)| [bound - 1.0, bound, bound + 1.0]);
    // Larger integers have neighbours that are the same `f64`.
    let values = values.filter(|value| value.abs() < 9e15);
    values.filter_map(numbers::integral).map(|value| Edit::new(site, Case::Range, value)).collect()
}

/// Arrays around each limit, and without any limit an empty one and a short one.
fn item_counts(site: &Site<'_>, value: &Value) -> Vec<Edit> {
    let Some(item) = value.as_array().and_then(|items| items.first()) else {
        return Vec::new();
    };
    let mut counts = Limits::of_item_count(&site.schemas).edges();
    counts.extend([0, 1]);
    counts.into_iter().map(|count| Edit::new(site, Case::ItemCount, json!(vec![item; count]))).collect()
}

/// The values of this and of every other enumeration, and some of none.
fn enum_values(site: &Site<'_>, allowed: &BTreeSet<String>) -> Vec<Edit> {
    let Some(listed) = site.schemas.values() else {
        return Vec::new();
    };
    let mut edits: Vec<_> = listed.iter().map(|value| Edit::new(site, Case::Enumeration, (*value).clone())).collect();
    let Some(first) = listed_texts(site).into_iter().next() else {
        return edits;
    };
    edits.clear();
    edits.push(Edit::new(site, Case::ObjectForEnum, json!({ first.as_str(): null })));
    let others = ["FAX".to_owned(), first.to_lowercase(), format!("{first} "), format!("{first}\u{301}")];
    let values = allowed.iter().chain(&others);
    edits.extend(values.map(|value| Edit::new(site, Case::Enumeration, json!(value))));
    edits
}

fn listed_texts(site: &Site<'_>) -> Vec<String> {
    let values = site.schemas.values().into_iter().flatten();
    values.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// An object with one more property, and an array of as many nulls as the object has properties.
fn properties(site: &Site<'_>, value: &Value) -> Vec<Edit> {
    let count = site.schemas.names().len();
    if !value.is_object() || count == 0 {
        return Vec::new();
    }
    let unknown = Edit {
        case: Case::UnknownProperty,
        pointer: child(&site.pointer, "notDescribed"),
        value: Some(json!({ "any": ["thing", null] })),
    };
    let array = Edit::new(site, Case::ArrayForObject, json!(vec![Value::Null; count]));
    vec![unknown, array]
}

/// The limits that the schemas state, both inclusive.
struct Limits {
    fewest: Option<usize>,
    most: Option<usize>,
}

impl Limits {
    fn of_length(schemas: &SchemaSet<'_>) -> Self {
        Self { fewest: schemas.count_most("minLength"), most: schemas.count_least("maxLength") }
    }

    fn of_item_count(schemas: &SchemaSet<'_>) -> Self {
        Self { fewest: schemas.count_most("minItems"), most: schemas.count_least("maxItems") }
    }

    /// Each limit with its neighbours, and zero; nothing if there is no limit.
    fn edges(&self) -> BTreeSet<usize> {
        let limits = self.fewest.into_iter().chain(self.most);
        let edges = limits.flat_map(|limit| [0, limit.saturating_sub(1), limit, limit + 1]);
        edges.collect()
    }

    /// The nearest sizes outside the limits.
    fn outside(&self) -> impl Iterator<Item = usize> {
        let fewer = self.fewest.and_then(|fewest| fewest.checked_sub(1));
        let more = self.most.map(|most| most + 1);
        fewer.into_iter().chain(more)
    }
}
