//! Schemas: the reader that finds the type of each schema where it is used, and the definitions that this brings along.
//!
//! It knows nothing of operations.

mod components;
mod definitions;
mod enums;
mod json_type;
mod numbers;
mod places;
mod structs;
mod unions;

use std::collections::{HashMap, HashSet};

use self::components::Components;
pub(crate) use self::definitions::ShapeKind;
use self::definitions::{Definition, Pending, is_component};
use self::json_type::JsonType;
use self::places::Places;
use crate::Diagnostics;
use crate::api::{Bounds, Check, TypeId, TypeRef};
use crate::document::{Node, Origin, Value};
use crate::names;
use crate::pattern;
use crate::resolve::Resolved;

/// Something could not be lowered, and a finding says so.
#[derive(Debug)]
pub(crate) struct Reported;

/// What is known while schemas are read.
pub(crate) struct SchemaReader<'a, 'd> {
    resolved: &'a Resolved<'d>,
    pub diagnostics: &'a mut Diagnostics,
    components: Components,
    /// The types so far.
    types: Vec<Definition>,
    by_origin: HashMap<Origin, TypeId>,
    by_places: HashMap<Places, TypeId>,
    /// The types whose schemas accept `null` as well.
    nullable: HashSet<TypeId>,
    pending: Vec<Pending>,
    /// The schemas that are being read, outermost first.
    open: Vec<Origin>,
    /// The schemas that something uses.
    used: HashSet<Origin>,
}

/// What a schema means where it is used.
#[derive(Clone)]
pub(crate) struct Use {
    pub(crate) ty: TypeRef,
    pub(crate) checks: Vec<Check>,
    pub(crate) description: Option<String>,
    pub(crate) format: Option<String>,
    pub(crate) default: Option<String>,
    pub(crate) deprecated: bool,
    pub(crate) read_only: bool,
    pub(crate) write_only: bool,
    /// What `x-sensitive` says, at the use or else at the type.
    pub(crate) sensitive: Option<bool>,
}

/// Keywords that describe without limiting, and those that every kind of schema may have.
const ANNOTATIONS: &[&str] = &[
    "$defs",
    "allOf",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "default",
    "definitions",
    "deprecated",
    "description",
    "example",
    "externalDocs",
    "format",
    "nullable",
    "readOnly",
    "title",
    "type",
    "writeOnly",
    "xml",
];

/// Keywords that are read before the type is known.
const FORKS: &[&str] = &["oneOf", "anyOf", "discriminator"];

