//! Each overlay in `changes/` is one change of `changes/base.yaml`. What is told of it, there and back, is a snapshot; and
//! every rule is met.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use wirecrate_codegen::diff::rules::RULES;
use wirecrate_codegen::diff::{Change, Place, Verdict, diff};
use wirecrate_codegen::{Description, NoFiles, Options, Source, read};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/changes")
}

fn source(path: &Path) -> Source {
    let name = path.file_name().and_then(|name| name.to_str()).expect("fixtures have plain names");
    Source::new(name, fs::read_to_string(path).expect("fixtures are text"))
}

/// The base, changed by an overlay.
fn description(overlay: Option<&Path>) -> Description {
    let overlays = overlay.map(source).into_iter().collect();
    let entries = vec![source(&folder().join("base.yaml"))];
    read(entries, overlays, &NoFiles, &Options::new("notes")).unwrap_or_else(|report| panic!("{overlay:?}:\n{report}"))
}

fn told(changes: &[Change]) -> String {
    let verdict = |level: fn(&Change) -> _| Verdict::of(changes.iter().map(level));
    let mut text = format!("wire {}, Rust API {}\n", verdict(|change| change.wire), verdict(|change| change.api));
    for change in changes {
        let operations: Vec<_> = change.operation.iter().chain(&change.other_operations).map(String::as_str).collect();
        let locations: Vec<_> =
            std::iter::once(&change.location).chain(&change.other_locations).map(String::as_str).collect();
        let place = |place: &Option<Place>| place.as_ref().map_or("-".to_owned(), ToString::to_string);
        let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
        let _ = writeln!(
            text,
            "{}: {:?}, {:?}\n  at {} of {}\n  {} -> {}\n  {} -> {}",
            change.rule.name,
            change.wire,
            change.api,
            locations.join(", "),
            operations.join(", "),
            value(&change.old),
            value(&change.new),
            place(&change.old_at),
            place(&change.new_at),
        );
    }
    text
}

#[test]
fn changes_are_told_with_what_they_break() {
    let base = description(None);
    insta::glob!("changes/*.overlay.yaml", |path| {
        let changed = description(Some(path));
        let (there, back) = (diff(&base, &changed), diff(&changed, &base));
        insta::assert_snapshot!(format!("there: {}\nback: {}", told(&there), told(&back)));
    });
}

#[test]
fn nothing_is_told_of_what_is_the_same() {
    assert_eq!(diff(&description(None), &description(None)), []);
}

#[test]
fn every_rule_is_met() {
    let base = description(None);
    let mut met = BTreeSet::new();
    let entries = fs::read_dir(folder()).expect("the folder of fixtures is there");
    let paths = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    for path in paths.filter(|path| path.to_str().is_some_and(|path| path.ends_with(".overlay.yaml"))) {
        let changed = description(Some(&path));
        let both = diff(&base, &changed).into_iter().chain(diff(&changed, &base));
        met.extend(both.map(|change| change.rule.name));
    }
    let idle: Vec<_> = RULES.iter().map(|rule| rule.name).filter(|name| !met.contains(name)).collect();
    assert!(idle.is_empty(), "no fixture shows {idle:?}");
}

/// The rules as they are read by people.
#[test]
fn the_rules_are_a_table() {
    let mut table =
        String::from("| Rule | What changed | Sent | Received | In Rust | Because |\n|---|---|---|---|---|---|\n");
    for rule in RULES {
        let _ = writeln!(
            table,
            "| `{}` | {} | {:?} | {:?} | {:?} | {} |",
            rule.name, rule.what, rule.sent, rule.received, rule.api, rule.reason
        );
    }
    insta::assert_snapshot!(table);
}
