//! Schemas to types: what a schema is where it is used, and the definitions that it brings along.

use openapiv3::{
    AdditionalProperties, ArrayType, IntegerFormat, NumberFormat, ObjectType, ReferenceOr, Schema, SchemaKind,
    StringFormat, StringType, Type, VariantOrUnknownOrEmpty as Format,
};

use super::{Lowering, Reported};
use crate::api::{Bounds, Check, Direction, Docs, Enum, Field, Struct, TypeDef, TypeId, TypeKind, TypeRef, Variant};
use crate::names;
use crate::node::{Node, Value};
use crate::pointer::Origin;

/// A definition whose members are still to be read.
#[derive(Debug)]
pub(super) struct Pending {
    id: TypeId,
    object: ObjectType,
}

/// What a schema means where it is used.
pub(super) struct Use {
    pub(super) ty: TypeRef,
    checks: Vec<Check>,
    description: Option<String>,
    format: Option<String>,
    default: Option<String>,
    deprecated: bool,
    /// What `x-sensitive` says, at the use or else at the type.
    sensitive: Option<bool>,
}

/// Keywords that describe without limiting.
const ANNOTATIONS: &[&str] =
    &["title", "description", "example", "externalDocs", "xml", "deprecated", "default", "type"];

/// How many schemas without a name of their own may stand inside one another.
const MAX_OPEN: usize = 64;

impl Lowering<'_, '_> {
    /// What the schema at a place means; `name` is what a type gets that has no name of its own.
    pub(super) fn use_schema_at(&mut self, origin: &Origin, name: &str) -> Option<Use> {
        let target = self.resolved.follow(origin);
        if let Some(id) = self.by_origin.get(&target).copied() {
            let sensitive = self.sensitive(&target);
            let description = self.types[id.0].docs.description.clone();
            return Some(Use { description, sensitive, ..Use::of(TypeRef::Named(id)) });
        }
        if self.open.len() == MAX_OPEN || self.open.contains(&target) {
            self.diagnostics.schema_in_itself(origin.clone());
            return None;
        }
        let schema = self.resolved.read::<Schema>(&target, self.diagnostics)?;
        // A file that is one schema has no name of its own but that of the file.
        let stem = target.file.rsplit('/').next().unwrap_or_default().split('.').next().unwrap_or_default();
        let own_name = target.pointer.last().unwrap_or_else(|| stem.to_owned());
        let name = if target == *origin { name.to_owned() } else { own_name };
        self.open.push(target.clone());
        let used = self.use_schema(&target, &schema, &name);
        self.open.pop();
        used
    }

    fn use_reference_or(&mut self, origin: &Origin, schema: &ReferenceOr<Box<Schema>>, name: &str) -> Option<Use> {
        match schema {
            ReferenceOr::Item(schema) => self.use_schema(origin, schema, name),
            ReferenceOr::Reference { .. } => self.use_schema_at(origin, name),
        }
    }

    fn use_schema(&mut self, origin: &Origin, schema: &Schema, name: &str) -> Option<Use> {
        let mut used = match &schema.schema_kind {
            SchemaKind::Type(Type::String(string)) if !self.has_key(origin, "enum") => {
                self.use_string(origin, string)?
            }
            SchemaKind::Type(Type::String(string)) => self.use_enum(origin, schema, string, name)?,
            SchemaKind::Type(Type::Integer(integer)) => {
                self.refuse_keywords(origin, "on an integer", &["format"]);
                let (ty, format) = integer_type(&integer.format);
                Use { format, ..Use::of(ty) }
            }
            SchemaKind::Type(Type::Number(number)) => {
                self.refuse_keywords(origin, "on a number", &["format"]);
                let (ty, format) = number_type(&number.format);
                Use { format, ..Use::of(ty) }
            }
            SchemaKind::Type(Type::Boolean(_)) => {
                self.refuse_keywords(origin, "on a boolean", &[]);
                Use::of(TypeRef::Bool)
            }
            SchemaKind::Type(Type::Array(array)) => self.use_array(origin, array, name)?,
            SchemaKind::Type(Type::Object(object)) => self.use_object(origin, schema, object, name)?,
            SchemaKind::AllOf { all_of } if all_of.len() == 1 => {
                self.refuse_keywords(origin, "beside `allOf`", &["allOf"]);
                self.use_schema_at(&origin.descend(["allOf", "0"]), name)?
            }
            SchemaKind::Any(_) if !self.has_key(origin, "type") => {
                self.refuse_keywords(origin, "on a schema without `type`", &[]);
                Use::of(TypeRef::Any)
            }
            _ => {
                if !self.refuse_keywords(origin, "in this combination", &[]) {
                    let help = "take out the keywords that have no effect on this type";
                    self.diagnostics.unsupported(origin.clone(), "this combination of keywords", help);
                }
                return None;
            }
        };
        let data = &schema.schema_data;
        used.description = data.description.clone().or(used.description);
        used.default = data.default.as_ref().map(ToString::to_string).or(used.default);
        used.deprecated |= data.deprecated;
        used.sensitive = self.sensitive(origin).or(used.sensitive);
        Some(used)
    }

