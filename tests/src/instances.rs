//! JSON made from a schema, and every location in it.
//!
//! The values to try at a location come from the schema too, so the tests follow the description when it changes.

pub mod numbers;
pub mod texts;

use std::collections::HashMap;

use fastrand::Rng;
use serde_json::{Map, Value, json};

use crate::schema::set::{SchemaSet, is_impossible, simplest};
use crate::spec::Node;
use numbers::{bounds, number};

/// The number of items in the arrays of an instance: more than one, so that an index counts.
const ITEMS: usize = 2;

/// The start of every text that is made, unless the schema asks for another one.
pub const MARK: &str = "Qz";

/// An instance with every property, in which every text is another one.
#[derive(Clone, Debug)]
pub struct Instance<'a> {
    /// The value.
    pub full: Value,
    /// Every location in it, parents before their children, the instance itself first.
    pub sites: Vec<Site<'a>>,
}

/// A location in an instance, and the schemas that apply there.
#[derive(Clone, Debug)]
pub struct Site<'a> {
    /// The JSON Pointer of the location.
    pub pointer: String,
    /// The schemas that apply to the value.
    pub schemas: SchemaSet<'a>,
    /// The relation to the parent.
    pub role: Role,
}

/// The relation of a value to its parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The instance itself.
    Whole,
    /// A property that must be present.
    Required,
    /// A property that may be absent.
    Optional,
    /// An item of an array.
    Item,
}

/// Makes instances of a schema, which together have each alternative of each union: one if there is no union.
pub fn instances(schema: Node<'_>) -> Vec<Instance<'_>> {
    let mut choices = Choices::default();
    let mut instances = Vec::new();
    loop {
        let mut maker = Maker { choices: &mut choices, sites: Vec::new(), open: Vec::new() };
        let full = maker.make(&[schema], "", Role::Whole);
        let instance = Instance { full, sites: maker.sites };
        let has_new = std::mem::take(&mut choices.has_new);
        if has_new || instances.is_empty() {
            instances.push(instance);
        }
        if !has_new {
            return instances;
        }
    }
}

impl Instance<'_> {
    /// The instance with the required properties only, and no more items than there must be.
    pub fn minimal(&self) -> Value {
        let mut minimal = self.full.clone();
        for site in self.sites.iter().rev() {
            if site.role == Role::Optional {
                minimal = edited(&minimal, &site.pointer, None).unwrap_or(minimal);
            }
            if let Some(Value::Array(items)) = minimal.pointer_mut(&site.pointer) {
                items.truncate(site.schemas.count_most("minItems").unwrap_or_default());
            }
        }
        minimal
    }

    /// The value at a location.
    pub fn value(&self, site: &Site<'_>) -> &Value {
        self.full.pointer(&site.pointer).expect("a site is a location in the instance")
    }
}

/// The number of times that each alternative was chosen so far. An address in the description identifies a union.
#[derive(Default)]
struct Choices {
    used: HashMap<*const Value, usize>,
    /// Set if an alternative was chosen for the first time.
    has_new: bool,
}

impl Choices {
    /// Chooses each of several alternatives in turn.
    fn next(&mut self, union: &Value, count: usize) -> usize {
        let used = self.used.entry(union).or_default();
        self.has_new |= count > 1 && *used < count;
        *used += 1;
        (*used - 1) % count
    }
}

struct Maker<'a, 'c> {
    choices: &'c mut Choices,
    sites: Vec<Site<'a>>,
    /// The schemas of the values that are being made, each inside the one before it.
    open: Vec<*const Value>,
}

