//! The measured programs: ours, which uses the generated crate, and the twin's.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::process;

/// A separate workspace, so that both programs are built with the features that their users would get.
const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/twin");

/// A package of programs, and the crate that they use.
pub(crate) struct Program {
    pub(crate) package: &'static str,
    pub(crate) library: &'static str,
}

impl Program {
    /// Our programs.
    pub(crate) const OURS: Self = Self { package: "program-ours", library: "infobip-whatsapp" };

    /// The programs of the twin.
    pub(crate) const TWIN: Self = Self { package: "program-twin", library: "infobip-twin" };

    /// Returns a command that starts a binary of the package, in an environment without proxies or certificates.
    pub(crate) fn command(&self, binary: &str) -> Command {
        let mut command = Command::new(self.path(binary));
        command.env_clear().env("INFOBIP_API_KEY", "key");
        command
    }

    /// Returns the path of a binary.
    pub(crate) fn path(&self, binary: &str) -> PathBuf {
        self.target().join("release").join(binary)
    }

    /// Builds a binary, most of which may be built already, and returns the CPU seconds.
    pub(crate) fn build(&self, binary: &str) -> f64 {
        self.build_in(&self.target(), binary)
    }

    /// Builds a binary in another target folder, and returns the CPU seconds.
    pub(crate) fn build_in(&self, target: &Path, binary: &str) -> f64 {
        let mut cargo = cargo("build", target);
        cargo.args(["--quiet", "--release", "--package", self.package, "--bin", binary]);
        process::run(&mut cargo).cpu.as_secs_f64()
    }

    /// Returns a Cargo command in the workspace of the programs.
    pub(crate) fn cargo(&self, command: &str) -> Command {
        cargo(command, &self.target())
    }

    /// Returns the target folder. Each package is built separately, so that features are not unified.
    fn target(&self) -> PathBuf {
        target(self.package)
    }
}

/// Returns the target folder with a name.
pub(crate) fn target(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

fn cargo(command: &str, target: &Path) -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(WORKSPACE).arg(command).env("CARGO_TARGET_DIR", target);
    cargo
}
