//! The descriptions among the test fixtures of the generator.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use arbitrary::{Result, Unstructured};
use saphyr::{LoadableYamlNode as _, Scalar, Yaml};
use serde_json::{Map, Value};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../codegen/tests/fixtures/ok");

/// Returns one of the descriptions.
pub(crate) fn choose(choices: &mut Unstructured<'_>) -> Result<Value> {
    static DESCRIPTIONS: LazyLock<Vec<Value>> = LazyLock::new(read);
    choices.choose(&DESCRIPTIONS).cloned()
}

/// Reads those that are YAML, sorted by name.
fn read() -> Vec<Value> {
    let entries = fs::read_dir(Path::new(FOLDER)).expect("the fixtures are in the project");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("the folder can be read").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|kind| kind == "yaml"));
    paths.sort();
    let texts = paths.iter().map(|path| fs::read_to_string(path).expect("fixtures are text"));
    texts.filter_map(|text| to_json(Yaml::load_from_str(&text).ok()?.first()?)).collect()
}

/// Converts a value; `None` if JSON has no such value.
fn to_json(yaml: &Yaml<'_>) -> Option<Value> {
    Some(match yaml {
        Yaml::Value(Scalar::Null) => Value::Null,
        Yaml::Value(Scalar::Boolean(value)) => Value::from(*value),
        Yaml::Value(Scalar::Integer(value)) => Value::from(*value),
        Yaml::Value(Scalar::FloatingPoint(value)) => Value::from(value.into_inner()),
        Yaml::Value(Scalar::String(text)) => Value::from(text.as_ref()),
        Yaml::Sequence(items) => Value::Array(items.iter().map(to_json).collect::<Option<_>>()?),
        Yaml::Mapping(members) => {
            let members = members.iter().map(|(name, value)| Some((to_key(to_json(name)?), to_json(value)?)));
            Value::Object(members.collect::<Option<Map<_, _>>>()?)
        }
        _ => return None,
    })
}

/// A name such as `200` is text in JSON.
fn to_key(name: Value) -> String {
    match name {
        Value::String(name) => name,
        other => other.to_string(),
    }
}
