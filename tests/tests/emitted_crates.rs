//! Emitted crates as a user has them: one program that depends on all crates of a batch, and decodes, checks and encodes
//! the bodies that a test sends to it.
//!
//! A batch is built once, on the libraries that the workspace has built already. Only files that differ are written, so
//! cargo has nothing to do for an unchanged batch.

mod cargo;
pub(crate) mod libraries;
mod program;
mod target;

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use serde::Deserialize;
use serde_json::Value;
use wirecrate_codegen::Output;

pub(crate) use cargo::{run, workspace};
pub(crate) use libraries::cargo_with_libraries;
pub(crate) use target::Target;

/// The crates that one program depends on.
pub(crate) struct Batch {
    /// The package of the program.
    program: String,
    folder: PathBuf,
    crates: Vec<String>,
    targets: BTreeSet<Target>,
    written: BTreeSet<PathBuf>,
}

/// The program of a batch.
pub(crate) struct Program {
    path: PathBuf,
}

/// A body, and the type to decode it as.
#[derive(Clone, Debug)]
pub(crate) struct Question<'a> {
    pub(crate) target: &'a Target,
    pub(crate) body: String,
}

/// The result of decoding, checking and encoding a body.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Verdict {
    /// The decoder fails.
    DecodeError(DecodeError),
    /// `validate` fails.
    Violations(Vec<Broken>),
    /// Both succeed, and this is the encoded value.
    Ok(Value),
}

/// The error of a decoder.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct DecodeError {
    pub(crate) location: String,
    pub(crate) category: String,
    pub(crate) text: String,
}

/// A violation.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Broken {
    pub(crate) location: String,
    pub(crate) keyword: String,
    pub(crate) limit: Option<usize>,
    pub(crate) measured: Option<usize>,
}

/// The `Debug` output of a value, or of the error of decoding it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Printed {
    Value(String),
    Error(String),
}

impl Printed {
    /// Reads a line of the program.
    fn read(line: &str) -> Self {
        let text = |rest| serde_json::from_str(rest).expect("printed text is a JSON string");
        match line.split_once(' ') {
            Some(("value", rest)) => Self::Value(text(rest)),
            Some(("error", rest)) => Self::Error(text(rest)),
            _ => panic!("the program printed `{line}`"),
        }
    }
}

impl Verdict {
    pub(crate) fn is_ok(&self) -> bool {
        matches!(self, Self::Ok(_))
    }

    /// Returns `true` if the value is valid and encodes to the same JSON value; `100.0` equals `100`.
    pub(crate) fn carries(&self, value: &Value) -> bool {
        matches!(self, Self::Ok(encoded) if same(encoded, value))
    }

    /// Reads a line of the program.
    fn read(line: &str) -> Self {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "decode-error" => Self::DecodeError(serde_json::from_str(rest).expect("a decoding error is JSON")),
            "violations" => Self::Violations(serde_json::from_str(rest).expect("violations are JSON")),
            "ok" => Self::Ok(serde_json::from_str(rest).expect("an encoded value is JSON")),
            _ => panic!("the program printed `{line}`"),
        }
    }
}

impl Batch {
    /// Creates an empty batch with a folder of its own.
    pub(crate) fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("emitted").join(name);
        let program = format!("program-of-{name}");
        Self { program, folder, crates: Vec::new(), targets: BTreeSet::new(), written: BTreeSet::new() }
    }

    /// Adds an emitted crate, whose package name must be new, and the types that questions name.
    pub(crate) fn add(&mut self, output: &Output, targets: impl IntoIterator<Item = Target>) {
        let package = output.api.options.name.clone();
        for file in &output.files {
            self.write(&Path::new(&package).join(&file.path), &file.text);
        }
        self.crates.push(package);
        self.targets.extend(targets);
    }

    /// Compiles the crates and the program.
    pub(crate) fn build(mut self) -> Program {
        let start = Instant::now();
        let package = PathBuf::from(&self.program);
        self.write(&package.join("Cargo.toml"), &program::manifest(&self.program, &self.crates));
        self.write(&package.join("src/main.rs"), &program::source(&self.targets));
        self.crates.push(self.program.clone());
        self.write_workspace();
        run(&mut cargo_with_libraries(&self.folder, &["build", "--package", &self.program]));
        let name = format!("{}{}", self.program, std::env::consts::EXE_SUFFIX);
        let path = libraries::built_crates().join("debug").join(name);
        println!("{} packages, {} types built in {:.1?}", self.crates.len(), self.targets.len(), start.elapsed());
        Program { path }
    }

    /// Checks the crates and their examples with clippy, and fails on any warning.
    pub(crate) fn lint(&mut self) {
        let start = Instant::now();
        self.write_workspace();
        let arguments = ["clippy", "--workspace", "--lib", "--examples", "--no-default-features"];
        let mut command = cargo_with_libraries(&self.folder, &arguments);
        run(command.args(["--features", "symmetric", "--", "-D", "warnings"]));
        println!("{} emitted crates are clean, checked in {:.1?}", self.crates.len(), start.elapsed());
    }

    /// Compiles the crates and the programs in their documentation.
    pub(crate) fn test_docs(&mut self) {
        self.write_workspace();
        run(&mut cargo_with_libraries(&self.folder, &["test", "--workspace", "--doc", "--no-default-features"]));
    }

    /// Makes the crates the members of a workspace.
    fn write_workspace(&mut self) {
        let Self { crates, .. } = self;
        let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = {crates:?}\n\n{}", libraries::patch());
        self.write(Path::new("Cargo.toml"), &manifest);
        self.remove_leftovers();
    }

    fn write(&mut self, path: &Path, text: &str) {
        let path = self.folder.join(path);
        cargo::write(&path, text);
        self.written.insert(path);
    }

    /// Removes the sources of an earlier run, which cargo would take for modules or examples.
    fn remove_leftovers(&self) {
        let mut folders = vec![self.folder.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("the folder can be read") {
                let path = entry.expect("the folder can be read").path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|kind| kind == "rs") && !self.written.contains(&path) {
                    fs::remove_file(path).expect("a file of an earlier run can be removed");
                }
            }
        }
    }
}

