//! The crate of a variant, and its API as JSON of rustdoc.

use std::fs;
use std::path::{Path, PathBuf};

use wirecrate_codegen::File;

use super::{Variant, changed};
use crate::emitted_crates::{cargo_with_libraries, libraries, run, workspace};

/// The file that describes the API of a variant; written again only if the crate has changed.
pub(super) fn document(variant: &Variant) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("agreement");
    let folder = root.join(&variant.name);
    let described = root.join(format!("{}.json", variant.name));
    let is_new = write(variant, &folder);
    if is_new || !described.exists() {
        let target = root.join("target");
        describe(&folder, &target);
        fs::copy(target.join("doc/notes.json"), &described).expect("rustdoc wrote it");
    }
    described
}

/// Writes the files that differ; returns `true` if there were any.
fn write(variant: &Variant, folder: &Path) -> bool {
    let overlay = Some(variant.name.as_str()).filter(|name| *name != super::BASE);
    // Printing takes the description, so it is read again.
    let files = changed(&workspace().join("codegen/tests/changes"), overlay).emit().files;
    let mut is_new = false;
    for File { path, text } in files {
        // A workspace of its own.
        let end = if path == "Cargo.toml" { format!("\n[workspace]\n\n{}", libraries::patch()) } else { String::new() };
        let text = text + &end;
        let path = folder.join(path);
        let known = fs::read_to_string(&path).unwrap_or_default();
        if known != text {
            fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("the folder can be created");
            fs::write(&path, text).expect("the file can be written");
            is_new = true;
        }
    }
    is_new
}

/// Describes the API by rustdoc, as `cargo-semver-checks` itself does: the format is not stable yet.
fn describe(folder: &Path, target: &Path) {
    let arguments = ["rustdoc", "--lib", "--no-default-features"];
    let mut command = cargo_with_libraries(folder, &arguments);
    command.args(["--", "-Z", "unstable-options", "--output-format", "json"]);
    run(command.env("CARGO_TARGET_DIR", target).env("RUSTC_BOOTSTRAP", "1"));
}
