//! Instances that a schema takes, at its limits more often than elsewhere.

use fastrand::Rng;
use infobip_tests::spec::Node;
use serde_json::{Map, Value, json};

use super::text;
use super::view::{View, is_impossible};

/// How deep instances grow before optional members and items that need not be are left away.
const DEPTH: usize = 9;

/// The largest text or list that is made where a limit would allow more.
const MOST: usize = 5_000;

/// The size from which on a text or list is large.
const LARGE: usize = 100;

/// A value in an instance.
#[derive(Clone, Debug)]
pub(super) struct Site<'a> {
    /// Its JSON Pointer.
    pub(super) pointer: String,
    pub(super) view: View<'a>,
    pub(super) role: Role,
}

/// What a value is to the one that holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Whole,
    Required,
    Optional,
    Item,
}

/// Makes one instance, and knows every value in it.
pub(super) struct Maker<'a, 'r> {
    pub(super) rng: &'r mut Rng,
    pub(super) sites: Vec<Site<'a>>,
    /// How many of the optional members are there: none, about half, all.
    presence: u8,
    /// Whether a member is there that is not described.
    pub(super) has_unknown: bool,
}

impl<'a, 'r> Maker<'a, 'r> {
    pub(super) fn new(rng: &'r mut Rng) -> Self {
        let presence = rng.u8(0..3);
        Self { rng, sites: Vec::new(), presence, has_unknown: false }
    }

    /// Makes a value for some schemas, all of which are to take it.
    pub(super) fn make(&mut self, schemas: Vec<Node<'a>>, pointer: &str, role: Role) -> Value {
        let is_deep = pointer.matches('/').count() > DEPTH;
        let view = View::new(schemas, is_deep, self.rng);
        self.sites.push(Site { pointer: pointer.to_owned(), view: view.clone(), role });
        if let Some(values) = view.values() {
            return self.rng.choice(values).cloned().unwrap_or_default();
        }
        let types = view.types();
        let ends = types.contains(&"null") && is_deep;
        match if ends { Some("null") } else { self.rng.choice(types) } {
            Some("object") => self.object(&view, pointer),
            Some("array") => self.array(&view, pointer),
            Some("string") => json!(text::make(&view, self.rng)),
            Some("integer") => number(&view, true, self.rng),
            Some("number") => number(&view, false, self.rng),
            Some("boolean") => json!(self.rng.bool()),
            Some(_) => Value::Null,
            None => self.anything(),
        }
    }

