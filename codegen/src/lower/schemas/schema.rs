//! One schema: its type where it is used.

use super::definitions::is_component;
use super::json_type::JsonType;
use super::keywords::{ANNOTATIONS, KeywordContext};
use super::numbers::{integer_type, number_type};
use super::sets::SchemaSet;
use super::{LoweredType, Reported, SchemaReader};
use crate::api::{TypeId, TypeRef};
use crate::document::{Node, Origin, Value};

/// How many schemas without a name of their own may stand inside one another.
pub(crate) const MAX_NESTING: usize = 64;

impl SchemaReader<'_, '_> {
    /// What the schema at a place means; `name` is what a type gets that has no name of its own.
    pub(crate) fn lower_schema(&mut self, origin: &Origin, name: &str) -> Option<LoweredType> {
        let target = self.target(origin);
        if let Some(id) = self.by_origin.get(&target).copied() {
            return Some(self.known_type(id, &target));
        }
        let is_inline = target == *origin && !is_component(&target);
        let name = if is_inline { name.to_owned() } else { self.own_name(&target) };
        if self.open.contains(&target) {
            return Some(self.define_wrapper(&target, &name));
        }
        if self.open.len() == MAX_NESTING {
            self.diagnostics.schema_in_itself(origin.clone());
            return None;
        }
        self.open.push(target.clone());
        let used = self.lower_target(&target, &name);
        self.open.pop();
        used
    }

    /// Where a schema is lowered that stands or is referred to at a place.
    pub(crate) fn target(&mut self, origin: &Origin) -> Origin {
        let target = self.resolved.follow(origin);
        self.used.insert(target.clone());
        self.components.representative(target)
    }

    /// The name of a definition; for a file that is one schema, that of the file.
    pub(crate) fn own_name(&self, target: &Origin) -> String {
        if let Some(name) = self.components.name(target) {
            return name.to_owned();
        }
        let stem = target.file.rsplit('/').next().unwrap_or_default().split('.').next().unwrap_or_default();
        target.pointer.last().unwrap_or(stem.into()).into_owned()
    }

    /// What a value means that several schemas describe; any value where there is none.
    pub(crate) fn lower_schemas(&mut self, roots: &[Origin], name: &str) -> Option<LoweredType> {
        match roots {
            [] => Some(LoweredType::of(TypeRef::Any)),
            [root] => self.lower_schema(root, name),
            roots => {
                let set = self.schema_set(roots)?;
                self.lower_set(&set, name)
            }
        }
    }

    /// What the places of a value mean, which may have been seen before.
    pub(crate) fn lower_set(&mut self, set: &SchemaSet, name: &str) -> Option<LoweredType> {
        if let Some(id) = self.by_set.get(set).copied() {
            let own = set.own().clone();
            return Some(self.known_type(id, &own));
        }
        if self.open.len() == MAX_NESTING {
            self.diagnostics.schema_in_itself(set.own().clone());
            return None;
        }
        self.open.push(set.own().clone());
        let used = self.lower_new_set(set, name);
        self.open.pop();
        used
    }

    fn known_type(&mut self, id: TypeId, target: &Origin) -> LoweredType {
        let sensitive = self.sensitive(target);
        let description = self.docs(id).description.clone();
        let used = LoweredType { description, sensitive, ..LoweredType::of(TypeRef::Named(id)) };
        if self.nullable.contains(&id) { used.or_null() } else { used }
    }

    fn lower_target(&mut self, target: &Origin, name: &str) -> Option<LoweredType> {
        if let Some(only) = self.wrapped(target) {
            let mut used = self.lower_schema(&only, name)?;
            let set = SchemaSet::one(target.clone());
            // Beside `allOf` alone, the word can only mean that the value may be null.
            if self.is_true(&set, "nullable") {
                used = used.or_null();
            }
            self.annotate(&mut used, &set);
            return match self.by_origin.get(target).copied() {
                Some(wrapper) => self.complete_wrapper(wrapper, used, target),
                None => Some(used),
            };
        }
        let set = self.schema_set(std::slice::from_ref(target))?;
        let used = self.lower_new_set(&set, name)?;
        if let Some(wrapper) = self.by_origin.get(target).copied() {
            return self.complete_wrapper(wrapper, used, target);
        }
        if let TypeRef::Named(id) = used.ty.non_null() {
            self.by_origin.insert(target.clone(), *id);
        }
        Some(used)
    }