    fn use_string(&mut self, origin: &Origin, string: &StringType) -> Option<Use> {
        self.refuse_keywords(origin, "on a string", &["minLength", "maxLength", "format"]);
        let bounds = self.bounds(origin, ("minLength", string.min_length), ("maxLength", string.max_length)).ok()?;
        let (ty, format) = match &string.format {
            Format::Item(StringFormat::DateTime) => (TypeRef::DateTime, None),
            Format::Item(StringFormat::Date) => (TypeRef::String, Some("date".to_owned())),
            Format::Item(StringFormat::Password) => (TypeRef::String, Some("password".to_owned())),
            Format::Item(StringFormat::Byte) => (TypeRef::String, Some("byte".to_owned())),
            Format::Item(StringFormat::Binary) => (TypeRef::String, Some("binary".to_owned())),
            Format::Unknown(format) => (TypeRef::String, Some(format.clone())),
            Format::Empty => (TypeRef::String, None),
        };
        if ty == TypeRef::DateTime && bounds.is_some() {
            self.diagnostics.unsupported_keyword(origin.clone(), "format", "beside a length");
        }
        Some(Use { checks: bounds.map(Check::Length).into_iter().collect(), format, ..Use::of(ty) })
    }

    fn use_array(&mut self, origin: &Origin, array: &ArrayType, name: &str) -> Option<Use> {
        self.refuse_keywords(origin, "on a list", &["items", "minItems", "maxItems"]);
        let bounds = self.bounds(origin, ("minItems", array.min_items), ("maxItems", array.max_items)).ok()?;
        let item = match &array.items {
            Some(items) => self.use_reference_or(&origin.child("items"), items, names::singular(name))?,
            None => Use::of(TypeRef::Any),
        };
        let mut checks: Vec<_> = bounds.map(Check::ItemCount).into_iter().collect();
        if !item.checks.is_empty() {
            checks.push(Check::Items(item.checks));
        }
        Some(Use { checks, sensitive: item.sensitive, ..Use::of(TypeRef::List(Box::new(item.ty))) })
    }

    fn use_object(&mut self, origin: &Origin, schema: &Schema, object: &ObjectType, name: &str) -> Option<Use> {
        if !object.properties.is_empty() {
            self.refuse_keywords(origin, "on an object", &["properties", "required", "additionalProperties"]);
            return self.define_struct(origin, schema, object, name).map(|id| Use::of(TypeRef::Named(id)));
        }
        self.refuse_keywords(origin, "on an object without properties", &["additionalProperties"]);
        match &object.additional_properties {
            Some(AdditionalProperties::Schema(values)) => {
                let place = origin.child("additionalProperties");
                let name = format!("{name}Value");
                let value = match &**values {
                    ReferenceOr::Item(schema) => self.use_schema(&place, schema, &name)?,
                    ReferenceOr::Reference { .. } => self.use_schema_at(&place, &name)?,
                };
                let checks = if value.checks.is_empty() { Vec::new() } else { vec![Check::Values(value.checks)] };
                Some(Use { checks, ..Use::of(TypeRef::Map(Box::new(value.ty))) })
            }
            Some(AdditionalProperties::Any(false)) => {
                self.diagnostics.unsupported_keyword(origin.clone(), "additionalProperties", "as `false`");
                None
            }
            _ => Some(Use::of(TypeRef::Map(Box::new(TypeRef::Any)))),
        }
    }

