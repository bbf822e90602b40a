//! The properties of findings and of emitted files.

use std::collections::HashSet;

use wirecrate_codegen::{File, Report, Source};

/// Checks that every finding has a text, and a position in one of the sources.
pub fn check_report(report: &Report, sources: &[&Source]) {
    for finding in &report.diagnostics {
        assert!(!finding.message.is_empty() && finding.pointer.starts_with('#'), "{finding:?}");
        let source = sources.iter().find(|source| source.path == finding.file);
        let source = source.unwrap_or_else(|| panic!("no such file: {finding:?}"));
        let line = source.text.split('\n').nth(finding.line.wrapping_sub(1));
        // A finding may be behind the end of its line, where something is missing.
        let is_placed = line.is_some_and(|line| (1..=line.chars().count() + 1).contains(&finding.column));
        assert!(is_placed, "misplaced: {finding:?}");
    }
    assert_eq!(report.to_string().is_empty(), report.diagnostics.is_empty());
}

/// Checks that the files of a crate have different paths in its folder, and that those in Rust can be parsed.
pub fn check_files(files: &[File]) {
    let mut paths = HashSet::new();
    for File { path, text } in files {
        assert!(path.split('/').all(|part| !part.is_empty() && !part.starts_with('.')), "bad path: {path:?}");
        assert!(paths.insert(path.to_lowercase()), "two files at {path:?}");
        if path.rsplit('.').next() == Some("rs") {
            syn::parse_file(text).unwrap_or_else(|error| panic!("{path:?}: {error}\n{text}"));
        }
    }
}
