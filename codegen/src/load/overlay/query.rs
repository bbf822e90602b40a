//! JSONPath (RFC 9535), parsed and evaluated by `serde_json_path`.

use serde_json_path::{JsonPath, PathElement};

use crate::document::{JsonPointer, Location};

/// The maximum depth of nested brackets: each level of filters doubles the time of parsing, and takes stack.
const MAX_NESTING: usize = 12;

/// An expression and its location.
#[derive(Debug)]
pub(super) struct Query {
    path: JsonPath,
    /// The text of the expression.
    pub(super) text: String,
    /// The location in the overlay.
    pub(super) location: Location,
}

/// The path of a node from the root of a tree.
///
/// Paths are ordered: a node comes before the nodes in it, and items of a list are ordered by index.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NodePath(Vec<Step>);

/// One step into a tree.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// To a property of an object.
    Name(String),
    /// To an item of a list.
    Index(usize),
}

impl Query {
    /// Parses an expression; the error is the reason for a message.
    pub(super) fn parse(text: &str, location: Location) -> Result<Self, String> {
        if nesting(text) > MAX_NESTING {
            return Err(format!("brackets are nested more than {MAX_NESTING} levels deep"));
        }
        let path = JsonPath::parse(text).map_err(|error| {
            let before = text.get(..error.position()).unwrap_or_default();
            let column = before.chars().count() + 1;
            match error.message() {
                // The parser has no further information.
                "parser error" => format!("syntax error at character {column}"),
                reason => format!("{reason}, at character {column}"),
            }
        })?;
        Ok(Self { path, text: text.to_owned(), location })
    }

    /// The nodes that the expression selects, in order, without duplicates.
    pub(super) fn select(&self, root: &serde_json::Value) -> Vec<NodePath> {
        let found = self.path.query_located(root);
        let mut paths: Vec<_> = found.locations().map(|path| NodePath(path.iter().map(step).collect())).collect();
        paths.sort_unstable();
        paths.dedup();
        paths
    }
}

fn step(element: &PathElement<'_>) -> Step {
    match element {
        PathElement::Name(name) => Step::Name((*name).to_owned()),
        PathElement::Index(index) => Step::Index(*index),
    }
}

/// The depth of nested brackets in a text, including brackets in quotes, which are rare.
fn nesting(text: &str) -> usize {
    let (mut deepest, mut depth) = (0, 0_usize);
    for byte in text.bytes() {
        match byte {
            b'[' | b'(' => depth += 1,
            b']' | b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

impl NodePath {
    /// The number of levels below the root.
    pub(super) fn depth(&self) -> usize {
        self.0.len()
    }

    /// The path as a JSON Pointer.
    pub(super) fn pointer(&self) -> JsonPointer {
        pointer(&self.0)
    }

    /// The parent and the step from there; `None` for the root.
    pub(super) fn split(&self) -> Option<(JsonPointer, &Step)> {
        let (last, holder) = self.0.split_last()?;
        Some((pointer(holder), last))
    }
}

fn pointer(steps: &[Step]) -> JsonPointer {
    let mut pointer = JsonPointer::root();
    for step in steps {
        match step {
            Step::Name(name) => pointer.push(name),
            Step::Index(index) => pointer.push(&index.to_string()),
        }
    }
    pointer
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::document::Origin;

    fn parse(text: &str) -> Result<Query, String> {
        Query::parse(text, Origin::file("a.yaml").into())
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let tree = json!({"loaves": [{"name": "rye", "grain/s": 1}, {"name": "spelt"}], "open": true});
        let paths = parse(text).expect("the expression is sound").select(&tree);
        let pointers: Vec<_> = paths.iter().map(|path| path.pointer().to_string()).collect();
        assert_eq!(pointers, expected, "{text}");
    }

    #[test]
    fn paths_are_ordered_without_duplicates() {
        check("$", &["#"]);
        check("$.loaves[1,0]", &["#/loaves/0", "#/loaves/1"]);
        check("$.loaves[0, 0]", &["#/loaves/0"]);
        check("$.loaves[-1].name", &["#/loaves/1/name"]);
        check("$.loaves[?@.name == 'rye']['grain/s']", &["#/loaves/0/grain~1s"]);
        check("$..name", &["#/loaves/0/name", "#/loaves/1/name"]);
        check("$.loaves[?match(@.name, 's.*')]", &["#/loaves/1"]);
        check("$.shut", &[]);
    }

    #[track_caller]
    fn check_refused(text: &str, expected: &str) {
        assert_eq!(parse(text).expect_err("the expression is wrong"), expected);
    }

    #[test]
    fn invalid_expressions_have_a_reason() {
        check_refused("info.title", "syntax error at character 1");
        check_refused("$.é[?@.x = 1]", "in long-hand segment, expected closing ']', at character 10");
        check_refused("$[?bake(@)]", "in long-hand segment, function name 'bake' is not defined, at character 4");
    }

    #[test]
    fn brackets_cannot_fill_the_stack() {
        let nested = |levels: usize| format!("$[?{}@.a{}]", "(".repeat(levels - 1), ")".repeat(levels - 1));
        assert!(parse(&nested(MAX_NESTING)).is_ok());
        check_refused(&nested(100_000), "brackets are nested more than 12 levels deep");
    }
}
