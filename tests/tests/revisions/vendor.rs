//! `spec/` against the vendor's own document, if it is beside the project: the differences on the wire are those that
//! `spec/README.md` lists with their reasons, and no others.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use wirecrate_codegen::diff::{Change, Level, diff};
use wirecrate_codegen::{Description, Files as _, Filter, NoFiles, Options, Source, read};

use crate::documents::{Folder, vendor_path};
use crate::emitted_crates::{Target, workspace};

/// The heading above the table of differences.
const HEADING: &str = "### Differences from the vendor's document";

/// A row of the table: the rules, and the locations that they apply to, with `*` for any text.
struct Row {
    rules: Vec<String>,
    locations: Vec<String>,
}

impl Row {
    fn lists(&self, change: &Change) -> bool {
        self.rules.iter().any(|rule| rule == change.rule.name)
            && self.locations.iter().any(|pattern| matches(pattern, &place(change)))
    }
}

/// The rows of the table in `spec/README.md`: the rules, the locations, and the reason, which is for readers.
fn listed() -> Vec<Row> {
    let text = fs::read_to_string(workspace().join("spec/README.md")).expect("the file is there");
    let (_, section) = text.split_once(HEADING).expect("the section is there");
    let rows = section.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    rows.skip(2).map(row).collect()
}

fn row(line: &str) -> Row {
    let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
    let [rules, locations, reason] = cells[..] else { panic!("three cells: {line}") };
    assert!(!reason.is_empty(), "{line}");
    let code = |text: &str| text.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    Row { rules: code(rules), locations: code(locations) }
}

/// Returns `true` if a text matches a pattern in which `*` is any text.
fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let mut parts: Vec<_> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

/// The operation of a change, if there is one, and the location.
fn place(change: &Change) -> String {
    match &change.operation {
        Some(operation) => format!("{operation} {}", change.location),
        None => change.location.clone(),
    }
}

fn ours() -> Description {
    let folder = Folder(workspace().join("spec"));
    let mut names: Vec<_> = fs::read_dir(&folder.0)
        .expect("the folder is there")
        .map(|entry| entry.expect("the entry can be read").file_name().into_string().expect("a plain name"))
        .filter(|name| Path::new(name).extension().is_some_and(|extension| extension == "yaml"))
        .collect();
    names.sort();
    let entries = names.iter().map(|name| folder.read(name).expect("the description can be read")).collect();
    let options = Options { title: Some("Messages".to_owned()), ..Target::options("ours") };
    read(entries, Vec::new(), &folder, &options).expect("the descriptions are sound")
}

/// The operations of the vendor that `spec/` describes, and all webhooks.
fn theirs(ours: &Description) -> Option<Description> {
    let path = vendor_path()?;
    let text = fs::read_to_string(path).expect("the document can be read");
    let document: serde_json::Value = serde_json::from_str(&text).expect("the document is JSON");
    let webhooks = document["webhooks"].as_object().expect("the document has webhooks").values();
    let events = webhooks.filter_map(|item| item["post"]["operationId"].as_str());
    let described = ours.api.operations.iter().map(|operation| &*operation.id);
    let filter = described.chain(events).fold(Filter::default(), Filter::operation);
    let options = Options { filter, ..Target::options("theirs") };
    Some(read(vec![Source::new("vendor.json", text)], Vec::new(), &NoFiles, &options).expect("the document is sound"))
}

#[test]
fn the_descriptions_differ_from_the_vendors_document_as_listed() {
    let ours = ours();
    let Some(theirs) = theirs(&ours) else { return };
    let changes = diff(&theirs, &ours);
    let on_the_wire: Vec<_> = changes.iter().filter(|change| change.wire != Level::Informational).collect();
    let rows = listed();
    let unlisted: Vec<_> = on_the_wire.iter().filter(|change| !rows.iter().any(|row| row.lists(change))).collect();
    let lines: BTreeSet<_> = unlisted.iter().map(|change| format!("{} {}", change.rule.name, place(change))).collect();
    assert!(lines.is_empty(), "{lines:#?}");
    for row in &rows {
        assert!(
            on_the_wire.iter().any(|change| row.lists(change)),
            "{:?} {:?} does not occur",
            row.rules,
            row.locations
        );
    }
}

#[test]
fn patterns_match_whole_texts() {
    for (pattern, text, expected) in [
        ("event", "event", true),
        ("event", "events", false),
        ("send-* responses.*", "send-note responses.400", true),
        ("* request.*.id", "send-note request.action.id", true),
        ("* request.*.id", "send-note request.action.ids", false),
        ("*", "", true),
    ] {
        assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
    }
}
