//! JSON values of the description as values of a type.

use std::cell::Cell;
use std::collections::HashSet;

use crate::api::{ExampleValue, TagType, TypeId, TypeRef};
use crate::document::{Node, Object, Origin, Value};
use crate::lower::draft::{DraftEnum, DraftStruct, DraftUnion, Shape, Types, UnionKeyword};
use crate::lower::passes::directions::Directions;
use crate::lower::passes::names::TypeNames;

/// A reader of values, with all that is known about types.
pub(crate) struct Values<'a, 'd> {
    pub types: &'a Types<'d>,
    pub directions: &'a Directions,
    pub type_names: &'a TypeNames,
    /// The attempts to read a value that are left for the current example. A value in a recursive union is read as several
    /// alternatives at each level.
    pub attempts: Cell<usize>,
    /// The number of types around the current value.
    pub depth: Cell<usize>,
}

/// The number of attempts for one example, and of the values of one that becomes a program.
pub(crate) const MOST_ATTEMPTS: usize = 10_000;
pub(crate) const MOST_VALUES: usize = 2000;

/// The depth of types and values.
const MAX_DEPTH: usize = 256;

/// The location of a value that does not fit its type, and the reason.
pub(crate) type Misfit = (Origin, String);

/// The text of a value in a parameter.
fn text(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

impl Values<'_, '_> {
    /// The value of a parameter. One value is a list of one, as it is in a query.
    pub(crate) fn read_parameter(&self, node: &Node, ty: &TypeRef, at: &Origin) -> Result<ExampleValue, Misfit> {
        match (ty, &node.value) {
            (TypeRef::List(item), value) if !matches!(value, Value::Array(_)) => {
                Ok(ExampleValue::List(vec![self.read_text(node, item, at)?]))
            }
            _ => self.read_text(node, ty, at),
        }
    }

    /// Accepts numbers as texts and texts as numbers, since both are texts in a parameter.
    fn read_text(&self, node: &Node, ty: &TypeRef, at: &Origin) -> Result<ExampleValue, Misfit> {
        match (ty, &node.value) {
            (TypeRef::String, Value::Number(number)) => Ok(ExampleValue::String(number.to_string())),
            (
                TypeRef::I32 | TypeRef::I64 | TypeRef::U64 | TypeRef::I128 | TypeRef::F32 | TypeRef::F64,
                Value::String(text),
            ) => {
                let value = text.parse().map_or_else(|_| node.value.clone(), Value::Number);
                self.read(&Node { span: node.span, value }, ty, at)
            }
            (TypeRef::Named(id), _) => match self.listed_text(node, *id) {
                Some(index) => Ok(ExampleValue::Variant(*id, index)),
                None => self.read(node, ty, at),
            },
            _ => self.read(node, ty, at),
        }
    }

    /// The index of the value of an enumeration that has the same text.
    fn listed_text(&self, node: &Node, id: TypeId) -> Option<usize> {
        let Shape::Enum(shape) = &self.types[id].shape else { return None };
        let wanted = text(&node.to_json());
        shape.variants.iter().position(|variant| text(&variant.value) == wanted)
    }

    pub(crate) fn read(&self, node: &Node, ty: &TypeRef, at: &Origin) -> Result<ExampleValue, Misfit> {
        let (left, depth) = (self.attempts.get(), self.depth.get());
        if left == 0 || depth == MAX_DEPTH {
            return Err((at.clone(), "it has too many alternatives".to_owned()));
        }
        self.attempts.set(left - 1);
        self.depth.set(depth + 1);
        let value = self.read_value(node, ty, at);
        self.depth.set(depth);
        value
    }

    fn read_value(&self, node: &Node, ty: &TypeRef, at: &Origin) -> Result<ExampleValue, Misfit> {
        let misfit = |expected: &str| Err((at.clone(), format!("expected {expected}, found {}", node.kind())));
        match (ty, &node.value) {
            (TypeRef::String, Value::String(text)) => Ok(ExampleValue::String(text.clone())),
            (TypeRef::String, _) => misfit("a string"),
            (
                TypeRef::DateTime | TypeRef::Date | TypeRef::IsoDuration | TypeRef::Uuid | TypeRef::Base64,
                Value::String(text),
            ) => Ok(ExampleValue::Formatted(text.clone())),
            (TypeRef::DateTime | TypeRef::Date | TypeRef::IsoDuration | TypeRef::Uuid | TypeRef::Base64, _) => {
                misfit("a string")
            }
            (TypeRef::Nullable(_), Value::Null) => Ok(ExampleValue::Null),
            (TypeRef::Nullable(inner), _) => Ok(ExampleValue::NotNull(Box::new(self.read(node, inner, at)?))),
            (TypeRef::Never, _) => misfit("nothing"),
            (TypeRef::Bool, Value::Bool(value)) => Ok(ExampleValue::Bool(*value)),
            (TypeRef::Bool, _) => misfit("a boolean"),
            (TypeRef::I32, _) => integer::<i32>(node).map_or_else(|| misfit("a 32-bit integer"), Ok),
            (TypeRef::I64, _) => integer::<i64>(node).map_or_else(|| misfit("a 64-bit integer"), Ok),
            (TypeRef::U64, _) => integer::<u64>(node).map_or_else(|| misfit("a 64-bit integer without a sign"), Ok),
            (TypeRef::I128, _) => integer::<i128>(node).map_or_else(|| misfit("a 128-bit integer"), Ok),
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
                let read_item = |(index, item)| self.read(item, ty, &at.child(usize::to_string(&index)));
                items.iter().enumerate().map(read_item).collect::<Result<_, _>>().map(ExampleValue::List)
            }
            (TypeRef::List(_), _) => misfit("a list"),
            (TypeRef::Map(ty), Value::Object(object)) => {
                let read_value = |(key, property): (&String, &crate::document::Property)| {
                    Ok((key.clone(), self.read(&property.node, ty, &at.child(key))?))
                };
                object.iter().map(read_value).collect::<Result<_, _>>().map(ExampleValue::Map)
            }
            (TypeRef::Map(_), _) => misfit("an object"),
            (TypeRef::Bytes | TypeRef::File, _) => misfit("bytes, which an example cannot represent"),
            (TypeRef::Named(id), _) => self.read_named(node, *id, at),
        }
    }

    fn read_named(&self, node: &Node, id: TypeId, at: &Origin) -> Result<ExampleValue, Misfit> {
        match (&self.types[id].shape, &node.value) {
            (Shape::Struct(shape), Value::Object(object)) => self.read_struct(object, id, shape, at),
            (Shape::Struct(_), _) => Err((at.clone(), format!("expected an object, found {}", node.kind()))),
            (Shape::Enum(DraftEnum { variants, .. }), _) => {
                let value = node.to_json();
                match variants.iter().position(|variant| variant.value == value) {
                    Some(index) => Ok(ExampleValue::Variant(id, index)),
                    None => Err((at.clone(), format!("`{value}` is not a value of `{}`", &self.type_names[id]))),
                }
            }
            (Shape::Union(shape), _) => self.read_union(node, id, shape, at),
            (Shape::Wrapper(shape), _) => Ok(ExampleValue::Wrapped(id, Box::new(self.read(node, &shape.ty, at)?))),
        }
    }

    /// The alternative that the tag names, or else the first that fits.
    fn read_union(&self, node: &Node, id: TypeId, shape: &DraftUnion, at: &Origin) -> Result<ExampleValue, Misfit> {
        let alternative_at = |index: usize, value| ExampleValue::Alternative(id, index, Box::new(value));
        let UnionKeyword::Discriminator(tag, tag_type) = &shape.keyword else {
            let mut alternatives = shape.alternatives.iter().enumerate();
            let found = alternatives.find_map(|(index, alternative)| {
                Some(alternative_at(index, self.read(node, &alternative.ty, at).ok()?))
            });
            return found
                .ok_or_else(|| (at.clone(), format!("it matches no alternative of `{}`", &self.type_names[id])));
        };
        let value = node.get(tag).and_then(|value| match (&value.value, tag_type) {
            (Value::String(text), TagType::Text) => Some(text.clone()),
            (Value::Number(number), TagType::Integer) => Some(number.to_string()),
            _ => None,
        });
        let index = shape.alternatives.iter().position(|alternative| value.is_some() && alternative.tag == value);
        let (Some(index), Value::Object(object)) = (index, &node.value) else {
            return Err((at.clone(), format!("`{tag}` does not select an alternative of `{}`", &self.type_names[id])));
        };
        let mut object = object.clone();
        object.shift_remove(tag);
        let content = Node { span: node.span, value: Value::Object(object) };
        Ok(alternative_at(index, self.read(&content, &shape.alternatives[index].ty, at)?))
    }

    fn read_struct(
        &self,
        object: &Object,
        id: TypeId,
        shape: &DraftStruct,
        at: &Origin,
    ) -> Result<ExampleValue, Misfit> {
        let mut unknown = Vec::new();
        let known: HashSet<&str> = shape.fields.iter().map(|field| &*field.wire_name).collect();
        for (name, property) in object.iter().filter(|(name, _)| !known.contains(&***name)) {
            let Some(field) = shape.unknown_properties.field() else {
                return Err((at.child(name), format!("`{}` has no property `{name}`", &self.type_names[id])));
            };
            unknown.push((name.clone(), self.read(&property.node, &field.ty, &at.child(name))?));
        }
        let mut fields = Vec::new();
        for (index, field) in shape.fields.iter().enumerate() {
            match object.get(&field.wire_name) {
                Some(_) if field.read_only => {
                    let problem = format!("`{}` is read-only", field.wire_name);
                    return Err((at.child(&field.wire_name), problem));
                }
                Some(property) => {
                    fields.push((index, self.read(&property.node, &field.ty, &at.child(&field.wire_name))?));
                }
                None if field.is_required(self.directions[id]) => {
                    return Err((at.clone(), format!("`{}` is missing", field.wire_name)));
                }
                None => {}
            }
        }
        Ok(ExampleValue::Struct(id, fields, unknown))
    }
}

/// The integer, if it is one of a type.
fn integer<T: TryFrom<i128>>(node: &Node) -> Option<ExampleValue> {
    let Value::Number(number) = &node.value else { return None };
    let integer = number.as_i128()?;
    T::try_from(integer).ok().map(|_| ExampleValue::Integer(integer))
}
