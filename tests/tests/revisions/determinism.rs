//! The same description gives the same bytes, and the order of its schemas does not affect names.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use fastrand::Rng;
use infobip_tests::{parallel, spec};
use serde_json::Value;
use wirecrate_codegen::{Api, Description, Options, Source};

use crate::documents::{Folder, beside_the_project, documents, vendor_path};

/// Descriptions by other authors, relative to the folder that contains the project.
const CORPUS: &str = "shared/corpus/positive";

/// The number of times that the schemas of each description are shuffled.
const SHUFFLES: u64 = 3;

/// The placeholder of the schemas while the rest is printed.
const SCHEMAS: &str = "the schemas stand here";

#[test]
fn two_runs_give_the_same_bytes_and_shuffled_schemas_the_same_names() {
    let checked = parallel::map(&descriptions(), |(path, options)| check(path, options));
    let problems: Vec<_> = checked.iter().flatten().flatten().map(String::as_str).collect();
    println!("{} descriptions, {SHUFFLES} shuffles each", checked.iter().flatten().count());
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

/// Returns the problems of a description; `None` if no crate can be generated from it.
fn check(path: &Path, options: &Options) -> Option<Vec<String>> {
    let text = fs::read_to_string(path).expect("the description can be read");
    let emit = || Some(read(path, &text, options)?.emit());
    let output = emit()?;
    let mut problems = Vec::new();
    if emit().is_none_or(|again| again.files != output.files) {
        problems.push(format!("{}: another run gives other bytes", path.display()));
    }
    // Printing sorts the whole document, so the order of the schemas alone differs from that of this one.
    let document = spec::read(path);
    let Some(description) = read(path, &document.to_string(), options) else {
        problems.push(format!("{}: refused after printing it again", path.display()));
        return Some(problems);
    };
    let names = names(&description.api);
    for seed in 0..SHUFFLES {
        let shuffled = shuffled(&document, &mut Rng::with_seed(seed));
        match read(path, &shuffled, options) {
            Some(description) => problems.extend(renamed(path, seed, &names, &self::names(&description.api))),
            None => problems.push(format!("{}: refused when shuffled with seed {seed}", path.display())),
        }
    }
    Some(problems)
}

/// Files with descriptions, and the options for each.
fn descriptions() -> Vec<(PathBuf, Options)> {
    let corpus = fs::read_dir(beside_the_project(CORPUS)).into_iter().flatten();
    let mut corpus: Vec<_> = corpus.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    corpus.retain(|path| path.is_file());
    corpus.sort();
    if corpus.is_empty() {
        println!("skipped: there is nothing in {CORPUS} beside the project");
    }
    // Of the vendor's description, the operations that can be had.
    let vendor = documents().iter().find(|document| document.output.api.options.name == "vendor");
    let vendor = vendor_path().zip(vendor.map(|document| document.output.api.options.clone()));
    corpus.into_iter().map(|path| (path, Options::new("notes"))).chain(vendor).collect()
}

fn read(path: &Path, text: &str, options: &Options) -> Option<Description> {
    let name = path.file_name()?.to_str()?;
    let folder = Folder(path.parent()?.to_owned());
    wirecrate_codegen::read(vec![Source::new(name, text)], Vec::new(), &folder, options).ok()
}

/// The description as JSON, its schemas in random order.
fn shuffled(document: &Value, rng: &mut Rng) -> String {
    let mut document = document.clone();
    let Some(schemas) = document.pointer_mut("/components/schemas") else {
        return document.to_string();
    };
    let schemas = std::mem::replace(schemas, SCHEMAS.into());
    let members = schemas.as_object().into_iter().flatten();
    let mut members: Vec<_> =
        members.map(|(name, schema)| format!("{}:{schema}", Value::from(name.as_str()))).collect();
    rng.shuffle(&mut members);
    document.to_string().replacen(&format!("\"{SCHEMAS}\""), &format!("{{{}}}", members.join(",")), 1)
}

/// The names that callers write, by their location in the description.
fn names(api: &Api) -> BTreeMap<String, String> {
    let types = api.types.iter().map(|definition| (definition.origin.to_string(), definition.name.clone()));
    let fields = api.types.iter().flat_map(|definition| {
        let holder = &definition.origin;
        definition.fields().iter().map(move |field| (format!("{holder} {}", field.wire_name), field.name.clone()))
    });
    let methods = api.operations.iter().map(|operation| (operation.origin.to_string(), operation.name.clone()));
    types.chain(fields).chain(methods).collect()
}

fn renamed(path: &Path, seed: u64, names: &BTreeMap<String, String>, now: &BTreeMap<String, String>) -> Option<String> {
    let (place, name) = names.iter().find(|(place, name)| now.get(*place) != Some(name))?;
    let path = path.display();
    Some(format!("{path}: with seed {seed}, `{name}` of {place} becomes {:?}", now.get(place)))
}
