//! Changes: two edits of one description are compared, in both directions.

use arbitrary::{Result, Unstructured};
use wirecrate_codegen::diff::{Verdict, diff};
use wirecrate_codegen::{Description, NoFiles, Options, Source, read_supported};

use crate::{edits, fixtures, structured};

/// Two descriptions that are edits of the same one.
pub fn changes(data: &[u8]) {
    let Ok([old, new]) = versions(&mut Unstructured::new(data)) else { return };
    let (Some(old), Some(new)) = (read(old), read(new)) else { return };
    assert_eq!(diff(&old, &old), [], "the same description has no changes");
    let (there, back) = (diff(&old, &new), diff(&new, &old));
    assert_eq!(there.is_empty(), back.is_empty(), "changes in one direction only: {there:#?} {back:#?}");
    let (old, new) = (old.emit(), new.emit());
    if old.files == new.files {
        let verdict = Verdict::of(there.iter().map(|change| change.api));
        assert!(verdict < Verdict::Major, "the crates are equal: {there:#?}");
    }
}

fn versions(choices: &mut Unstructured<'_>) -> Result<[String; 2]> {
    let base = if choices.ratio(1, 4)? { structured::description(choices)? } else { fixtures::choose(choices)? };
    let mut versions = [base.clone(), base];
    for version in &mut versions {
        edits::edit(choices, version)?;
    }
    Ok(versions.map(|version| version.to_string()))
}

fn read(text: String) -> Option<Description> {
    let source = Source::new("description.json", text);
    read_supported(vec![source], Vec::new(), &NoFiles, &Options::new("notes")).ok()
}
