//! Each scenario in `overlays/err` is refused, and the expectation beside it has the printed findings. The scenarios in
//! `overlays/ok` contain the patched descriptions; `src/load/overlay/tests.rs` compares them.

use std::fs;
use std::path::Path;

use wirecrate_codegen::{NoFiles, Options, Source, read};

use crate::support::expectations::{Expectations, paths};

#[test]
fn mistakes_in_overlays_are_reported_with_their_places() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/overlays/err");
    let bakery = fs::read_to_string(folder.join("bakery.yaml")).expect("the common description is there");
    let mut findings = Expectations::new(&folder, ".findings.txt");
    for path in paths(&folder, ".txt").iter().filter(|path| !path.to_string_lossy().ends_with(".findings.txt")) {
        let text = fs::read_to_string(path).expect("scenarios are text");
        let parts = text.split("=== ").skip(1).map(|part| part.split_once('\n').expect("a part starts with its name"));
        let sources = parts.map(|(name, text)| Source::new(name, text));
        let (overlays, mut entries): (Vec<_>, Vec<_>) = sources.partition(|source| source.name.starts_with("overlay"));
        if entries.is_empty() {
            entries.push(Source::new("bakery.yaml", bakery.as_str()));
        }
        let report = read(entries, overlays, &NoFiles, &Options::new("notes")).expect_err("the overlay is wrong");
        findings.check(path, &report.to_string());
    }
    findings.finish();
}
