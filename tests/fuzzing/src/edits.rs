//! Edits of a description as a tree: values that are removed, replaced, moved, wrapped, or added.

use arbitrary::{Result, Unstructured};
use serde_json::{Map, Value, json};

use crate::structured::values::{keyword, name, value};

/// The maximum number of edits. With more, hardly any description is still accepted.
const MAX_EDITS: usize = 4;

/// Applies one or more edits.
pub(crate) fn edit(choices: &mut Unstructured<'_>, description: &mut Value) -> Result<()> {
    for _ in 0..choices.int_in_range(1..=MAX_EDITS)? {
        let other = pick(choices, &mut description.clone())?.clone();
        let target = pick(choices, description)?;
        apply(choices, target, other)?;
    }
    Ok(())
}

/// Chooses a value in the tree; all are equally likely, so that most edits are deep.
fn pick<'v>(choices: &mut Unstructured<'_>, mut value: &'v mut Value) -> Result<&'v mut Value> {
    let mut position = choices.choose_index(count(value))?;
    while position > 0 {
        position -= 1;
        let mut index = 0;
        while position >= count(child(value, index)) {
            position -= count(child(value, index));
            index += 1;
        }
        value = child(value, index);
    }
    Ok(value)
}

/// Returns the number of values in a tree.
fn count(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(count).sum::<usize>(),
        Value::Object(properties) => 1 + properties.values().map(count).sum::<usize>(),
        _ => 1,
    }
}

/// Changes a value. `other` is a value from elsewhere in the same tree.
fn apply(choices: &mut Unstructured<'_>, target: &mut Value, other: Value) -> Result<()> {
    match choices.int_in_range(0..=9)? {
        0 => *target = other,
        1 => *target = value(choices)?,
        2 => *target = json!({ "allOf": [target.take(), other] }),
        3 => *target = json!({ "oneOf": [target.take(), other] }),
        4 => *target = json!({ "type": "array", "items": target.take() }),
        5 => *target = target.as_str().map_or(json!("1"), |text| json!(format!("{text}1"))),
        6..=7 => remove(choices, target)?,
        _ => add(choices, target, other)?,
    }
    Ok(())
}

/// Removes a property or an item.
fn remove(choices: &mut Unstructured<'_>, target: &mut Value) -> Result<()> {
    let Some(last) = size(target).checked_sub(1) else { return Ok(()) };
    let index = choices.int_in_range(0..=last)?;
    match target {
        Value::Array(items) => drop(items.remove(index)),
        Value::Object(properties) => {
            let name = properties.keys().nth(index).cloned();
            name.and_then(|name| properties.remove(&name));
        }
        _ => {}
    }
    Ok(())
}

/// Adds a property or an item.
fn add(choices: &mut Unstructured<'_>, target: &mut Value, other: Value) -> Result<()> {
    match target {
        Value::Array(items) => items.push(other),
        Value::Object(properties) => add_property(choices, properties, other)?,
        scalar => *scalar = value(choices)?,
    }
    Ok(())
}

fn add_property(choices: &mut Unstructured<'_>, properties: &mut Map<String, Value>, other: Value) -> Result<()> {
    let (name, value) = match choices.int_in_range(0..=3)? {
        0 => (name(choices)?, other),
        1 => (keyword(choices)?.to_owned(), other),
        2 => (keyword(choices)?.to_owned(), value(choices)?),
        _ => {
            // A property under another name.
            let Some(old) = properties.keys().next_back().cloned() else { return Ok(()) };
            let value = properties.remove(&old).unwrap_or_default();
            (name(choices)?, value)
        }
    };
    properties.insert(name, value);
    Ok(())
}

fn size(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.len(),
        Value::Object(properties) => properties.len(),
        _ => 0,
    }
}

/// Returns the property or item at `index`, which is less than the size.
fn child(value: &mut Value, index: usize) -> &mut Value {
    match value {
        Value::Array(items) => &mut items[index],
        Value::Object(properties) => properties.values_mut().nth(index).expect("the index is less than the size"),
        scalar => scalar,
    }
}
