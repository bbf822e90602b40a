//! A small separate workspace for each test, in which the program runs.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use tempfile::TempDir;

/// A description with one operation, and a reference to a file in a folder beside it.
pub(crate) const GREETING: &str = "\
openapi: 3.0.3
info: { title: Greetings, version: '1' }
paths:
  /greetings:
    post:
      operationId: send-greeting
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Greeting' }
      responses:
        '200': { description: Taken over. }
components:
  schemas:
    Greeting:
      type: object
      description: What to say.
      required: [text]
      properties:
        text: { type: string, maxLength: 10 }
        style: { $ref: 'parts/style.yaml#/Style' }
";

/// Another description, with a sample.
pub(crate) const FAREWELL: &str = r##"{
  "openapi": "3.0.3",
  "info": { "title": "Farewells", "version": "1" },
  "paths": { "/farewells": { "post": {
    "operationId": "send-farewell",
    "requestBody": { "required": true, "content": { "application/json": {
      "schema": { "$ref": "#/components/schemas/Farewell" }, "example": { "text": "Bye" } } } },
    "responses": { "200": { "description": "Taken over." } }
  } } },
  "components": { "schemas": { "Farewell": {
    "type": "object", "description": "What to say last.", "properties": { "text": { "type": "string" } } } } }
}"##;

const STYLE: &str = "\
Style:
  type: object
  description: How to say it.
  properties:
    loud: { type: boolean }
";

/// The configuration of the package.
pub(crate) const PACKAGE: &str = "name = \"infobip-whatsapp\"\ntitle = \"Greetings\"\ndescription = \"What to say.\"\n";

/// A workspace with a description; `generated/` does not exist yet.
pub(crate) struct Playground {
    folder: TempDir,
    root: PathBuf,
}

/// The outcome of a command.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Playground {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path().join("workspace");
        let playground = Self { folder, root };
        playground.write("spec/greeting.yaml", GREETING);
        playground.write("spec/parts/style.yaml", STYLE);
        playground.write("spec/package.toml", PACKAGE);
        playground.write("spec/README.md", "Not a description.\n");
        playground.write("runtime/Cargo.toml", "");
        playground.write("xtask/Cargo.toml", "");
        playground
    }

    /// Returns a workspace whose `generated/` is up to date.
    pub(crate) fn generated() -> Self {
        let playground = Self::new();
        playground.run(&["generate"]).succeeds();
        playground
    }

    /// Returns a workspace in which a description was removed after `generated/` was written.
    pub(crate) fn with_stale_files() -> Self {
        let playground = Self::new();
        playground.write("spec/farewell.json", FAREWELL);
        playground.run(&["generate"]).succeeds();
        playground.remove("spec/farewell.json");
        playground
    }

    /// Returns the folder that contains only the workspace.
    pub(crate) fn outside(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a new folder");
        fs::write(path, content).expect("a new file");
    }

    /// Adds a line to a file, as an edit by hand.
    pub(crate) fn edit(&self, path: &str) {
        self.write(path, self.read(path) + "// by hand\n");
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).expect("it was there");
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).expect("a text file")
    }

    /// Returns all files and folders below the folder that contains the workspace, with the content of the files, to
    /// detect any change by a command, including temporary folders.
    pub(crate) fn tree(&self) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
        let mut tree = BTreeMap::new();
        visit(self.outside(), &mut tree);
        tree
    }

    /// Returns the folders of [`tree`](Self::tree).
    pub(crate) fn folders(&self) -> Vec<PathBuf> {
        self.tree().into_keys().filter(|path| path.is_dir()).collect()
    }

    /// Runs the program at the root of the workspace, as Cargo does.
    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        self.run_in("", arguments, &[])
    }

    pub(crate) fn run_in(&self, folder: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Outcome {
        self.run_program(Path::new(env!("CARGO_BIN_EXE_xtask")), folder, arguments, variables)
    }

    /// Runs another copy of the program.
    pub(crate) fn run_program(
        &self,
        program: &Path,
        folder: &str,
        arguments: &[&str],
        variables: &[(&str, &str)],
    ) -> Outcome {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .env("CARGO_MANIFEST_DIR", self.path("xtask"))
            .envs(variables.iter().copied())
            .current_dir(self.path(folder));
        let output = loop {
            match command.output() {
                // A copy was just written, and another test that starts a program still holds the file open.
                Err(error) if error.kind() == ErrorKind::ExecutableFileBusy => thread::yield_now(),
                output => break output.expect("the program was built for this test"),
            }
        };
        Outcome {
            code: output.status.code().expect("it is not killed by a signal"),
            stdout: String::from_utf8(output.stdout).expect("text on standard output"),
            stderr: String::from_utf8(output.stderr).expect("text on standard error"),
        }
    }
}

impl Outcome {
    #[track_caller]
    pub(crate) fn succeeds(self) -> Self {
        self.ends_with(0)
    }

    #[track_caller]
    pub(crate) fn ends_with(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:#?}");
        self
    }

    /// Checks that standard output contains a text.
    #[track_caller]
    pub(crate) fn prints(self, text: &str) -> Self {
        assert!(self.stdout.contains(text), "no `{text}` in {self:#?}");
        self
    }

    /// Checks that standard error contains a text.
    #[track_caller]
    pub(crate) fn notes(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "no `{text}` in {self:#?}");
        self
    }
}

fn visit(folder: &Path, tree: &mut BTreeMap<PathBuf, Option<Vec<u8>>>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        let kind = entry.file_type().expect("a kind");
        if kind.is_dir() {
            visit(&entry.path(), tree);
        }
        tree.insert(entry.path(), kind.is_file().then(|| fs::read(entry.path()).expect("a file")));
    }
}
