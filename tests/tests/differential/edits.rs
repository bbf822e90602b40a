//! What is tried at each place of an instance, as the schema of the place suggests it.

use std::collections::BTreeSet;
use std::fmt;

use infobip_tests::instances::{Role, Site, edited, full, sites};
use infobip_tests::spec::Node;
use serde_json::{Value, json};

/// One change of an instance at one place.
#[derive(Clone, Debug)]
pub(crate) struct Edit {
    pub(crate) case: Case,
    pub(crate) pointer: String,
    /// The new value; none takes the member away.
    value: Option<Value>,
}

/// What an edit tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Case {
    Absent,
    Length,
    ItemCount,
    Enumeration,
    UnknownMember,
    Type,
    NullForOptional,
    ArrayForObject,
    ObjectForEnum,
}

impl Edit {
    fn new(site: &Site<'_>, case: Case, value: Value) -> Self {
        Self { case, pointer: site.pointer.clone(), value: Some(value) }
    }

    fn absent(site: &Site<'_>) -> Self {
        Self { case: Case::Absent, pointer: site.pointer.clone(), value: None }
    }

    /// The instance after the edit; none if the place is not in it.
    pub(crate) fn apply(&self, instance: &Value) -> Option<Value> {
        edited(instance, &self.pointer, self.value.clone())
    }

    /// Whether neither of the two places holds the other.
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

/// Everything that is tried, right or wrong, at every place.
pub(crate) fn all(schema: Node<'_>) -> Vec<Edit> {
    let sites = sites(schema);
    let allowed: BTreeSet<_> = sites.iter().flat_map(|site| enumeration(site)).collect();
    let mut edits = Vec::new();
    for site in &sites {
        edits.extend(presence(site));
        edits.extend(types(site));
        edits.extend(lengths(site));
        edits.extend(item_counts(site));
        edits.extend(enum_values(site, &allowed));
        edits.extend(members(site));
    }
    edits
}

/// What is wrong for sure, a few edits for each place but the whole.
pub(crate) fn wrong(schema: Node<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for site in &sites(schema)[1..] {
        if site.role == Role::Required {
            edits.push(Edit::absent(site));
        }
        let limits = Limits::of_length(site.schema);
        edits.extend(limits.outside().map(|length| length_edit(site, length, 0)));
        edits.push(match site.schema.text("type") {
            _ if site.schema.get("enum").is_some() => Edit::new(site, Case::Enumeration, json!("FAX")),
            Some("string") => Edit::new(site, Case::Type, json!(7)),
            _ => Edit::new(site, Case::Type, json!("text")),
        });
    }
    edits
}

/// A text that is too long at each place that has a limit, each in another kind of characters.
pub(crate) fn too_long(schema: Node<'_>) -> Vec<Edit> {
    let sites = sites(schema).into_iter().enumerate();
    let edits = sites.filter_map(|(index, site)| {
        let most = Limits::of_length(site.schema).most?;
        Some(length_edit(&site, most + 1, index))
    });
    edits.collect()
}

fn presence(site: &Site<'_>) -> Option<Edit> {
    let property = matches!(site.role, Role::Required | Role::Optional);
    property.then(|| Edit::absent(site))
}

/// A value of each JSON type, the ends of the 32-bit integers and what lies beyond them.
fn types(site: &Site<'_>) -> Vec<Edit> {
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
    let null = match site.role {
        Role::Optional => Case::NullForOptional,
        _ => Case::Type,
    };
    let array = match site.schema.text("type") {
        Some("object") => Case::ArrayForObject,
        _ => Case::Type,
    };
    let mut edits =
        vec![Edit::new(site, null, Value::Null), Edit::new(site, array, json!([])), Edit::new(site, array, json!([7]))];
    edits.extend(values.map(|value| Edit::new(site, Case::Type, value)));
    edits
}

/// Texts around each limit, in each kind of characters.
fn lengths(site: &Site<'_>) -> Vec<Edit> {
    let lengths = Limits::of_length(site.schema).edges().into_iter();
    lengths.flat_map(|length| (0..ALPHABETS.len()).map(move |kind| length_edit(site, length, kind))).collect()
}

/// ASCII, two bytes, four bytes, and a letter with a combining accent: two characters.
const ALPHABETS: [&str; 4] = ["x", "é", "😀", "e\u{301}"];

fn length_edit(site: &Site<'_>, length: usize, kind: usize) -> Edit {
    let alphabet = ALPHABETS[kind % ALPHABETS.len()];
    let text: String = alphabet.chars().cycle().take(length).collect();
    Edit::new(site, Case::Length, json!(text))
}

/// Arrays around each limit, and without any limit an empty one and a short one.
fn item_counts(site: &Site<'_>) -> Vec<Edit> {
    let Some(items) = site.schema.get("items") else {
        return Vec::new();
    };
    let mut counts = Limits::of_item_count(site.schema).edges();
    counts.extend([0, 1]);
    counts.into_iter().map(|count| Edit::new(site, Case::ItemCount, json!(vec![full(items); count]))).collect()
}

/// The values of this and of every other enumeration, and some of none.
fn enum_values(site: &Site<'_>, allowed: &BTreeSet<String>) -> Vec<Edit> {
    let own = enumeration(site);
    let Some(first) = own.first() else {
        return Vec::new();
    };
    let others = ["FAX".to_owned(), first.to_lowercase(), format!("{first} "), format!("{first}\u{301}")];
    let mut edits = vec![Edit::new(site, Case::ObjectForEnum, json!({ first.as_str(): null }))];
    let values = allowed.iter().chain(&others);
    edits.extend(values.map(|value| Edit::new(site, Case::Enumeration, json!(value))));
    edits
}

fn enumeration(site: &Site<'_>) -> Vec<String> {
    let values = site.schema.get("enum").into_iter().flat_map(Node::items);
    let values = values.filter_map(|value| value.value.as_str());
    values.map(str::to_owned).collect()
}

/// An object with a member more, and an array of as many nulls as the object has properties.
fn members(site: &Site<'_>) -> Vec<Edit> {
    let Some(properties) = site.schema.get("properties") else {
        return Vec::new();
    };
    let unknown = Edit {
        case: Case::UnknownMember,
        pointer: format!("{}/notDescribed", site.pointer),
        value: Some(json!({ "any": ["thing", null] })),
    };
    let nulls = vec![Value::Null; properties.members().count()];
    let array = Edit::new(site, Case::ArrayForObject, json!(nulls));
    vec![unknown, array]
}

/// The limits that a schema states, both inclusive.
struct Limits {
    fewest: Option<usize>,
    most: Option<usize>,
}

impl Limits {
    fn of_length(schema: Node<'_>) -> Self {
        Self { fewest: schema.count("minLength"), most: schema.count("maxLength") }
    }

    fn of_item_count(schema: Node<'_>) -> Self {
        Self { fewest: schema.count("minItems"), most: schema.count("maxItems") }
    }

    /// Each limit with its neighbours, and zero; nothing if there is no limit.
    fn edges(&self) -> BTreeSet<usize> {
        let limits = self.fewest.into_iter().chain(self.most);
        let edges = limits.flat_map(|limit| [0, limit.saturating_sub(1), limit, limit + 1]);
        edges.collect()
    }

    /// The nearest sizes that break a limit.
    fn outside(&self) -> impl Iterator<Item = usize> {
        let fewer = self.fewest.and_then(|fewest| fewest.checked_sub(1));
        let more = self.most.map(|most| most + 1);
        fewer.into_iter().chain(more)
    }
}
