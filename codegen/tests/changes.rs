//! Each overlay in `changes/` and `wire_changes/` is one change of `base.yaml` in its folder. The expectation beside it is the
//! report on the change and on its reverse. Every rule has a change that shows it.
//!
//! The changes in `changes/` are those of the Rust API, which are compared with the verdicts of another tool. Those in
//! `wire_changes/` are about the directions in which values travel, and about changes that look worse or better than they are.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use wirecrate_codegen::diff::rules::{self, Level, RustImpact};
use wirecrate_codegen::diff::{Change, FilePosition, Verdict, diff};
use wirecrate_codegen::{Description, Filter, LeftOut, NoFiles, Options, Source, read};

use crate::support::expectations::{Expectations, paths};

fn folders() -> [PathBuf; 2] {
    ["changes", "wire_changes"].map(|name| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name))
}

fn source(path: &Path) -> Source {
    let name = path.file_name().and_then(|name| name.to_str()).expect("fixtures have plain names");
    Source::new(name, fs::read_to_string(path).expect("fixtures are text"))
}

/// Reads the base of a folder, changed by an overlay, without some operations.
fn description(folder: &Path, overlay: Option<&Path>, left_out: &[LeftOut]) -> Description {
    let overlays = overlay.map(source).into_iter().collect();
    let entries = vec![source(&folder.join("base.yaml"))];
    let filter = Filter::default().without(left_out.iter().map(|left_out| left_out.operation.clone()));
    let options = Options { filter, skip_unsupported: true, ..Options::new("notes") };
    read(entries, overlays, &NoFiles, &options).unwrap_or_else(|report| panic!("{overlay:?}:\n{report}"))
}

/// Reads the base, and the base changed by an overlay, with the same operations.
fn sides(folder: &Path, overlay: Option<&Path>) -> [Description; 2] {
    let overlays = [None, overlay];
    let left_out = overlays.map(|overlay| description(folder, overlay, &[]).api.left_out);
    let mut sides = overlays.map(|overlay| description(folder, overlay, &left_out.concat()));
    for (side, left_out) in sides.iter_mut().zip(left_out) {
        side.api.left_out = left_out;
    }
    sides
}

/// The verdicts, and for each change its rule, its location and its values, and the places in the files if they are wanted.
fn report(changes: &[Change], with_places: bool) -> String {
    let verdict = |level: fn(&Change) -> _| Verdict::of(changes.iter().map(level));
    let mut text = format!("wire {}, Rust API {}\n", verdict(|change| change.wire), verdict(|change| change.api));
    for change in changes {
        let list = |first: Option<&String>, others: &[String]| {
            first.into_iter().chain(others).map(String::as_str).collect::<Vec<_>>().join(", ")
        };
        let operations = list(change.operation.as_ref(), &change.other_operations);
        let locations = list(Some(&change.location), &change.other_locations);
        let place = |place: &Option<FilePosition>| place.as_ref().map_or("-".to_owned(), ToString::to_string);
        let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
        let _ = writeln!(text, "{}: {:?}, {:?}", change.rule.name, change.wire, change.api);
        let _ = write!(text, "  at {locations} of {operations}");
        if change.old.is_some() || change.new.is_some() {
            let _ = write!(text, ": {} -> {}", value(&change.old), value(&change.new));
        }
        text.push('\n');
        if with_places {
            let _ = writeln!(text, "  {} -> {}", place(&change.old_at), place(&change.new_at));
        }
    }
    text
}

/// The changes of a folder, there and back, by the path of the overlay.
fn changes(folder: &Path) -> Vec<(PathBuf, [Vec<Change>; 2])> {
    let both = |path: PathBuf| {
        let [base, changed] = sides(folder, Some(&path));
        (path, [diff(&base, &changed), diff(&changed, &base)])
    };
    paths(folder, ".overlay.yaml").into_iter().map(both).collect()
}

#[test]
fn changes_are_reported_with_their_levels() {
    for folder in folders() {
        let mut expectations = Expectations::new(&folder, ".expected.txt");
        // The cases on the wire are about verdicts, and the places back are those there.
        let with_places = folder.ends_with("changes");
        for (path, [there, back]) in changes(&folder) {
            let (there, back) = (report(&there, with_places), report(&back, false));
            expectations.check(&path, &format!("there: {there}back: {back}"));
        }
        expectations.finish();
    }
}

#[test]
fn equal_descriptions_have_no_changes() {
    for folder in folders() {
        let [one, other] = sides(&folder, None);
        assert_eq!(diff(&one, &other), []);
    }
}

#[test]
fn every_rule_has_a_change() {
    let changes = folders().into_iter().flat_map(|folder| changes(&folder));
    let met: BTreeSet<_> = changes.flat_map(|(_, both)| both.concat()).map(|change| change.rule.name).collect();
    let idle: Vec<_> = rules::all().map(|rule| rule.name).filter(|name| !met.contains(name)).collect();
    assert!(idle.is_empty(), "no fixture shows {idle:?}");
}

fn level(level: Level) -> String {
    format!("{level:?}").to_lowercase()
}

/// Returns the effect on users of the crate in words.
fn in_rust(impact: RustImpact) -> String {
    match impact {
        RustImpact::Always(always) => level(always),
        RustImpact::Sent(sent, received) => format!("{} if it is sent, otherwise {}", level(sent), level(received)),
        RustImpact::Closed(closed, open) => {
            format!("{} if the enum is closed, otherwise {}", level(closed), level(open))
        }
    }
}

/// The rules as a table for users.
#[test]
fn the_rules_are_a_table() {
    let mut table =
        String::from("| Rule | What changed | Sent | Received | In Rust | Reason |\n|---|---|---|---|---|---|\n");
    for rule in rules::all() {
        let _ = writeln!(
            table,
            "| `{}` | {} | {} | {} | {} | {} |",
            rule.name,
            rule.what,
            level(rule.sent),
            level(rule.received),
            in_rust(rule.api),
            rule.reason
        );
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut expectations = Expectations::new(&folder, ".expected.md");
    expectations.check(&folder.join("rules"), &table);
    expectations.finish();
}
