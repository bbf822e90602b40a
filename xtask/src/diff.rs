//! `cargo xtask diff`: the changes between two descriptions, what they break, and the version that follows.

mod changelog;
mod counts;
mod fail_on;
mod markdown;
mod side;
mod sides;
mod text;
mod version;

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{ArgGroup, Args, ValueEnum};
use semver::Version;
use serde::Serialize;
use wirecrate_codegen::diff::{Change, Verdict, diff};
use wirecrate_codegen::{Diagnostic, Filter};

use self::counts::{Counts, count};
use self::fail_on::FailOn;
use self::side::Scope;
use self::sides::{NotCompared, Sides};
use crate::console;
use crate::error::{Error, Result};
use crate::policy::Policy;
use crate::wanted::WantedOperations;

/// The folder of descriptions, relative to the root of the workspace.
const SPEC: &str = "spec";

/// Reports the changes between two descriptions, what they break on the wire and in Rust, and the version that follows.
///
/// Each description is a file, a folder such as `spec`, or either at a revision: `git:REVISION:PATH`, with the path
/// relative to the root of the repository. Operations that are not supported are left out on both sides and listed; with
/// `--skip-unsupported`, they count as left out of the crate, so one that a side alone supports is a change in Rust. The
/// exit code is 0 for any verdict unless `--fail-on` is given, and 1 if a description cannot be read.
///
/// The version depends only on what the changes break in Rust: a change on the wire affects every version of the crate.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("scope").args(WantedOperations::NAMES).args(Policy::NAMES).arg("overlay").multiple(true).conflicts_with("since"))]
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
    #[command(flatten)]
    wanted: WantedOperations,
    #[command(flatten)]
    policy: Policy,
    /// Apply this overlay (Overlay 1.0 or 1.1) to both descriptions. Repeatable; overlays are applied in the order given.
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,
    /// Exit with code 1 if there is such a change, or if an operation changed that is not supported.
    #[arg(long, value_enum, value_name = "CHANGE")]
    fail_on: Option<FailOn>,
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
    /// Markdown of at most 60,000 characters, for pull requests and release notes.
    Markdown,
}

/// The result of a comparison.
#[derive(Debug, Serialize)]
struct Comparison {
    /// The names of both sides, as given on the command line.
    #[serde(rename = "sides")]
    names: [String; 2],
    /// The verdict on the wire format.
    wire: Verdict,
    /// The verdict on the Rust API.
    api: Verdict,
    /// The version of the old description.
    current: Version,
    /// The lowest version that may follow.
    next: Version,
    counts: Counts,
    changes: Vec<Change>,
    /// The methods and paths of the operations, by their ids.
    operations: BTreeMap<String, String>,
    /// The operations that are not supported.
    not_compared: Vec<NotCompared>,
    /// `true` if security changed that is not supported.
    unsupported_security_changed: bool,
    /// The warnings and notes on both sides.
    warnings: Vec<Diagnostic>,
    /// `true` if nothing changed, even in parts that are not compared.
    #[serde(skip)]
    is_written_alike: bool,
}

impl Comparison {
    fn of(names: [String; 2], current: Version, scope: &Scope) -> Result<Self> {
        let [old, new] = &names;
        let sides = Sides::read(&names, &scope.filter, scope.policy.skips_unsupported(), |filter| {
            let scope = Scope { filter: filter.clone(), ..scope.clone() };
            Ok([side::read_side(old, &scope)?, side::read_side(new, &scope)?])
        })?;
        Ok(Self::new(names, current, sides))
    }

    /// Compares `spec/` with its state at a tag.
    fn since(tag: &str) -> Result<Self> {
        let names = [format!("git:{tag}:{SPEC}"), SPEC.to_owned()];
        let sides = Sides::read(&names, &Filter::default(), false, |filter| {
            let scope = Scope { filter: filter.clone(), ..Scope::default() };
            Ok([side::read_side(&names[0], &scope)?, side::read_own(SPEC, &scope)?])
        })?;
        Ok(Self::new(names, version::at_tag(tag)?, sides))
    }

    fn new(names: [String; 2], current: Version, sides: Sides) -> Self {
        let Sides { old, new, not_compared, warnings, security_changed } = sides;
        let changes = diff(&old, &new);
        let counts = Counts::of(&changes);
        let wire = Verdict::of(changes.iter().map(|change| change.wire));
        let api = Verdict::of(changes.iter().map(|change| change.api));
        let next = version::next(&current, api);
        let operations = old.api.operations.iter().chain(&new.api.operations);
        let operations =
            operations.map(|operation| (operation.id.clone(), format!("{} {}", operation.method, operation.path)));
        let operations = operations.collect();
        let is_written_alike = changes.is_empty() && old.is_written_like(&new);
        Self {
            names,
            wire,
            api,
            current,
            next,
            counts,
            changes,
            operations,
            not_compared,
            unsupported_security_changed: security_changed,
            warnings,
            is_written_alike,
        }
    }

    /// Returns the parts without a verdict although they changed, if there are any.
    fn unjudged(&self) -> Option<String> {
        let operations = self.not_compared.iter().filter(|operation| operation.changed).count();
        let operations = (operations > 0).then(|| count(operations, "operation"));
        let security = self.unsupported_security_changed.then(|| "security".to_owned());
        let parts: Vec<_> = operations.into_iter().chain(security).collect();
        (!parts.is_empty()).then(|| parts.join(" and "))
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let comparison = match (&arguments.since, &arguments.old, &arguments.new) {
        (Some(tag), _, _) => Comparison::since(tag)?,
        (None, Some(old), Some(new)) => {
            Comparison::of([old.clone(), new.clone()], version::of_workspace()?, &arguments.scope()?)?
        }
        _ => return Err(Error::Finding("expected two descriptions, or `--since TAG`".to_owned())),
    };
    match arguments.format {
        Format::Text => {
            sides::print_warnings(&comparison.warnings);
            console::print(text::Text(&comparison))?;
        }
        Format::Markdown => {
            sides::print_warnings(&comparison.warnings);
            console::print(markdown::markdown(&comparison))?;
        }
        Format::Json => console::print_json(&serde_json::json!(comparison))?,
    }
    if let Some(tag) = &arguments.since {
        changelog::write(tag, &comparison)?;
    }
    arguments.fail_on.map_or(Ok(()), |level| level.check(&comparison))
}

impl Arguments {
    fn scope(&self) -> Result<Scope> {
        let overlays = self.overlay.iter().map(|path| side::read_overlay(path)).collect::<Result<_>>()?;
        Ok(Scope { overlays, filter: self.wanted.filter()?, policy: self.policy.clone() })
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
