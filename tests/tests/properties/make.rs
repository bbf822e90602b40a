//! Instances that a schema allows, at its bounds more often than elsewhere.

use fastrand::Rng;
use infobip_tests::instances::numbers::{number, size};
use infobip_tests::instances::texts;
use infobip_tests::instances::{Role, Site, child};
use infobip_tests::schema::set::{SchemaSet, is_impossible, simplest};
use infobip_tests::spec::Node;
use serde_json::{Map, Value, json};

/// The depth of an instance from which on optional properties and items are left out.
const DEPTH: usize = 9;

/// Makes one instance, and records every value in it.
pub(super) struct Maker<'a, 'r> {
    pub(super) rng: &'r mut Rng,
    pub(super) sites: Vec<Site<'a>>,
    /// The share of the optional properties that are present: none, about half, all.
    presence: u8,
    /// Set if the instance has a property that is not described.
    pub(super) has_unknown: bool,
}

impl<'a, 'r> Maker<'a, 'r> {
    pub(super) fn new(rng: &'r mut Rng) -> Self {
        let presence = rng.u8(0..3);
        Self { rng, sites: Vec::new(), presence, has_unknown: false }
    }

    /// Makes a value that all of the schemas allow.
    pub(super) fn make(&mut self, schemas: Vec<Node<'a>>, pointer: &str, role: Role) -> Value {
        let is_deep = pointer.matches('/').count() > DEPTH;
        let set = SchemaSet::new(schemas, |alternatives| {
            if is_deep { simplest(alternatives) } else { self.rng.choice(alternatives).copied() }
        });
        self.sites.push(Site { pointer: pointer.to_owned(), schemas: set.clone(), role });
        if let Some(values) = set.values() {
            return self.rng.choice(values).cloned().unwrap_or_default();
        }
        let types = set.types();
        let ends = types.contains(&"null") && is_deep;
        match if ends { Some("null") } else { self.rng.choice(types) } {
            Some("object") => self.object(&set, pointer),
            Some("array") => self.array(&set, pointer),
            Some("string") => json!(texts::make(&set, self.rng)),
            Some("integer") => number(&set, true, self.rng),
            Some("number") => number(&set, false, self.rng),
            Some("boolean") => json!(self.rng.bool()),
            Some(_) => Value::Null,
            None => self.anything(),
        }
    }

    fn object(&mut self, set: &SchemaSet<'a>, pointer: &str) -> Value {
        let required = set.required();
        let is_deep = pointer.matches('/').count() >= DEPTH;
        let most = set.count_least("maxProperties").unwrap_or(usize::MAX);
        let mut members = Map::new();
        for name in &required {
            let value = self.make(set.property(name), &child(pointer, name), Role::Required);
            members.insert((*name).to_owned(), value);
        }
        for name in set.names().difference(&required) {
            let schemas = set.property(name);
            let wanted = match self.presence {
                0 => false,
                1 => self.rng.bool(),
                _ => true,
            };
            if wanted && !is_deep && members.len() < most && !is_impossible(&schemas) {
                let value = self.make(schemas, &child(pointer, name), Role::Optional);
                members.insert((*name).to_owned(), value);
            }
        }
        self.add_others(set, pointer, &mut members);
        Value::Object(members)
    }

    /// Adds properties that are not described by name: those of a map, or additional ones.
    fn add_others(&mut self, set: &SchemaSet<'a>, pointer: &str, members: &mut Map<String, Value>) {
        let is_map = set.all("additionalProperties").next().is_some();
        let fewest = set.count_most("minProperties").unwrap_or(0).saturating_sub(members.len());
        let is_deep = pointer.matches('/').count() > DEPTH;
        let most = set.count_least("maxProperties").map_or(usize::MAX, |most| most.saturating_sub(members.len()));
        let wanted = match () {
            () if is_deep => fewest,
            () if is_map => size(fewest, most.min(fewest + 3), self.rng),
            () => fewest.max(usize::from(most > 0 && self.rng.u8(0..8) == 0)),
        };
        for index in 0..wanted {
            let name = if is_map { format!("any {index}") } else { format!("notDescribed{index}") };
            let schemas = set.property(&name);
            if is_impossible(&schemas) {
                return;
            }
            self.has_unknown |= !is_map;
            let value = self.make(schemas, &child(pointer, &name), Role::Optional);
            members.insert(name, value);
        }
    }

    fn array(&mut self, set: &SchemaSet<'a>, pointer: &str) -> Value {
        let schemas = set.items();
        if is_impossible(&schemas) {
            return json!([]);
        }
        let fewest = set.count_most("minItems").unwrap_or(0);
        let most = match set.count_least("maxItems") {
            _ if pointer.matches('/').count() >= DEPTH => fewest,
            Some(most) => most.min(fewest.max(12)),
            None => fewest.max(2),
        };
        let mut items = Vec::new();
        for _ in 0..size(fewest, most, self.rng) {
            let before = self.sites.len();
            let item = self.make(schemas.clone(), &child(pointer, &items.len().to_string()), Role::Item);
            if set.is_true("uniqueItems") && items.contains(&item) {
                self.sites.truncate(before);
            } else {
                items.push(item);
            }
        }
        Value::Array(items)
    }

    fn anything(&mut self) -> Value {
        let values = [
            json!("text"),
            json!(7),
            json!(1.5),
            json!(true),
            json!({ "any": ["thing", null] }),
            json!([]),
            Value::Null,
        ];
        self.rng.choice(values).unwrap_or_default()
    }
}