    fn use_enum(&mut self, origin: &Origin, schema: &Schema, string: &StringType, name: &str) -> Option<Use> {
        self.refuse_keywords(origin, "on an enumeration", &["enum"]);
        let list = origin.child("enum");
        if string.enumeration.is_empty() {
            self.diagnostics.empty_enum(list);
            return None;
        }
        let mut variants: Vec<Variant> = Vec::new();
        for (index, value) in string.enumeration.iter().enumerate() {
            let place = list.child(index.to_string());
            let Some(value) = value else {
                self.diagnostics.enum_value_of_other_type(place, "null");
                continue;
            };
            let Some(name) = names::type_name(value) else {
                self.diagnostics.unnameable(place, value);
                continue;
            };
            match variants.iter().position(|variant| variant.name == name) {
                Some(other) => self.diagnostics.name_clash(place, &name, &list.child(other.to_string())),
                None => variants.push(Variant { name, value: value.clone() }),
            }
        }
        let kind = TypeKind::Enum(Enum { other: None, variants });
        self.define(origin, schema, name, kind).map(|id| Use::of(TypeRef::Named(id)))
    }

    fn define_struct(&mut self, origin: &Origin, schema: &Schema, object: &ObjectType, name: &str) -> Option<TypeId> {
        let kind = TypeKind::Struct(Struct { fields: Vec::new(), camel_case: false, additional: None });
        let id = self.define(origin, schema, name, kind)?;
        self.pending.push(Pending { id, object: object.clone() });
        Some(id)
    }

    fn define(&mut self, origin: &Origin, schema: &Schema, wire: &str, kind: TypeKind) -> Option<TypeId> {
        let Some(name) = names::type_name(wire) else {
            self.diagnostics.unnameable(origin.clone(), wire);
            return None;
        };
        if names::is_taken(&name) {
            self.diagnostics.taken_name(origin.clone(), &name);
        }
        let id = TypeId(self.types.len());
        if let Some(other) = self.by_name.insert(name.clone(), id) {
            self.diagnostics.name_clash(origin.clone(), &name, &self.types[other.0].origin);
        }
        self.by_origin.insert(origin.clone(), id);
        self.types.push(TypeDef {
            origin: origin.clone(),
            name,
            docs: Docs {
                summary: schema.schema_data.title.clone(),
                description: schema.schema_data.description.clone(),
            },
            direction: Direction::default(),
            checked: false,
            total_equality: true,
            kind,
        });
        Some(id)
    }

    /// Reads the members of every definition, and of those that they bring along.
    pub(super) fn finish_types(&mut self) {
        while let Some(Pending { id, object }) = self.pending.pop() {
            let lowered = self.lower_struct(id, &object);
            self.types[id.0].kind = TypeKind::Struct(lowered);
        }
    }

    fn lower_struct(&mut self, id: TypeId, object: &ObjectType) -> Struct {
        let TypeDef { origin, name: parent, .. } = self.types[id.0].clone();
        self.check_required(&origin, object);
        let mut fields: Vec<Field> = Vec::new();
        for (wire_name, schema) in &object.properties {
            let place = origin.descend(["properties", wire_name]);
            let Some(field) = self.lower_field(&place, &parent, wire_name, schema, object) else { continue };
            match fields.iter().find(|other| other.name == field.name) {
                Some(other) => self.diagnostics.name_clash(place, &field.name, &other.origin),
                None => fields.push(field),
            }
        }
        let camel_case = fields
            .iter()
            .any(|field| field.name != field.wire_name && names::camel_case(&field.name) == field.wire_name);
        for field in &mut fields {
            let plain = if camel_case { names::camel_case(&field.name) } else { field.name.clone() };
            // A trailing `_` escapes a keyword; the name in JSON is then written out for the reader.
            // Serde takes the first letter for a byte long, unless the name is written out.
            let is_ascii = field.name.starts_with(|first: char| first.is_ascii());
            field.renamed = plain != field.wire_name || field.name.ends_with('_') || !is_ascii;
        }
        Struct { additional: self.additional(&origin, object, &fields), camel_case, fields }
    }

    fn lower_field(
        &mut self,
        origin: &Origin,
        parent: &str,
        wire_name: &str,
        schema: &ReferenceOr<Box<Schema>>,
        object: &ObjectType,
    ) -> Option<Field> {
        let Some(name) = names::snake_name(wire_name) else {
            self.diagnostics.unnameable(origin.clone(), wire_name);
            return None;
        };
        let type_name = format!("{parent}{}", names::type_name(wire_name)?);
        let used = self.use_reference_or(origin, schema, &type_name)?;
        let name = names::member(name);
        Some(Field {
            origin: origin.clone(),
            binding: names::binding(&name),
            name,
            wire_name: wire_name.to_owned(),
            renamed: false,
            docs: Docs { summary: None, description: used.description },
            ty: used.ty,
            required: object.required.iter().any(|name| name == wire_name),
            boxed: false,
            sensitive: used.sensitive,
            shown: false,
            deprecated: used.deprecated,
            default: used.default,
            format: used.format,
            checks: used.checks,
            slot: None,
        })
    }

