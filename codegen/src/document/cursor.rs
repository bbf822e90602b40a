//! Cursors: nodes that know their origin.
//!
//! A reader takes a cursor and hands cursors on, so that no address is built only to be looked up again:
//!
//! ```text
//! let schema = media.get("schema")?;                    // a step to a property
//! for part in schema.array("allOf") { … }               // the items of a list below it
//! for (name, property) in schema.object("properties") { … }
//! let pattern = schema.text("pattern");                 // the text of a property
//! let target = resolved.follow(&schema);                // through `$ref`
//! diagnostics.unsupported(&schema, …);                  // a finding about the value
//! diagnostics.unsupported_keyword(schema.key("not"), …) // a finding about the name of a property
//! ```
//!
//! Two cursors are equal if they are at the same node, which is a comparison of two addresses, so they can be the keys
//! of a map. A step allocates one link. The text of an [`Origin`] is only built on request.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::rc::Rc;
use std::sync::Arc;

use super::{JsonPointer, Location, Node, Origin, Span, Value};

/// A node of a tree together with its origin.
#[derive(Clone)]
pub(crate) struct Cursor<'d> {
    node: &'d Node,
    path: Path<'d>,
}

/// The way from the root to a node, shared by all cursors below it.
#[derive(Clone)]
enum Path<'d> {
    Root(&'d Arc<str>),
    Step(Rc<Step<'d>>),
}

struct Step<'d> {
    parent: Path<'d>,
    token: Token<'d>,
}

#[derive(Clone, Copy)]
enum Token<'d> {
    Key(&'d str),
    Index(usize),
}

impl<'d> Cursor<'d> {
    /// Returns a cursor to the root of a tree.
    pub(crate) fn root(file: &'d Arc<str>, node: &'d Node) -> Self {
        Self { node, path: Path::Root(file) }
    }

    /// Returns the node.
    pub(crate) fn node(&self) -> &'d Node {
        self.node
    }

    /// Returns the value of the node.
    pub(crate) fn value(&self) -> &'d Value {
        &self.node.value
    }

    /// Returns the range of the value in its text.
    pub(crate) fn span(&self) -> Span {
        self.node.span
    }

    /// Builds the file and pointer of the node.
    pub(crate) fn origin(&self) -> Origin {
        let mut tokens = Vec::new();
        let mut path = &self.path;
        loop {
            match path {
                Path::Step(step) => {
                    tokens.push(step.token);
                    path = &step.parent;
                }
                Path::Root(file) => {
                    let mut pointer = JsonPointer::root();
                    tokens.iter().rev().for_each(|token| match token {
                        Token::Key(key) => pointer.push(key),
                        Token::Index(index) => pointer.push(&index.to_string()),
                    });
                    return Origin { file: Arc::clone(file), pointer };
                }
            }
        }
    }

    /// Returns the file that the node is in.
    pub(crate) fn file(&self) -> &'d Arc<str> {
        let mut path = &self.path;
        loop {
            match path {
                Path::Step(step) => path = &step.parent,
                Path::Root(file) => return file,
            }
        }
    }

    /// Returns the name of the property whose value is the node, or `None` for an item of a list and for the root.
    pub(crate) fn name(&self) -> Option<&'d str> {
        match &self.path {
            Path::Step(step) => match step.token {
                Token::Key(key) => Some(key),
                Token::Index(_) => None,
            },
            Path::Root(_) => None,
        }
    }

    /// Returns the value of a property of an object.
    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        let (_, key, property) = self.node.as_object()?.get_full(key)?;
        Some(self.step(Token::Key(key), &property.node))
    }

    /// Returns the value at the end of a path of properties.
    pub(crate) fn descend<const N: usize>(&self, keys: [&str; N]) -> Option<Self> {
        keys.into_iter().try_fold(self.clone(), |cursor, key| cursor.get(key))
    }

    /// Returns the value that a pointer leads to from here.
    pub(crate) fn at(&self, pointer: &JsonPointer) -> Option<Self> {
        pointer.tokens().try_fold(self.clone(), |cursor, token| match &cursor.node.value {
            Value::Object(_) => cursor.get(&token),
            Value::Array(_) => cursor.item(token.parse().ok()?),
            _ => None,
        })
    }

    /// Returns an item of a list.
    pub(crate) fn item(&self, index: usize) -> Option<Self> {
        Some(self.step(Token::Index(index), self.node.as_array()?.get(index)?))
    }

    /// Returns the items of a list, or none if the value is not a list.
    pub(crate) fn items(&self) -> impl Iterator<Item = Self> + use<'d> {
        let list = self.clone();
        let items = list.node.as_array().unwrap_or_default().iter().enumerate();
        items.map(move |(index, item)| list.step(Token::Index(index), item))
    }

    /// Returns the properties of an object with their names, or none if the value is not an object.
    pub(crate) fn properties(&self) -> impl Iterator<Item = (&'d str, Self)> + use<'d> {
        let object = self.clone();
        let properties = object.node.as_object().into_iter().flatten();
        properties.map(move |(key, property)| (key.as_str(), object.step(Token::Key(key), &property.node)))
    }

    /// Returns the items of the list in a property, or none if there is no such list.
    pub(crate) fn array(&self, key: &str) -> impl Iterator<Item = Self> + use<'d> {
        self.get(key).into_iter().flat_map(|list| list.items())
    }

    /// Returns the properties of the object in a property, or none if there is no such object.
    pub(crate) fn object(&self, key: &str) -> impl Iterator<Item = (&'d str, Self)> + use<'d> {
        self.get(key).into_iter().flat_map(|object| object.properties())
    }

    /// Returns the text, if the value is a string.
    pub(crate) fn as_str(&self) -> Option<&'d str> {
        self.node.as_str()
    }

    /// Returns the text of a property, if that is a string.
    pub(crate) fn text(&self, key: &str) -> Option<&'d str> {
        self.node.get(key)?.as_str()
    }

    /// Returns `true` if a property is `true`.
    pub(crate) fn flag(&self, key: &str) -> bool {
        self.node.get(key).is_some_and(|node| node.value == Value::Bool(true))
    }

    /// Returns `true` if the value is an object with this property.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.node.get(key).is_some()
    }

    /// Returns the location of the name of a property, or that of the object if it has no such property.
    pub(crate) fn key(&self, key: &str) -> Location {
        let property = self.node.as_object().and_then(|object| object.get(key));
        Location::text(self.origin(), property.map_or(self.node.span, |property| property.key))
    }

    /// Returns the location of a property. If the object has no such property, the text is that of the object.
    pub(crate) fn location_of(&self, key: &str) -> Location {
        let span = self.node.get(key).map_or(self.node.span, |node| node.span);
        Location::text(self.origin().child(key), span)
    }

    fn step(&self, token: Token<'d>, node: &'d Node) -> Self {
        Self { node, path: Path::Step(Rc::new(Step { parent: self.path.clone(), token })) }
    }
}