    /// The one schema that another one only adds words to.
    fn wrapped(&self, target: &Origin) -> Option<Origin> {
        let object = self.resolved.node(target)?.as_object()?;
        let is_alone = object.get("allOf")?.node.as_array()?.len() == 1;
        let adds_words = object.keys().all(|name| name.starts_with("x-") || ANNOTATIONS.contains(&name.as_str()));
        (is_alone && adds_words && !object.contains_key("type")).then(|| target.descend(["allOf", "0"]))
    }

    fn lower_new_set(&mut self, set: &SchemaSet, name: &str) -> Option<LoweredType> {
        if self.is_never(set) {
            return Some(LoweredType::of(TypeRef::Never));
        }
        let types = self.json_types(set).ok()?;
        let allows_null = self.allows_null(set);
        let mut used = match self.union_source(set, &types).ok()? {
            Some(source) => self.define_union(set, source, name)?,
            None => self.lower_single_type(set, &types, name)?,
        };
        if allows_null && used.ty != TypeRef::Any {
            // A type of other places is not nullable because this use of it is.
            if let TypeRef::Named(id) = used.ty
                && self.by_set.get(set) == Some(&id)
            {
                self.nullable.insert(id);
            }
            used = used.or_null();
        }
        self.annotate(&mut used, set);
        Some(used)
    }

    /// A value of one type, or of any.
    fn lower_single_type(&mut self, set: &SchemaSet, types: &[JsonType], name: &str) -> Option<LoweredType> {
        if self.has_keyword(set, "enum") {
            return self.lower_enum(set, types, name);
        }
        match types.first() {
            Some(JsonType::String) => self.lower_string(set),
            Some(JsonType::Integer) => self.lower_number(set, JsonType::Integer, integer_type),
            Some(JsonType::Number) => self.lower_number(set, JsonType::Number, number_type),
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

    /// Whether no value fits: a place is the schema `false`.
    fn is_never(&self, set: &SchemaSet) -> bool {
        set.iter().filter_map(|place| self.resolved.node(place)).any(|node| match &node.value {
            Value::Bool(accepts) => !accepts,
            Value::Object(object) => {
                object.get("not").is_some_and(|not| not.node.as_object().is_some_and(indexmap::IndexMap::is_empty))
            }
            _ => false,
        })
    }

    /// What is said beside the type, at the place of the use before that of the type.
    fn annotate(&mut self, used: &mut LoweredType, set: &SchemaSet) {
        let text = |node: &Node| node.as_str().map(str::to_owned);
        used.description = self.annotation(set, "description").and_then(text).or(used.description.take());
        let default = self.annotation(set, "default").map(|node| node.to_json().to_string());
        used.default = default.or(used.default.take());
        used.deprecated |= self.is_true(set, "deprecated");
        used.read_only |= self.is_true(set, "readOnly");
        used.write_only |= self.is_true(set, "writeOnly");
        let sensitive = set.iter().rev().find_map(|place| self.sensitive(place));
        used.sensitive = sensitive.or(used.sensitive);
    }

    pub(crate) fn contradiction(&mut self, place: &Origin, keyword: &str, other: &Origin) -> Reported {
        self.diagnostics.contradiction(place.key(keyword), keyword, other);
        Reported
    }

    pub(crate) fn sensitive(&mut self, origin: &Origin) -> Option<bool> {
        let node = self.resolved.node(origin)?.get("x-sensitive")?;
        if let Value::Bool(value) = node.value {
            return Some(value);
        }
        self.diagnostics.bad_extension(origin.child("x-sensitive"), "`true` or `false`");
        None
    }
}
