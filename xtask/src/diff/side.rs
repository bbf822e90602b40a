//! A side of a comparison: a file, a folder, or either at a revision.

use std::io;
use std::path::Path;
use std::process::{Command, Output};

use wirecrate_codegen::{Description, Files, Filter, Report, Severity, Source, read_supported};

use crate::error::{Error, Result};
use crate::generate::description::{self, Folder};
use crate::generate::package_file::PackageFile;
use crate::policy::Policy;
use crate::{console, paths, read};

/// The prefix of a side at a revision.
const GIT: &str = "git:";

/// The options that apply to both sides, as to `generate`.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope {
    /// Overlays that are applied after those of a folder.
    pub(super) overlays: Vec<Source>,
    /// The selected operations.
    pub(super) filter: Filter,
    pub(super) policy: Policy,
}

/// Reads a description, and prints its errors if it cannot be read.
pub(super) fn read_side(name: &str, scope: &Scope) -> Result<Description> {
    if let Some(side) = name.strip_prefix(GIT) {
        let named = side.split_once(':').filter(|(revision, path)| !revision.is_empty() && !path.is_empty());
        let Some((revision, path)) = named else {
            return Err(Error::Finding(format!("`{name}` has no path; write `git:REVISION:PATH`")));
        };
        let revision = Revision::find(revision, path)?;
        let package = if revision.file.is_none() { PackageFile::find(&revision)? } else { None };
        return lower(name, revision.entries()?, revision.overlays()?, &revision, package, scope);
    }
    let path = Path::new(name);
    if path.is_dir() {
        return read_folder(path, name, scope);
    }
    let (folder, entry) = Folder::with_file(path)?;
    lower(name, vec![entry], Vec::new(), &folder, None, scope)
}

/// Reads an overlay that the user named.
pub(super) fn read_overlay(path: &Path) -> Result<Source> {
    Ok(Folder::with_file(path)?.1)
}

/// Reads a folder of this workspace, independent of the current folder.
pub(super) fn read_own(name: &str, scope: &Scope) -> Result<Description> {
    read_folder(&paths::workspace().join(name), name, scope)
}

fn read_folder(path: &Path, shown: &str, scope: &Scope) -> Result<Description> {
    let folder = Folder::open(path, shown)?;
    let package = PackageFile::find(&folder)?;
    lower(shown, folder.descriptions()?, folder.overlays()?, &folder, package, scope)
}

fn lower(
    name: &str,
    entries: Vec<Source>,
    mut overlays: Vec<Source>,
    files: &dyn Files,
    package: Option<PackageFile>,
    Scope { overlays: more, filter, policy }: &Scope,
) -> Result<Description> {
    overlays.extend(more.iter().cloned());
    // The changes do not depend on the name of the package or on its runtime.
    let options = policy.apply(package.unwrap_or_default().options("compared", String::new(), filter.clone()));
    read_supported(entries, overlays, files, &options).map_err(|report| refused(name, &report))
}

fn refused(name: &str, report: &Report) -> Error {
    console::report(report.to_string().trim_end_matches('\n').to_owned() + "\n");
    let count = report.count(Severity::Error);
    Error::Finding(format!("{count} error{} in `{name}`; nothing was compared", if count == 1 { "" } else { "s" }))
}

/// A folder of a commit.
struct Revision {
    /// The full hash of the commit.
    commit: String,
    /// The revision, as given on the command line.
    shown: String,
    /// The folder, relative to the root of the repository; empty for the root.
    folder: String,
    /// The name of the file, if the path is that of a file.
    file: Option<String>,
}

