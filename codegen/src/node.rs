//! The description as a tree of plain values, each with its place in the text.
//!
//! JSON and YAML both become this tree; everything after it is blind to the notation. `openapiv3` types are read from it.

mod deserialize;

use indexmap::IndexMap;
use serde_json::Number;

use crate::pointer::Origin;
use crate::source::{Source, Span};

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
}

/// A file and its tree.
#[derive(Debug)]
pub(crate) struct File {
    /// The text.
    pub source: Source,
    /// The tree; `Null` where the text could not be read.
    pub root: Node,
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

    fn step(&self, token: &str) -> Option<&Node> {
        match &self.value {
            Value::Object(object) => object.get(token).map(|member| &member.node),
            Value::Array(items) => items.get(token.parse::<usize>().ok()?),
            _ => None,
        }
    }
}

impl Document {
    /// The node at a place, to be changed.
    pub(crate) fn node_mut(&mut self, origin: &Origin) -> Option<&mut Node> {
        let root = &mut self.files.get_mut(&*origin.file)?.root;
        origin.pointer.tokens().try_fold(root, |node, token| match &mut node.value {
            Value::Object(object) => object.get_mut(&token).map(|member| &mut member.node),
            Value::Array(items) => items.get_mut(token.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// The node at a place.
    pub(crate) fn node(&self, origin: &Origin) -> Option<&Node> {
        let root = &self.files.get(&*origin.file)?.root;
        origin.pointer.tokens().try_fold(root, |node, token| node.step(&token))
    }

    /// Where the value of a node stands; for one that does not exist, the nearest ancestor that does.
    pub(crate) fn value_span(&self, origin: &Origin) -> Option<Span> {
        let mut node = &self.files.get(&*origin.file)?.root;
        for token in origin.pointer.tokens() {
            match node.step(&token) {
                Some(next) => node = next,
                None => break,
            }
        }
        Some(node.span)
    }

    /// Where the name of a member stands.
    pub(crate) fn key_span(&self, origin: &Origin, key: &str) -> Option<Span> {
        let member = self.node(origin).and_then(Node::as_object).and_then(|object| object.get(key));
        member.map(|member| member.key).or_else(|| self.value_span(origin))
    }
}