impl Program {
    /// Returns the verdicts, in the order of the questions.
    pub(crate) fn ask(&self, questions: &[Question<'_>]) -> Vec<Verdict> {
        self.run("check", questions, Verdict::read)
    }

    /// Returns the printed values, in the order of the questions.
    pub(crate) fn print(&self, questions: &[Question<'_>]) -> Vec<Printed> {
        self.run("print", questions, Printed::read)
    }

    fn run<T>(&self, command: &str, questions: &[Question<'_>], read: impl Fn(&str) -> T) -> Vec<T> {
        let mut program = Command::new(&self.path)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program can be run");
        let mut questions_in = program.stdin.take().expect("it is piped");
        let answers = BufReader::new(program.stdout.take().expect("it is piped"));
        let replies: Vec<_> = std::thread::scope(|scope| {
            scope.spawn(move || {
                let mut text = String::new();
                for Question { target, body } in questions {
                    text.clear();
                    text.extend([command, " ", target.key().as_str(), " ", body, "\n"]);
                    // If the program has ended early, answers are missing.
                    if questions_in.write_all(text.as_bytes()).is_err() {
                        return;
                    }
                }
            });
            answers.lines().map(|line| read(&line.expect("the program writes text"))).collect()
        });
        let status = program.wait().expect("the program can be waited for");
        assert!(status.success() && replies.len() == questions.len(), "the program ended early: {status}");
        replies
    }
}

fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left == right || left.as_f64() == right.as_f64(),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            let in_right = |name: &String, left: &Value| right.get(name).is_some_and(|right| same(left, right));
            left.len() == right.len() && left.iter().all(|(name, left)| in_right(name, left))
        }
        _ => left == right,
    }
}

#[test]
fn a_program_decodes_checks_and_encodes() {
    let text = "
        openapi: 3.0.3
        info: { title: Notes, version: '1' }
        paths:
          /notes:
            post:
              operationId: send-note
              requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } } }
              responses: { '204': { description: Taken. } }
        components: { schemas: { Note: { type: object, properties: { text: { type: string, maxLength: 2 } } } } }
    ";
    let source = wirecrate_codegen::Source::new("notes.yaml", text);
    let options = Target::options("asked-notes");
    let output = wirecrate_codegen::generate(vec![source], &wirecrate_codegen::NoFiles, &options).expect("it is sound");
    let target = Target::named("asked-notes", "Note");
    let mut batch = Batch::new("notes");
    batch.add(&output, [target.clone()]);
    let ask = |body: &str| Question { target: &target, body: body.to_owned() };
    let verdicts = batch.build().ask(&[ask(r#"{"text":"ab"}"#), ask(r#"{"text":"abc"}"#), ask(r#"{"text":1}"#)]);
    assert_eq!(verdicts[0], Verdict::Ok(serde_json::json!({ "text": "ab" })));
    let (location, keyword) = ("text".to_owned(), "maxLength".to_owned());
    let broken = Broken { location, keyword, limit: Some(2), measured: Some(3) };
    assert_eq!(verdicts[1], Verdict::Violations(vec![broken]));
    assert!(matches!(&verdicts[2], Verdict::DecodeError(error) if error.location == "text"), "{:?}", verdicts[2]);
}
