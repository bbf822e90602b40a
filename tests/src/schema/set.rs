//! The schemas that apply to one value, and the meaning of their keywords together.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::spec::Node;

/// The schemas that apply to one value: a schema, the schemas in its `allOf`, and one alternative of each union.
#[derive(Clone, Debug)]
pub struct SchemaSet<'a>(Vec<Node<'a>>);

impl<'a> SchemaSet<'a> {
    /// Gathers the schemas. Of the alternatives of a `oneOf` or `anyOf`, `choose` returns the one that applies.
    pub fn new(
        schemas: impl IntoIterator<Item = Node<'a>>,
        mut choose: impl FnMut(&[Node<'a>]) -> Option<Node<'a>>,
    ) -> Self {
        let mut queue: Vec<_> = schemas.into_iter().collect();
        let mut set = Vec::new();
        while let Some(schema) = queue.pop() {
            queue.extend(schema.get("allOf").into_iter().flat_map(Node::items));
            for keyword in ["oneOf", "anyOf"] {
                let alternatives = schema.get(keyword).into_iter().flat_map(Node::items);
                let alternatives: Vec<_> = alternatives.filter(|node| *node.value != false).collect();
                queue.extend(if alternatives.is_empty() { None } else { choose(&alternatives) });
            }
            set.push(schema);
        }
        Self(set)
    }

    /// The values of a keyword in all schemas that have it.
    pub fn all(&self, keyword: &str) -> impl Iterator<Item = &'a Value> {
        self.0.iter().filter_map(move |schema| schema.value.get(keyword))
    }

    fn nodes(&self, keyword: &str) -> impl Iterator<Item = Node<'a>> {
        self.0.iter().filter_map(move |schema| schema.get(keyword))
    }

    /// The largest number of a keyword: the strictest lower bound.
    pub fn most(&self, keyword: &str) -> Option<f64> {
        self.all(keyword).filter_map(Value::as_f64).reduce(f64::max)
    }

    /// The smallest number of a keyword: the strictest upper bound.
    pub fn least(&self, keyword: &str) -> Option<f64> {
        self.all(keyword).filter_map(Value::as_f64).reduce(f64::min)
    }

    /// The largest count of a keyword, such as `minLength`.
    pub fn count_most(&self, keyword: &str) -> Option<usize> {
        self.all(keyword).filter_map(Value::as_u64).max().map(to_size)
    }

    /// The smallest count of a keyword, such as `maxLength`.
    pub fn count_least(&self, keyword: &str) -> Option<usize> {
        self.all(keyword).filter_map(Value::as_u64).min().map(to_size)
    }

    /// The first text of a keyword, such as `format`.
    pub fn text(&self, keyword: &str) -> Option<&'a str> {
        self.all(keyword).find_map(Value::as_str)
    }

    /// Returns `true` if a keyword is `true` in one of the schemas.
    pub fn is_true(&self, keyword: &str) -> bool {
        self.all(keyword).any(|value| *value == true)
    }

    /// The types that all schemas allow; without `type`, the type that other keywords imply.
    pub fn types(&self) -> Vec<&'a str> {
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

    /// The values that every `enum` and `const` lists, if there is one.
    pub fn values(&self) -> Option<Vec<&'a Value>> {
        let lists = self.all("enum").map(|list| list.as_array().into_iter().flatten().collect::<Vec<_>>());
        let lists = lists.chain(self.all("const").map(|value| vec![value]));
        lists.reduce(|left, right| left.into_iter().filter(|value| right.contains(value)).collect())
    }

    /// The names of the required properties.
    pub fn required(&self) -> BTreeSet<&'a str> {
        self.all("required")
            .flat_map(|names| names.as_array().into_iter().flatten())
            .filter_map(Value::as_str)
            .collect()
    }

    /// The names of the described properties.
    pub fn names(&self) -> BTreeSet<&'a str> {
        self.nodes("properties").flat_map(Node::members).map(|(name, _)| name).collect()
    }

    /// The schemas of a property: its own, and those that apply to all properties without a schema of their own.
    pub fn property(&self, name: &str) -> Vec<Node<'a>> {
        let schemas = self.0.iter().filter_map(|schema| {
            let described = schema.get("properties").and_then(|properties| properties.get(name));
            described.or_else(|| schema.get("additionalProperties"))
        });
        schemas.collect()
    }

    /// The schemas of the items of an array.
    pub fn items(&self) -> Vec<Node<'a>> {
        self.nodes("items").collect()
    }
}

/// Returns `true` if one of the schemas is `false`, which allows no value.
pub fn is_impossible(schemas: &[Node<'_>]) -> bool {
    schemas.iter().any(|schema| *schema.value == false)
}

/// The alternative whose values hold the least, for values that are deep already.
pub fn simplest<'a>(alternatives: &[Node<'a>]) -> Option<Node<'a>> {
    alternatives.iter().min_by_key(|node| depth(node.value)).copied()
}

/// A rough measure of the size of a value: null, a text or a number, anything larger.
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
