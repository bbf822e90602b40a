//! Merging of a value into another, by the rules of Overlay 1.1.

use crate::document::{Node, Span, Value};

/// A value that cannot be merged into its target.
#[derive(Debug)]
pub(super) struct Mismatch {
    /// The path of names from the target, and from the merged value.
    pub(super) path: Vec<String>,
    /// The range of the value.
    pub(super) span: Span,
    /// The kind of the value.
    pub(super) found: &'static str,
    /// The kind of the existing value.
    pub(super) there: &'static str,
}

/// The shape of a value; only values of the same shape can be merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    Object,
    Array,
    Primitive,
}

impl Shape {
    pub(super) fn of(node: &Node) -> Self {
        match node.value {
            Value::Object(_) => Self::Object,
            Value::Array(_) => Self::Array,
            _ => Self::Primitive,
        }
    }

    /// The plural for messages.
    pub(super) fn plural(self) -> &'static str {
        match self {
            Self::Object => "objects",
            Self::Array => "lists",
            Self::Primitive => "other values",
        }
    }
}

/// Merges a value into the target of an action. If the target is a list, the items of a list are appended, and any other
/// value is appended as one item.
pub(super) fn merge(target: &mut Node, value: &Node) -> Vec<Mismatch> {
    let mut mismatches = Vec::new();
    match &mut target.value {
        Value::Array(items) if Shape::of(value) != Shape::Array => items.push(value.clone()),
        _ => merge_alike(target, value, &mut Vec::new(), &mut mismatches),
    }
    mismatches
}

/// Merges a value into one of the same shape. Existing properties keep their order, new ones follow them. `null` is an
/// ordinary value.
fn merge_alike(target: &mut Node, value: &Node, path: &mut Vec<String>, mismatches: &mut Vec<Mismatch>) {
    match (&mut target.value, &value.value) {
        (Value::Object(properties), Value::Object(more)) => {
            for (name, property) in more {
                let Some(known) = properties.get_mut(name) else {
                    properties.insert(name.clone(), property.clone());
                    continue;
                };
                path.push(name.clone());
                merge_alike(&mut known.node, &property.node, path, mismatches);
                path.pop();
            }
        }
        (Value::Array(items), Value::Array(more)) => items.extend(more.iter().cloned()),
        (there, found) if is_primitive(there) && is_primitive(found) => *target = value.clone(),
        _ => {
            let (found, there) = (value.kind(), target.kind());
            mismatches.push(Mismatch { path: path.clone(), span: value.span, found, there });
        }
    }
}

fn is_primitive(value: &Value) -> bool {
    !matches!(value, Value::Object(_) | Value::Array(_))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Diagnostics;
    use crate::document::Source;
    use crate::parse::parse_yaml;

    fn parse(text: &str, source: u32) -> Node {
        parse_yaml(&Source::new("a.yaml", text), source, &mut Diagnostics::new()).expect("the text is YAML")
    }

    #[test]
    fn properties_keep_their_order_and_new_ones_their_ranges() {
        let mut target = parse("{b: 1, a: {c: 2}, d: [3]}", 0);
        let mismatches = merge(&mut target, &parse("{e: 4, a: {f: 5, c: 6}, d: [7]}", 1));
        assert!(mismatches.is_empty(), "{mismatches:?}");
        let properties = target.as_object().expect("it stays an object");
        assert_eq!(properties.keys().collect::<Vec<_>>(), ["b", "a", "d", "e"]);
        let inner = properties["a"].node.as_object().expect("it stays an object");
        let sources = |name: &str| (inner[name].key.source, inner[name].node.span.source);
        assert_eq!(sources("f"), (1, 1));
        assert_eq!(sources("c"), (0, 1), "the name was there, the value is new");
        let items = properties["d"].node.as_array().expect("it stays a list");
        assert_eq!(items.iter().map(|item| item.span.source).collect::<Vec<_>>(), [0, 1]);
        assert_eq!((properties["e"].key.source, properties["b"].node.span.source), (1, 0));
    }

    #[track_caller]
    fn check_mismatch(target: &str, value: &str, path: &[&str], found: &str, there: &str) {
        let mismatches = merge(&mut parse(target, 0), &parse(value, 1));
        let [mismatch] = mismatches.as_slice() else { panic!("not one mismatch: {mismatches:?}") };
        assert_eq!(
            (mismatch.path.as_slice(), mismatch.found, mismatch.there),
            (path.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>().as_slice(), found, there)
        );
    }

    #[test]
    fn other_combinations_do_not_go_together() {
        check_mismatch("{a: 1}", "{a: {}}", &["a"], "an object", "an integer");
        check_mismatch("{a: {b: [1]}}", "{a: {b: 2}}", &["a", "b"], "an integer", "a list");
        check_mismatch("{a: {}}", "{a: null}", &["a"], "null", "an object");
        check_mismatch("{}", "[]", &[], "a list", "an object");
        check_mismatch("text", "{}", &[], "an object", "a string");
    }
}
