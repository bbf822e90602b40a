//! Emitted crates at work: one program that depends on all crates of a batch, and decodes, checks and encodes what it is
//! asked to.
//!
//! A batch is built once, without TLS; files are written where they differ only, so that an unchanged batch costs nothing.

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

pub(crate) use target::Target;

/// The crates that one program is made of.
pub(crate) struct Batch {
    /// The package of the program.
    program: String,
    folder: PathBuf,
    crates: Vec<String>,
    targets: BTreeSet<Target>,
    written: BTreeSet<PathBuf>,
}

/// A batch that was built.
pub(crate) struct Judge {
    program: PathBuf,
}

/// A body, and the type that it is said to be.
#[derive(Clone, Debug)]
pub(crate) struct Question<'a> {
    pub(crate) target: &'a Target,
    pub(crate) body: String,
}

/// What a type says of a body.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Verdict {
    /// The decoder refuses it.
    DecodeError(String),
    /// `validate` refuses it.
    Violations(Vec<Broken>),
    /// Both take it, and it encodes to this.
    Ok(Value),
}

/// A violation.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Broken {
    pub(crate) location: String,
    pub(crate) keyword: String,
}

impl Verdict {
    pub(crate) fn is_ok(&self) -> bool {
        matches!(self, Self::Ok(_))
    }

    /// Whether the value is taken, and encodes to the same JSON value: `100.0` is `100`.
    pub(crate) fn carries(&self, value: &Value) -> bool {
        matches!(self, Self::Ok(encoded) if same(encoded, value))
    }

    /// Reads a line of the program.
    fn read(line: &str) -> Self {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "decode-error" => Self::DecodeError(rest.to_owned()),
            "violations" => Self::Violations(serde_json::from_str(rest).expect("violations are JSON")),
            "ok" => Self::Ok(serde_json::from_str(rest).expect("what is encoded is JSON")),
            _ => panic!("the program said `{line}`"),
        }
    }
}

impl Batch {
    /// An empty batch with a folder of its own.
    pub(crate) fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("judge").join(name);
        let program = format!("judge-of-{name}");
        Self { program, folder, crates: Vec::new(), targets: BTreeSet::new(), written: BTreeSet::new() }
    }

    /// Adds an emitted crate, whose package name must be new, and the types that will be asked for.
    pub(crate) fn add(&mut self, output: &Output, targets: impl IntoIterator<Item = Target>) {
        let package = output.api.options.name.clone();
        for file in &output.files {
            self.write(&Path::new(&package).join(&file.path), &file.text);
        }
        self.crates.push(package);
        self.targets.extend(targets);
    }

    /// Compiles everything.
    pub(crate) fn build(mut self) -> Judge {
        let start = Instant::now();
        let members = self.crates.iter().map(String::as_str).chain([self.program.as_str()]).collect::<Vec<_>>();
        let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n");
        self.write(Path::new("Cargo.toml"), &manifest);
        let package = PathBuf::from(&self.program);
        self.write(&package.join("Cargo.toml"), &program::manifest(&self.program, &self.crates));
        self.write(&package.join("src/main.rs"), &program::source(&self.targets));
        let lock = fs::read_to_string(workspace().join("Cargo.lock")).expect("the lock file can be read");
        if !self.folder.join("Cargo.lock").exists() {
            self.write(Path::new("Cargo.lock"), &lock);
        }
        self.remove_leftovers();
        let built = Path::new(env!("CARGO_TARGET_TMPDIR")).join("emitted-target");
        let run = Command::new(env!("CARGO"))
            .args(["build", "--package", &self.program, "--quiet", "--offline"])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &built)
            // What compiles fastest: nobody debugs the program, and it is not built in small steps.
            .envs([("CARGO_PROFILE_DEV_DEBUG", "0"), ("CARGO_PROFILE_DEV_OPT_LEVEL", "0"), ("CARGO_INCREMENTAL", "0")])
            .output()
            .expect("cargo can be run");
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let program = built.join("debug").join(format!("{}{}", self.program, std::env::consts::EXE_SUFFIX));
        println!("{} crates, {} types built in {:.1?}", self.crates.len(), self.targets.len(), start.elapsed());
        Judge { program }
    }

    fn write(&mut self, path: &Path, text: &str) {
        let path = self.folder.join(path);
        if fs::read_to_string(&path).ok().as_deref() != Some(text) {
            fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("the folder can be made");
            fs::write(&path, text).expect("the file can be written");
        }
        self.written.insert(path);
    }

    /// Removes sources of an earlier run, which cargo would take for modules, examples or members.
    fn remove_leftovers(&self) {
        let mut folders = vec![self.folder.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("the folder can be read") {
                let path = entry.expect("the folder can be read").path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|kind| kind == "rs") && !self.written.contains(&path) {
                    fs::remove_file(path).expect("a file of an earlier run can go");
                }
            }
        }
    }
}

impl Judge {
    /// The verdicts, in the order of the questions.
    pub(crate) fn ask(&self, questions: &[Question<'_>]) -> Vec<Verdict> {
        let mut program = Command::new(&self.program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program can be run");
        let mut questions_in = program.stdin.take().expect("it was asked for");
        let answers = BufReader::new(program.stdout.take().expect("it was asked for"));
        let verdicts: Vec<_> = std::thread::scope(|scope| {
            scope.spawn(move || {
                let mut text = String::new();
                for Question { target, body } in questions {
                    text.clear();
                    text.extend([target.key().as_str(), " ", body, "\n"]);
                    // If the program ended early, the number of answers tells.
                    if questions_in.write_all(text.as_bytes()).is_err() {
                        return;
                    }
                }
            });
            answers.lines().map(|line| Verdict::read(&line.expect("the program writes text"))).collect()
        });
        let status = program.wait().expect("the program can be waited for");
        assert!(status.success() && verdicts.len() == questions.len(), "the program ended early: {status}");
        verdicts
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

/// The folder of the workspace that is tested.
pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests stand in the workspace").to_owned()
}

#[test]
fn tells_what_a_type_says() {
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
    let options = Target::options("judge-notes");
    let output = wirecrate_codegen::generate(vec![source], &wirecrate_codegen::NoFiles, &options).expect("it is sound");
    let target = Target::named("judge-notes", "Note");
    let mut batch = Batch::new("notes");
    batch.add(&output, [target.clone()]);
    let ask = |body: &str| Question { target: &target, body: body.to_owned() };
    let verdicts = batch.build().ask(&[ask(r#"{"text":"ab"}"#), ask(r#"{"text":"abc"}"#), ask(r#"{"text":1}"#)]);
    assert_eq!(verdicts[0], Verdict::Ok(serde_json::json!({ "text": "ab" })));
    let broken = Broken { location: "text".to_owned(), keyword: "maxLength".to_owned() };
    assert_eq!(verdicts[1], Verdict::Violations(vec![broken]));
    assert!(matches!(&verdicts[2], Verdict::DecodeError(error) if error.contains("text")), "{:?}", verdicts[2]);
}
