//! The names of the two doors of the runtime, compared with those that the generator uses.

use std::collections::BTreeSet;

use wirecrate_codegen::RUNTIME_NAMES;

/// The door for emitted code.
const GENERATED: &str = include_str!("../../runtime/src/generated.rs");

/// The door for people.
const ROOT: &str = include_str!("../../runtime/src/lib.rs");

/// The public names of a source file: re-exports, modules and types.
fn names(source: &str) -> BTreeSet<&str> {
    let statements = source.split("\npub ").skip(1).filter_map(|rest| Some(rest.split_once(';')?.0));
    statements.flat_map(declared).collect()
}

/// The names that a statement declares.
fn declared(statement: &str) -> Vec<&str> {
    let (keyword, rest) = statement.split_once(' ').unwrap_or((statement, ""));
    match (keyword, rest.split_once('{')) {
        ("use", Some((_, list))) => {
            list.trim_end_matches(['}', '\n']).split(',').map(last).filter(|name| !name.is_empty()).collect()
        }
        ("use", None) => vec![last(rest)],
        ("mod", _) => vec![rest],
        ("type", _) => rest.split([' ', '<']).take(1).collect(),
        _ => Vec::new(),
    }
}

/// The name at the end of a path, or behind `as`.
fn last(path: &str) -> &str {
    path.trim().rsplit([':', ' ']).next().unwrap_or_default()
}

#[test]
fn the_door_for_emitted_code_has_the_names_that_the_generator_uses() {
    let used: BTreeSet<_> = RUNTIME_NAMES.iter().filter(|name| name.emitted).map(|name| name.name).collect();
    assert_eq!(names(GENERATED), used);
}

#[test]
fn the_door_for_people_has_the_names_that_emitted_crates_export() {
    let exported: BTreeSet<_> = RUNTIME_NAMES.iter().filter(|name| name.exported).map(|name| name.name).collect();
    let missing: Vec<_> = exported.difference(&names(ROOT)).copied().collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn names_are_listed_once_and_in_order() {
    assert!(RUNTIME_NAMES.is_sorted_by(|one, next| one.name < next.name));
}
