//! Sample requests: the description's JSON, read as the schema types it.

use std::collections::HashMap;

use crate::Diagnostics;
use crate::api::{Api, Distinction, Example, ExampleValue, Struct, TypeId, TypeKind, TypeRef, Union};
use crate::names;
use crate::node::{Node, Object, Value};
use crate::pointer::Origin;
use crate::resolve::Resolved;

/// Gives each operation the samples of its request.
pub(super) fn lower_examples(resolved: &Resolved<'_>, api: &mut Api, diagnostics: &mut Diagnostics) {
    // Programs of all operations stand in one folder.
    let mut names: HashMap<String, Origin> = HashMap::new();
    for index in 0..api.operations.len() {
        let operation = &api.operations[index];
        let samples = samples(resolved, &operation.origin);
        let alone = samples.len() == 1;
        let mut examples: Vec<Example> = Vec::new();
        for Sample { origin, name, summary } in samples {
            let Some(node) = resolved.node(&origin) else { continue };
            let value = match read(api, node, &TypeRef::Named(operation.request.ty), &origin) {
                Ok(value) => value,
                Err((place, problem)) => {
                    diagnostics.example_does_not_fit(place, &problem);
                    continue;
                }
            };
            let name = if alone { operation.name.clone() } else { format!("{}_{name}", operation.name) };
            if let Some(other) = names.get(&name) {
                diagnostics.name_clash(origin, &name, other);
            } else {
                names.insert(name.clone(), origin.clone());
                examples.push(Example { origin, name, summary, value });
            }
        }
        api.operations[index].examples = examples;
    }
}

struct Sample {
    origin: Origin,
    name: String,
    summary: Option<String>,
}

/// `example` and `examples` of the JSON body.
fn samples(resolved: &Resolved<'_>, operation: &Origin) -> Vec<Sample> {
    let body = resolved.follow(&operation.child("requestBody"));
    let media = body.descend(["content", "application/json"]);
    let one = media.child("example");
    let one = resolved.node(&one).map(|_| Sample { origin: one, name: "example".to_owned(), summary: None });
    let many = media.child("examples");
    let keys = resolved.node(&many).and_then(Node::as_object).into_iter().flat_map(Object::keys);
    let many = keys.filter_map(|key| {
        let example = resolved.follow(&many.child(key));
        let value = example.child("value");
        resolved.node(&value)?;
        let summary = resolved.node(&example)?.get("summary").and_then(Node::as_str).map(str::to_owned);
        Some(Sample { origin: value, name: names::snake_name(key), summary })
    });
    one.into_iter().chain(many).collect()
}

type Misfit = (Origin, String);

fn read(api: &Api, node: &Node, ty: &TypeRef, at: &Origin) -> Result<ExampleValue, Misfit> {
    let misfit = |expected: &str| Err((at.clone(), format!("expected {expected}, found {}", node.kind())));
    match (ty, &node.value) {
        (TypeRef::String, Value::String(text)) => Ok(ExampleValue::String(text.clone())),
        (TypeRef::String, _) => misfit("a string"),
        (
            TypeRef::DateTime | TypeRef::Date | TypeRef::TimeSpan | TypeRef::Uuid | TypeRef::Base64,
            Value::String(text),
        ) => Ok(ExampleValue::Formatted(text.clone())),
        (TypeRef::DateTime | TypeRef::Date | TypeRef::TimeSpan | TypeRef::Uuid | TypeRef::Base64, _) => {
            misfit("a string")
        }
        (TypeRef::Nullable(_), Value::Null) => Ok(ExampleValue::Null),
        (TypeRef::Nullable(inner), _) => Ok(ExampleValue::NotNull(Box::new(read(api, node, inner, at)?))),
        (TypeRef::Never, _) => misfit("nothing"),
        (TypeRef::Bool, Value::Bool(value)) => Ok(ExampleValue::Bool(*value)),
        (TypeRef::Bool, _) => misfit("a boolean"),
        (TypeRef::I32, Value::Number(number)) if number.as_i64().is_some_and(|value| i32::try_from(value).is_ok()) => {
            Ok(ExampleValue::Integer(number.as_i64().unwrap_or_default()))
        }
        (TypeRef::I32, _) => misfit("a 32-bit integer"),
        (TypeRef::I64, Value::Number(number)) if number.is_i64() => {
            Ok(ExampleValue::Integer(number.as_i64().unwrap_or_default()))
        }
        (TypeRef::I64, _) => misfit("a 64-bit integer"),
        (TypeRef::F32, Value::Number(number))
            if number.as_f64().is_some_and(|value| value.abs() > f64::from(f32::MAX)) =>
        {
            misfit("a 32-bit number")
        }
        (TypeRef::F32 | TypeRef::F64, Value::Number(number)) => {
            Ok(ExampleValue::Float(number.as_f64().unwrap_or_default()))
        }
        (TypeRef::F32 | TypeRef::F64, _) => misfit("a number"),
        (TypeRef::Any, _) => Ok(ExampleValue::Json(node.to_json().to_string())),
        (TypeRef::List(ty), Value::Array(items)) => {
            let read_item = |(index, item)| read(api, item, ty, &at.child(usize::to_string(&index)));
            items.iter().enumerate().map(read_item).collect::<Result<_, _>>().map(ExampleValue::List)
        }
        (TypeRef::List(_), _) => misfit("a list"),
        (TypeRef::Map(ty), Value::Object(object)) => {
            let read_value = |(key, member): (&String, &crate::node::Member)| {
                Ok((key.clone(), read(api, &member.node, ty, &at.child(key))?))
            };
            object.iter().map(read_value).collect::<Result<_, _>>().map(ExampleValue::Map)
        }
        (TypeRef::Map(_), _) => misfit("an object"),
        (TypeRef::Named(id), _) => read_named(api, node, *id, at),
    }
}