impl<'a> Maker<'a, '_> {
    fn make(&mut self, schemas: &[Node<'a>], pointer: &str, role: Role) -> Value {
        let is_recursive = self.is_open(schemas);
        let set = SchemaSet::new(schemas.iter().copied(), |alternatives| {
            if is_recursive {
                return simplest(alternatives);
            }
            let index = self.choices.next(alternatives[0].value, alternatives.len());
            alternatives.get(index).copied()
        });
        self.sites.push(Site { pointer: pointer.to_owned(), schemas: set.clone(), role });
        if let Some(values) = set.values() {
            let value = values.iter().find(|value| !value.is_null()).or(values.first());
            return value.map_or(Value::Null, |value| (*value).clone());
        }
        let depth = self.open.len();
        self.open.extend(schemas.iter().map(|schema| std::ptr::from_ref(schema.value)));
        let ordinal = self.sites.len();
        let value = match self.type_of(&set) {
            Some("object") => self.object(&set, pointer),
            Some("array") => self.array(&set, pointer, is_recursive),
            Some("integer") => integer(&set, ordinal),
            Some("number") => fraction(&set, ordinal),
            Some("boolean") => json!(true),
            Some("null") => Value::Null,
            _ => string(&set, ordinal),
        };
        self.open.truncate(depth);
        value
    }

    fn is_open(&self, schemas: &[Node<'_>]) -> bool {
        schemas.iter().any(|schema| self.open.contains(&std::ptr::from_ref(schema.value)))
    }

    /// The type of the value; of several types each in turn, but null only if there is no other.
    fn type_of(&mut self, set: &SchemaSet<'a>) -> Option<&'a str> {
        let types = set.types();
        let others: Vec<_> = types.iter().copied().filter(|name| *name != "null").collect();
        match others[..] {
            [] => types.first().copied(),
            [name] => Some(name),
            _ => {
                let union = set.all("type").next()?;
                others.get(self.choices.next(union, others.len())).copied()
            }
        }
    }

    fn object(&mut self, set: &SchemaSet<'a>, pointer: &str) -> Value {
        let required = set.required();
        let mut members = Map::new();
        for name in set.names().union(&required) {
            let role = if required.contains(name) { Role::Required } else { Role::Optional };
            let schemas = set.property(name);
            let ends = role == Role::Optional && self.is_open(&schemas);
            if !ends && !is_impossible(&schemas) {
                members.insert((*name).to_owned(), self.make(&schemas, &child(pointer, name), role));
            }
        }
        let most = set.count_least("maxProperties").unwrap_or(usize::MAX);
        let fewest = set.count_most("minProperties").unwrap_or_default();
        let is_map = set.all("additionalProperties").any(Value::is_object);
        let wanted = fewest.max(members.len() + usize::from(is_map)).min(most);
        for index in members.len()..wanted {
            let name = format!("anyName{index}");
            let schemas = set.property(&name);
            if !self.is_open(&schemas) && !is_impossible(&schemas) {
                members.insert(name.clone(), self.make(&schemas, &child(pointer, &name), Role::Optional));
            }
        }
        Value::Object(members)
    }

    fn array(&mut self, set: &SchemaSet<'a>, pointer: &str, is_recursive: bool) -> Value {
        let schemas = set.items();
        let fewest = set.count_most("minItems").unwrap_or_default();
        let most = set.count_least("maxItems").unwrap_or(usize::MAX);
        let wanted = if is_recursive || self.is_open(&schemas) { fewest } else { ITEMS.max(fewest).min(most) };
        let mut items = Vec::new();
        for _ in (0..wanted).filter(|_| !is_impossible(&schemas)) {
            let known = self.sites.len();
            let item = self.make(&schemas, &child(pointer, &items.len().to_string()), Role::Item);
            if set.is_true("uniqueItems") && items.contains(&item) {
                self.sites.truncate(known);
            } else {
                items.push(item);
            }
        }
        Value::Array(items)
    }
}

/// A text that no other location has and that no message contains by chance, unless the schemas ask for another one.
fn string(set: &SchemaSet<'_>, ordinal: usize) -> Value {
    if let Some(text) = texts::of_format(set) {
        return json!(text);
    }
    if set.text("pattern").is_some() {
        return json!(texts::make(set, &mut Rng::with_seed(ordinal as u64)));
    }
    let fewest = set.count_most("minLength").unwrap_or_default();
    let most = set.count_least("maxLength").unwrap_or(usize::MAX);
    let text = format!("{MARK}{ordinal:03}Xj");
    json!(format!("{text:x<fewest$}").chars().take(most).collect::<String>())
}

fn integer(set: &SchemaSet<'_>, ordinal: usize) -> Value {
    let small = u32::try_from(ordinal).unwrap_or(u32::MAX);
    if is_in_range(set, f64::from(small)) {
        json!(small)
    } else {
        number(set, true, &mut Rng::with_seed(ordinal as u64))
    }
}

fn fraction(set: &SchemaSet<'_>, ordinal: usize) -> Value {
    let value = f64::from(u32::try_from(ordinal).unwrap_or(u32::MAX)) + 0.5;
    if is_in_range(set, value) { json!(value) } else { number(set, false, &mut Rng::with_seed(ordinal as u64)) }
}

fn is_in_range(set: &SchemaSet<'_>, value: f64) -> bool {
    let [lower, upper] = bounds(set);
    let is_over = lower.is_none_or(|(bound, is_inclusive)| value > bound || is_inclusive && value >= bound);
    let is_under = upper.is_none_or(|(bound, is_inclusive)| value < bound || is_inclusive && value <= bound);
    is_over && is_under && set.all("multipleOf").next().is_none()
}

/// The instance with another value at a location; no value removes the property.
///
/// `None` if the parent of the location is absent.
pub fn edited(instance: &Value, pointer: &str, value: Option<Value>) -> Option<Value> {
    let Some((parent, name)) = pointer.rsplit_once('/') else {
        return value;
    };
    let mut edited = instance.clone();
    match (edited.pointer_mut(parent)?, value) {
        (Value::Object(members), Some(value)) => {
            members.insert(unescaped(name), value);
        }
        (Value::Object(members), None) => {
            members.remove(&unescaped(name))?;
        }
        (Value::Array(items), Some(value)) => {
            *items.get_mut(name.parse::<usize>().ok()?)? = value;
        }
        _ => return None,
    }
    Some(edited)
}

/// The JSON Pointer of a property or an item.
pub fn child(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}

fn unescaped(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

/// A JSON Pointer into an instance in the notation of our reports: `content.contacts[0].name`.
pub fn location(instance: &Value, pointer: &str) -> String {
    let mut location = String::new();
    let mut parent = Some(instance);
    for token in pointer.split('/').skip(1) {
        let token = unescaped(token);
        let segment = match parent {
            Some(Value::Array(_)) => format!("[{token}]"),
            _ if location.is_empty() => token.clone(),
            _ => format!(".{token}"),
        };
        location += &segment;
        parent = parent.and_then(|parent| match parent {
            Value::Array(items) => items.get(token.parse::<usize>().ok()?),
            other => other.get(&token),
        });
    }
    location
}
