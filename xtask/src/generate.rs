//! `cargo xtask generate`: generates a crate from descriptions, or reports the differences from an existing one.
//!
//! The steps are read, generate, compare, and write or show. Nothing is written unless all earlier steps succeeded. If
//! the inputs and the crate are unchanged since the last run, the later steps are skipped.

mod changes;
#[cfg(test)]
mod crash;
pub(crate) mod description;
mod disk;
mod hash;
mod manifest;
pub(crate) mod package_file;
mod package_name;
mod staging;
mod stamp;
mod tree;
mod write;

use std::fmt::Display;
use std::path::{Path, PathBuf};

use clap::{ArgGroup, Args, ValueEnum};
use wirecrate_codegen::{
    Api, Description, Diagnostic, Filter, LeftOut, Options, Output, Report, Severity, Source, printable,
};

use crate::error::{Error, Result};
use crate::policy::Policy;
use crate::wanted::WantedOperations;
use crate::{console, paths};
use changes::Changes;
use description::Folder;
use manifest::{Manifest, NamedFile};
use package_file::{PACKAGE_FILE, PackageFile};
use stamp::{Run, Warnings};

/// The folder of the runtime crate, which generated code depends on.
const RUNTIME: &str = "runtime";

/// Generates a crate from OpenAPI descriptions.
///
/// Without `--spec`, reads every *.yaml, *.yml and *.json file directly in `spec/` and writes `generated/`.
/// References may point to other files in the same folder and its subfolders, but not outside it. Every such file in
/// `spec/overlays/` is an overlay; overlays are applied to the descriptions in the order of their names.
///
/// If a description has errors, or a file cannot be read or written, the folder is left unchanged and the command exits
/// with code 1. In `spec/`, warnings are errors as well. The same applies if the folder contains files that this command did not write, or files that were edited
/// since, according to `manifest.json` in the folder; the error lists them. Hidden files, `Cargo.lock` and `target/` are
/// ignored.
///
/// Does nothing if nothing changed since the last run. If a run was killed, the next run completes it.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("filters").args(WantedOperations::NAMES).args(Policy::NAMES).multiple(true).requires("spec"))]
pub(crate) struct Arguments {
    /// Generate without writing; if a file differs, print a unified diff and exit with code 1.
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    other: Option<OtherCrate>,
    #[command(flatten)]
    wanted: WantedOperations,
    #[command(flatten)]
    policy: Policy,
    /// Output format of diagnostics: `text` on standard error, or `json`, one array on standard output.
    ///
    /// With `json`, all other output goes to standard error.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// The options of a crate generated from another description.
#[derive(Debug, Args)]
struct OtherCrate {
    /// Generate from this description instead of `spec/`.
    #[arg(long, value_name = "FILE", required = false, requires_all = ["out", "name"])]
    spec: PathBuf,
    /// Folder of the crate; created if it does not exist.
    #[arg(long, value_name = "DIR", required = false, requires = "spec")]
    out: PathBuf,
    /// Name of the package.
    #[arg(long, required = false, requires = "spec", value_parser = package_name::parse)]
    name: String,
    /// Read the configuration of the package from this file, in the format of `spec/package.toml`; `--name` takes
    /// precedence over its `name`.
    #[arg(long, value_name = "FILE", requires = "spec")]
    config: Option<PathBuf>,
    /// Apply this overlay (Overlay 1.0 or 1.1) to the description. Repeatable; overlays are applied in the order given.
    #[arg(long, value_name = "FILE", requires = "spec")]
    overlay: Vec<PathBuf>,
    /// Path of the runtime crate; defaults to the one of this workspace.
    #[arg(long, value_name = "PATH", requires = "spec")]
    runtime: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

impl Arguments {
    /// Returns the arguments of `generate`, for another command that runs it.
    pub(crate) fn workspace() -> Self {
        Self {
            check: false,
            other: None,
            wanted: WantedOperations::default(),
            policy: Policy::default(),
            format: Format::Text,
        }
    }

