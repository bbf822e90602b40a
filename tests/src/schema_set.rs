//! A value, seen from the schema: every place that has a say about it, and what they say together.

use std::collections::BTreeSet;

use fastrand::Rng;
use infobip_tests::spec::Node;
use serde_json::Value;

/// Every schema that has a say about one value: a schema, what it takes in by `allOf`, and of alternatives one each.
#[derive(Clone, Debug)]
pub(super) struct View<'a>(Vec<Node<'a>>);

impl<'a> View<'a> {
    /// Chooses among alternatives at random; in what is deep already the simplest, so that it ends.
    pub(super) fn new(schemas: impl IntoIterator<Item = Node<'a>>, is_deep: bool, rng: &mut Rng) -> Self {
        let mut queue: Vec<_> = schemas.into_iter().collect();
        let mut places = Vec::new();
        while let Some(schema) = queue.pop() {
            queue.extend(schema.get("allOf").into_iter().flat_map(Node::items));
            for keyword in ["oneOf", "anyOf"] {
                let alternatives = schema.get(keyword).into_iter().flat_map(Node::items);
                let alternatives: Vec<_> = alternatives.filter(|node| *node.value != false).collect();
                let simplest = alternatives.iter().min_by_key(|node| depth(node.value)).copied();
                queue.extend(if is_deep { simplest } else { rng.choice(alternatives) });
            }
            places.push(schema);
        }
        Self(places)
    }

    /// The values of a keyword, wherever it is stated.
    pub(super) fn all(&self, keyword: &str) -> impl Iterator<Item = &'a Value> {
        self.0.iter().filter_map(move |place| place.value.get(keyword))
    }

    fn nodes(&self, keyword: &str) -> impl Iterator<Item = Node<'a>> {
        self.0.iter().filter_map(move |place| place.get(keyword))
    }

    /// The strictest of some lower limits.
    pub(super) fn most(&self, keyword: &str) -> Option<f64> {
        self.all(keyword).filter_map(Value::as_f64).reduce(f64::max)
    }

    /// The strictest of some upper limits.
    pub(super) fn least(&self, keyword: &str) -> Option<f64> {
        self.all(keyword).filter_map(Value::as_f64).reduce(f64::min)
    }

    pub(super) fn count_most(&self, keyword: &str) -> Option<usize> {
        self.all(keyword).filter_map(Value::as_u64).max().map(to_size)
    }

    pub(super) fn count_least(&self, keyword: &str) -> Option<usize> {
        self.all(keyword).filter_map(Value::as_u64).min().map(to_size)
    }

    pub(super) fn text(&self, keyword: &str) -> Option<&'a str> {
        self.all(keyword).find_map(Value::as_str)
    }

    pub(super) fn says(&self, keyword: &str) -> bool {
        self.all(keyword).any(|value| *value == true)
    }

    /// The types that fit: those that are stated, or the one that other keywords are about.
    pub(super) fn types(&self) -> Vec<&'a str> {
        let stated = self.all("type").map(|types| match types {
            Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
            single => single.as_str().into_iter().collect::<BTreeSet<_>>(),
        });
        let common = stated.reduce(|left, right| {
            let integer = left.contains("integer") || right.contains("integer");
            let mut both: BTreeSet<_> = left.intersection(&right).copied().collect();
            if integer && (left.contains("number") || right.contains("number")) {
                both.insert("integer");
            }
            both
        });
        let implied = || match () {
            () if self.all("enum").chain(self.all("const")).next().is_some() => vec![],
            () if self.all("properties").chain(self.all("required")).next().is_some() => vec!["object"],
            () if self.all("items").next().is_some() => vec!["array"],
            () => vec![],
        };
        common.map_or_else(implied, |types| types.into_iter().collect())
    }

    /// The listed values, if some are.
    pub(super) fn values(&self) -> Option<Vec<&'a Value>> {
        let lists = self.all("enum").map(|list| list.as_array().into_iter().flatten().collect::<Vec<_>>());
        let lists = lists.chain(self.all("const").map(|value| vec![value]));
        lists.reduce(|left, right| left.into_iter().filter(|value| right.contains(value)).collect())
    }

    pub(super) fn required(&self) -> BTreeSet<&'a str> {
        self.all("required")
            .flat_map(|names| names.as_array().into_iter().flatten())
            .filter_map(Value::as_str)
            .collect()
    }

    /// The names of the members that are described.
    pub(super) fn names(&self) -> BTreeSet<&'a str> {
        self.nodes("properties").flat_map(Node::members).map(|(name, _)| name).collect()
    }

    /// The schemas of a member: each place that describes it has a say, and each that limits all it does not describe.
    pub(super) fn member(&self, name: &str) -> Vec<Node<'a>> {
        let said = self.0.iter().filter_map(|place| {
            let described = place.get("properties").and_then(|properties| properties.get(name));
            described.or_else(|| place.get("additionalProperties"))
        });
        said.collect()
    }

    pub(super) fn items(&self) -> Vec<Node<'a>> {
        self.nodes("items").collect()
    }
}

/// Whether no value fits, as the schemas say it themselves.
pub(super) fn is_impossible(schemas: &[Node<'_>]) -> bool {
    schemas.iter().any(|schema| *schema.value == false)
}

/// How much can be in a value, about: nothing, a text or a number, more.
fn depth(schema: &Value) -> u8 {
    match schema["type"].as_str() {
        Some("null") => 0,
        Some("object" | "array") | None => 2,
        Some(_) => 1,
    }
}

fn to_size(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