fn read_named(api: &Api, node: &Node, id: TypeId, at: &Origin) -> Result<ExampleValue, Misfit> {
    match (&api[id].kind, &node.value) {
        (TypeKind::Struct(shape), Value::Object(object)) => read_struct(api, object, id, shape, at),
        (TypeKind::Struct(_), _) => Err((at.clone(), format!("expected an object, found {}", node.kind()))),
        (TypeKind::Enum(shape), _) => {
            let value = node.to_json();
            match shape.variants.iter().position(|variant| variant.value == value) {
                Some(index) => Ok(ExampleValue::Variant(id, index)),
                None => Err((at.clone(), format!("`{value}` is not a value of `{}`", api[id].name))),
            }
        }
        (TypeKind::Union(shape), _) => read_union(api, node, id, shape, at),
        (TypeKind::Wrapper(shape), _) => Ok(ExampleValue::Wrapped(id, Box::new(read(api, node, &shape.ty, at)?))),
    }
}

/// The form that the tag names, or else the first that fits.
fn read_union(api: &Api, node: &Node, id: TypeId, shape: &Union, at: &Origin) -> Result<ExampleValue, Misfit> {
    let form = |index: usize, value| ExampleValue::Form(id, index, Box::new(value));
    let Distinction::Tag(tag) = &shape.distinction else {
        let mut forms = shape.variants.iter().enumerate();
        let found = forms.find_map(|(index, variant)| Some(form(index, read(api, node, &variant.ty, at).ok()?)));
        return found.ok_or_else(|| (at.clone(), format!("no form of `{}` fits", api[id].name)));
    };
    let value = node.get(tag).and_then(Node::as_str);
    let index = shape.variants.iter().position(|variant| value.is_some() && variant.tag.as_deref() == value);
    let (Some(index), Value::Object(object)) = (index, &node.value) else {
        return Err((at.clone(), format!("`{tag}` names no form of `{}`", api[id].name)));
    };
    let mut object = object.clone();
    object.shift_remove(tag);
    let content = Node { span: node.span, value: Value::Object(object) };
    Ok(form(index, read(api, &content, &shape.variants[index].ty, at)?))
}

fn read_struct(api: &Api, object: &Object, id: TypeId, shape: &Struct, at: &Origin) -> Result<ExampleValue, Misfit> {
    let mut others = Vec::new();
    for (name, member) in object.iter().filter(|(name, _)| shape.fields.iter().all(|field| field.wire_name != **name)) {
        let Some(kept) = shape.additional.kept() else {
            return Err((at.child(name), format!("`{}` has no property `{name}`", api[id].name)));
        };
        others.push((name.clone(), read(api, &member.node, &kept.ty, &at.child(name))?));
    }
    let mut members = Vec::new();
    for (index, field) in shape.fields.iter().enumerate() {
        match object.get(&field.wire_name) {
            Some(_) if field.read_only => {
                let problem = format!("`{}` is read-only", field.wire_name);
                return Err((at.child(&field.wire_name), problem));
            }
            Some(member) => members.push((index, read(api, &member.node, &field.ty, &at.child(&field.wire_name))?)),
            None if field.required => return Err((at.clone(), format!("`{}` is missing", field.wire_name))),
            None => {}
        }
    }
    Ok(ExampleValue::Struct(id, members, others))
}