    /// Returns the arguments of `generate --check`, for another command that runs it.
    pub(crate) fn check() -> Self {
        Self { check: true, ..Self::workspace() }
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let format = arguments.format;
    let (task, Inputs { entries, overlays }) = Task::read(arguments).or_else(|error| format.unreadable(error))?;
    let run = if arguments.check { None } else { task.run(&entries) };
    if let Some(stamp) = run.as_ref().and_then(|run| run.recall(&task.folder, &task.target)) {
        format.show(&stamp.warnings)?;
        return format.print(stamp.summary);
    }
    let output = wirecrate_codegen::read(entries, overlays, &task.folder, &task.options)
        .map(Description::emit)
        .or_else(|report| format.refused(&report))?;
    if task.is_strict && output.warnings.count(Severity::Warning) > 0 {
        return format.refused(&output.warnings);
    }
    let warnings = Warnings::from(&output.warnings);
    format.show(&warnings)?;
    let inputs = task.folder.hashes(&Task::files_read(&output.api));
    let manifest = Manifest::new(inputs, task.configuration.clone(), task.overlays.clone(), &output.files);
    let changes = Changes::find(&task.target, &task.shown, &output.files, &manifest)?;
    if arguments.check {
        changes.differences().try_for_each(|change| format.print(change.diff(&task.shown)))?;
    }
    task.settle(&changes, arguments.check)?;
    format.print(task.summary(&output, &changes.summary()))?;
    if let Some(run) = run {
        run.remember(&manifest, warnings, task.summary(&output, changes::NONE));
    }
    Ok(())
}

/// The files that are read first; references may add others.
struct Inputs {
    entries: Vec<Source>,
    overlays: Vec<Source>,
}

/// The inputs and the output of a run.
struct Task {
    folder: Folder,
    /// The configuration of the package.
    configuration: Option<NamedFile>,
    /// The overlays, in the order in which they are applied.
    overlays: Vec<NamedFile>,
    /// The displayed paths of the overlays.
    shown_overlays: Vec<String>,
    options: Options,
    /// The folder of the crate, without symbolic links.
    target: PathBuf,
    /// The displayed path of the folder.
    shown: PathBuf,
    /// The command that brings the folder up to date.
    remedy: &'static str,
    /// `true` if warnings are errors.
    is_strict: bool,
}

impl Task {
    fn read(arguments: &Arguments) -> Result<(Self, Inputs)> {
        match &arguments.other {
            Some(other) => Self::read_other(other, arguments),
            None => Self::read_workspace(),
        }
    }

    fn read_workspace() -> Result<(Self, Inputs)> {
        let workspace = paths::workspace();
        let folder = Folder::open(&workspace.join("spec"), "spec")?;
        let inputs = Inputs { entries: folder.descriptions()?, overlays: folder.overlays()? };
        let hash = |name: &str| Some(NamedFile { name: name.to_owned(), hash: folder.hash(name)? });
        let overlays = inputs.overlays.iter().filter_map(|overlay| hash(&overlay.name)).collect();
        let package = PackageFile::find(&folder)?.unwrap_or_default();
        let configuration = hash(PACKAGE_FILE);
        let Some(name) = package.name().map(str::to_owned) else {
            return Err(Error::Finding(format!("`spec/{PACKAGE_FILE}` has no `name`; add `name = \"…\"`")));
        };
        let target = resolve(&workspace.join("generated"))?;
        let options = package.options(&name, format!("../{RUNTIME}"), Filter::default());
        let (shown_overlays, remedy) = (inputs.shown_overlays(), "run `cargo xtask generate`");
        let shown = "generated".into();
        let is_strict = true;
        Ok((
            Self { folder, configuration, overlays, shown_overlays, options, target, shown, remedy, is_strict },
            inputs,
        ))
    }

    fn read_other(other: &OtherCrate, Arguments { wanted, policy, .. }: &Arguments) -> Result<(Self, Inputs)> {
        let (folder, entry) = Folder::with_file(&other.spec)?;
        let read = other.overlay.iter().map(|path| description::read_file(path)).collect::<Result<Vec<_>>>()?;
        let named = |(source, hash): (Source, _)| (NamedFile { name: source.name.clone(), hash }, source);
        let config = other.config.as_deref().map(description::read_file).transpose()?.map(named);
        let package = config.as_ref().map(|(_, source)| PackageFile::parse(source)).transpose()?.unwrap_or_default();
        let configuration = config.map(|(file, _)| file);
        let (overlays, sources) = read.into_iter().map(named).unzip();
        let inputs = Inputs { entries: vec![entry], overlays: sources };
        let target = resolve(&other.out)?;
        let runtime = runtime_path(other.runtime.as_deref(), &target)?;
        let options = policy.apply(package.options(&other.name, runtime, wanted.filter()?));
        let (shown_overlays, remedy) = (inputs.shown_overlays(), "run the same command without `--check`");
        let (shown, is_strict) = (other.out.clone(), false);
        Ok((
            Self { folder, configuration, overlays, shown_overlays, options, target, shown, remedy, is_strict },
            inputs,
        ))
    }

    /// Returns the run, which is identified by all inputs except the content of the description's files.
    fn run(&self, entries: &[Source]) -> Option<Run> {
        let entries: Vec<_> = entries.iter().map(|entry| &entry.name).collect();
        let others = (&self.configuration, &self.overlays, &self.shown_overlays);
        Run::new(&self.target, &(self.folder.paths(), entries, others, &self.options, &self.shown))
    }

    /// Returns the names of the files of the description, without overlays.
    fn files_read(api: &Api) -> Vec<String> {
        api.inputs.iter().filter(|input| !input.is_overlay()).map(|input| input.name.clone()).collect()
    }

    /// Brings the folder up to date unless it is only checked; reports all problems in one error.
    fn settle(&self, changes: &Changes<'_>, check: bool) -> Result<()> {
        let mut problems = changes.problems(&self.shown);
        if check {
            problems.extend(self.drift(changes));
        }
        let writes = !check && problems.is_empty();
        if writes {
            changes.apply()?;
        }
        if let Some((happened, done)) = changes.interruption(&self.shown) {
            let done = if writes { done } else { "" };
            console::note(format_args!("note: {happened}{done}"));
        }
        Error::check(problems)
    }