impl PartialEq for Cursor<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.node, other.node)
    }
}

impl Eq for Cursor<'_> {}

impl Hash for Cursor<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::ptr::hash(self.node, state);
    }
}

impl fmt::Debug for Cursor<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.origin(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Diagnostics;
    use crate::document::Source;
    use crate::parse::parse_yaml;

    const TEXT: &str = "paths:\n  /a~b:\n    tags: [x, {deprecated: true}]\n";

    #[track_caller]
    fn check(read: impl for<'d> Fn(&Cursor<'d>) -> Option<Cursor<'d>>, expected: Option<&str>) {
        let node = parse_yaml(&Source::new("a.yaml", TEXT), 0, &mut Diagnostics::new()).expect("the text is YAML");
        let file = "a.yaml".into();
        let found = read(&Cursor::root(&file, &node));
        assert_eq!(found.map(|cursor| cursor.origin().to_string()).as_deref(), expected);
    }

    #[test]
    fn steps_make_the_origin() {
        check(|root| Some(root.clone()), Some("a.yaml#"));
        check(|root| root.descend(["paths", "/a~b"]), Some("a.yaml#/paths/~1a~0b"));
        check(|root| root.descend(["paths", "/a~b"])?.array("tags").last(), Some("a.yaml#/paths/~1a~0b/tags/1"));
        check(|root| root.object("paths").next()?.1.get("tags"), Some("a.yaml#/paths/~1a~0b/tags"));
        check(|root| root.at(&JsonPointer::parse("/paths/~1a~0b/tags/0")?), Some("a.yaml#/paths/~1a~0b/tags/0"));
        check(|root| root.get("tags"), None);
        check(|root| root.get("paths")?.item(0), None);
        check(|root| root.array("paths").next(), None);
    }

    #[test]
    fn values_are_at_hand() {
        let node = parse_yaml(&Source::new("a.yaml", TEXT), 0, &mut Diagnostics::new()).expect("the text is YAML");
        let file = "a.yaml".into();
        let item = Cursor::root(&file, &node).descend(["paths", "/a~b"]).expect("the path is there");
        assert_eq!(item.name(), Some("/a~b"));
        let tags: Vec<_> = item.array("tags").collect();
        assert_eq!((tags[0].as_str(), tags[0].name()), (Some("x"), None));
        assert!(tags[1].flag("deprecated") && tags[1].has("deprecated") && !tags[1].flag("required"));
        let key = tags[1].key("deprecated");
        assert_eq!(key.origin, tags[1].origin());
        assert_eq!(&**tags[1].file(), "a.yaml");
    }

    #[test]
    fn cursors_to_the_same_node_are_equal() {
        let node = parse_yaml(&Source::new("a.yaml", "{a: {b: 1}, c: {b: 1}}"), 0, &mut Diagnostics::new());
        let (node, file) = (node.expect("the text is YAML"), "a.yaml".into());
        let root = Cursor::root(&file, &node);
        assert_eq!(root.descend(["a", "b"]), root.get("a").and_then(|a| a.get("b")));
        assert_ne!(root.descend(["a", "b"]), root.descend(["c", "b"]));
    }
}
