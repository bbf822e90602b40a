//! Build times of the crate, and of the smallest program that sends a message.

use std::collections::BTreeSet;
use std::process::Command;
use std::{env, fs};

use crate::shared::process::{self, least};
use crate::shared::programs::{Program, target};
use crate::shared::table::{Budget, Row, Table};

/// The environment variable that enables measurements of clean builds, which take minutes.
const FRESH: &str = "INFOBIP_FRESH_BUILD";

/// Measures every row.
pub(crate) fn measure(table: &mut Table) {
    let [ours, twin] = [Program::OURS, Program::TWIN].map(|program| rebuild(&program));
    let row = Row::new("compile the crate and a minimal program", "CPU s", ours).twin(twin);
    table.add(&row, &Budget::OfTwin(1.2));
    fresh_build(table);
    let [ours, twin] = [Program::OURS, Program::TWIN].map(|program| stripped(&program));
    table.add(&Row::new("stripped minimal program", "MiB", ours).twin(twin), &Budget::AtMost(3.8));
    let [ours, twin] = [Program::OURS, Program::TWIN].map(|program| crates(&program));
    let row = Row::new("dependencies of a minimal program", "crates", ours).twin(twin);
    table.add(&row, &Budget::AtMost(97.0));
}

/// Returns the CPU seconds to build the library and the program, with their dependencies already built.
fn rebuild(program: &Program) -> f64 {
    program.build("minimal");
    least(3, || {
        let mut cargo = program.cargo("clean");
        cargo.args(["--quiet", "--release", "--package", program.library, "--package", program.package]);
        process::run(&mut cargo);
        program.build("minimal")
    })
}

fn fresh_build(table: &mut Table) {
    let what = "clean build of a minimal program";
    if env::var_os(FRESH).is_none() {
        return table.skip(what, &format!("takes minutes; set {FRESH}=1"));
    }
    let [ours, twin] = [Program::OURS, Program::TWIN].map(|program| clean_build(&program));
    table.add(&Row::new(what, "CPU s", ours).twin(twin), &Budget::OfTwin(0.67));
}

fn clean_build(program: &Program) -> f64 {
    let target = target("fresh");
    // The folder does not exist in the first run.
    let _ = fs::remove_dir_all(&target);
    program.build_in(&target, "minimal")
}

/// Returns the size of the program without symbols, in MiB.
fn stripped(program: &Program) -> f64 {
    let target = target("stripped");
    fs::create_dir_all(&target).expect("the folder can be created");
    let copy = target.join(program.package);
    let mut strip = Command::new("strip");
    process::run(strip.arg("-o").arg(&copy).arg(program.path("minimal")));
    let bytes = fs::metadata(&copy).expect("the copy was written").len();
    f64::from(u32::try_from(bytes).expect("a program is smaller than 4 GiB")) / f64::from(1 << 20)
}

/// Returns the number of packages that the program depends on.
fn crates(program: &Program) -> f64 {
    let mut cargo = program.cargo("tree");
    cargo.args(["--edges", "normal", "--prefix", "none", "--format", "{p}", "--package", program.package]);
    let (tree, _) = process::output(&mut cargo);
    let crates: BTreeSet<_> = tree.lines().map(|line| line.trim_end_matches(" (*)")).collect();
    f64::from(u32::try_from(crates.len() - 1).expect("the number of crates fits into 32 bits"))
}
