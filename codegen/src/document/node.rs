//! The description as a tree of plain values, each with its range of text.
//!
//! JSON and YAML both become this tree, so no later stage depends on the notation.

use std::sync::Arc;

use indexmap::IndexMap;
use serde_json::Number;

use super::{Cursor, JsonPointer, Location, Origin, Position, Source, Span};

/// The length of a text that takes as much memory as a value.
const TEXT: usize = 64;

/// A value and its range of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The range of the value.
    pub span: Span,
    /// The value.
    pub value: Value,
}

/// A JSON value whose parts have ranges of text.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number; integral values are stored as integers, so that `24.0` equals `24`.
    Number(Number),
    /// A string.
    String(String),
    /// A list.
    Array(Vec<Node>),
    /// An object.
    Object(Object),
}

/// The properties of an object, in the order of the text.
pub(crate) type Object = IndexMap<String, Property>;

/// A property of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Property {
    /// The range of the name.
    pub key: Span,
    /// The value.
    pub node: Node,
}

/// The files of a description.
#[derive(Debug, Default)]
pub(crate) struct Document {
    /// The files by name, root files first.
    pub files: IndexMap<String, File>,
    /// The number of root files; references lead to the others.
    pub entries: usize,
    /// The overlays, in the order in which they change the root files.
    pub overlays: Vec<Source>,
    /// The names of the root files that each overlay changes.
    pub patched: Vec<Vec<String>>,
}

/// A file and its tree.
#[derive(Debug)]
pub(crate) struct File {
    /// The name in origins.
    pub name: Arc<str>,
    /// The text.
    pub source: Source,
    /// The tree; `Null` if the text could not be parsed.
    pub root: Node,
}

impl File {
    /// Creates a file from a text and its tree.
    pub(crate) fn new(source: Source, root: Node) -> Self {
        Self { name: source.name.as_str().into(), source, root }
    }

    /// Returns a cursor to the root of the tree.
    pub(crate) fn cursor(&self) -> Cursor<'_> {
        Cursor::root(&self.name, &self.root)
    }
}

impl Node {
    /// Returns the properties, if this is an object.
    pub fn as_object(&self) -> Option<&Object> {
        match &self.value {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    /// Returns the items, if this is a list.
    pub fn as_array(&self) -> Option<&[Node]> {
        match &self.value {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// Returns the text, if this is a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the value of a property, if this is an object with that property.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_object()?.get(key).map(|property| &property.node)
    }

    /// Returns the text of `$ref`, if this is a Reference Object.
    pub fn reference(&self) -> Option<&str> {
        self.get("$ref")?.as_str()
    }

    /// Returns the kind of this value for messages, such as `a string`.
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(number) if number.is_f64() => "a number",
            Value::Number(_) => "an integer",
            Value::String(_) => "a string",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        }
    }

    /// Returns the value without its ranges of text.
    pub fn to_json(&self) -> serde_json::Value {
        use serde_json::Value as Json;
        match &self.value {
            Value::Null => Json::Null,
            Value::Bool(value) => Json::Bool(*value),
            Value::Number(number) => Json::Number(number.clone()),
            Value::String(text) => Json::String(text.clone()),
            Value::Array(items) => Json::Array(items.iter().map(Node::to_json).collect()),
            Value::Object(object) => {
                Json::Object(object.iter().map(|(key, property)| (key.clone(), property.node.to_json())).collect())
            }
        }
    }

    /// Returns the number of values in this tree, including this one. Long texts count as several values.
    pub fn size(&self) -> usize {
        let of_text = |text: &str| text.len() / TEXT;
        1 + match &self.value {
            Value::Array(items) => items.iter().map(Node::size).sum(),
            Value::Object(object) => object.iter().map(|(name, property)| of_text(name) + property.node.size()).sum(),
            Value::String(text) => of_text(text),
            _ => 0,
        }
    }

    /// Returns the number of levels of this tree, which is 1 for a value without parts.
    pub fn depth(&self) -> usize {
        1 + match &self.value {
            Value::Array(items) => items.iter().map(Node::depth).max().unwrap_or(0),
            Value::Object(object) => object.values().map(|property| property.node.depth()).max().unwrap_or(0),
            _ => 0,
        }
    }

    /// Returns the node that a pointer leads to.
    pub fn at(&self, pointer: &JsonPointer) -> Option<&Node> {
        pointer.tokens().try_fold(self, |node, token| node.step(&token))
    }

    /// Returns the range of the value that a pointer leads to, or of its nearest existing ancestor.
    pub fn value_span(&self, pointer: &JsonPointer) -> Span {
        let mut node = self;
        for token in pointer.tokens() {
            match node.step(&token) {
                Some(next) => node = next,
                None => break,
            }
        }
        node.span
    }

    fn step(&self, token: &str) -> Option<&Node> {
        match &self.value {
            Value::Object(object) => object.get(token).map(|property| &property.node),
            Value::Array(items) => items.get(token.parse::<usize>().ok()?),
            _ => None,
        }
    }
}

impl Document {
    /// Returns an iterator over the roots of all files.
    pub(crate) fn roots(&self) -> impl Iterator<Item = Cursor<'_>> {
        self.files.values().map(File::cursor)
    }

    /// Returns a cursor to the node at an origin.
    pub(crate) fn cursor(&self, origin: &Origin) -> Option<Cursor<'_>> {
        self.files.get(&*origin.file)?.cursor().at(&origin.pointer)
    }

    /// Returns a mutable reference to the node at an origin.
    pub(crate) fn node_mut(&mut self, origin: &Origin) -> Option<&mut Node> {
        let root = &mut self.files.get_mut(&*origin.file)?.root;
        origin.pointer.tokens().try_fold(root, |node, token| match &mut node.value {
            Value::Object(object) => object.get_mut(&*token).map(|property| &mut property.node),
            Value::Array(items) => items.get_mut(token.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// Returns the node at an origin.
    pub(crate) fn node(&self, origin: &Origin) -> Option<&Node> {
        self.files.get(&*origin.file)?.root.at(&origin.pointer)
    }

    /// Returns the range of a location, or that of the nearest existing ancestor if the value does not exist.
    pub(crate) fn span(&self, location: &Location) -> Span {
        let Origin { file, pointer } = &location.origin;
        let find = || self.files.get(&**file).map(|file| file.root.value_span(pointer));
        location.span.or_else(find).unwrap_or_default()
    }

    /// Returns the text that contains a range: the file of the origin, or the overlay that added the value.
    pub(crate) fn source(&self, origin: &Origin, span: Span) -> Option<&Source> {
        match span.source as usize {
            0 => self.files.get(&*origin.file).map(|file| &file.source),
            overlay => self.overlays.get(overlay - 1),
        }
    }

    /// Returns the text of a value as it is written, with quotes if there are any.
    pub(crate) fn text_of(&self, value: &Cursor<'_>) -> Option<&str> {
        let span = value.span();
        let source = self.source(&value.origin(), span)?;
        source.text.get(span.start as usize..span.end as usize).map(str::trim)
    }

    /// Returns the path, line, and column of the value at an origin.
    pub(crate) fn position_of(&self, origin: &Origin) -> (String, Position) {
        self.position(origin, self.span(&origin.into()))
    }

    /// Returns the path, line, and column of the start of a range.
    pub(crate) fn position(&self, origin: &Origin, span: Span) -> (String, Position) {
        match self.source(origin, span) {
            Some(source) => (source.path.clone(), source.position(span.start)),
            None => (origin.file.to_string(), Position { line: 1, column: 1 }),
        }
    }
}
