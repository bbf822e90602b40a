//! The version of this workspace, the version at a tag, and the version that follows.

use std::fs;

use semver::{Prerelease, Version};
use serde::Deserialize;
use wirecrate_codegen::diff::Verdict;

use super::side;
use crate::error::{Error, Result};
use crate::paths;

/// The path of the manifest, relative to the root of the workspace.
const MANIFEST: &str = "Cargo.toml";

/// Returns the version of this workspace, which is also that of the generated crate.
pub(crate) fn of_workspace() -> Result<Version> {
    let path = paths::workspace().join(MANIFEST);
    let text = fs::read_to_string(&path).map_err(Error::io("read", &path))?;
    read(&text, MANIFEST)
}

/// The parts of a workspace's manifest that contain its version.
#[derive(Deserialize)]
struct Manifest {
    workspace: Workspace,
}

#[derive(Deserialize)]
struct Workspace {
    package: Package,
}

#[derive(Deserialize)]
struct Package {
    version: Version,
}

/// Returns the version of the workspace at a tag.
pub(super) fn at_tag(tag: &str) -> Result<Version> {
    read(&side::file_at(tag, MANIFEST)?, &format!("{MANIFEST} at {tag}"))
}

fn read(text: &str, shown: &str) -> Result<Version> {
    let manifest = toml::from_str::<Manifest>(text);
    manifest.map(|manifest| manifest.workspace.package.version).map_err(|error| {
        Error::Finding(format!("`{shown}` has no valid `workspace.package.version`: {}", error.message()))
    })
}

/// Returns the lowest version that may follow, according to Cargo's rules: a breaking change increases the second
/// number in 0.x, and the third in 0.0.x.
///
/// A pre-release makes no compatibility promise, so its release may follow any change.
pub(super) fn next(current: &Version, verdict: Verdict) -> Version {
    let Version { major, minor, patch, .. } = *current;
    if verdict == Verdict::None {
        return current.clone();
    }
    if current.pre != Prerelease::EMPTY {
        return Version::new(major, minor, patch);
    }
    match (verdict, major, minor) {
        (Verdict::Major, 1.., _) => Version::new(major + 1, 0, 0),
        (Verdict::Major, 0, 1..) => Version::new(0, minor + 1, 0),
        (Verdict::Minor, 1.., _) => Version::new(major, minor + 1, 0),
        _ => Version::new(major, minor, patch + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(current: &str, verdict: Verdict, expected: &str) {
        let version = |text: &str| Version::parse(text).expect("a version");
        assert_eq!(next(&version(current), verdict), version(expected));
    }

    #[test]
    fn follows_from_the_verdict() {
        check("1.2.3", Verdict::Major, "2.0.0");
        check("1.2.3", Verdict::Minor, "1.3.0");
        check("1.2.3", Verdict::Patch, "1.2.4");
        check("1.2.3", Verdict::None, "1.2.3");
    }

    #[test]
    fn before_1_0_breaking_changes_increase_the_second_number() {
        check("0.3.1", Verdict::Major, "0.4.0");
        check("0.3.1", Verdict::Minor, "0.3.2");
        check("0.3.1", Verdict::Patch, "0.3.2");
        check("0.0.7", Verdict::Major, "0.0.8");
        check("0.0.7", Verdict::Minor, "0.0.8");
    }

    #[test]
    fn the_release_follows_its_pre_release() {
        check("1.0.0-rc.1", Verdict::Major, "1.0.0");
        check("0.2.0-alpha", Verdict::Patch, "0.2.0");
    }
}
