//! The values to try at a location of an instance, as its schemas suggest them: up to a limit, and beyond it.

use infobip_tests::instances::numbers::{bounds, integral};
use infobip_tests::instances::texts::of_length;
use infobip_tests::instances::{Role, Site, child, edited};
use serde_json::{Value, json};

/// The purpose of an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    /// Nothing: the instance as it was made.
    Made,
    Absent,
    Type,
    NullForOptional,
    ArrayForObject,
    ObjectForEnum,
    Length,
    Pattern,
    Range,
    Multiple,
    ItemCount,
    Repeated,
    Enumeration,
    PropertyCount,
    UnknownMember,
}

/// A change at one location.
#[derive(Clone, Debug)]
pub(super) struct Edit {
    pub(super) kind: Kind,
    pub(super) pointer: String,
    /// The new value; none removes the property.
    pub(super) value: Option<Value>,
}

impl Edit {
    /// The instance after the edit; none if there is no such location.
    pub(super) fn apply(&self, instance: &Value) -> Option<Value> {
        edited(instance, &self.pointer, self.value.clone())
    }
}

/// All edits of a location; `tag` is a value of another enumeration.
pub(super) fn edits(site: &Site<'_>, instance: &Value, tag: &str) -> Vec<Edit> {
    let Some(value) = instance.pointer(&site.pointer) else {
        return Vec::new();
    };
    let mut edits = Vec::new();
    let mut add = |kind, value| edits.push(Edit { kind, pointer: site.pointer.clone(), value: Some(value) });
    types(site, &mut add);
    match value {
        Value::String(text) => texts(site, text, tag, &mut add),
        Value::Number(_) => numbers(site, &mut add),
        Value::Array(items) => lists(site, items, &mut add),
        Value::Object(members) => {
            let limits = [site.schemas.count_most("minProperties"), site.schemas.count_least("maxProperties")];
            for limit in limits.into_iter().flatten().filter(|limit| *limit < 1000) {
                for count in [limit.saturating_sub(1), limit, limit + 1] {
                    add(Kind::PropertyCount, object(count));
                }
            }
            let nulls = vec![Value::Null; members.len()];
            add(Kind::ArrayForObject, json!(nulls));
        }
        _ => {}
    }
    if matches!(site.role, Role::Required | Role::Optional) {
        edits.push(Edit { kind: Kind::Absent, pointer: site.pointer.clone(), value: None });
    }
    if value.is_object() {
        let pointer = child(&site.pointer, "notDescribed");
        edits.push(Edit { kind: Kind::UnknownMember, pointer, value: Some(json!({ "any": ["thing", null] })) });
    }
    edits
}

/// A value of each JSON type.
fn types(site: &Site<'_>, add: &mut impl FnMut(Kind, Value)) {
    let types = site.schemas.types();
    let is_listed = site.schemas.values().is_some();
    let null = if site.role == Role::Optional { Kind::NullForOptional } else { Kind::Type };
    let array = if types.contains(&"object") { Kind::ArrayForObject } else { Kind::Type };
    let object = if is_listed { Kind::ObjectForEnum } else { Kind::Type };
    add(null, Value::Null);
    add(array, json!([]));
    add(array, json!([7]));
    add(object, json!({}));
    for value in [json!(true), json!(7), json!(1.0), json!(1.5), json!("text"), json!(u64::MAX), json!(1e300)] {
        add(Kind::Type, value);
    }
}

fn texts(site: &Site<'_>, text: &str, tag: &str, add: &mut impl FnMut(Kind, Value)) {
    let schemas = &site.schemas;
    if let Some(values) = schemas.values() {
        let first = values.first().and_then(|value| value.as_str()).unwrap_or_default();
        for value in ["NOT_LISTED", "", tag, &first.to_lowercase(), &format!("{first} "), &format!("{first}\u{301}")] {
            add(Kind::Enumeration, json!(value));
        }
        add(Kind::ObjectForEnum, json!({ first: null }));
        return;
    }
    let limits = [schemas.count_most("minLength"), schemas.count_least("maxLength")];
    for limit in limits.into_iter().flatten() {
        for length in [limit.saturating_sub(1), limit, limit + 1] {
            // Large texts take long, so they are tried in one kind of characters.
            let alphabets = if limit <= 100 { 0..4 } else { length % 4..length % 4 + 1 };
            alphabets.for_each(|alphabet| add(Kind::Length, json!(of_length(length, alphabet))));
        }
    }
    if schemas.text("pattern").is_some() {
        for value in
            ["", " ", "é", "\n", "-", "a\nb", &format!(" {text}"), &format!("{text}\n"), &format!("{text}é{text}")]
        {
            add(Kind::Pattern, json!(value));
        }
    }
}

fn numbers(site: &Site<'_>, add: &mut impl FnMut(Kind, Value)) {
    let step = site.schemas.least("multipleOf");
    for (bound, _) in bounds(&site.schemas).into_iter().flatten() {
        for number in [bound - 1.0, bound - 0.25, bound, bound + 0.25, bound + 1.0] {
            // Integers of more than 53 bits cannot be told from their neighbours once they are numbers.
            if number.abs() < 9e15 {
                add(Kind::Range, json!(number));
            }
            if let Some(number) = integral(number) {
                add(Kind::Range, number);
            }
        }
    }
    for number in [i64::MIN, i64::from(i32::MIN) - 1, -1, 0, i64::from(i32::MAX) + 1, i64::MAX] {
        add(Kind::Range, json!(number));
    }
    if let Some(step) = step {
        for number in [step * 3.0, step * 2.5, step / 2.0, 0.0] {
            add(Kind::Multiple, json!(number));
        }
    }
}

fn lists(site: &Site<'_>, items: &[Value], add: &mut impl FnMut(Kind, Value)) {
    let Some(first) = items.first() else {
        return;
    };
    let limits = [site.schemas.count_most("minItems"), site.schemas.count_least("maxItems")];
    let limits = limits.into_iter().flatten().filter(|limit| *limit < 1000);
    let counts = limits.flat_map(|limit| [limit.saturating_sub(1), limit, limit + 1]);
    for count in counts.chain([0, 1]) {
        add(Kind::ItemCount, json!(items.iter().cycle().take(count).collect::<Vec<_>>()));
    }
    add(Kind::Repeated, json!([std::slice::from_ref(first), items].concat()));
}

/// An object with `count` properties.
fn object(count: usize) -> Value {
    (0..count).map(|index| (format!("any {index}"), json!("x"))).collect()
}
