//! Kills a run before each of its changes to the file system; the next run must report the interruption and complete
//! it.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{self, Command};

use tempfile::TempDir;

use super::Arguments;
use super::disk::KILLED_AT;

/// The environment variable that turns the run into `generate --check`.
const CHECKED: &str = "XTASK_TEST_CHECKED";

/// Runs `generate` in a separate process, which the other tests start; does nothing otherwise.
#[test]
fn separate_process() {
    if env::var_os(KILLED_AT).is_some() {
        let check = env::var_os(CHECKED).is_some();
        let arguments = Arguments { check, ..Arguments::workspace() };
        let outcome = super::run(&arguments);
        eprintln!("{}", outcome.as_ref().err().map(crate::error::Error::chain).unwrap_or_default());
        process::exit(i32::from(outcome.is_err()));
    }
}

/// A workspace with one description.
struct Workspace {
    folder: TempDir,
}

/// The outcome of a run.
#[derive(Debug)]
struct Outcome {
    /// `None` if the run was killed.
    code: Option<i32>,
    output: String,
}

/// The entry that marks an empty folder in a tree.
const EMPTY: &str = "(empty)";

/// The files and the empty folders of a crate.
type Tree = BTreeMap<PathBuf, Vec<u8>>;

impl Workspace {
    fn new(operation: &str) -> Self {
        let workspace = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        fs::create_dir(workspace.path("spec")).expect("a new folder");
        fs::write(workspace.path("spec/package.toml"), "name = \"notes\"\n").expect("a new file");
        workspace.describe(operation);
        workspace
    }

    /// Writes a description with one operation, whose type has separate files; that of letters has a sample as well.
    fn describe(&self, operation: &str) {
        let sample = if operation == "Letter" { ", example: { text: Hi }" } else { "" };
        let text = format!(
            "\
openapi: 3.0.3
info: {{ title: Notes, version: '1' }}
paths:
  /notes:
    post:
      operationId: send-{operation}
      requestBody:
        required: true
        content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/{operation}' }}{sample} }} }}
      responses: {{ '204': {{ description: Done. }} }}
components:
  schemas: {{ {operation}: {{ type: object, required: [text], properties: {{ text: {{ type: string }} }} }} }}
"
        );
        fs::write(self.path("spec/notes.yaml"), text).expect("a new file");
    }

    /// Returns a copy of the workspace, for a run that may be killed.
    fn copy(&self) -> Self {
        let copy = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        for (path, content) in tree(self.folder.path()) {
            let path = copy.path(path);
            fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a new folder");
            if !path.ends_with(EMPTY) {
                fs::write(path, content).expect("a new file");
            }
        }
        copy
    }

    fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(path)
    }

    fn run(&self, killed_at: usize) -> Outcome {
        Self::outcome(self.command().env(KILLED_AT, killed_at.to_string()))
    }

    fn check(&self) -> Outcome {
        Self::outcome(self.command().env(KILLED_AT, "0").env(CHECKED, ""))
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env::current_exe().expect("the path of this test is known"));
        command
            .args(["--exact", "generate::crash::separate_process", "--nocapture"])
            .env("CARGO_MANIFEST_DIR", self.path("xtask"))
            .current_dir(self.folder.path());
        command
    }

    fn outcome(command: &mut Command) -> Outcome {
        let output = command.output().expect("this test can be started again");
        let text = [output.stdout, output.stderr].concat();
        Outcome { code: output.status.code(), output: String::from_utf8(text).expect("text") }
    }

    #[track_caller]
    fn succeeds(&self) -> String {
        let outcome = self.run(0);
        assert_eq!(outcome.code, Some(0), "{outcome:?}");
        outcome.output
    }

    fn crate_tree(&self) -> Tree {
        tree(&self.path("generated"))
    }

    /// Returns the note that the next run must print about the killed one; `None` if the killed run left no trace.
    fn traces(&self) -> Option<&'static str> {
        let manifest = fs::read_to_string(self.path("generated/manifest.json")).unwrap_or_default();
        if manifest.contains("\"pending\"") {
            Some("note: the last run was interrupted while it wrote `generated`")
        } else if self.path("generated/.xtask").exists() {
            Some("note: the last run was interrupted and left `generated/.xtask` behind")
        } else {
            None
        }
    }

    /// Checks that `--check` reports the state of the folder and does not change it.
    #[track_caller]
    fn is_checked(&self, expected: &Tree) {
        let (before, outcome) = (self.crate_tree(), self.check());
        assert!(outcome.output.contains(self.traces().unwrap_or_default()), "{outcome:?}");
        let visible = |tree: &Tree| tree.clone().into_iter().filter(|(path, _)| !path.starts_with(".xtask")).collect();
        let (left, wanted): (Tree, Tree) = (visible(&before), visible(expected));
        let same = left.into_iter().filter(|(path, _)| !path.ends_with(EMPTY)).eq(wanted);
        assert_eq!(outcome.code, Some(i32::from(!same)), "{outcome:?}");
        assert_eq!(self.crate_tree(), before);
    }

    /// Checks that a run refuses to replace an edited file, then reverts the edit.
    #[track_caller]
    fn refuses_an_edit(&self) {
        let is_source = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "rs");
        let Some(path) = self.crate_tree().into_keys().rfind(is_source) else { return };
        let place = self.path("generated").join(&path);
        let content = fs::read(&place).expect("it is there");
        fs::write(&place, "// by hand\n").expect("it can be written");
        let (before, outcome) = (self.crate_tree(), self.run(0));
        assert_eq!(outcome.code, Some(1), "{outcome:?}");
        let named = format!("`generated` contains files that were edited by hand: `{}`;", path.display());
        assert!(outcome.output.contains(&named), "{outcome:?}");
        assert_eq!(self.crate_tree(), before);
        fs::write(&place, content).expect("it can be written");
    }

    /// Checks that the next run reports the interruption and completes it, after `--check` and a refused edit.
    #[track_caller]
    fn recovers(&self, expected: &Tree) {
        self.is_checked(expected);
        self.refuses_an_edit();
        self.completes(expected);
        assert!(self.succeeds().contains(", no change\n"));
    }

    #[track_caller]
    fn completes(&self, expected: &Tree) {
        let traces = self.traces();
        let output = self.succeeds();
        assert_eq!(output.contains("note: the last run was interrupted"), traces.is_some(), "{output}");
        assert!(traces.is_none_or(|traces| output.contains(&format!("{traces}; "))), "{output}");
        assert_eq!(self.crate_tree(), *expected);
    }
}

