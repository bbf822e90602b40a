//! Each description in `partial/` has errors. The expectation beside it has the operations that are read nevertheless, those
//! that are left out, and the findings; or the reason for which the whole description is refused.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use wirecrate_codegen::{Description, NoFiles, Options, Report, Source, read, read_supported};

use crate::support::expectations::{Expectations, paths};

fn source(path: &Path) -> Source {
    let name = path.file_name().and_then(|name| name.to_str()).expect("fixtures have plain names");
    Source::new(name, fs::read_to_string(path).expect("fixtures are text"))
}

fn findings(report: &Report) -> String {
    let mut text = String::new();
    for finding in &report.diagnostics {
        let severity = format!("{:?}", finding.severity).to_lowercase();
        let _ = writeln!(text, "{severity} at {}:{}: {}", finding.line, finding.column, finding.message);
    }
    text
}

fn summary(Description { api, warnings, .. }: &Description) -> String {
    let mut text = String::new();
    for operation in &api.operations {
        let _ = writeln!(text, "read: {} {}", operation.method, operation.path);
    }
    for callback in &api.callbacks {
        let _ = writeln!(text, "read: {}", callback.name);
    }
    for left_out in &api.left_out {
        let _ = writeln!(text, "left out: {}: {}", left_out.operation, left_out.error.message);
    }
    text + &findings(warnings)
}

#[test]
fn supported_operations_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/partial");
    let mut expectations = Expectations::new(&folder, ".expected.txt");
    for path in paths(&folder, ".yaml") {
        let options = Options::new("notes");
        assert!(read(vec![source(&path)], Vec::new(), &NoFiles, &options).is_err(), "{path:?} has no error");
        let outcome = read_supported(vec![source(&path)], Vec::new(), &NoFiles, &options);
        expectations.check(
            &path,
            &outcome.map_or_else(|report| format!("refused\n{}", findings(&report)), |read| summary(&read)),
        );
    }
    expectations.finish();
}
