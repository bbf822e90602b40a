//! A comparison of our verdicts on the Rust API with those of `cargo-semver-checks`, which compares the crates.
//!
//! Each overlay in `codegen/tests/changes` is one change of `base.yaml`, from which a crate is generated. The verdicts
//! on all ordered pairs of crates are written to a table, `tests/agreement.md`. The checker takes minutes and is a
//! separate program, so the table is written on demand:
//!
//! ```text
//! cargo install cargo-semver-checks --version 0.51.0 --locked
//! AGREEMENT=write cargo test -p infobip-tests -- agreement --nocapture
//! ```
//!
//! Without it, the table is compared with our current verdicts.

mod checker;
mod crates;
mod explained;
mod table;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use wirecrate_codegen::diff::{Change, Level, Verdict, diff};
use wirecrate_codegen::{Description, Files as _, read};

use crate::documents::Folder;
use crate::emitted_crates::{Target, workspace};
use checker::Checker;
use table::{Row, Table};

/// The description that all others differ from.
const BASE: &str = "base";

/// A description with a change.
struct Variant {
    name: String,
    description: Description,
}

/// Returns the base, then its variants by name.
fn variants() -> &'static [Variant] {
    static VARIANTS: OnceLock<Vec<Variant>> = OnceLock::new();
    VARIANTS.get_or_init(|| {
        let folder = workspace().join("codegen/tests/changes");
        let entries = fs::read_dir(&folder).expect("the folder of fixtures exists");
        let names = entries.filter_map(|entry| entry.expect("the folder can be read").file_name().into_string().ok());
        let mut overlays: Vec<_> =
            names.filter_map(|name| name.strip_suffix(".overlay.yaml").map(str::to_owned)).collect();
        overlays.sort();
        let base = Variant { name: BASE.to_owned(), description: changed(&folder, None) };
        let variant = |name: &String| Variant { name: name.clone(), description: changed(&folder, Some(name)) };
        [base].into_iter().chain(overlays.iter().map(variant)).collect()
    })
}

/// Returns the base, changed by an overlay.
fn changed(folder: &Path, overlay: Option<&str>) -> Description {
    let folder = Folder(folder.to_owned());
    let source = |name: &str| folder.read(name).expect("the fixture can be read");
    let overlays = overlay.map(|name| source(&format!("{name}.overlay.yaml"))).into_iter().collect();
    read(vec![source("base.yaml")], overlays, &folder, &Target::options("notes")).expect("the fixture is valid")
}

/// Returns our verdict, and the rules that it follows from.
fn ours(old: &Variant, new: &Variant) -> (Verdict, Vec<&'static str>) {
    let changes = diff(&old.description, &new.description);
    let worst = changes.iter().map(|change| change.api).min();
    let is_decisive = |change: &&Change| Some(change.api) == worst && worst != Some(Level::Informational);
    let mut rules: Vec<_> = changes.iter().filter(is_decisive).map(|change| change.rule.name).collect();
    rules.sort_unstable();
    rules.dedup();
    (Verdict::of(changes.iter().map(|change| change.api)), rules)
}

fn path_of_table() -> PathBuf {
    workspace().join("tests/agreement.md")
}

#[test]
fn the_table_contains_our_verdicts() {
    let text = fs::read_to_string(path_of_table()).expect("the table exists");
    let rows = Table::rows(&text);
    let all = variants();
    let find = |name: &str| all.iter().find(|variant| variant.name == name);
    let mut problems = Vec::new();
    for Row { old, new, ours: known, theirs, rules } in &rows {
        let (Some(before), Some(after)) = (find(old), find(new)) else {
            problems.push(format!("{old} -> {new}: there is no such description"));
            continue;
        };
        let (verdict, decisive) = ours(before, after);
        if verdict.to_string() != *known || decisive != *rules {
            problems.push(format!(
                "{old} -> {new}: the table has {known} by {rules:?}, but our verdict is {verdict} by {decisive:?}"
            ));
        }
        if let Err(problem) = explained::explain(verdict, theirs, &decisive) {
            problems.push(format!("{old} -> {new}: {problem}"));
        }
    }
    let pairs = (all.len() - 1) * 2;
    assert!(all.len() > 60 && rows.len() == pairs, "{} rows for {pairs} pairs", rows.len());
    assert!(problems.is_empty(), "{} problems; write the table again:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn cargo_semver_checks_agrees() {
    if std::env::var_os("AGREEMENT").is_none_or(|value| value != "write") {
        println!("skipped: it takes minutes; set AGREEMENT=write to run {} again", Checker::NAME);
        return;
    }
    let checker = Checker::find().unwrap_or_else(|problem| panic!("{problem}"));
    let docs: Vec<_> = variants().iter().map(crates::document).collect();
    let all = variants();
    let pairs: Vec<(usize, usize)> = (0..all.len())
        .flat_map(|old| (0..all.len()).map(move |new| (old, new)))
        .filter(|(old, new)| old != new)
        .collect();
    let theirs = checker.verdicts(&docs, &pairs);
    let mut table = Table::new(&checker, all.len());
    let mut problems = Vec::new();
    for (&(old, new), theirs) in pairs.iter().zip(theirs) {
        let (verdict, rules) = ours(&all[old], &all[new]);
        if let Err(problem) = explained::explain(verdict, &theirs, &rules) {
            problems.push(format!("{} -> {}: {problem}", all[old].name, all[new].name));
        }
        let row = Row {
            old: all[old].name.clone(),
            new: all[new].name.clone(),
            ours: verdict.to_string(),
            theirs,
            rules: rules.into_iter().map(str::to_owned).collect(),
        };
        table.enter(row, old == 0 || new == 0);
    }
    let text = table.to_string();
    fs::write(path_of_table(), &text).expect("the table can be written");
    println!("{}", table.summary());
    assert!(problems.is_empty(), "{} unexplained differences:\n{}", problems.len(), problems.join("\n"));
}
