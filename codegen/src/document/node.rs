//! The description as a tree of plain values, each with its place in the text.
//!
//! JSON and YAML both become this tree; everything after it is blind to the notation. `openapiv3` types are read from it.

use std::sync::Arc;

use indexmap::IndexMap;
use serde_json::Number;

use super::{Cursor, JsonPointer, Location, Origin, Position, Source, Span};

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The value's place in the text of its file.
    pub span: Span,
    /// The value.
    pub value: Value,
}

/// A JSON value whose parts remember their places.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number; integral values are kept as integers, so that `24.0` is `24`.
    Number(Number),
    /// A string.
    String(String),
    /// A list.
    Array(Vec<Node>),
    /// Members in the order of the text.
    Object(Object),
}

/// The members of an object, in the order of the text.
pub(crate) type Object = IndexMap<String, Member>;

/// The value of a member, and where its name stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// The place of the name.
    pub key: Span,
    /// The value.
    pub node: Node,
}

/// Every file of a description that was read, by name; the ones that were asked for come first.
#[derive(Debug, Default)]
pub(crate) struct Document {
    /// The files.
    pub files: IndexMap<String, File>,
    /// How many of the files were asked for; the others were reached through references.
    pub entries: usize,
    /// The overlays, in the order in which they change the files that were asked for.
    pub overlays: Vec<Source>,
}

/// A file and its tree.
#[derive(Debug)]
pub(crate) struct File {
    /// The name, as origins have it.
    pub name: Arc<str>,
    /// The text.
    pub source: Source,
    /// The tree; `Null` where the text could not be read.
    pub root: Node,
}

impl File {
    /// Adds the tree to a text.
    pub(crate) fn new(source: Source, root: Node) -> Self {
        Self { name: source.name.as_str().into(), source, root }
    }

    /// A cursor to the root of the tree.
    pub(crate) fn cursor(&self) -> Cursor<'_> {
        Cursor::root(&self.name, &self.root)
    }
}

impl Node {
    /// The members, if this is an object.
    pub fn as_object(&self) -> Option<&Object> {
        match &self.value {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The items, if this is a list.
    pub fn as_array(&self) -> Option<&[Node]> {
        match &self.value {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The text, if this is a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// A member of an object.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_object()?.get(key).map(|member| &member.node)
    }

    /// What `$ref` says, if this is a Reference Object.
    pub fn reference(&self) -> Option<&str> {
        self.get("$ref")?.as_str()
    }

    /// The kind of this value, for messages: `a string`.
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

    /// The value without places.
    pub fn to_json(&self) -> serde_json::Value {
        use serde_json::Value as Json;
        match &self.value {
            Value::Null => Json::Null,
            Value::Bool(value) => Json::Bool(*value),
            Value::Number(number) => Json::Number(number.clone()),
            Value::String(text) => Json::String(text.clone()),
            Value::Array(items) => Json::Array(items.iter().map(Node::to_json).collect()),
            Value::Object(object) => {
                Json::Object(object.iter().map(|(key, member)| (key.clone(), member.node.to_json())).collect())
            }
        }
    }

    /// How many values this is: itself, and all in it.
    pub fn size(&self) -> usize {
        1 + match &self.value {
            Value::Array(items) => items.iter().map(Node::size).sum(),
            Value::Object(object) => object.values().map(|member| member.node.size()).sum(),
            _ => 0,
        }
    }

    /// How many levels this is: one for a value that holds no others.
    pub fn depth(&self) -> usize {
        1 + match &self.value {
            Value::Array(items) => items.iter().map(Node::depth).max().unwrap_or(0),
            Value::Object(object) => object.values().map(|member| member.node.depth()).max().unwrap_or(0),
            _ => 0,
        }
    }

    /// The node at a place.
    pub fn at(&self, pointer: &JsonPointer) -> Option<&Node> {
        pointer.tokens().try_fold(self, |node, token| node.step(&token))
    }

    /// Where the value at a place stands; for one that does not exist, the nearest ancestor that does.
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
            Value::Object(object) => object.get(token).map(|member| &member.node),
            Value::Array(items) => items.get(token.parse::<usize>().ok()?),
            _ => None,
        }
    }
}

impl Document {
    /// The roots of all files.
    pub(crate) fn roots(&self) -> impl Iterator<Item = Cursor<'_>> {
        self.files.values().map(File::cursor)
    }

    /// A cursor to the node at a place.
    pub(crate) fn cursor(&self, origin: &Origin) -> Option<Cursor<'_>> {
        self.files.get(&*origin.file)?.cursor().at(&origin.pointer)
    }

    /// The node at a place, to be changed.
    pub(crate) fn node_mut(&mut self, origin: &Origin) -> Option<&mut Node> {
        let root = &mut self.files.get_mut(&*origin.file)?.root;
        origin.pointer.tokens().try_fold(root, |node, token| match &mut node.value {
            Value::Object(object) => object.get_mut(&*token).map(|member| &mut member.node),
            Value::Array(items) => items.get_mut(token.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// The node at a place.
    pub(crate) fn node(&self, origin: &Origin) -> Option<&Node> {
        self.files.get(&*origin.file)?.root.at(&origin.pointer)
    }

    /// The range of text of a location; for a value that does not exist, that of the nearest ancestor that does.
    pub(crate) fn span(&self, location: &Location) -> Span {
        let Origin { file, pointer } = &location.origin;
        let find = || self.files.get(&**file).map(|file| file.root.value_span(pointer));
        location.span.or_else(find).unwrap_or_default()
    }

    /// The text that a range of an origin is in: the file, or the overlay that put the text there.
    pub(crate) fn source(&self, origin: &Origin, span: Span) -> Option<&Source> {
        match span.source as usize {
            0 => self.files.get(&*origin.file).map(|file| &file.source),
            overlay => self.overlays.get(overlay - 1),
        }
    }

    /// Where the value of a node stands, for people: the path of the file or of the overlay, the line and the column.
    pub(crate) fn place(&self, origin: &Origin) -> (String, Position) {
        self.position(origin, self.span(&origin.into()))
    }

    /// The path, line and column where a range of an origin starts.
    pub(crate) fn position(&self, origin: &Origin, span: Span) -> (String, Position) {
        match self.source(origin, span) {
            Some(source) => (source.path.clone(), source.position(span.start)),
            None => (origin.file.to_string(), Position { line: 1, column: 1 }),
        }
    }

    /// The names of all that was read: files in the order they were reached, then overlays.
    pub(crate) fn inputs(&self) -> Vec<String> {
        self.files.keys().chain(self.overlays.iter().map(|overlay| &overlay.name)).cloned().collect()
    }
}