fn tree(folder: &Path) -> Tree {
    let mut tree = Tree::new();
    visit(folder, Path::new(""), &mut tree);
    tree
}

fn visit(folder: &Path, path: &Path, tree: &mut Tree) {
    for entry in fs::read_dir(folder.join(path)).into_iter().flatten() {
        let path = path.join(entry.expect("an entry").file_name());
        if folder.join(&path).is_dir() {
            visit(folder, &path, tree);
            let empty = fs::read_dir(folder.join(&path)).expect("a folder").next().is_none();
            if empty {
                tree.insert(path.join(EMPTY), Vec::new());
            }
        } else {
            tree.insert(path.clone(), fs::read(folder.join(&path)).expect("a file"));
        }
    }
}

/// Kills a run at each of its steps in turn, inspects the result, and returns the number of steps.
#[track_caller]
fn check_each_step(start: &Workspace, code: i32, inspect: impl Fn(&Workspace)) -> usize {
    for step in 1.. {
        let workspace = start.copy();
        let outcome = workspace.run(step);
        if outcome.code.is_some() {
            assert_eq!(outcome.code, Some(code), "{outcome:?}");
            return step - 1;
        }
        inspect(&workspace);
    }
    unreachable!("a run has finitely many steps")
}

/// Returns a workspace whose update changes, adds and removes files, and removes a folder.
fn before_an_update() -> Workspace {
    let workspace = Workspace::new("Letter");
    workspace.succeeds();
    assert!(workspace.path("generated/examples").is_dir());
    for path in UNTRACKED {
        fs::write(workspace.path("generated").join(path), "mine").expect("a new file");
    }
    workspace.describe("Note");
    workspace
}

/// Files that a run must never change.
const UNTRACKED: [&str; 2] = ["Cargo.lock", "src/.mine"];

/// Returns the crate after a run that is not killed.
fn after_an_update(operation: &str) -> Tree {
    let workspace = Workspace::new(operation);
    workspace.succeeds();
    let mut tree = workspace.crate_tree();
    tree.extend(UNTRACKED.map(|path| (path.into(), b"mine".to_vec())));
    tree
}

#[test]
fn a_new_crate() {
    let workspace = Workspace::new("Note");
    let whole = workspace.copy();
    whole.succeeds();
    let expected = whole.crate_tree();
    let steps = check_each_step(&workspace, 0, |workspace| workspace.recovers(&expected));
    assert!(steps > 4 * (expected.len() - 1), "{steps} steps for {} files", expected.len());
}

#[test]
fn an_update() {
    let expected = after_an_update("Note");
    check_each_step(&before_an_update(), 0, |workspace| workspace.recovers(&expected));
}

/// The files that the killed run wrote match neither the old nor the current description.
#[test]
fn an_update_of_a_description_that_changes_again() {
    let expected = after_an_update("Memo");
    check_each_step(&before_an_update(), 0, |workspace| {
        workspace.describe("Memo");
        workspace.recovers(&expected);
    });
}

/// The recovery, with a third description, is killed as well.
#[test]
fn a_recovery() {
    let workspace = before_an_update();
    let expected = after_an_update("Memo");
    let steps = check_each_step(&workspace, 0, |_| {});
    for first in [steps / 4, steps / 2, steps * 3 / 4] {
        let killed = workspace.copy();
        assert_eq!(killed.run(first).code, None);
        assert!(killed.traces().is_some());
        killed.describe("Memo");
        check_each_step(&killed, 0, |workspace| workspace.completes(&expected));
    }
}

/// A folder at the path of a file makes the run fail and undo its changes; it may be killed during the undo.
#[test]
fn a_run_that_is_undone() {
    let workspace = before_an_update();
    let expected = after_an_update("Memo");
    let obstacle = workspace.path("generated/src/models/note.rs/.in_the_way");
    fs::create_dir_all(obstacle.parent().expect("a folder")).expect("a new folder");
    fs::write(&obstacle, "").expect("a new file");
    check_each_step(&workspace, 1, |workspace| {
        fs::remove_dir_all(workspace.path("generated/src/models/note.rs")).expect("it is there");
        workspace.describe("Memo");
        workspace.recovers(&expected);
    });
}
