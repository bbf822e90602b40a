//! JSON made from a schema, and every place in it.
//!
//! Whatever is tried at such a place comes from the schema too, so the tests follow the description
//! when it changes.

use serde_json::{Map, Value, json};

use crate::spec::Node;

/// How many items the arrays of a [`full`] instance have: more than one, so that an index counts.
const ITEMS: usize = 2;

/// A place in an instance, and the schema that holds there.
#[derive(Clone, Debug)]
pub struct Site<'a> {
    /// The JSON Pointer of the place.
    pub pointer: String,
    /// The schema that holds there.
    pub schema: Node<'a>,
    /// What the place is to its parent.
    pub role: Role,
}

/// What a place is to its parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It is the instance itself.
    Whole,
    /// A property that must be present.
    Required,
    /// A property that may be absent.
    Optional,
    /// An item of an array.
    Item,
}

/// Every place of a [`full`] instance, parents before their children, the instance itself first.
pub fn sites(schema: Node<'_>) -> Vec<Site<'_>> {
    let mut sites = Vec::new();
    let root = Site { pointer: String::new(), schema, role: Role::Whole };
    add_sites(root, &mut sites);
    sites
}

fn add_sites<'a>(site: Site<'a>, sites: &mut Vec<Site<'a>>) {
    let Site { pointer, schema, .. } = site.clone();
    sites.push(site);
    for (name, property) in properties(schema) {
        let role = if requires(schema, name) { Role::Required } else { Role::Optional };
        let child = Site { pointer: format!("{pointer}/{}", escaped(name)), schema: property, role };
        add_sites(child, sites);
    }
    if let Some(items) = schema.get("items") {
        for index in 0..ITEMS {
            let child = Site { pointer: format!("{pointer}/{index}"), schema: items, role: Role::Item };
            add_sites(child, sites);
        }
    }
}

/// The properties of an object; a map has one, whose name is made up.
fn properties(schema: Node<'_>) -> Vec<(&str, Node<'_>)> {
    let named = schema.get("properties").into_iter().flat_map(Node::members);
    let map = schema.get("additionalProperties");
    let map = map.filter(|values| values.value.is_object());
    named.chain(map.map(|values| ("anyName", values))).collect()
}

fn requires(schema: Node<'_>, name: &str) -> bool {
    let required = schema.value.get("required").and_then(Value::as_array);
    required.is_some_and(|required| required.iter().any(|required| required == name))
}

/// An instance in which every property is present and every text is another one.
pub fn full(schema: Node<'_>) -> Value {
    let mut ordinal = 0;
    fill(schema, &|_, _| true, &mut ordinal)
}

/// An instance with the required properties only; its arrays are empty.
pub fn minimal(schema: Node<'_>) -> Value {
    let mut ordinal = 0;
    let mut instance = fill(schema, &requires, &mut ordinal);
    empty_arrays(&mut instance);
    instance
}

fn empty_arrays(instance: &mut Value) {
    match instance {
        Value::Array(items) => items.clear(),
        Value::Object(members) => members.values_mut().for_each(empty_arrays),
        _ => {}
    }
}

fn fill(schema: Node<'_>, wanted: &dyn Fn(Node<'_>, &str) -> bool, ordinal: &mut u32) -> Value {
    *ordinal += 1;
    match schema.text("type") {
        Some("object") => {
            let properties = properties(schema).into_iter();
            let wanted_ones = properties.filter(|(name, _)| wanted(schema, name));
            let members = wanted_ones.map(|(name, property)| (name.to_owned(), fill(property, wanted, ordinal)));
            Value::Object(members.collect::<Map<_, _>>())
        }
        Some("array") => {
            let items = schema.get("items").expect("an array has `items`");
            let items = (0..ITEMS).map(|_| fill(items, wanted, ordinal));
            items.collect()
        }
        Some("string") => string(schema, *ordinal),
        Some("integer") => json!(ordinal),
        Some("number") => json!(f64::from(*ordinal) + 0.5),
        Some("boolean") => json!(true),
        other => panic!("no instance of type {other:?} is made: {schema:?}"),
    }
}

/// A text that no other place has and no message of ours contains by chance.
fn string(schema: Node<'_>, ordinal: u32) -> Value {
    if let Some(value) = schema.get("enum").and_then(|values| values.items().next()) {
        return value.value.clone();
    }
    if schema.text("format") == Some("date-time") {
        return json!("2025-03-18T08:30:12.407-0300");
    }
    let text = format!("Qz{ordinal:03}Xj");
    let fewest = schema.count("minLength").unwrap_or_default();
    json!(format!("{text:x<fewest$}"))
}

/// The instance with another value at a place; no value takes the member away.
///
/// There is no such instance when the parent of the place is absent.
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

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
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
