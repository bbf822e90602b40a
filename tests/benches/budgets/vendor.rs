//! A large crate, generated from the vendor's document, if it is available beside the project.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::generate::{self, read_and_hash};
use crate::shared::process::{self, least};
use crate::shared::programs::target;
use crate::shared::table::{Budget, Row, Table};

/// The path of the document, relative to the parent folder of the project.
const DOCUMENT: &str = "shared/vendor/infobip-whatsapp-2026-04.openapi.json";

/// Measures every row.
pub(crate) fn measure(table: &mut Table) {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("the project is in a folder");
    let document = beside.join(DOCUMENT);
    if !document.is_file() {
        return table.skip("generate the vendor's document", "it is not available beside the project");
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("vendor");
    let krate = folder.join("whole");
    let run = || generate(&document, &krate);
    let time = least(5, || {
        // The folder does not exist in the first run.
        let _ = fs::remove_dir_all(&krate);
        run()
    });
    table.add(&Row::new("generate the vendor's document, whole command", "ms", time), &Budget::AtMost(1000.0));
    let again = least(5, run);
    let floor = least(5, || read_and_hash(&[document.clone(), krate.clone()]));
    let row = Row::new("the same without a change, above reading and hashing", "ms", again - floor);
    table.add(&row, &Budget::AtMost(20.0));
    let time = least(5, || compare(&document));
    table.add(&Row::new("compare it with itself, whole command", "ms", time), &Budget::AtMost(300.0));
    let types = count_types(&krate);
    let check = check(&folder, &krate);
    let row =
        Row::new(format!("check the crate of it, for each of {types} types"), "CPU ms", check * 1e3 / f64::from(types));
    table.add(&row, &Budget::AtMost(8.0));
}

/// Returns the milliseconds of a run.
fn generate(document: &Path, krate: &Path) -> f64 {
    let mut command = Command::new(generate::program());
    command.arg("generate").arg("--spec").arg(document).arg("--out").arg(krate).args(["--name", "vendor"]);
    // The measurement ignores warnings.
    process::run(command.stderr(std::process::Stdio::null())).milliseconds()
}

/// Returns the milliseconds of a comparison with itself.
fn compare(document: &Path) -> f64 {
    let mut command = Command::new(generate::program());
    process::run(command.arg("diff").args([document, document])).milliseconds()
}

/// Returns the number of structs, enumerations and unions of the crate.
fn count_types(krate: &Path) -> u32 {
    let files = fs::read_dir(krate.join("src/models")).expect("the crate has models").flatten();
    let texts = files.map(|file| fs::read_to_string(file.path()).expect("a file of the crate can be read"));
    let types = texts.map(|text| text.matches("\npub struct ").count() + text.matches("\npub enum ").count());
    u32::try_from(types.sum::<usize>()).expect("the number of types fits into 32 bits")
}

/// Returns the CPU seconds to check the library, with its dependencies already checked.
fn check(folder: &Path, krate: &Path) -> f64 {
    let workspace = "[workspace]\nmembers = [\"whole\"]\nresolver = \"3\"\n";
    fs::write(folder.join("Cargo.toml"), workspace).expect("the target folder can be written");
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    fs::copy(lock, folder.join("Cargo.lock")).expect("the target folder can be written");
    let run = || {
        let mut cargo = generate::cargo();
        cargo.current_dir(folder).env("CARGO_TARGET_DIR", target("vendor-check"));
        cargo.args(["check", "--quiet", "--lib", "--no-default-features", "--package", "vendor"]);
        process::run(&mut cargo).cpu.as_secs_f64()
    };
    run();
    let root: PathBuf = krate.join("src/lib.rs");
    let text = fs::read_to_string(&root).expect("the crate has a root module");
    least(3, || {
        // Writing the file again makes it newer than the build output.
        fs::write(&root, &text).expect("the target folder can be written");
        run()
    })
}