    fn check_required(&mut self, origin: &Origin, object: &ObjectType) {
        for (index, name) in
            object.required.iter().enumerate().filter(|(_, name)| !object.properties.contains_key(*name))
        {
            let nearest = names::nearest(name, object.properties.keys().map(String::as_str));
            let place = origin.descend(["required", &index.to_string()]);
            self.diagnostics.required_without_property(place, name, nearest);
        }
    }

    fn additional(&mut self, origin: &Origin, object: &ObjectType, fields: &[Field]) -> Option<String> {
        const NAME: &str = "additional_properties";
        match &object.additional_properties {
            Some(AdditionalProperties::Any(true)) => {
                if let Some(field) = fields.iter().find(|field| field.name == NAME) {
                    self.diagnostics.name_clash(origin.child("additionalProperties"), NAME, &field.origin);
                }
                Some(NAME.to_owned())
            }
            Some(_) => {
                self.diagnostics.unsupported_keyword(
                    origin.clone(),
                    "additionalProperties",
                    "beside `properties`, but as `true`",
                );
                None
            }
            None => None,
        }
    }

    /// The range that two keywords give; `None` where every size is fine.
    fn bounds(
        &mut self,
        origin: &Origin,
        (low, min): (&str, Option<usize>),
        (high, max): (&str, Option<usize>),
    ) -> Result<Option<Bounds>, Reported> {
        let min = min.unwrap_or(0);
        if max.is_some_and(|max| max < min) {
            self.diagnostics.empty_range(origin.clone(), low, high);
            return Err(Reported);
        }
        Ok((min > 0 || max.is_some()).then_some(Bounds { min, max }))
    }

    /// Reports each keyword that limits values and is not among the given ones; whether there was one.
    pub(super) fn refuse_keywords(&mut self, origin: &Origin, context: &str, supported: &[&str]) -> bool {
        let Some(object) = self.resolved.node(origin).and_then(Node::as_object) else { return false };
        let mut refused = false;
        for (name, member) in object {
            let known = ANNOTATIONS.contains(&name.as_str()) || supported.contains(&name.as_str());
            let is_default = member.node.value == Value::Bool(false) && name != "additionalProperties";
            if !known && !is_default && !name.starts_with("x-") {
                self.diagnostics.unsupported_keyword(origin.clone(), name, context);
                refused = true;
            }
        }
        refused
    }

    fn has_key(&self, origin: &Origin, key: &str) -> bool {
        self.resolved.node(origin).is_some_and(|node| node.get(key).is_some())
    }

    fn sensitive(&mut self, origin: &Origin) -> Option<bool> {
        let node = self.resolved.node(origin)?.get("x-sensitive")?;
        if let Value::Bool(value) = node.value {
            return Some(value);
        }
        self.diagnostics.bad_extension(origin.child("x-sensitive"), "`true` or `false`");
        None
    }
}

impl Use {
    fn of(ty: TypeRef) -> Self {
        let checks = if matches!(ty, TypeRef::Named(_)) { vec![Check::Nested] } else { Vec::new() };
        Self { ty, checks, description: None, format: None, default: None, deprecated: false, sensitive: None }
    }
}

fn integer_type(format: &Format<IntegerFormat>) -> (TypeRef, Option<String>) {
    match format {
        Format::Item(IntegerFormat::Int32) => (TypeRef::I32, None),
        Format::Item(IntegerFormat::Int64) | Format::Empty => (TypeRef::I64, None),
        Format::Unknown(format) => (TypeRef::I64, Some(format.clone())),
    }
}

fn number_type(format: &Format<NumberFormat>) -> (TypeRef, Option<String>) {
    match format {
        Format::Item(NumberFormat::Float) => (TypeRef::F32, None),
        Format::Item(NumberFormat::Double) | Format::Empty => (TypeRef::F64, None),
        Format::Unknown(format) => (TypeRef::F64, Some(format.clone())),
    }
}
