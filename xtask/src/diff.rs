//! `cargo xtask diff`: the changes between two descriptions, what they break, and the version that follows.

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

/// The folder of descriptions, relative to the root of the workspace.
const SPEC: &str = "spec";

/// Reports the changes between two descriptions, what they break on the wire and in Rust, and the version that follows.
///
/// Each description is a file, a folder such as `spec`, or either at a revision: `git:REVISION:PATH`, with the path
/// relative to the root of the repository. The exit code is 0 for any verdict, and 1 if a description cannot be read.
///
/// The version depends only on what the changes break in Rust: a change on the wire affects every version of the crate.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The old description.
    #[arg(required_unless_present = "since", requires = "new")]
    old: Option<String>,
    /// The new description.
    new: Option<String>,
    /// Compare `spec/` with its state at this tag, and write a section of the changelog.
    ///
    /// The section is written to `CHANGELOG.md`, under `Unreleased`. The section of an earlier run is replaced.
    #[arg(long, value_name = "TAG", conflicts_with = "old")]
    since: Option<String>,
    /// Output format of the changes.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Plain text.
    Text,
    /// One JSON value, for programs.
    Json,
    /// A Markdown table, for pull requests and release notes.
    Markdown,
}

/// The result of a comparison.
#[derive(Debug, Serialize)]
struct Comparison {
    /// The verdict on the wire format.
    wire: Verdict,
    /// The verdict on the Rust API.
    api: Verdict,
    /// The version of the old description.
    current: Version,
    /// The lowest version that may follow.
    next: Version,
    changes: Vec<Change>,
    /// The names of both sides, as given on the command line.
    #[serde(skip)]
    names: [String; 2],
}

impl Comparison {
    fn of(names: [String; 2], current: Version) -> Result<Self> {
        let [old, new] = [side::read_side(&names[0])?, side::read_side(&names[1])?];
        Ok(Self::new(names, current, &old, &new))
    }

    /// Compares `spec/` with its state at a tag.
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
        _ => return Err(Error::Finding("expected two descriptions, or `--since TAG`".to_owned())),
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

/// Fails if the version of the workspace is lower than the changes since the last tag require.
pub(crate) fn check_version() -> Result<()> {
    let Some(tag) = side::last_tag()? else {
        console::note("there is no tag yet, so the version is not checked");
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
