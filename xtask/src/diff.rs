//! `cargo xtask diff`: what changed between two descriptions, whom it breaks, and which version follows.

mod changelog;
mod markdown;
mod side;
mod text;
mod version;

use clap::{Args, ValueEnum};
use semver::Version;
use serde::Serialize;
use wirecrate_codegen::Description;
use wirecrate_codegen::diff::{Change, Verdict, diff};

use crate::console;
use crate::error::{Error, Result};

/// The descriptions of this workspace, seen from its root.
const SPEC: &str = "spec";

/// Tells what changed between two descriptions, whom it breaks on the wire and in Rust, and which version follows.
///
/// A side is a file, a folder of descriptions such as `spec`, or either of a revision: `git:REVISION:PATH`, the path from
/// the root of the repository. The exit code is 0 whatever the verdict; 1 where a side cannot be read.
///
/// The version follows from what the changes break in Rust: what breaks on the wire does so with every version.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The description as it was.
    #[arg(required_unless_present = "since", requires = "new")]
    old: Option<String>,
    /// The description as it is.
    new: Option<String>,
    /// Compare `spec/` with what it was at this tag, and write the section of the changelog.
    ///
    /// The section stands in `CHANGELOG.md`, under `Unreleased`; what an earlier call wrote there is replaced.
    #[arg(long, value_name = "TAG", conflicts_with = "old")]
    since: Option<String>,
    /// How changes are shown.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For programs: one JSON value.
    Json,
    /// For pull requests and release notes.
    Markdown,
}

/// Everything that is told.
#[derive(Debug, Serialize)]
struct Comparison {
    /// What the changes break on the wire.
    wire: Verdict,
    /// What they break in Rust.
    api: Verdict,
    /// The version that they are compared with.
    current: Version,
    /// The least version that may follow.
    next: Version,
    changes: Vec<Change>,
    /// The sides, as they were named.
    #[serde(skip)]
    names: [String; 2],
}

impl Comparison {
    fn of(names: [String; 2], current: Version) -> Result<Self> {
        let [old, new] = [side::read_side(&names[0])?, side::read_side(&names[1])?];
        Ok(Self::new(names, current, &old, &new))
    }

    /// `spec/` against what it was at a tag.
    fn since(tag: &str) -> Result<Self> {
        let names = [format!("git:{tag}:{SPEC}"), SPEC.to_owned()];
        let (old, new) = (side::read_side(&names[0])?, side::read_own(SPEC)?);
        Ok(Self::new(names, version::at_tag(tag)?, &old, &new))
    }

    fn new(names: [String; 2], current: Version, old: &Description, new: &Description) -> Self {
        let changes = diff(old, new);
        let wire = Verdict::of(changes.iter().map(|change| change.wire));
        let api = Verdict::of(changes.iter().map(|change| change.api));
        let next = version::next(&current, api);
        Self { wire, api, current, next, changes, names }
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let comparison = match (&arguments.since, &arguments.old, &arguments.new) {
        (Some(tag), _, _) => Comparison::since(tag)?,
        (None, Some(old), Some(new)) => Comparison::of([old.clone(), new.clone()], version::of_workspace()?)?,
        _ => return Err(Error::Finding("two descriptions are compared, or `spec/` with a tag".to_owned())),
    };
    match arguments.format {
        Format::Text => console::print(text::Text(&comparison))?,
        Format::Markdown => console::print(markdown::Markdown(&comparison))?,
        Format::Json => console::print(serde_json::json!(comparison))?,
    }
    match &arguments.since {
        Some(tag) => changelog::write(tag, &comparison),
        None => Ok(()),
    }
}

/// Fails where the version of the workspace is lower than what changed since the last tag asks for.
pub(crate) fn check_version() -> Result<()> {
    let Some(tag) = side::last_tag()? else {
        console::note("there is no tag yet, and so no version that this one must follow");
        return Ok(());
    };
    let Comparison { api, current, next, .. } = Comparison::since(&tag)?;
    let version = version::of_workspace()?;
    if version >= next {
        console::note(format_args!("since {tag}: {current} -> {version}; Rust API: {api}, at least {next}"));
        return Ok(());
    }
    Err(Error::Finding(format!(
        "version {version} is too low: since `{tag}`, which has {current}, the Rust API changed ({api}); \
         set `workspace.package.version` in `Cargo.toml` to {next} or higher"
    )))
}
