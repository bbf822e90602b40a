//! The same description gives the same bytes, and the order of its schemas does not affect names.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use fastrand::Rng;
use infobip_tests::spec;
use serde_json::Value;
use wirecrate_codegen::{Options, Output, Source, generate};

use crate::documents::{Folder, documents, vendor_path};

/// Descriptions by other authors, relative to the folder that contains the project.
const CORPUS: &str = "shared/corpus/positive";

/// The number of times that the schemas of each description are shuffled.
const SHUFFLES: u64 = 3;

/// The placeholder of the schemas while the rest is printed.
const SCHEMAS: &str = "the schemas stand here";

#[test]
fn two_runs_give_the_same_bytes_and_shuffled_schemas_the_same_names() {
    let mut taken = 0;
    let mut problems = Vec::new();
    for (path, options) in descriptions() {
        let text = fs::read_to_string(&path).expect("the description can be read");
        let Some(output) = emit(&path, &text, &options) else {
            continue;
        };
        taken += 1;
        if emit(&path, &text, &options).is_none_or(|again| again.files != output.files) {
            problems.push(format!("{}: another run gives other bytes", path.display()));
        }
        // Only the schemas are to stand in another order: printing a document anew sorts all of it.
        let document = spec::read(&path);
        let Some(output) = emit(&path, &document.to_string(), &options) else {
            problems.push(format!("{}: refused once it is printed anew", path.display()));
            continue;
        };
        let names = names(&output);
        for seed in 0..SHUFFLES {
            let shuffled = shuffled(&document, &mut Rng::with_seed(seed));
            match emit(&path, &shuffled, &options) {
                Some(output) => problems.extend(renamed(&path, seed, &names, &self::names(&output))),
                None => problems.push(format!("{}: refused once shuffled with seed {seed}", path.display())),
            }
        }
    }
    println!("{taken} descriptions, {SHUFFLES} shuffles each");
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

/// Files with descriptions, and the options for each.
fn descriptions() -> Vec<(PathBuf, Options)> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("the project stands in a folder");
    let corpus = fs::read_dir(beside.join(CORPUS)).into_iter().flatten();
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

fn emit(path: &Path, text: &str, options: &Options) -> Option<Output> {
    let name = path.file_name()?.to_str()?;
    let folder = Folder(path.parent()?.to_owned());
    generate(vec![Source::new(name, text)], &folder, options).ok()
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
fn names(output: &Output) -> BTreeMap<String, String> {
    let api = &output.api;
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
