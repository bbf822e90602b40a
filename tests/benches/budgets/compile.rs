//! The build time of the crate and of the smallest program that sends a message.

use std::collections::BTreeSet;
use std::{env, fs};

use crate::shared::process::{self, least};
use crate::shared::programs::{Program, target};
use crate::shared::table::{Budget, Row, Table};

/// Set to measure builds from nothing, which take minutes.
const FRESH: &str = "INFOBIP_FRESH_BUILD";

/// Measures every row.
pub(crate) fn measure(table: &mut Table) {
    let [ours, twin] = [Program::OURS, Program::TWIN].map(|program| rebuild(&program));
    let row = Row::new("compile the crate and a minimal program", "CPU s", ours).twin(twin);
    table.add(&row, &Budget::OfTwin(1.25));
    fresh_build(table);
    let [ours, twin] = [Program::OURS, Program::TWIN].map(|program| crates(&program));
    let row = Row::new("crates below a minimal program", "crates", ours).twin(twin);
    table.add(&row, &Budget::AtMost(100.0));
}

/// The CPU seconds to build the library and the program, without their dependencies.
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
    let what = "build a minimal program from nothing";
    if env::var_os(FRESH).is_none() {
        return table.skip(what, &format!("takes minutes; set {FRESH}=1"));
    }
    let [ours, twin] = [Program::OURS, Program::TWIN].map(|program| build_from_nothing(&program));
    table.add(&Row::new(what, "CPU s", ours).twin(twin), &Budget::OfTwin(0.67));
}

fn build_from_nothing(program: &Program) -> f64 {
    let target = target("fresh");
    // There is none in the first run.
    let _ = fs::remove_dir_all(&target);
    program.build_in(&target, "minimal")
}

/// The number of packages that the program depends on, without itself.
fn crates(program: &Program) -> f64 {
    let mut cargo = program.cargo("tree");
    cargo.args(["--edges", "normal", "--prefix", "none", "--format", "{p}", "--package", program.package]);
    let (tree, _) = process::output(&mut cargo);
    let crates: BTreeSet<_> = tree.lines().map(|line| line.trim_end_matches(" (*)")).collect();
    f64::from(u32::try_from(crates.len() - 1).expect("there are fewer crates"))
}