    fn object(&mut self, view: &View<'a>, pointer: &str) -> Value {
        let required = view.required();
        let is_deep = pointer.matches('/').count() >= DEPTH;
        let most = view.count_least("maxProperties").unwrap_or(usize::MAX);
        let mut members = Map::new();
        for name in &required {
            let value = self.make(view.member(name), &child(pointer, name), Role::Required);
            members.insert((*name).to_owned(), value);
        }
        for name in view.names().difference(&required) {
            let schemas = view.member(name);
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
        self.add_others(view, pointer, &mut members);
        Value::Object(members)
    }

    /// Adds members that are not described by name: those of a map, or what may stand beside the others.
    fn add_others(&mut self, view: &View<'a>, pointer: &str, members: &mut Map<String, Value>) {
        let is_map = view.all("additionalProperties").next().is_some();
        let fewest = view.count_most("minProperties").unwrap_or(0).saturating_sub(members.len());
        let is_deep = pointer.matches('/').count() > DEPTH;
        let most = view.count_least("maxProperties").map_or(usize::MAX, |most| most.saturating_sub(members.len()));
        let wanted = match () {
            () if is_deep => fewest,
            () if is_map => size(fewest, most.min(fewest + 3), self.rng),
            () => fewest.max(usize::from(most > 0 && self.rng.u8(0..8) == 0)),
        };
        for index in 0..wanted {
            let name = if is_map { format!("any {index}") } else { format!("notDescribed{index}") };
            let schemas = view.member(&name);
            if is_impossible(&schemas) {
                return;
            }
            self.has_unknown |= !is_map;
            let value = self.make(schemas, &child(pointer, &name), Role::Optional);
            members.insert(name, value);
        }
    }

    fn array(&mut self, view: &View<'a>, pointer: &str) -> Value {
        let schemas = view.items();
        if is_impossible(&schemas) {
            return json!([]);
        }
        let fewest = view.count_most("minItems").unwrap_or(0);
        let most = match view.count_least("maxItems") {
            _ if pointer.matches('/').count() >= DEPTH => fewest,
            Some(most) => most.min(fewest.max(12)),
            None => fewest.max(2),
        };
        let mut items = Vec::new();
        for _ in 0..size(fewest, most, self.rng) {
            let before = self.sites.len();
            let item = self.make(schemas.clone(), &child(pointer, &items.len().to_string()), Role::Item);
            if view.says("uniqueItems") && items.contains(&item) {
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

/// The pointer of a member or an item.
pub(super) fn child(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// A size between two limits, often one of them; a large one seldom, because it takes long.
pub(super) fn size(fewest: usize, most: usize, rng: &mut Rng) -> usize {
    let most = most.min(MOST.max(fewest)).max(fewest);
    match rng.u8(0..4) {
        0 => fewest,
        1 if most <= LARGE || rng.u8(0..16) == 0 => most,
        2 => (fewest + 1).min(most),
        _ => rng.usize(fewest..=most.min(fewest + 40)),
    }
}

/// The bounds of a number, and whether each is taken itself.
pub(super) fn bounds(view: &View<'_>) -> [Option<(f64, bool)>; 2] {
    // An exclusive bound is a number (3.1), or makes that of the other keyword exclusive (3.0).
    let inclusive = |flag: &str| !view.says(flag);
    let lower = view.most("minimum").map(|bound| (bound, inclusive("exclusiveMinimum")));
    let upper = view.least("maximum").map(|bound| (bound, inclusive("exclusiveMaximum")));
    let over = view.most("exclusiveMinimum").filter(|bound| lower.is_none_or(|(lower, _)| *bound >= lower));
    let under = view.least("exclusiveMaximum").filter(|bound| upper.is_none_or(|(upper, _)| *bound <= upper));
    [over.map(|bound| (bound, false)).or(lower), under.map(|bound| (bound, false)).or(upper)]
}

fn number(view: &View<'_>, is_integer: bool, rng: &mut Rng) -> Value {
    let step = view.least("multipleOf").map(|step| {
        // Multiples that are integers are those of an integer: of 1.5, those of 3.
        let mut multiples = (1..=1000_u16).map(|count| step * f64::from(count));
        multiples.find(|multiple| !is_integer || multiple.fract() == 0.0).unwrap_or(step)
    });
    let [lower, upper] = bounds(view);
    let grain = step.unwrap_or(if is_integer { 1.0 } else { 0.5 });
    let low = lower.map(|(bound, inclusive)| if inclusive { bound } else { bound + grain });
    let high = upper.map(|(bound, inclusive)| if inclusive { bound } else { bound - grain });
    let inner = low.or(high.map(|high| high - grain)).unwrap_or(0.0).clamp(-1e6, 1e6) + grain * f64::from(rng.u8(0..9));
    let candidates = [low, high, Some(inner), low.map(|low| low + grain), Some(0.0)];
    let fits = |number: &f64| low.is_none_or(|low| *number >= low) && high.is_none_or(|high| *number <= high);
    let numbers: Vec<_> = candidates.into_iter().flatten().filter(fits).collect();
    let number = rng.choice(numbers).unwrap_or(inner);
    let number = step.map_or(number, |step| {
        let (below, above) = ((number / step).floor() * step, (number / step).ceil() * step);
        if fits(&below) { below } else { above }
    });
    integral(number).filter(|_| is_integer || rng.bool()).unwrap_or_else(|| json!(number))
}

/// A number without fraction as JSON has it; the ends of 64 bits are not what the nearest number of `f64` is.
pub(super) fn integral(number: f64) -> Option<Value> {
    if number.fract() != 0.0 || number.abs() > 1e19 {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "saturates at the ends, which is meant")]
    Some(json!(number as i64))
}
