//! Schemas to what a field says of its type, and the definitions that this brings along.

use super::places::Places;
use super::structs::Pending;
use super::{Lowering, Reported};
use crate::api::{Bounds, Check, Direction, Docs, Enum, Struct, TypeDef, TypeId, TypeKind, TypeRef, Variant};
use crate::names;
use crate::node::{Node, Value};
use crate::pattern;
use crate::pointer::Origin;

/// What a schema means where it is used.
pub(super) struct Use {
    pub(super) ty: TypeRef,
    pub(super) checks: Vec<Check>,
    pub(super) description: Option<String>,
    pub(super) format: Option<String>,
    pub(super) default: Option<String>,
    pub(super) deprecated: bool,
    /// What `x-sensitive` says, at the use or else at the type.
    pub(super) sensitive: Option<bool>,
}

/// The types of JSON, as the keyword `type` calls them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum JsonType {
    String,
    Integer,
    Number,
    Boolean,
    Array,
    Object,
}

/// Keywords that describe without limiting, and those that every kind of schema may have.
const ANNOTATIONS: &[&str] =
    &["title", "description", "example", "externalDocs", "xml", "deprecated", "default", "type", "allOf"];

/// Keywords of numbers.
const NUMBERS: &[&str] = &["format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];

/// What each keyword that limits says about the type, where no `type` does.
const IMPLIED: &[(&str, JsonType)] = &[
    ("properties", JsonType::Object),
    ("required", JsonType::Object),
    ("additionalProperties", JsonType::Object),
    ("items", JsonType::Array),
    ("minItems", JsonType::Array),
    ("maxItems", JsonType::Array),
    ("uniqueItems", JsonType::Array),
    ("minProperties", JsonType::Object),
    ("maxProperties", JsonType::Object),
    ("minLength", JsonType::String),
    ("maxLength", JsonType::String),
    ("pattern", JsonType::String),
    ("minimum", JsonType::Number),
    ("maximum", JsonType::Number),
    ("multipleOf", JsonType::Number),
];

/// How many schemas without a name of their own may stand inside one another.
const MAX_OPEN: usize = 64;

impl Lowering<'_, '_> {
    /// What the schema at a place means; `name` is what a type gets that has no name of its own.
    pub(super) fn use_schema_at(&mut self, origin: &Origin, name: &str) -> Option<Use> {
        let target = self.target(origin);
        if let Some(id) = self.by_origin.get(&target).copied() {
            return Some(self.use_type(id, &target));
        }
        if self.open.len() == MAX_OPEN || self.open.contains(&target) {
            self.diagnostics.schema_in_itself(origin.clone());
            return None;
        }
        let name = if target == *origin { name.to_owned() } else { self.own_name(&target) };
        self.open.push(target.clone());
        let used = self.use_target(&target, &name);
        self.open.pop();
        used
    }

    /// Where a schema is lowered that stands or is referred to at a place.
    pub(super) fn target(&mut self, origin: &Origin) -> Origin {
        let target = self.resolved.follow(origin);
        self.used.insert(target.clone());
        self.components.representative(target)
    }

    /// The name of a definition; for a file that is one schema, that of the file.
    fn own_name(&self, target: &Origin) -> String {
        if let Some(name) = self.components.name(target) {
            return name.to_owned();
        }
        let stem = target.file.rsplit('/').next().unwrap_or_default().split('.').next().unwrap_or_default();
        target.pointer.last().unwrap_or_else(|| stem.to_owned())
    }

    /// What a value means that several schemas describe.
    pub(super) fn use_schemas_at(&mut self, roots: &[Origin], name: &str) -> Option<Use> {
        if let [root] = roots {
            return self.use_schema_at(root, name);
        }
        let places = self.places(roots)?;
        if let Some(id) = self.by_places.get(&places).copied() {
            let own = places.own().clone();
            return Some(self.use_type(id, &own));
        }
        if self.open.len() == MAX_OPEN {
            self.diagnostics.schema_in_itself(places.own().clone());
            return None;
        }
        self.open.push(places.own().clone());
        let used = self.use_places(&places, name);
        self.open.pop();
        used
    }

    fn use_type(&mut self, id: TypeId, target: &Origin) -> Use {
        let sensitive = self.sensitive(target);
        let description = self.types[id.0].docs.description.clone();
        Use { description, sensitive, ..Use::of(TypeRef::Named(id)) }
    }

    fn use_target(&mut self, target: &Origin, name: &str) -> Option<Use> {
        if let Some(only) = self.wrapped(target) {
            let mut used = self.use_schema_at(&only, name)?;
            self.annotate(&mut used, &Places::one(target.clone()));
            return Some(used);
        }
        let places = self.places(std::slice::from_ref(target))?;
        let used = self.use_places(&places, name)?;
        if let TypeRef::Named(id) = used.ty {
            self.by_origin.insert(target.clone(), id);
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
        let mut used = match self.json_type(places).ok()? {
            Some(JsonType::String) if self.says(places, "enum") => self.use_enum(places, name)?,
            Some(JsonType::String) => self.use_string(places)?,
            Some(JsonType::Integer) => {
                self.refuse_keywords(places, "on an integer", NUMBERS);
                let (ty, format) = integer_type(self.format(places).ok()?);
                Use { checks: self.number_checks(places, &ty).ok()?, format, ..Use::of(ty) }
            }
            Some(JsonType::Number) => {
                self.refuse_keywords(places, "on a number", NUMBERS);
                let (ty, format) = number_type(self.format(places).ok()?);
                Use { checks: self.number_checks(places, &ty).ok()?, format, ..Use::of(ty) }
            }
            Some(JsonType::Boolean) => {
                self.refuse_keywords(places, "on a boolean", &[]);
                Use::of(TypeRef::Bool)
            }
            Some(JsonType::Array) => self.use_array(places, name)?,
            Some(JsonType::Object) => self.use_object(places, name)?,
            None => {
                self.refuse_keywords(places, "on a schema without `type`", &[]);
                Use::of(TypeRef::Any)
            }
        };
        self.annotate(&mut used, places);
        Some(used)
    }

    /// What is said beside the type, at the place of the use before that of the type.
    fn annotate(&mut self, used: &mut Use, places: &Places) {
        let text = |node: &Node| node.as_str().map(str::to_owned);
        used.description = self.annotation(places, "description").and_then(text).or(used.description.take());
        let default = self.annotation(places, "default").map(|node| node.to_json().to_string());
        used.default = default.or(used.default.take());
        used.deprecated |= self.said(places, "deprecated").any(|(_, node)| node.value == Value::Bool(true));
        let sensitive = places.iter().rev().find_map(|place| self.sensitive(place));
        used.sensitive = sensitive.or(used.sensitive);
    }

    /// The type that all places allow; `None` where none says anything that depends on the type.
    fn json_type(&mut self, places: &Places) -> Result<Option<JsonType>, Reported> {
        let mut found: Option<(JsonType, Origin)> = None;
        let said =
            self.said(places, "type").filter_map(|(place, node)| Some((JsonType::parse(node.as_str()?)?, place)));
        let said: Vec<_> = said.collect();
        for (ty, place) in said {
            found = match found {
                Some((other, at)) => match other.meet(ty) {
                    Some(both) => Some((both, at)),
                    None => return Err(self.contradiction(place, "type", &at)),
                },
                None => Some((ty, place.clone())),
            };
        }
        if let Some((ty, _)) = found {
            return Ok(Some(ty));
        }
        let mut implied = IMPLIED.iter().filter(|(keyword, _)| self.says(places, keyword)).map(|(_, ty)| *ty);
        let first = implied.next().or_else(|| self.says(places, "enum").then_some(JsonType::String));
        Ok(first.filter(|first| implied.all(|ty| ty == *first)))
    }

    fn contradiction(&mut self, place: &Origin, keyword: &str, other: &Origin) -> Reported {
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
        self.refuse_keywords(places, "on a string", &["minLength", "maxLength", "pattern", "format"]);
        let bounds = self.bounds(places, "minLength", "maxLength").ok()?;
        let format = self.format(places).ok()?;
        let is_time = format.as_deref() == Some("date-time");
        let mut checks: Vec<_> = bounds.map(Check::Length).into_iter().collect();
        checks.extend(self.patterns(places));
        if is_time && !checks.is_empty() {
            self.diagnostics.unsupported_keyword(places.own().clone(), "format", "beside a length or a pattern");
        }
        if is_time {
            return Some(Use { checks, ..Use::of(TypeRef::DateTime) });
        }
        Some(Use { checks, format, ..Use::of(TypeRef::String) })
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
        self.refuse_keywords(places, "on a list", &["items", "minItems", "maxItems", "uniqueItems"]);
        let bounds = self.bounds(places, "minItems", "maxItems").ok()?;
        let roots: Vec<_> = self.said(places, "items").map(|(place, _)| place.child("items")).collect();
        let item = match roots.as_slice() {
            [] => Use::of(TypeRef::Any),
            roots => self.use_schemas_at(roots, names::singular(name))?,
        };
        let mut checks: Vec<_> = bounds.map(Check::ItemCount).into_iter().collect();
        if self.said(places, "uniqueItems").any(|(_, node)| node.value == Value::Bool(true)) {
            checks.push(Check::UniqueItems);
        }
        if !item.checks.is_empty() {
            checks.push(Check::Items(item.checks));
        }
        Some(Use { checks, sensitive: item.sensitive, ..Use::of(TypeRef::List(Box::new(item.ty))) })
    }

    fn use_object(&mut self, places: &Places, name: &str) -> Option<Use> {
        if !self.members(places).is_empty() {
            self.refuse_keywords(places, "on an object", &["properties", "required", "additionalProperties"]);
            return self.define_struct(places, name).map(|id| Use::of(TypeRef::Named(id)));
        }
        let supported = &["additionalProperties", "minProperties", "maxProperties"];
        self.refuse_keywords(places, "on an object without properties", supported);
        let count = self.bounds(places, "minProperties", "maxProperties").ok()?;
        let mut checks: Vec<_> = count.map(Check::PropertyCount).into_iter().collect();
        let mut roots = Vec::new();
        let said: Vec<_> = self.said(places, "additionalProperties").collect();
        for (place, node) in said {
            match node.value {
                Value::Bool(true) => {}
                Value::Bool(false) => {
                    self.diagnostics.unsupported_keyword(place.clone(), "additionalProperties", "as `false`");
                    return None;
                }
                _ => roots.push(place.child("additionalProperties")),
            }
        }
        if roots.is_empty() {
            return Some(Use { checks, ..Use::of(TypeRef::Map(Box::new(TypeRef::Any))) });
        }
        let value = self.use_schemas_at(&roots, &format!("{name}Value"))?;
        if !value.checks.is_empty() {
            checks.push(Check::Values(value.checks));
        }
        Some(Use { checks, ..Use::of(TypeRef::Map(Box::new(value.ty))) })
    }

    fn use_enum(&mut self, places: &Places, name: &str) -> Option<Use> {
        self.refuse_keywords(places, "on an enumeration", &["enum"]);
        let lists: Vec<_> = self.said(places, "enum").collect();
        let ((first, values), others) = lists.split_first()?;
        let list = first.child("enum");
        let mut variants: Vec<Variant> = Vec::new();
        let values = values.as_array().unwrap_or_default();
        if values.is_empty() {
            self.diagnostics.empty_enum(list);
            return None;
        }
        let in_others = |value: &Node| {
            others.iter().all(|(_, list)| {
                list.as_array().is_some_and(|list| list.iter().any(|other| other.value == value.value))
            })
        };
        for (index, node) in values.iter().enumerate().filter(|(_, node)| in_others(node)) {
            let place = list.child(index.to_string());
            let Some(value) = node.as_str() else {
                self.diagnostics.enum_value_of_other_type(place, node.kind());
                continue;
            };
            let Some(name) = names::type_name(value) else {
                self.diagnostics.unnameable(place, value);
                continue;
            };
            match variants.iter().position(|variant| variant.name == name) {
                Some(other) => self.diagnostics.name_clash(place, &name, &list.child(other.to_string())),
                None => variants.push(Variant { name, value: value.to_owned() }),
            }
        }
        if variants.is_empty()
            && let [(other, _), ..] = others
        {
            self.contradiction(other, "enum", first);
            return None;
        }
        let kind = TypeKind::Enum(Enum { other: None, variants });
        self.define(places, name, kind).map(|id| Use::of(TypeRef::Named(id)))
    }

    fn define_struct(&mut self, places: &Places, name: &str) -> Option<TypeId> {
        let kind = TypeKind::Struct(Struct { fields: Vec::new(), camel_case: false, additional: None });
        let id = self.define(places, name, kind)?;
        self.pending.push(Pending { id, places: places.clone() });
        Some(id)
    }

    fn define(&mut self, places: &Places, wire: &str, kind: TypeKind) -> Option<TypeId> {
        let origin = places.own();
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
        self.by_places.insert(places.clone(), id);
        let text = |key: &str| self.resolved.node(origin)?.get(key)?.as_str().map(str::to_owned);
        self.types.push(TypeDef {
            origin: origin.clone(),
            name,
            docs: Docs { summary: text("title"), description: text("description") },
            direction: Direction::default(),
            checked: false,
            total_equality: true,
            kind,
        });
        Some(id)
    }

    /// The range that two keywords give at all places; `None` where every size is fine.
    fn bounds(&mut self, places: &Places, low: &str, high: &str) -> Result<Option<Bounds>, Reported> {
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

    /// Reports each keyword that limits values and is not among the given ones, at each place.
    fn refuse_keywords(&mut self, places: &Places, context: &str, supported: &[&str]) {
        for place in places.iter() {
            self.refuse_keywords_at(place, context, supported);
        }
    }

    pub(super) fn refuse_keywords_at(&mut self, origin: &Origin, context: &str, supported: &[&str]) {
        let Some(object) = self.resolved.node(origin).and_then(Node::as_object) else { return };
        for (name, member) in object {
            let known = ANNOTATIONS.contains(&name.as_str()) || supported.contains(&name.as_str());
            let is_default = member.node.value == Value::Bool(false) && name != "additionalProperties";
            if !known && !is_default && !name.starts_with("x-") {
                self.diagnostics.unsupported_keyword(origin.clone(), name, context);
            }
        }
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

impl JsonType {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "string" => Self::String,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "boolean" => Self::Boolean,
            "array" => Self::Array,
            "object" => Self::Object,
            _ => return None,
        })
    }

    /// The values that are of both types.
    fn meet(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Integer, Self::Number) | (Self::Number, Self::Integer) => Some(Self::Integer),
            _ => (self == other).then_some(self),
        }
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
