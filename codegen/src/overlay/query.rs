//! JSONPath (RFC 9535): which places of a tree an expression selects. `serde_json_path` reads and runs it.

use serde_json_path::{JsonPath, PathElement};

use crate::document::{JsonPointer, Location};

/// How deep brackets may nest. Reading takes twice as long with each level of filters, and stack.
const MAX_NESTING: usize = 12;

/// An expression, and where it stands in its overlay.
#[derive(Debug)]
pub(super) struct Query {
    path: JsonPath,
    /// The expression as it was written.
    pub(super) text: String,
    /// The location in the overlay.
    pub(super) location: Location,
}

/// A place in a tree.
///
/// In the order of places, what is inside of something comes behind it, and items of a list come by their numbers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place(Vec<Step>);

/// One step into a tree.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// To a member of an object.
    Name(String),
    /// To an item of a list.
    Index(usize),
}

impl Query {
    /// Reads an expression; if that is impossible, tells why.
    pub(super) fn parse(text: &str, location: Location) -> Result<Self, String> {
        if nesting(text) > MAX_NESTING {
            return Err(format!("its brackets are nested deeper than {MAX_NESTING} levels"));
        }
        let path = JsonPath::parse(text).map_err(|error| {
            let before = text.get(..error.position()).unwrap_or_default();
            let column = before.chars().count() + 1;
            match error.message() {
                // All that is said where nothing is known of what was meant.
                "parser error" => format!("it is invalid from character {column} on"),
                reason => format!("{reason}, at character {column}"),
            }
        })?;
        Ok(Self { path, text: text.to_owned(), location })
    }

    /// The places that it selects, each once, in their order.
    pub(super) fn select(&self, root: &serde_json::Value) -> Vec<Place> {
        let found = self.path.query_located(root);
        let mut places: Vec<_> = found.locations().map(|path| Place(path.iter().map(step).collect())).collect();
        places.sort_unstable();
        places.dedup();
        places
    }
}

fn step(element: &PathElement<'_>) -> Step {
    match element {
        PathElement::Name(name) => Step::Name((*name).to_owned()),
        PathElement::Index(index) => Step::Index(*index),
    }
}

/// How deep the brackets of a text nest; those in quotes count too, which is of no harm.
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

impl Place {
    /// How many levels it is below the root.
    pub(super) fn depth(&self) -> usize {
        self.0.len()
    }

    /// The same as a JSON Pointer.
    pub(super) fn pointer(&self) -> JsonPointer {
        pointer(&self.0)
    }

    /// What holds it, and the step from there; `None` for the root.
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
        let places = parse(text).expect("the expression is sound").select(&tree);
        let pointers: Vec<_> = places.iter().map(|place| place.pointer().to_string()).collect();
        assert_eq!(pointers, expected, "{text}");
    }

    #[test]
    fn places_come_in_order_and_once() {
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
    fn what_cannot_be_read_has_a_reason() {
        check_refused("info.title", "it is invalid from character 1 on");
        check_refused("$.é[?@.x = 1]", "in long-hand segment, expected closing ']', at character 10");
        check_refused("$[?bake(@)]", "in long-hand segment, function name 'bake' is not defined, at character 4");
    }

    #[test]
    fn brackets_cannot_fill_the_stack() {
        let nested = |levels: usize| format!("$[?{}@.a{}]", "(".repeat(levels - 1), ")".repeat(levels - 1));
        assert!(parse(&nested(MAX_NESTING)).is_ok());
        check_refused(&nested(100_000), "its brackets are nested deeper than 12 levels");
    }
}
