//! One schema: its type where it is used.

use super::definitions::is_component;
use super::json_type::JsonType;
use super::keywords::{ANNOTATIONS, KeywordContext};
use super::numbers::{integer_type, number_type};
use super::places::Places;
use super::{Reported, SchemaReader, Use};
use crate::api::{TypeId, TypeRef};
use crate::document::{Node, Origin, Value};

/// How many schemas without a name of their own may stand inside one another.
pub(crate) const MAX_OPEN: usize = 64;

impl SchemaReader<'_, '_> {
    /// What the schema at a place means; `name` is what a type gets that has no name of its own.
    pub(crate) fn use_schema_at(&mut self, origin: &Origin, name: &str) -> Option<Use> {
        let target = self.target(origin);
        if let Some(id) = self.by_origin.get(&target).copied() {
            return Some(self.use_type(id, &target));
        }
        let is_inline = target == *origin && !is_component(&target);
        let name = if is_inline { name.to_owned() } else { self.own_name(&target) };
        if self.open.contains(&target) {
            return Some(self.use_wrapper(&target, &name));
        }
        if self.open.len() == MAX_OPEN {
            self.diagnostics.schema_in_itself(origin.clone());
            return None;
        }
        self.open.push(target.clone());
        let used = self.use_target(&target, &name);
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
        target.pointer.last().unwrap_or_else(|| stem.to_owned())
    }

    /// What a value means that several schemas describe; any value where there is none.
    pub(crate) fn use_schemas_at(&mut self, roots: &[Origin], name: &str) -> Option<Use> {
        match roots {
            [] => Some(Use::of(TypeRef::Any)),
            [root] => self.use_schema_at(root, name),
            roots => {
                let places = self.places(roots)?;
                self.use_known_places(&places, name)
            }
        }
    }

    /// What the places of a value mean, which may have been seen before.
    pub(crate) fn use_known_places(&mut self, places: &Places, name: &str) -> Option<Use> {
        if let Some(id) = self.by_places.get(places).copied() {
            let own = places.own().clone();
            return Some(self.use_type(id, &own));
        }
        if self.open.len() == MAX_OPEN {
            self.diagnostics.schema_in_itself(places.own().clone());
            return None;
        }
        self.open.push(places.own().clone());
        let used = self.use_places(places, name);
        self.open.pop();
        used
    }

    fn use_type(&mut self, id: TypeId, target: &Origin) -> Use {
        let sensitive = self.sensitive(target);
        let description = self.docs(id).description.clone();
        let used = Use { description, sensitive, ..Use::of(TypeRef::Named(id)) };
        if self.nullable.contains(&id) { used.or_null() } else { used }
    }

    fn use_target(&mut self, target: &Origin, name: &str) -> Option<Use> {
        if let Some(only) = self.wrapped(target) {
            let mut used = self.use_schema_at(&only, name)?;
            let places = Places::one(target.clone());
            // Beside `allOf` alone, the word can only mean that the value may be null.
            if self.is_true(&places, "nullable") {
                used = used.or_null();
            }
            self.annotate(&mut used, &places);
            return match self.by_origin.get(target).copied() {
                Some(wrapper) => self.complete_wrapper(wrapper, used, target),
                None => Some(used),
            };
        }
        let places = self.places(std::slice::from_ref(target))?;
        let used = self.use_places(&places, name)?;
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

    fn use_places(&mut self, places: &Places, name: &str) -> Option<Use> {
        if self.is_never(places) {
            return Some(Use::of(TypeRef::Never));
        }
        let types = self.json_types(places).ok()?;
        let allows_null = self.allows_null(places);
        let mut used = match self.fork(places, &types).ok()? {
            Some(fork) => self.use_fork(places, fork, name)?,
            None => self.use_one_form(places, &types, name)?,
        };
        if allows_null && used.ty != TypeRef::Any {
            // A type of other places is not nullable because this use of it is.
            if let TypeRef::Named(id) = used.ty
                && self.by_places.get(places) == Some(&id)
            {
                self.nullable.insert(id);
            }
            used = used.or_null();
        }
        self.annotate(&mut used, places);
        Some(used)
    }

    /// A value of one type, or of any.
    fn use_one_form(&mut self, places: &Places, types: &[JsonType], name: &str) -> Option<Use> {
        if self.says(places, "enum") {
            return self.use_enum(places, types, name);
        }
        match types.first() {
            Some(JsonType::String) => self.use_string(places),
            Some(JsonType::Integer) => self.use_number(places, JsonType::Integer, integer_type),
            Some(JsonType::Number) => self.use_number(places, JsonType::Number, number_type),
            Some(JsonType::Boolean) => {
                self.refuse_keywords(places, KeywordContext::Type(JsonType::Boolean), &[]);
                Some(Use::of(TypeRef::Bool))
            }
            Some(JsonType::Array) => self.use_array(places, name),
            Some(JsonType::Object) => self.use_object(places, name),
            None => {
                self.refuse_keywords(places, KeywordContext::Any, &["format"]);
                let format = self.format(places).ok()?;
                Some(Use { format, ..Use::of(TypeRef::Any) })
            }
        }
    }

    /// Whether no value fits: a place is the schema `false`.
    fn is_never(&self, places: &Places) -> bool {
        places.iter().filter_map(|place| self.resolved.node(place)).any(|node| match &node.value {
            Value::Bool(accepts) => !accepts,
            Value::Object(object) => {
                object.get("not").is_some_and(|not| not.node.as_object().is_some_and(indexmap::IndexMap::is_empty))
            }
            _ => false,
        })
    }

    /// What is said beside the type, at the place of the use before that of the type.
    fn annotate(&mut self, used: &mut Use, places: &Places) {
        let text = |node: &Node| node.as_str().map(str::to_owned);
        used.description = self.annotation(places, "description").and_then(text).or(used.description.take());
        let default = self.annotation(places, "default").map(|node| node.to_json().to_string());
        used.default = default.or(used.default.take());
        used.deprecated |= self.is_true(places, "deprecated");
        used.read_only |= self.is_true(places, "readOnly");
        used.write_only |= self.is_true(places, "writeOnly");
        let sensitive = places.iter().rev().find_map(|place| self.sensitive(place));
        used.sensitive = sensitive.or(used.sensitive);
    }

    pub(crate) fn contradiction(&mut self, place: &Origin, keyword: &str, other: &Origin) -> Reported {
        self.diagnostics.contradiction(place.clone(), keyword, other);
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
