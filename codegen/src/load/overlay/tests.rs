//! The scenarios of `codegen/tests/overlays/ok`: one file each, in parts that start with a line `=== name`.
//!
//! Parts called `overlay…` are applied in their order to the others; parts called `expected…` are the patched
//! descriptions, in the same order. The mistakes in `overlays/err` are cases of `codegen/tests/overlays.rs`.

use std::fs;
use std::path::Path;

use self::expectations::{Expectations, paths};
use super::patch;
use crate::document::{Document, File, JsonPointer, Node, Source};
use crate::parse::parse;
use crate::{Diagnostics, NoFiles, Options, Report, read};

#[path = "../../../tests/support/expectations.rs"]
mod expectations;

/// The texts of a scenario.
#[derive(Default)]
struct Scenario {
    entries: Vec<Source>,
    overlays: Vec<Source>,
    expected: Vec<Source>,
}

fn scenario(path: &Path) -> Scenario {
    let text = fs::read_to_string(path).expect("scenarios are text");
    let mut scenario = Scenario::default();
    for part in text.split("=== ").skip(1) {
        let (name, text) = part.split_once('\n').expect("a part starts with its name");
        let parts = match name {
            name if name.starts_with("overlay") => &mut scenario.overlays,
            name if name.starts_with("expected") => &mut scenario.expected,
            _ => &mut scenario.entries,
        };
        parts.push(Source::new(name, text));
    }
    scenario
}

fn tree(source: &Source) -> Node {
    let mut diagnostics = Diagnostics::new();
    let node = parse(source, 0, &mut diagnostics);
    assert!(!diagnostics.has_errors(), "{}: {diagnostics:?}", source.name);
    node.expect("a text without errors is a tree")
}

/// The value and its properties in order, because comparisons of values ignore the order.
fn content(node: &Node) -> (serde_json::Value, Vec<String>) {
    let mut properties = Vec::new();
    gather_members(node, &JsonPointer::root(), &mut properties);
    (node.to_json(), properties)
}

fn gather_members(node: &Node, pointer: &JsonPointer, properties: &mut Vec<String>) {
    let items = node.as_array().into_iter().flatten().enumerate().map(|(index, item)| (index.to_string(), item));
    let named = node.as_object().into_iter().flatten().map(|(name, property)| (name.clone(), &property.node));
    for (token, child) in items.chain(named) {
        let pointer = pointer.child(token);
        properties.push(pointer.to_string());
        gather_members(child, &pointer, properties);
    }
}

fn document(entries: Vec<Source>) -> Document {
    let mut document = Document { entries: entries.len(), ..Document::default() };
    for source in entries {
        let root = parse(&source, 0, &mut Diagnostics::new()).expect("a description can be read");
        document.files.insert(source.name.clone(), File::new(source, root));
    }
    document
}

#[test]
fn overlays_patch_descriptions() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/overlays/ok");
    let mut notes = Expectations::new(&folder, ".findings.txt");
    for path in paths(&folder, ".txt").iter().filter(|path| !path.to_string_lossy().ends_with(".findings.txt")) {
        let Scenario { entries, overlays, expected } = scenario(path);
        let mut document = document(entries);
        let mut diagnostics = Diagnostics::new();
        patch(&mut document, overlays, &mut diagnostics);
        let failed = diagnostics.has_errors();
        let report = diagnostics.finish(&document);
        assert!(!failed, "{}:\n{report}", path.display());
        let patched: Vec<_> = document.files.values().map(|file| content(&file.root)).collect();
        let expected: Vec<_> = expected.iter().map(|source| content(&tree(source))).collect();
        assert_eq!(patched, expected, "{}", path.display());
        notes.check(path, &report.to_string());
    }
    notes.finish();
}

const BREAD: &str = "\
openapi: 3.0.3
info: {title: Bread, version: '1'}
paths:
  /bread:
    post:
      operationId: bake
      responses: {'200': {description: Baked.}}
";

fn overlay(actions: &str) -> Source {
    Source::with_path(
        "warm.yaml",
        "patches/warm.yaml",
        format!("overlay: 1.1.0\ninfo: {{title: Warm, version: '1'}}\nactions:\n{actions}"),
    )
}

fn read_bread(actions: &str) -> Result<crate::Description, Report> {
    read(vec![Source::new("bread.yaml", BREAD)], vec![overlay(actions)], &NoFiles, &Options::new("notes"))
}

#[test]
fn a_finding_is_in_the_text_that_added_the_value() {
    let description = read_bread("- {target: $.paths.*.post, update: {summary: Warm}}\n").expect("it is sound");
    let operation = &description.api.operations[0].origin;
    let position_of = |name: &str| {
        let (path, position) = description.document.position_of(&operation.child(name));
        format!("{path}:{position}")
    };
    assert_eq!(position_of("summary"), "patches/warm.yaml:4:46");
    assert_eq!(position_of("operationId"), "bread.yaml:6:20");
    let names: Vec<_> = description.api.inputs.iter().map(|input| &*input.name).collect();
    assert_eq!(names, ["bread.yaml", "warm.yaml"]);
    assert_eq!(description.api.operations[0].docs.summary.as_deref(), Some("Warm"));
}

#[test]
fn warnings_point_into_the_overlay_too() {
    let description = read_bread("- {target: $, update: {servers: [{url: /}]}}\n").expect("it is sound");
    let warning = &description.warnings.diagnostics[0];
    assert_eq!((warning.file.as_str(), warning.line, warning.column), ("patches/warm.yaml", 4, 33));
    assert_eq!(warning.pointer, "#/servers");
}

/// Each action doubles the list, so that a few would fill any memory.
#[test]
fn copies_of_copies_are_bounded() {
    let doubled =
        (0..30).map(|number| format!("- {{target: \"$['x-a']\", copy: \"$['x-a']\", description: '{number}'}}\n"));
    let report = read_bread(&("- {target: $, update: {x-a: [1]}}\n".to_owned() + &doubled.collect::<String>()));
    assert_eq!(report.expect_err("it grows without end").diagnostics[0].code, "too-deep");
}

/// Each action nests the whole description one level deeper.
#[test]
fn copies_do_not_nest_without_end() {
    let nested = (0..130).map(|number| format!("- {{target: $.info, copy: $, description: '{number}'}}\n"));
    let report = read_bread(&nested.collect::<String>()).expect_err("it nests without end");
    assert_eq!(report.diagnostics[0].code, "too-deep", "{report}");
}
