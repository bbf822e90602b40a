//! The crate of a variant, and its API as rustdoc describes it for programs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Variant, changed};
use crate::emitted_crates::workspace;

/// Where the API of a variant is described; made anew only where the crate changed.
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

/// Writes the files that differ; tells whether some did.
fn write(variant: &Variant, folder: &Path) -> bool {
    let overlay = Some(variant.name.as_str()).filter(|name| *name != super::BASE);
    // Printing takes the description, so it is read again.
    let files = changed(&workspace().join("codegen/tests/changes"), overlay).emit().files;
    let lock = fs::read_to_string(workspace().join("Cargo.lock")).expect("the lock file is there");
    let mut is_new = false;
    let files = files.into_iter().map(|file| {
        // A workspace of its own, wherever it stands.
        let end = if file.path == "Cargo.toml" { "\n[workspace]\n" } else { "" };
        (file.path, file.text + end)
    });
    for (path, text) in files.chain([("Cargo.lock".to_owned(), lock)]) {
        let path = folder.join(path);
        let known = fs::read_to_string(&path).unwrap_or_default();
        // Cargo takes out of the lock file what this crate does not need.
        if known != text && !(path.ends_with("Cargo.lock") && path.exists()) {
            fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("the folder can be made");
            fs::write(&path, text).expect("the file can be written");
            is_new = true;
        }
    }
    is_new
}

/// Lets rustdoc describe the API, as `cargo-semver-checks` itself does: the format is not stable yet.
fn describe(folder: &Path, target: &Path) {
    let run = Command::new(env!("CARGO"))
        .args(["rustdoc", "--quiet", "--offline", "--lib", "--no-default-features"])
        .args(["--", "-Z", "unstable-options", "--output-format", "json"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .env("RUSTC_BOOTSTRAP", "1")
        .output()
        .expect("cargo can be run");
    assert!(run.status.success(), "{}: {}", folder.display(), String::from_utf8_lossy(&run.stderr));
}