    fn drift(&self, changes: &Changes<'_>) -> Option<String> {
        let (shown, drift, remedy) = (self.shown.display(), changes.drift(), self.remedy);
        (!changes.is_empty()).then(|| format!("`{shown}` is out of date ({drift}); {remedy}"))
    }

    fn summary(&self, Output { files, api, .. }: &Output, changes: &str) -> String {
        let shown = |name: &String| self.folder.shown_path(name).display().to_string();
        let inputs: Vec<_> =
            Self::files_read(api).iter().map(shown).chain(self.shown_overlays.iter().cloned()).collect();
        let summary = format!(
            "read {inputs}: {operations}, {types}; {shown}: {files}, {changes}",
            inputs = inputs.join(", "),
            operations =
                count(api.operations.iter().filter(|operation| operation.variant.is_none()).count(), "operation")
                    + &without(api.omitted.operations, "operation", "left out"),
            types = count(api.types.len(), "type") + &without(api.omitted.schemas, "schema", "unused"),
            shown = self.shown.display(),
            // The manifest is not in `files`.
            files = count(files.len() + 1, "file"),
        );
        // Names of files may contain line breaks.
        printable(&summary).into_owned() + &left_out(&api.left_out)
    }
}

/// Returns a list of the operations that are not supported, or an empty text if there are none.
fn left_out(operations: &[LeftOut]) -> String {
    if operations.is_empty() {
        return String::new();
    }
    let of_operation = |LeftOut { operation, error }: &LeftOut| {
        let Diagnostic { message, file, line, column, .. } = error;
        let operation = operation.to_string();
        let [operation, message, file] = [&operation, message, file].map(|text| printable(text));
        format!("\n  {operation}: {message}\n      {file}:{line}:{column}")
    };
    let list: String = operations.iter().map(of_operation).collect();
    format!("\nleft out, because {} not supported:{list}", if operations.len() == 1 { "it is" } else { "they are" })
}

impl Inputs {
    fn shown_overlays(&self) -> Vec<String> {
        self.overlays.iter().map(|overlay| overlay.path.clone()).collect()
    }
}

/// Returns the path of the runtime for the `Cargo.toml` in a folder, with `/`: relative to that folder if possible, but
/// absolute if the user gave an absolute path.
fn runtime_path(given: Option<&Path>, target: &Path) -> Result<String> {
    let path = match given {
        Some(given) if given.is_absolute() => given.to_path_buf(),
        Some(given) => paths::relative(target, &resolve(given)?),
        None => paths::relative(target, &resolve(&paths::workspace().join(RUNTIME))?),
    };
    let text = path.to_str().map(|text| text.replace(std::path::MAIN_SEPARATOR, "/"));
    text.ok_or_else(|| {
        Error::Finding(format!("`{}` cannot be written into `Cargo.toml`: it is not UTF-8", path.display()))
    })
}

fn resolve(path: &Path) -> Result<PathBuf> {
    paths::resolve(path).map_err(Error::io("find", path))
}

fn count(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// Returns the number of omitted items in parentheses, or an empty text if there are none.
fn without(number: usize, what: &str, why: &str) -> String {
    if number == 0 { String::new() } else { format!(" ({} {why})", count(number, what)) }
}

impl Format {
    /// Prints text other than diagnostics.
    fn print(self, text: impl Display) -> Result<()> {
        match self {
            Self::Text => console::print(text),
            Self::Json => {
                console::report(text);
                Ok(())
            }
        }
    }

    fn show(self, Warnings { text, json }: &Warnings) -> Result<()> {
        match self {
            Self::Text if text.is_empty() => Ok(()),
            Self::Text => {
                console::report(text.trim_end_matches('\n').to_owned() + "\n");
                Ok(())
            }
            Self::Json => console::print_json(json),
        }
    }

    fn refused<T>(self, report: &Report) -> Result<T> {
        self.show(&report.into())?;
        let found = match (report.count(Severity::Error), report.count(Severity::Warning)) {
            (0, warnings) => {
                format!("{} in the descriptions of this workspace, where none is accepted", count(warnings, "warning"))
            }
            (errors, _) => format!("{} in the description", count(errors, "error")),
        };
        Err(Error::Finding(format!("{found}; nothing was written")))
    }

    /// Reports an unreadable file as an entry of the JSON array, so that programs need only one source of errors.
    fn unreadable<T>(self, error: Error) -> Result<T> {
        if self == Self::Json {
            let code =
                if matches!(error, Error::Configuration { .. }) { "bad-configuration" } else { "unreadable-file" };
            let (file, line, column) = match &error {
                Error::Io { path, .. } => (path.display().to_string(), 1, 1),
                Error::Configuration { file, position, .. } => (file.clone(), position.line, position.column),
                Error::Finding(_) | Error::Findings(_) => (String::new(), 1, 1),
            };
            console::print_json(&serde_json::json!([{
                "severity": Severity::Error,
                "code": code,
                "message": error.chain(),
                "file": file,
                "line": line,
                "column": column,
                "pointer": "#",
                "help": null,
            }]))?;
        }
        Err(error)
    }
}