impl Revision {
    fn find(revision: &str, path: &str) -> Result<Self> {
        let commit = git(&["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{revision}^{{commit}}")])?;
        let commit = String::from_utf8_lossy(&commit).trim().to_owned();
        if commit.is_empty() {
            return Err(Error::Finding(format!("this repository has no revision `{revision}`")));
        }
        let path = path.trim_matches('/');
        let kind = git(&["cat-file", "-t", &format!("{commit}:{path}")])?;
        let (folder, file) = match (&*kind, path.rsplit_once('/')) {
            (b"tree\n", _) => (path, None),
            (b"blob\n", Some((folder, file))) => (folder, Some(file.to_owned())),
            (b"blob\n", None) => ("", Some(path.to_owned())),
            _ => return Err(Error::Finding(format!("there is no `{path}` in the revision `{revision}`"))),
        };
        Ok(Self { commit, shown: revision.to_owned(), folder: folder.to_owned(), file })
    }

    /// Reads the named file, or every description directly in the folder, sorted by name.
    fn entries(&self) -> Result<Vec<Source>> {
        let names = match &self.file {
            Some(file) => vec![file.clone()],
            None => self.list("")?,
        };
        if names.is_empty() {
            let Self { shown, folder, .. } = self;
            return Err(Error::Finding(format!("`{folder}` contains no description in the revision `{shown}`")));
        }
        self.read_all(&names)
    }

    /// Reads the overlays of the folder; a single file has none.
    fn overlays(&self) -> Result<Vec<Source>> {
        match &self.file {
            Some(_) => Ok(Vec::new()),
            None => self.read_all(&self.list(description::OVERLAYS)?),
        }
    }

    /// Returns the names of the YAML and JSON files in a folder, sorted; none if the folder does not exist.
    fn list(&self, folder: &str) -> Result<Vec<String>> {
        let listed = git(&["ls-tree", "--name-only", "-z", &self.object(folder)])?;
        let listed = String::from_utf8_lossy(&listed).into_owned();
        let mut names: Vec<_> = listed.split('\0').filter(|name| description::is_entry(name)).collect();
        names.sort_unstable();
        let slash = if folder.is_empty() { "" } else { "/" };
        Ok(names.into_iter().map(|name| format!("{folder}{slash}{name}")).collect())
    }

    fn read_all(&self, names: &[String]) -> Result<Vec<Source>> {
        names.iter().map(|name| Files::read(self, name).map_err(Error::io("read", self.path(name)))).collect()
    }

    /// Returns the name of a file or a folder in the syntax of Git.
    fn object(&self, name: &str) -> String {
        let slash = if self.folder.is_empty() || name.is_empty() { "" } else { "/" };
        format!("{}:{}{slash}{name}", self.commit, self.folder)
    }

    /// Returns the displayed path of a file.
    fn path(&self, name: &str) -> String {
        let slash = if self.folder.is_empty() { "" } else { "/" };
        format!("{GIT}{}:{}{slash}{name}", self.shown, self.folder)
    }
}

impl Files for Revision {
    fn read(&self, name: &str) -> io::Result<Source> {
        let object = self.object(name);
        let size = run(&["cat-file", "-s", &object])?;
        let size = String::from_utf8_lossy(&size.stdout).trim().parse().map_err(|_| io::ErrorKind::NotFound)?;
        read::check_size(size)?;
        let output = run(&["cat-file", "blob", &object])?;
        if !output.status.success() {
            return Err(io::ErrorKind::NotFound.into());
        }
        Ok(Source::from_bytes(name, self.path(name), output.stdout))
    }
}

/// Returns the output of a Git command, which is empty if the command fails.
fn git(arguments: &[&str]) -> Result<Vec<u8>> {
    Ok(run(arguments).map_err(Error::io("run", "git"))?.stdout)
}

fn run(arguments: &[&str]) -> io::Result<Output> {
    Command::new("git").args(arguments).current_dir(paths::workspace()).output()
}

/// Reads the text of a file at a revision.
pub(super) fn file_at(revision: &str, path: &str) -> Result<String> {
    let revision = Revision::find(revision, path)?;
    let name = revision.file.as_deref().unwrap_or_default();
    let source = Files::read(&revision, name).map_err(Error::io("read", revision.path(name)))?;
    Ok(source.text)
}

/// Returns the latest tag that the current commit descends from; `None` if there is none.
pub(super) fn last_tag() -> Result<Option<String>> {
    let tag = git(&["describe", "--tags", "--abbrev=0"])?;
    let tag = String::from_utf8_lossy(&tag).trim().to_owned();
    Ok((!tag.is_empty()).then_some(tag))
}
