//! One schema: its type where it is used.

use super::definitions::ShapeKind;
use super::json_type::JsonType;
use super::keywords::{ANNOTATIONS, DECLINED, KeywordContext};
use super::sets::SchemaSet;
use super::{LoweredType, Reported, SchemaReader};
use crate::api::{TypeId, TypeRef};
use crate::document::{Cursor, Value};

/// The depth of nested schemas without names at which a schema is refused.
const MAX_NESTING: usize = 64;

impl<'d> SchemaReader<'_, 'd> {
    /// The type of the values of a schema. `name` is that of a type that has no name of its own.
    pub(crate) fn lower_schema(&mut self, schema: &Cursor<'d>, name: &str) -> Option<LoweredType> {
        let target = self.target(schema);
        if let Some(id) = self.by_schema.get(&target).copied() {
            let set = self.schema_set(std::slice::from_ref(&target))?;
            return Some(self.known_type(id, &set));
        }
        let is_inline = target == *schema && !self.components.contains(&target);
        let name = if is_inline { name.to_owned() } else { self.own_name(&target) };
        if self.open.contains(&target) {
            return Some(self.define_wrapper(&target, &name));
        }
        if self.open.len() == MAX_NESTING {
            self.diagnostics.schema_in_itself(schema);
            return None;
        }
        self.open.push(target.clone());
        let lowered = self.lower_target(&target, &name);
        self.open.pop();
        lowered
    }

    /// The schema that is lowered instead of a reference, or of a schema that another one is equal to.
    pub(crate) fn target(&mut self, schema: &Cursor<'d>) -> Cursor<'d> {
        let target = self.resolved.follow(schema);
        self.used.insert(target.clone());
        self.components.representative(target)
    }

    /// The name of a definition; for a file that is one schema, that of the file.
    pub(crate) fn own_name(&self, target: &Cursor<'d>) -> String {
        if let Some(name) = self.components.name(target) {
            return name.to_owned();
        }
        let origin = target.origin();
        let stem = origin.file.rsplit('/').next().unwrap_or_default().split('.').next().unwrap_or_default();
        origin.pointer.last().unwrap_or(stem.into()).into_owned()
    }

    /// The type of a value that must fit several schemas; any value if there is none.
    pub(crate) fn lower_schemas(&mut self, roots: &[Cursor<'d>], name: &str) -> Option<LoweredType> {
        match roots {
            [] => Some(LoweredType::of(TypeRef::Any)),
            [root] => self.lower_schema(root, name),
            roots => {
                let set = self.schema_set(roots)?;
                self.lower_set(&set, name)
            }
        }
    }

    /// The type of the values of a schema set, which may be known.
    pub(crate) fn lower_set(&mut self, set: &SchemaSet<'d>, name: &str) -> Option<LoweredType> {
        if let Some(id) = self.by_set.get(set).copied() {
            return Some(self.known_type(id, set));
        }
        if self.open.len() == MAX_NESTING {
            self.diagnostics.schema_in_itself(set.own());
            return None;
        }
        if !self.may_combine(set) {
            return None;
        }
        self.open.push(set.own().clone());
        let lowered = self.lower_new_set(set, name);
        self.open.pop();
        lowered
    }

    /// A type that was read before. The annotations of its schemas apply to each of its uses.
    fn known_type(&mut self, id: TypeId, set: &SchemaSet<'d>) -> LoweredType {
        let description = self.docs(id).description.clone();
        let mut lowered = LoweredType { description, ..LoweredType::of(TypeRef::Named(id)) };
        if self.nullable.contains(&id) {
            lowered = lowered.or_null();
        }
        self.annotate(&mut lowered, set);
        lowered
    }

    fn lower_target(&mut self, target: &Cursor<'d>, name: &str) -> Option<LoweredType> {
        if let Some(only) = annotated_schema(target) {
            let mut lowered = self.lower_schema(&only, name)?;
            let set = SchemaSet::one(target.clone());
            // Beside `allOf` alone, the keyword can only mean that the value may be null.
            if set.is_true("nullable") {
                lowered = lowered.or_null();
            }
            self.annotate(&mut lowered, &set);
            if target.has("default") {
                let whole = self.schema_set(std::slice::from_ref(target))?;
                self.check_default(&whole);
            }
            return match self.by_schema.get(target).copied() {
                Some(wrapper) => self.complete_wrapper(wrapper, lowered, target),
                None => Some(lowered),
            };
        }
        let set = self.schema_set(std::slice::from_ref(target))?;
        let lowered = self.lower_new_set(&set, name)?;
        if let Some(wrapper) = self.by_schema.get(target).copied() {
            return self.complete_wrapper(wrapper, lowered, target);
        }
        if let TypeRef::Named(id) = lowered.ty.non_null() {
            self.by_schema.insert(target.clone(), *id);
        }
        Some(lowered)
    }

    fn lower_new_set(&mut self, set: &SchemaSet<'d>, name: &str) -> Option<LoweredType> {
        if set.iter().any(accepts_nothing) {
            return Some(LoweredType::of(TypeRef::Never));
        }
        let types = self.json_types(set).ok()?;
        let allows_null = self.allows_null(set);
        let mut lowered = match self.union_source(set, &types).ok()? {
            Some(source) => self.lower_union_source(set, source, name)?,
            None => self.lower_single_type(set, &types, name)?,
        };
        if allows_null && lowered.ty != TypeRef::Any {
            // The type of another set is not nullable because this use of it is.
            if let TypeRef::Named(id) = lowered.ty
                && self.by_set.get(set) == Some(&id)
            {
                self.nullable.insert(id);
            }
            lowered = lowered.or_null();
        }
        self.annotate(&mut lowered, set);
        self.check_default(set);
        self.refuse_declined(set, &lowered);
        Some(lowered)
    }

    /// Only an object with properties can have the property that declines a request.
    fn refuse_declined(&mut self, set: &SchemaSet<'d>, lowered: &LoweredType) {
        let is_struct = match lowered.ty.non_null() {
            TypeRef::Named(id) => self.kind(*id) == ShapeKind::Struct,
            _ => false,
        };
        if !is_struct && set.own().has(DECLINED) {
            let place = "on a schema that is not an object with properties";
            self.diagnostics.unsupported_keyword(set.own().key(DECLINED), DECLINED, place);
        }
    }

    /// The types that all schemas allow; none if no keyword depends on the type.
    pub(crate) fn json_types(&mut self, set: &SchemaSet<'d>) -> Result<Vec<JsonType>, Reported> {
        if let Some(chosen) = set.chosen_type() {
            return Ok(vec![chosen]);
        }
        let mut found: Option<(Vec<JsonType>, Cursor<'d>)> = None;
        let stated = set.occurrences("type").map(|(schema, value)| (JsonType::list(value.node()), schema));
        for (types, schema) in stated.filter(|(types, _)| !types.is_empty()) {
            found = match found {
                Some((others, at)) => {
                    let both = JsonType::meet_all(&others, &types);
                    if both.is_empty() {
                        return Err(self.contradiction(schema, "type", &at));
                    }
                    Some((both, at))
                }
                None => Some((types, schema.clone())),
            };
        }
        if let Some((types, _)) = found {
            return Ok(types);
        }
        let mut implied: Vec<JsonType> = Vec::new();
        for (keyword, ty) in JsonType::implied() {
            if set.has_keyword(keyword) && !implied.contains(&ty) {
                implied.push(ty);
            }
        }
        // Keywords of several types constrain each of them, and imply none.
        Ok(if implied.len() == 1 { implied } else { Vec::new() })
    }

    /// A value of one type, or of any.
    fn lower_single_type(&mut self, set: &SchemaSet<'d>, types: &[JsonType], name: &str) -> Option<LoweredType> {
        if set.has_keyword("enum") {
            return self.lower_enum(set, types, name);
        }
        match types.first() {
            Some(JsonType::String) => self.lower_string(set),
            Some(JsonType::Integer) => self.lower_integer(set),
            Some(JsonType::Number) => self.lower_number(set),
            Some(JsonType::Boolean) => {
                self.refuse_keywords(set, KeywordContext::Type(JsonType::Boolean), &[]);
                Some(LoweredType::of(TypeRef::Bool))
            }
            Some(JsonType::Array) => self.lower_array(set, name),
            Some(JsonType::Object) => self.lower_object(set, name),
            None => {
                self.refuse_keywords(set, KeywordContext::Any, &["format"]);
                let format = self.format(set).ok()?;
                Some(LoweredType { format, ..LoweredType::of(TypeRef::Any) })
            }
        }
    }

    /// Adds annotations. Those at the use come before those of the type.
    fn annotate(&mut self, lowered: &mut LoweredType, set: &SchemaSet<'d>) {
        let description = set.annotation("description").and_then(|text| text.as_str());
        lowered.description = description.map(str::to_owned).or(lowered.description.take());
        let default = set.annotation("default").map(|value| value.node().to_json().to_string());
        lowered.default = default.or(lowered.default.take());
        lowered.deprecated |= set.is_true("deprecated");
        lowered.read_only |= set.is_true("readOnly");
        lowered.write_only |= set.is_true("writeOnly");
        let sensitive = set.iter().rev().find_map(|schema| self.sensitive(schema));
        lowered.sensitive = sensitive.or(lowered.sensitive);
    }

    pub(crate) fn contradiction(&mut self, schema: &Cursor<'d>, keyword: &str, other: &Cursor<'d>) -> Reported {
        self.diagnostics.contradiction(schema.key(keyword), keyword, &other.origin());
        Reported
    }

    /// The value of `x-sensitive`.
    pub(crate) fn sensitive(&mut self, holder: &Cursor<'d>) -> Option<bool> {
        let extension = holder.get("x-sensitive")?;
        if let Value::Bool(value) = extension.value() {
            return Some(*value);
        }
        self.diagnostics.bad_extension(extension, "`true` or `false`");
        None
    }
}

/// The schema to which another one only adds annotations.
fn annotated_schema<'d>(target: &Cursor<'d>) -> Option<Cursor<'d>> {
    let object = target.node().as_object()?;
    let is_alone = object.get("allOf")?.node.as_array()?.len() == 1;
    let is_annotation = |name: &str| name.starts_with("x-") && name != DECLINED || ANNOTATIONS.contains(&name);
    let annotates = object.keys().all(|name| is_annotation(name));
    if is_alone && annotates && !object.contains_key("type") { target.array("allOf").next() } else { None }
}

/// Returns `true` for the schemas `false` and `not: {}`.
fn accepts_nothing(schema: &Cursor<'_>) -> bool {
    match schema.value() {
        Value::Bool(accepts) => !accepts,
        Value::Object(object) => {
            object.get("not").is_some_and(|not| not.node.as_object().is_some_and(indexmap::IndexMap::is_empty))
        }
        _ => false,
    }
}
