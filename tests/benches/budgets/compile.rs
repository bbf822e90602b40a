//! What a user of the crate waits for: building it and the smallest program that sends a message.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{self, least};
use crate::table::{Budget, Row, Table};

/// A workspace of its own, so that both programs are built with what their users would get.
const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/twin");

/// Set to measure builds from nothing, which take minutes.
const FRESH: &str = "INFOBIP_FRESH_BUILD";

/// Ours and the twin's.
pub(crate) struct Programs {
    pub(crate) ours: Program,
    pub(crate) twin: Program,
}

/// The package of a program and the crate that it stands on.
pub(crate) struct Program {
    package: &'static str,
    library: &'static str,
}

impl Program {
    /// A command that starts a binary of the package, in an environment without proxies or certificates.
    pub(crate) fn command(&self, binary: &str) -> Command {
        let mut command = Command::new(target(self.package).join("release").join(binary));
        command.env_clear().env("INFOBIP_API_KEY", "key");
        command
    }

    /// The CPU seconds to build a binary, most of which may be there already.
    fn build(&self, binary: &str, target: &Path) -> f64 {
        let mut cargo = cargo("build", target);
        cargo.args(["--quiet", "--release", "--package", self.package, "--bin", binary]);
        process::run(&mut cargo).cpu.as_secs_f64()
    }

    /// The CPU seconds to build the library and the program, with everything below them there already.
    fn rebuild(&self) -> f64 {
        let target = target(self.package);
        self.build("minimal", &target);
        least(3, || {
            let mut cargo = cargo("clean", &target);
            cargo.args(["--quiet", "--release", "--package", self.library, "--package", self.package]);
            process::run(&mut cargo);
            self.build("minimal", &target)
        })
    }

    fn build_from_nothing(&self) -> f64 {
        let target = target("fresh");
        // There is none in the first run.
        let _ = fs::remove_dir_all(&target);
        self.build("minimal", &target)
    }

    /// The packages that the program stands on, itself left out.
    fn crates(&self) -> f64 {
        let mut cargo = cargo("tree", &target(self.package));
        cargo.args(["--edges", "normal", "--prefix", "none", "--format", "{p}", "--package", self.package]);
        let (tree, _) = process::output(&mut cargo);
        let crates: BTreeSet<_> = tree.lines().map(|line| line.trim_end_matches(" (*)")).collect();
        f64::from(u32::try_from(crates.len() - 1).expect("there are fewer crates"))
    }
}

/// Builds both programs and measures every row.
pub(crate) fn measure(table: &mut Table) -> Programs {
    let ours = Program { package: "program-ours", library: "infobip-whatsapp" };
    let twin = Program { package: "program-twin", library: "infobip-twin" };
    let row = Row::new("compile the crate and a minimal program", "CPU s", ours.rebuild()).twin(twin.rebuild());
    table.add(&row, &Budget::OfTwin(1.25));
    for program in [&ours, &twin] {
        program.build("repeat", &target(program.package));
    }
    fresh_build(table, &ours, &twin);
    let row = Row::new("crates below a minimal program", "crates", ours.crates()).twin(twin.crates());
    table.add(&row, &Budget::AtMost(100.0));
    Programs { ours, twin }
}

fn fresh_build(table: &mut Table, ours: &Program, twin: &Program) {
    let what = "build a minimal program from nothing";
    if env::var_os(FRESH).is_none() {
        return table.skip(what, &format!("takes minutes; set {FRESH}=1"));
    }
    let row = Row::new(what, "CPU s", ours.build_from_nothing()).twin(twin.build_from_nothing());
    table.add(&row, &Budget::OfTwin(0.67));
}

fn cargo(command: &str, target: &Path) -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(WORKSPACE).arg(command).env("CARGO_TARGET_DIR", target);
    cargo
}

/// Both are built apart, with the features that each alone would have.
fn target(package: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(package)
}
