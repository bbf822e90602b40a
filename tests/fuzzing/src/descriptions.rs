//! Descriptions: each becomes a crate whose files can be parsed, or is refused with located findings.

use arbitrary::Unstructured;
use wirecrate_codegen::{NoFiles, Options, Output, Source, generate, read_supported};

use crate::checks::{check_files, check_report};
use crate::{edits, fixtures, structured};

/// Any bytes as a description in YAML.
pub fn yaml(data: &[u8]) {
    any_text("description.yaml", data);
}

/// Any bytes as a description in JSON.
pub fn json(data: &[u8]) {
    any_text("description.json", data);
}

/// A description that is made of supported constructs.
pub fn structured(data: &[u8]) {
    if let Ok(description) = structured::description(&mut Unstructured::new(data)) {
        check(&Source::new("description.json", description.to_string()));
    }
}

/// A description of the test fixtures with some edits.
pub fn edited(data: &[u8]) {
    let mut choices = Unstructured::new(data);
    let edited = fixtures::choose(&mut choices).and_then(|mut description| {
        edits::edit(&mut choices, &mut description)?;
        Ok(description)
    });
    if let Ok(description) = edited {
        check(&Source::new("description.json", description.to_string()));
    }
}

/// Generates a crate, and checks the files or the findings.
pub fn check(source: &Source) -> Option<Output> {
    let options = Options::new("notes");
    match generate(vec![source.clone()], &NoFiles, &options) {
        Ok(output) => {
            check_report(&output.warnings, &[source]);
            check_files(&output.files);
            Some(output)
        }
        Err(report) => {
            assert!(!report.diagnostics.is_empty(), "refused without a finding");
            check_report(&report, &[source]);
            let supported = read_supported(vec![source.clone()], Vec::new(), &NoFiles, &options);
            check_report(&supported.map_or_else(|report| report, |description| description.warnings), &[source]);
            None
        }
    }
}

fn any_text(name: &str, data: &[u8]) {
    if let Ok(text) = str::from_utf8(data) {
        check(&Source::new(name, text));
    }
}
