//! The strings of the template, and descriptions with another string in place of one of them.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use infobip_tests::spec;
use serde_json::{Map, Value};
use wirecrate_codegen::{Files, Source};

/// The names of the two files, which are strings as well.
const FILES: [&str; 2] = ["template.yaml", "parts.json"];

/// The documents.
pub(super) struct Template {
    documents: [Value; 2],
    /// Every string of the documents, and the names of their files.
    strings: Vec<String>,
}

/// A string of the template that another one replaces or follows.
#[derive(Debug)]
pub(super) struct Edit<'a> {
    position: &'a str,
    string: &'a str,
    is_appended: bool,
}

impl<'a> Edit<'a> {
    /// The same with another string.
    pub(super) fn with<'b>(&self, string: &'b str) -> Edit<'b>
    where
        'a: 'b,
    {
        Edit { string, ..*self }
    }

    fn replacement(&self) -> String {
        if self.is_appended { format!("{}{}", self.position, self.string) } else { self.string.to_owned() }
    }
}

impl Template {
    pub(super) fn read() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/injection");
        let documents = FILES.map(|file| spec::read(&folder.join(file)));
        let mut strings: BTreeSet<_> = FILES.map(str::to_owned).into();
        for document in &documents {
            collect(document, &mut strings);
        }
        Self { documents, strings: strings.into_iter().collect() }
    }

    /// Each string in each position, where it replaces and follows the string there in turn.
    pub(super) fn edits<'a>(&'a self, strings: &'a [String]) -> impl Iterator<Item = Edit<'a>> {
        self.strings.iter().enumerate().flat_map(move |(row, position)| {
            let strings = strings.iter().enumerate();
            strings.map(move |(column, string)| Edit { position, string, is_appended: (row + column) % 2 == 0 })
        })
    }

    /// The template as it is.
    pub(super) fn no_edit() -> Edit<'static> {
        Edit { position: FILES[0], string: "", is_appended: true }
    }

    /// The description, and the other file.
    pub(super) fn edited(&self, edit: &Edit<'_>) -> (Source, OtherFile) {
        let (old, new) = (edit.position, &*edit.replacement());
        let name = |file: &str| if file == old { new.to_owned() } else { file.to_owned() };
        let text = |document| replace(document, old, new).to_string();
        let [own, other] = &self.documents;
        (Source::new(name(FILES[0]), text(own)), OtherFile(text(other)))
    }
}

/// The file that the description refers to, whatever the name.
pub(super) struct OtherFile(String);

impl Files for OtherFile {
    fn read(&self, name: &str) -> io::Result<Source> {
        Ok(Source::new(name, &*self.0))
    }
}

fn collect(value: &Value, strings: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => drop(strings.insert(text.clone())),
        Value::Array(items) => items.iter().for_each(|item| collect(item, strings)),
        Value::Object(properties) => {
            for (name, value) in properties {
                strings.insert(name.clone());
                collect(value, strings);
            }
        }
        _ => {}
    }
}

fn replace(value: &Value, old: &str, new: &str) -> Value {
    match value {
        Value::String(text) => Value::String(replace_text(text, old, new)),
        Value::Array(items) => items.iter().map(|item| replace(item, old, new)).collect(),
        Value::Object(properties) => {
            let replaced = |(name, value): (&String, &Value)| (replace_text(name, old, new), replace(value, old, new));
            Value::Object(properties.iter().map(replaced).collect::<Map<_, _>>())
        }
        other => other.clone(),
    }
}

/// A text that is the string, that refers to it, or that has it in braces.
fn replace_text(text: &str, old: &str, new: &str) -> String {
    if text == old {
        return new.to_owned();
    }
    match text.split_once('#') {
        Some((file, pointer)) if pointer.starts_with('/') => {
            let file = if file == old { encode(new) } else { file.to_owned() };
            let tokens = pointer.split('/').map(|token| if token == old { escape(new) } else { token.to_owned() });
            format!("{file}#{}", tokens.collect::<Vec<_>>().join("/"))
        }
        _ => text.replace(&format!("{{{old}}}"), &format!("{{{new}}}")),
    }
}

/// A name as a token of a JSON Pointer in a URI.
fn escape(name: &str) -> String {
    encode(&name.replace('~', "~0").replace('/', "~1"))
}

fn encode(text: &str) -> String {
    let encode =
        |byte: u8| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(encode).collect()
}