/// Keywords of numbers.
const NUMBERS: &[&str] = &["format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];

/// How many schemas without a name of their own may stand inside one another.
pub(crate) const MAX_OPEN: usize = 64;

impl<'a, 'd> SchemaReader<'a, 'd> {
    pub(crate) fn new(resolved: &'a Resolved<'d>, diagnostics: &'a mut Diagnostics) -> Self {
        Self {
            resolved,
            diagnostics,
            components: Components::of(resolved),
            types: Vec::new(),
            by_origin: HashMap::new(),
            by_places: HashMap::new(),
            nullable: HashSet::new(),
            pending: Vec::new(),
            open: Vec::new(),
            used: HashSet::new(),
        }
    }

    /// The number of schemas under `components` that nothing uses.
    pub(crate) fn count_unused(&self) -> usize {
        components::count_unused(self.resolved.document, &self.used)
    }

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
            Some(JsonType::Integer) => {
                self.refuse_keywords(places, KeywordContext::Type(JsonType::Integer), NUMBERS);
                let (ty, format) = integer_type(self.format(places).ok()?);
                Some(Use { checks: self.number_checks(places, &ty).ok()?, format, ..Use::of(ty) })
            }
            Some(JsonType::Number) => {
                self.refuse_keywords(places, KeywordContext::Type(JsonType::Number), NUMBERS);
                let (ty, format) = number_type(self.format(places).ok()?);
                Some(Use { checks: self.number_checks(places, &ty).ok()?, format, ..Use::of(ty) })
            }
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

    /// The format, on which all places that name one agree.
    fn format(&mut self, places: &Places) -> Result<Option<String>, Reported> {
        let mut said = self.said(places, "format").filter_map(|(place, node)| Some((place, node.as_str()?)));
        let Some((first, format)) = said.next() else { return Ok(None) };
        match said.find(|(_, other)| *other != format) {
            Some((place, _)) => Err(self.contradiction(place, "format", first)),
            None => Ok(Some(format.to_owned())),
        }
    }

    fn use_string(&mut self, places: &Places) -> Option<Use> {
        self.refuse_keywords(
            places,
            KeywordContext::Type(JsonType::String),
            &["minLength", "maxLength", "pattern", "format"],
        );
        let bounds = self.bounds(places, "minLength", "maxLength").ok()?;
        let (ty, format) = text_type(self.format(places).ok()?);
        let mut checks: Vec<_> = bounds.map(Check::Length).into_iter().collect();
        checks.extend(self.patterns(places));
        Some(Use { checks, format, ..Use::of(ty) })
    }

    fn patterns(&mut self, places: &Places) -> Vec<Check> {
        let said: Vec<_> = self.said(places, "pattern").collect();
        let mut checks = Vec::new();
        for (place, node) in said {
            let stated = node.as_str().unwrap_or_default().to_owned();
            match pattern::translate(&stated) {
                Ok(translated) => checks.push(Check::Pattern { stated, translated }),
                Err(reason) => self.diagnostics.unsupported_pattern(place.child("pattern"), reason),
            }
        }
        checks
    }

    fn use_array(&mut self, places: &Places, name: &str) -> Option<Use> {
        self.refuse_keywords(
            places,
            KeywordContext::Type(JsonType::Array),
            &["items", "minItems", "maxItems", "uniqueItems"],
        );
        let bounds = self.bounds(places, "minItems", "maxItems").ok()?;
        let roots: Vec<_> = self.said(places, "items").map(|(place, _)| place.child("items")).collect();
        let item = self.use_schemas_at(&roots, names::singular(name))?;
        let mut checks: Vec<_> = bounds.map(Check::ItemCount).into_iter().collect();
        if self.is_true(places, "uniqueItems") {
            checks.push(Check::UniqueItems);
        }
        if !item.checks.is_empty() {
            checks.push(Check::Items(item.checks));
        }
        Some(Use { checks, sensitive: item.sensitive, ..Use::of(TypeRef::List(Box::new(item.ty))) })
    }

    /// The range that two keywords give at all places; `None` where every size is fine.
    pub(crate) fn bounds(&mut self, places: &Places, low: &str, high: &str) -> Result<Option<Bounds>, Reported> {
        let size =
            |(place, node): (&Origin, &Node)| Some((usize::try_from(node.to_json().as_u64()?).ok()?, place.clone()));
        let min = self.said(places, low).filter_map(size).max_by_key(|(size, _)| *size);
        let max = self.said(places, high).filter_map(size).min_by_key(|(size, _)| *size);
        if let (Some((least, at)), Some((most, _))) = (&min, &max)
            && least > most
        {
            self.diagnostics.empty_range(at.clone(), low, high);
            return Err(Reported);
        }
        let (min, max) = (min.map_or(0, |(size, _)| size), max.map(|(size, _)| size));
        Ok((min > 0 || max.is_some()).then_some(Bounds { min, max }))
    }

    /// Reports each keyword that is not among the given ones, at each place: as a mistake if it would limit the values, as
    /// one without effect if it limits only values of other types.
    pub(crate) fn refuse_keywords(&mut self, places: &Places, of: KeywordContext<'_>, supported: &[&str]) {
        for place in places.iter() {
            let Some(object) = self.resolved.node(place).and_then(Node::as_object) else { continue };
            for (name, member) in object {
                if is_harmless(name, &member.node) || supported.contains(&name.as_str()) {
                    continue;
                }
                match (JsonType::limited_by(name), of.types()) {
                    (Some(ty), Some(types)) if types.iter().all(|own| own.meet(ty).is_none()) => {
                        if places.chosen_type().is_none() {
                            self.diagnostics.keyword_without_effect(place.clone(), name, of.context());
                        }
                    }
                    _ => self.diagnostics.unsupported_keyword(place.clone(), name, of.context()),
                }
            }
        }
    }

    pub(crate) fn refuse_keywords_at(&mut self, origin: &Origin, context: &str, supported: &[&str]) {
        let Some(object) = self.resolved.node(origin).and_then(Node::as_object) else { return };
        for (name, member) in object {
            if !is_harmless(name, &member.node) && !supported.contains(&name.as_str()) {
                self.diagnostics.unsupported_keyword(origin.clone(), name, context);
            }
        }
    }

    /// Whether a schema says nothing that limits values but the given keywords.
    pub(crate) fn says_only(&self, origin: &Origin, keywords: &[&str]) -> bool {
        let object = self.resolved.node(origin).and_then(Node::as_object);
        object.is_none_or(|object| {
            object.keys().map(String::as_str).all(|name| {
                name.starts_with("x-") || keywords.contains(&name) || ANNOTATIONS.contains(&name) && name != "allOf"
            })
        })
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

/// What a value is, as far as that decides which keywords mean something.
#[derive(Clone, Copy)]
pub(crate) enum KeywordContext<'a> {
    /// A value of one type.
    Type(JsonType),
    /// One of some values, of these types; of any where there are none.
    Enumeration(&'a [JsonType]),
    /// Any value.
    Any,
}

impl KeywordContext<'_> {
    fn types(&self) -> Option<&[JsonType]> {
        match self {
            Self::Type(ty) => Some(std::slice::from_ref(ty)),
            Self::Enumeration(types) => Some(types).filter(|types| !types.is_empty()).copied(),
            Self::Any => None,
        }
    }

    fn context(self) -> &'static str {
        match self {
            Self::Type(JsonType::String) => "on a string",
            Self::Type(JsonType::Integer) => "on an integer",
            Self::Type(JsonType::Number) => "on a number",
            Self::Type(JsonType::Boolean) => "on a boolean",
            Self::Type(JsonType::Array) => "on a list",
            Self::Type(JsonType::Object) => "on an object",
            Self::Enumeration(_) => "on an enumeration",
            Self::Any => "on a schema without `type`",
        }
    }
}

/// Whether a keyword limits nothing, or is read elsewhere.
fn is_harmless(name: &str, node: &Node) -> bool {
    let is_default = node.value == Value::Bool(false) && !name.ends_with("Properties");
    ANNOTATIONS.contains(&name) || FORKS.contains(&name) || is_default || name.starts_with("x-")
}

impl Use {
    pub(crate) fn of(ty: TypeRef) -> Self {
        let checks = if matches!(ty, TypeRef::Named(_)) { vec![Check::Nested] } else { Vec::new() };
        Self {
            ty,
            checks,
            description: None,
            format: None,
            default: None,
            deprecated: false,
            read_only: false,
            write_only: false,
            sensitive: None,
        }
    }

    /// The same, or `null`.
    pub(crate) fn or_null(self) -> Self {
        if matches!(self.ty, TypeRef::Nullable(_) | TypeRef::Any) {
            return self;
        }
        let checks = if self.checks.is_empty() { Vec::new() } else { vec![Check::Present(self.checks)] };
        Self { ty: TypeRef::Nullable(Box::new(self.ty)), checks, ..self }
    }
}

fn integer_type(format: Option<String>) -> (TypeRef, Option<String>) {
    match format.as_deref() {
        Some("int32") => (TypeRef::I32, None),
        Some("int64") => (TypeRef::I64, None),
        _ => (TypeRef::I64, format),
    }
}

fn number_type(format: Option<String>) -> (TypeRef, Option<String>) {
    match format.as_deref() {
        Some("float") => (TypeRef::F32, None),
        Some("double") => (TypeRef::F64, None),
        _ => (TypeRef::F64, format),
    }
}

fn text_type(format: Option<String>) -> (TypeRef, Option<String>) {
    match format.as_deref() {
        Some("date-time") => (TypeRef::DateTime, None),
        Some("date") => (TypeRef::Date, None),
        Some("duration") => (TypeRef::TimeSpan, None),
        Some("uuid") => (TypeRef::Uuid, None),
        Some("byte") => (TypeRef::Base64, None),
        _ => (TypeRef::String, format),
    }
}
