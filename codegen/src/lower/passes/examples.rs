//! Sample requests: the description's JSON, read as the schema types it.

use crate::Diagnostics;
use crate::api::{
    Api, BodyFormat, Distinction, Example, ExampleValue, Operation, Struct, TypeId, TypeKind, TypeRef, Union,
};
use crate::document::{Node, Object, Origin, Value};
use crate::resolve::Resolved;

/// Gives each operation the samples of its request.
pub(in crate::lower) fn lower_examples(resolved: &Resolved<'_>, api: &mut Api, diagnostics: &mut Diagnostics) {
    for index in 0..api.operations.len() {
        let operation = &api.operations[index];
        let Ok(parameters) = sample_parameters(resolved, api, operation, diagnostics) else { continue };
        let samples = samples(resolved, operation, parameters.is_some());
        let mut examples: Vec<Example> = Vec::new();
        for Sample { origin, summary, ty } in samples {
            match ty.map(|ty| read_sample(resolved, api, &origin, ty)).transpose() {
                Ok(value) => examples.push(Example { origin, summary, parameters: parameters.clone(), value }),
                Err((place, problem)) => diagnostics.example_does_not_fit(place, &problem),
            }
        }
        api.operations[index].examples = examples;
    }
}

fn read_sample(resolved: &Resolved<'_>, api: &Api, origin: &Origin, ty: TypeId) -> Result<ExampleValue, Misfit> {
    let missing = || (origin.clone(), "there is no value".to_owned());
    read(api, resolved.node(origin).ok_or_else(missing)?, &TypeRef::Named(ty), origin)
}

/// A required parameter without an example that fits.
struct NoSample;

/// Sample parameters, those that have an example; `None` where the operation takes no parameters.
fn sample_parameters(
    resolved: &Resolved<'_>,
    api: &Api,
    operation: &Operation,
    diagnostics: &mut Diagnostics,
) -> Result<Option<ExampleValue>, NoSample> {
    let Some(id) = operation.parameters else { return Ok(None) };
    let mut members = Vec::new();
    for (index, field) in api[id].fields().iter().enumerate() {
        let place = example_of_parameter(resolved, &field.origin);
        let Some((place, node)) = place.and_then(|place| Some((place.clone(), resolved.node(&place)?))) else {
            if field.required {
                return Err(NoSample);
            }
            continue;
        };
        // One value is a list of one, as it is in a query.
        let item = match (&field.ty, &node.value) {
            (TypeRef::List(item), value) if !matches!(value, Value::Array(_)) => Some(&**item),
            _ => None,
        };
        match (read_text(api, node, item.unwrap_or(&field.ty), &place), item) {
            (Ok(value), Some(_)) => members.push((index, ExampleValue::List(vec![value]))),
            (Ok(value), None) => members.push((index, value)),
            (Err((place, problem)), _) => {
                diagnostics.example_does_not_fit(place, &problem);
                if field.required {
                    return Err(NoSample);
                }
            }
        }
    }
    Ok(Some(ExampleValue::Struct(id, members, Vec::new())))
}

/// Numbers are texts, and texts numbers, where everything is a text in the end.
fn read_text(api: &Api, node: &Node, ty: &TypeRef, at: &Origin) -> Result<ExampleValue, Misfit> {
    match (ty, &node.value) {
        (TypeRef::String, Value::Number(number)) => Ok(ExampleValue::String(number.to_string())),
        (TypeRef::I32 | TypeRef::I64 | TypeRef::F32 | TypeRef::F64, Value::String(text)) => {
            let value = text.parse().map_or_else(|_| node.value.clone(), Value::Number);
            read(api, &Node { span: node.span, value }, ty, at)
        }
        _ => read(api, node, ty, at),
    }
}

/// The example of a parameter, the first of its `examples`, or that of its schema.
fn example_of_parameter(resolved: &Resolved<'_>, parameter: &Origin) -> Option<Origin> {
    let examples = parameter.child("examples");
    let first = resolved.node(&examples).and_then(Node::as_object).and_then(|examples| examples.keys().next());
    let first = first.map(|key| resolved.follow(&examples.child(key)).child("value"));
    let schema = resolved.follow(&parameter.child("schema")).child("example");
    [Some(parameter.child("example")), first, Some(schema)]
        .into_iter()
        .flatten()
        .find(|place| resolved.node(place).is_some())
}

struct Sample {
    origin: Origin,
    summary: Option<String>,
    /// The type of the body; `None` where there is none.
    ty: Option<TypeId>,
}

/// `example` and `examples` of a JSON body; of an operation without a body, the call with its parameters.
fn samples(resolved: &Resolved<'_>, operation: &Operation, has_parameters: bool) -> Vec<Sample> {
    let Some(request) = &operation.request else {
        let call = Sample { origin: operation.origin.clone(), summary: None, ty: None };
        return if has_parameters { vec![call] } else { Vec::new() };
    };
    let (TypeRef::Named(id), BodyFormat::Json) = (&request.ty, request.format) else { return Vec::new() };
    let body = resolved.follow(&operation.origin.child("requestBody"));
    let media = body.descend(["content", &request.media_type]);
    let sample = |origin, summary| Sample { origin, summary, ty: Some(*id) };
    let one = media.child("example");
    let one = resolved.node(&one).map(|_| sample(one, None));
    let many = media.child("examples");
    let keys = resolved.node(&many).and_then(Node::as_object).into_iter().flat_map(Object::keys);
    let many = keys.filter_map(|key| {
        let example = resolved.follow(&many.child(key));
        let value = example.child("value");
        resolved.node(&value)?;
        let summary = resolved.node(&example)?.get("summary").and_then(Node::as_str).map(str::to_owned);
        Some(sample(value, summary))
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
            let read_value = |(key, member): (&String, &crate::document::Member)| {
                Ok((key.clone(), read(api, &member.node, ty, &at.child(key))?))
            };
            object.iter().map(read_value).collect::<Result<_, _>>().map(ExampleValue::Map)
        }
        (TypeRef::Map(_), _) => misfit("an object"),
        (TypeRef::Bytes | TypeRef::File, _) => misfit("bytes, which no example shows"),
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
