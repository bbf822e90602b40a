//! Overlays: each is applied, or refused with located findings in it or in the description.

use wirecrate_codegen::{NoFiles, Options, Source, read};

use crate::checks::{check_files, check_report};

/// The description that overlays are applied to.
const DESCRIPTION: &str = include_str!("../../../codegen/tests/changes/base.yaml");

/// Any bytes as an overlay, in JSON if they begin with a brace, and otherwise in YAML.
pub fn overlays(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    let (description, overlay) = (Source::new("description.yaml", DESCRIPTION), Source::new("overlay", text));
    let sources = [&description, &overlay];
    match read(vec![description.clone()], vec![overlay.clone()], &NoFiles, &Options::new("notes")) {
        Ok(patched) => {
            check_report(&patched.warnings, &sources);
            check_files(&patched.emit().files);
        }
        Err(report) => {
            assert!(!report.diagnostics.is_empty(), "refused without a finding");
            check_report(&report, &sources);
        }
    }
}
