//! Pairs of descriptions by other authors with the right verdicts, if they are beside the project. None of them is part of it.

use std::fs;
use std::path::Path;

use wirecrate_codegen::diff::{Verdict, diff};
use wirecrate_codegen::{Description, NoFiles, Options, Report, Source, read_supported};

/// The pairs with the table of their verdicts, relative to the folder that contains the project.
const FOLDER: &str = "shared/cases/diff";

fn description(folder: &Path, name: &str) -> Result<Description, Report> {
    let text = fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    read_supported(vec![Source::new(name, text)], Vec::new(), &NoFiles, &Options::new("pairs"))
}

/// The names of pairs and their verdicts, from a Markdown table whose first two columns they are.
fn pairs(table: &str) -> Vec<(String, String)> {
    let cells = |row: &str| -> Option<(String, String)> {
        let mut cells = row.strip_prefix('|')?.split('|').map(|cell| cell.trim().trim_matches('`').to_owned());
        Some((cells.next()?, cells.next()?))
    };
    let verdicts = ["none", "patch", "minor", "major"];
    table.lines().filter_map(cells).filter(|(_, verdict)| verdicts.contains(&&**verdict)).collect()
}

/// Returns a sentence about a pair whose verdict is another one.
fn problem(folder: &Path, (name, expected): &(String, String)) -> Option<String> {
    let [old, new] = ["old", "new"].map(|side| description(folder, &format!("{name}-{side}.yaml")));
    let changes = match (old, new) {
        (Ok(old), Ok(new)) => diff(&old, &new),
        (Err(report), _) | (_, Err(report)) => return Some(format!("{name} is refused:\n{report}")),
    };
    let verdict = Verdict::of(changes.iter().map(|change| change.wire)).to_string();
    let rules: Vec<_> = changes.iter().map(|change| (change.rule.name, change.wire)).collect();
    (verdict != *expected).then(|| format!("{name} is {expected}, but our verdict is {verdict} by {rules:?}"))
}

#[test]
fn pairs_of_others_have_the_right_verdicts() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(FOLDER);
    let Ok(table) = fs::read_to_string(folder.join("README.md")) else {
        return println!("skipped: `{FOLDER}` is not beside the project");
    };
    let pairs = pairs(&table);
    assert!(pairs.len() >= 33, "{} pairs", pairs.len());
    let problems: Vec<_> = pairs.iter().filter_map(|pair| problem(&folder, pair)).collect();
    assert!(problems.is_empty(), "{} of {} pairs:\n{}", problems.len(), pairs.len(), problems.join("\n"));
}
