//! The descriptions of `spec/`, read without the generator, so that a mistake of the generator's
//! reader cannot hide itself.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::Path;
use std::{fmt, fs};

use saphyr::{LoadableYamlNode, Scalar, Yaml};
use serde_json::Value;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec");

/// Every description of `spec/`, as JSON.
#[derive(Clone, Debug)]
pub struct Spec {
    /// The documents by file name.
    pub documents: BTreeMap<String, Value>,
}

impl Spec {
    /// Reads the folder.
    pub fn load() -> Self {
        let mut documents = BTreeMap::new();
        for entry in fs::read_dir(FOLDER).expect("the folder `spec`") {
            let path = entry.expect("an entry of `spec`").path();
            if path.extension() == Some(OsStr::new("yaml")) {
                let name = path.file_name().and_then(OsStr::to_str);
                let name = name.expect("a file name in UTF-8").to_owned();
                documents.insert(name, read(&path));
            }
        }
        Self { documents }
    }

    /// The operation that the client sends.
    pub fn operation(&self) -> Node<'_> {
        let pointer = "/paths/~1whatsapp~11~1message~1contact/post";
        self.at("contact.yaml", pointer)
    }

    /// A place by file and JSON Pointer, past its `$ref` if it has one.
    pub fn at<'a>(&'a self, file: &'a str, pointer: &'a str) -> Node<'a> {
        let document = self.documents.get(file);
        let value = document.and_then(|document| document.pointer(pointer));
        let value = value.unwrap_or_else(|| panic!("nothing at `{file}#{pointer}`"));
        Node { spec: self, file, pointer: Some(pointer), value }.resolved()
    }

    /// Every JSON body that a description states: of requests, replies, errors and reports.
    pub fn bodies(&self) -> Vec<Body<'_>> {
        let mut bodies = Vec::new();
        for (file, value) in &self.documents {
            let root = Node { spec: self, file, pointer: None, value };
            find_bodies(root, &mut bodies);
        }
        bodies
    }

    /// The schemas that a body may have, each once, in the order of their names.
    pub fn body_schemas(&self) -> Vec<Node<'_>> {
        let schemas = self.bodies().into_iter().flat_map(|body| body.schemas);
        let by_name: BTreeMap<_, _> = schemas.map(|schema| (schema.place(), schema)).collect();
        by_name.into_values().collect()
    }
}

/// A place in a description, past any `$ref`.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    spec: &'a Spec,
    file: &'a str,
    /// The JSON Pointer of the `$ref` that led here, if one did.
    pointer: Option<&'a str>,
    /// What stands here.
    pub value: &'a Value,
}

impl<'a> Node<'a> {
    /// Where a `$ref` found this: `contact.yaml#/components/schemas/Contact`.
    pub fn place(self) -> String {
        let pointer = self.pointer.expect("found by a `$ref`");
        format!("{}#{pointer}", self.file)
    }

    /// The name under which a `$ref` found this: `Contact`.
    pub fn name(self) -> &'a str {
        let pointer = self.pointer.expect("found by a `$ref`");
        pointer.rsplit('/').next().unwrap_or_default()
    }

    /// The member of that name, past its `$ref` if it has one.
    pub fn get(self, name: &str) -> Option<Self> {
        self.value.get(name).map(|value| self.child(value))
    }

    /// The members in the order of their names, each past its `$ref` if it has one.
    pub fn members(self) -> impl Iterator<Item = (&'a str, Self)> {
        let members = self.value.as_object().into_iter().flatten();
        members.map(move |(name, value)| (name.as_str(), self.child(value)))
    }

    /// The items, each past its `$ref` if it has one.
    pub fn items(self) -> impl Iterator<Item = Self> {
        let items = self.value.as_array().into_iter().flatten();
        items.map(move |value| self.child(value))
    }

    /// The text of the member of that name.
    pub fn text(self, name: &str) -> Option<&'a str> {
        self.value.get(name)?.as_str()
    }

    /// The whole number of the member of that name.
    pub fn count(self, name: &str) -> Option<usize> {
        self.value.get(name)?.as_u64()?.try_into().ok()
    }

    fn child(self, value: &'a Value) -> Self {
        Self { pointer: None, value, ..self }.resolved()
    }

    fn resolved(self) -> Self {
        let Some(reference) = self.text("$ref") else {
            return self;
        };
        let (file, pointer) = reference.split_once('#').expect("`file#pointer`");
        let file = if file.is_empty() { self.file } else { file };
        self.spec.at(file, pointer)
    }
}

impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, self.value)
    }
}

/// A JSON body that a description states.
#[derive(Clone, Debug)]
pub struct Body<'a> {
    /// The schemas that it may have: one, or those of an `anyOf`.
    pub schemas: Vec<Node<'a>>,
    /// The examples by name.
    pub examples: Vec<(&'a str, &'a Value)>,
}

impl<'a> Body<'a> {
    /// Reads a media type object.
    pub fn new(media_type: Node<'a>) -> Self {
        let schema = media_type.get("schema").expect("a schema");
        let schemas = match schema.get("anyOf") {
            Some(schemas) => schemas.items().collect(),
            None => vec![schema],
        };
        let examples = media_type.get("examples").into_iter();
        let examples = examples.flat_map(Node::members);
        let examples = examples.map(|(name, example)| (name, &example.value["value"]));
        Self { schemas, examples: examples.collect() }
    }
}

/// Looks for bodies without following any `$ref`, so that each is found once.
fn find_bodies<'a>(node: Node<'a>, bodies: &mut Vec<Body<'a>>) {
    let inner = |value| Node { value, ..node };
    match node.value {
        Value::Object(members) => {
            for (name, value) in members {
                if name == "application/json" {
                    bodies.push(Body::new(inner(value)));
                } else {
                    find_bodies(inner(value), bodies);
                }
            }
        }
        Value::Array(items) => {
            for value in items {
                find_bodies(inner(value), bodies);
            }
        }
        _ => {}
    }
}

/// Reads a description in YAML or JSON.
pub fn read(path: &Path) -> Value {
    let name = path.display();
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{name}: {error}"));
    let yaml = Yaml::load_from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
    match yaml.as_slice() {
        [document] => to_json(document),
        _ => panic!("{name}: not one document"),
    }
}

fn to_json(yaml: &Yaml<'_>) -> Value {
    match yaml {
        Yaml::Value(Scalar::Null) => Value::Null,
        Yaml::Value(Scalar::Boolean(value)) => Value::from(*value),
        Yaml::Value(Scalar::Integer(value)) => Value::from(*value),
        Yaml::Value(Scalar::FloatingPoint(value)) => Value::from(value.into_inner()),
        Yaml::Value(Scalar::String(text)) => Value::from(text.as_ref()),
        Yaml::Sequence(items) => items.iter().map(to_json).collect(),
        Yaml::Mapping(members) => {
            let members = members.iter().map(|(name, value)| {
                // Names such as `200` and `null` are texts in JSON, whatever YAML takes them for.
                let name = match to_json(name) {
                    Value::String(name) => name,
                    other => other.to_string(),
                };
                (name, to_json(value))
            });
            Value::Object(members.collect())
        }
        other => panic!("no JSON form: {other:?}"),
    }
}
