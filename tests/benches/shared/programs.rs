//! The measured programs: ours, on the generated crate, and the twin's.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::process;

/// A workspace of its own, so that both programs are built with the features of their users.
const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/twin");

/// The package of some programs, and the crate that they depend on.
pub(crate) struct Program {
    pub(crate) package: &'static str,
    pub(crate) library: &'static str,
}

impl Program {
    /// Ours.
    pub(crate) const OURS: Self = Self { package: "program-ours", library: "infobip-whatsapp" };

    /// The twin's.
    pub(crate) const TWIN: Self = Self { package: "program-twin", library: "infobip-twin" };

    /// A command that starts a binary of the package, in an environment without proxies or certificates.
    pub(crate) fn command(&self, binary: &str) -> Command {
        let mut command = Command::new(self.target().join("release").join(binary));
        command.env_clear().env("INFOBIP_API_KEY", "key");
        command
    }

    /// Builds a binary, unless it is up to date; returns the CPU seconds.
    pub(crate) fn build(&self, binary: &str) -> f64 {
        self.build_in(&self.target(), binary)
    }

    /// The same in another target folder.
    pub(crate) fn build_in(&self, target: &Path, binary: &str) -> f64 {
        let mut cargo = cargo("build", target);
        cargo.args(["--quiet", "--release", "--package", self.package, "--bin", binary]);
        process::run(&mut cargo).cpu.as_secs_f64()
    }

    /// A command of cargo, in the workspace of the programs.
    pub(crate) fn cargo(&self, command: &str) -> Command {
        cargo(command, &self.target())
    }

    /// A target folder of its own, so that the features of one program do not affect the other.
    fn target(&self) -> PathBuf {
        target(self.package)
    }
}

/// A target folder of that name.
pub(crate) fn target(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

fn cargo(command: &str, target: &Path) -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(WORKSPACE).arg(command).env("CARGO_TARGET_DIR", target);
    cargo
}
