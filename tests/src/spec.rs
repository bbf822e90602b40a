//! The descriptions of `spec/`, read without the generator, so that a mistake of its parsers cannot hide itself.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::Path;
use std::{fmt, fs};

use saphyr::{LoadableYamlNode, Scalar, Yaml};
use serde_json::{Map, Value};

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
            let name = path.file_name().and_then(OsStr::to_str).expect("a file name in UTF-8");
            if ["yaml", "yml", "json"].iter().any(|kind| path.extension() == Some(OsStr::new(kind))) {
                documents.insert(name.to_owned(), read(&path));
            }
        }
        Self { documents }
    }

    /// The operation that the client sends.
    pub fn operation(&self) -> Node<'_> {
        let pointer = "/paths/~1whatsapp~11~1message~1contact/post";
        self.at("contact.yaml", pointer)
    }

    /// The location of a file and a JSON Pointer, past its `$ref` if it has one.
    pub fn at<'a>(&'a self, file: &'a str, pointer: &'a str) -> Node<'a> {
        let document = self.documents.get(file);
        let value = document.and_then(|document| document.pointer(pointer));
        let value = value.unwrap_or_else(|| panic!("nothing at `{file}#{pointer}`"));
        Node { spec: self, file, value }.resolved()
    }
}

/// A location in a description, past any `$ref`.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    spec: &'a Spec,
    file: &'a str,
    /// The value at the location.
    pub value: &'a Value,
}

impl<'a> Node<'a> {
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

    /// The values of the member `examples`, each with its name.
    pub fn examples(self) -> impl Iterator<Item = (&'a str, &'a Value)> {
        let examples = self.get("examples").into_iter().flat_map(Node::members);
        examples.map(|(name, example)| (name, &example.value["value"]))
    }

    fn child(self, value: &'a Value) -> Self {
        Self { value, ..self }.resolved()
    }

    fn resolved(self) -> Self {
        let Some(reference) = self.value.get("$ref").and_then(Value::as_str) else {
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

/// Reads a description in YAML or JSON.
pub fn read(path: &Path) -> Value {
    let name = path.display();
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{name}: {error}"));
    if path.extension() == Some(OsStr::new("json")) {
        return serde_json::from_str(text.trim_start_matches('\u{feff}'))
            .unwrap_or_else(|error| panic!("{name}: {error}"));
    }
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
            let (merges, mut members): (Map<_, _>, Map<_, _>) = members.partition(|(name, _)| name == "<<");
            for merged in
                merges.values().flat_map(|value| value.as_array().map_or(std::slice::from_ref(value), |list| list))
            {
                for (name, value) in merged.as_object().into_iter().flatten() {
                    members.entry(name.clone()).or_insert_with(|| value.clone());
                }
            }
            Value::Object(members)
        }
        other => panic!("no JSON form: {other:?}"),
    }
}
