//! Costs of generating: the contact crate, a document with many operations, and a run without changes.

use std::collections::hash_map::DefaultHasher;
use std::hash::Hasher;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::Instant;
use std::{env, fs, io};

use wirecrate_codegen::{Files, Options, Source, generate};

use crate::copies;
use crate::shared::process::{self, Used, least};
use crate::shared::table::{Budget, Row, Table};

/// The first argument of a child process that generates.
pub(crate) const TASK: &str = "--generate";

/// The argument of a child process that writes the document with many copies.
const WRITE: &str = "write";

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// A scratch folder in the target folder.
const SCRATCH: &str = env!("CARGO_TARGET_TMPDIR");

/// Measures every row.
pub(crate) fn measure(table: &mut Table) {
    let (time, _) = in_process(1, 50);
    table.add(&Row::new("generate the contact crate, in process", "ms", time), &Budget::AtMost(10.0));
    whole_command(table);
    many_operations(table);
}

/// Measures `cargo xtask generate`, without the time that Cargo takes to check that the program is up to date.
fn whole_command(table: &mut Table) {
    let program = program();
    let out = Path::new(SCRATCH).join("generated");
    let run = || {
        let mut command = Command::new(&program);
        command.current_dir(ROOT).args(["generate", "--spec", "spec/contact.yaml", "--name", "infobip-whatsapp"]);
        process::run(command.arg("--out").arg(&out))
    };
    let fresh = || {
        // The folder does not exist in the first run.
        let _ = fs::remove_dir_all(&out);
        run()
    };
    let time = least(20, || fresh().milliseconds());
    table.add(&Row::new("generate the contact crate, whole command", "ms", time), &Budget::AtMost(15.0));
    let peak = least(5, || fresh().mebibytes());
    table.add(&Row::new("generate the contact crate, whole command", "MiB", peak), &Budget::AtMost(12.0));
    let again = least(20, || run().milliseconds());
    let folders = [Path::new(ROOT).join("spec"), out.clone()];
    let floor = least(20, || read_and_hash(&folders));
    let row = Row::new("generate without a change, above reading and hashing", "ms", again - floor);
    table.add(&row, &Budget::AtMost(20.0));
}

/// Builds the generator once, and returns its path.
pub(crate) fn program() -> PathBuf {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    let build = || {
        let target = Path::new(SCRATCH).parent().expect("the scratch folder is in the target folder");
        let mut cargo = cargo();
        cargo.current_dir(ROOT).args(["build", "--quiet", "--release", "--package", "xtask", "--target-dir"]);
        process::run(cargo.arg(target));
        target.join("release").join("xtask")
    };
    PROGRAM.get_or_init(build).clone()
}

/// Returns a command for the Cargo that runs this benchmark.
pub(crate) fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

fn many_operations(table: &mut Table) {
    const SOME: u32 = 200;
    const MANY: u32 = 5000;
    let (some, used) = in_process(SOME, 3);
    table.add(&Row::new("generate 200 operations, in process", "ms", some), &Budget::AtMost(600.0));
    table.add(&Row::new("generate 200 operations, whole process", "MiB", used.mebibytes()), &Budget::AtMost(100.0));
    let (many, _) = in_process(MANY, 1);
    let growth = many / f64::from(MANY) / (some / f64::from(SOME));
    let row = Row::new("time per operation, 5000 operations to 200", "ratio", growth);
    // The data of 5000 operations exceeds the caches; a quadratic algorithm would give 25.
    table.add(&row, &Budget::AtMost(1.5));
}

/// Returns the least time of several runs in milliseconds, and the resources of one process.
fn in_process(copies: u32, runs: u32) -> (f64, Used) {
    let task = |runs: &str| {
        let program = env::current_exe().expect("the path of this program is known");
        let mut command = Command::new(program);
        command.args([TASK, &copies.to_string(), runs]);
        command
    };
    if copies > 1 {
        process::run(&mut task(WRITE));
    }
    let (time, _) = process::output(&mut task(&runs.to_string()));
    let used = process::run(&mut task("1"));
    (time.trim().parse().expect("the task prints a number"), used)
}

/// Runs a child process: prints the least time in milliseconds, or writes the document that another child reads.
pub(crate) fn run_task(copies: &str, runs: &str) {
    let path = Path::new(SCRATCH).join(format!("{copies}.json"));
    if runs == WRITE {
        let document = copies::document(copies.parse().expect("the argument is a number of copies"));
        let file = fs::File::create(&path).expect("the target folder can be written");
        return serde_json::to_writer(io::BufWriter::new(file), &document).expect("the target folder can be written");
    }
    let folder = Folder(if copies == "1" { Path::new(ROOT).join("spec") } else { SCRATCH.into() });
    let entry = if copies == "1" { "contact.yaml" } else { &format!("{copies}.json") };
    let entry = folder.read(entry).expect("the description can be read");
    let options = Options::new("infobip-whatsapp");
    let time = least(runs.parse().expect("the argument is a number of runs"), || {
        let entries = vec![entry.clone()];
        let start = Instant::now();
        let output = generate(entries, &folder, &options);
        let time = start.elapsed().as_secs_f64() * 1e3;
        assert!(!output.unwrap_or_else(|report| panic!("{report}")).files.is_empty());
        time
    });
    println!("{time}");
}

struct Folder(PathBuf);

impl Files for Folder {
    fn read(&self, name: &str) -> io::Result<Source> {
        Ok(Source::new(name, fs::read_to_string(self.0.join(name))?))
    }
}

/// Returns the milliseconds to read and hash the inputs and the outputs, a lower bound for detecting that nothing
/// changed.
pub(crate) fn read_and_hash(places: &[PathBuf]) -> f64 {
    let start = Instant::now();
    let mut hasher = DefaultHasher::new();
    for place in places {
        hash(place, &mut hasher);
    }
    std::hint::black_box(hasher.finish());
    start.elapsed().as_secs_f64() * 1e3
}

fn hash(place: &Path, hasher: &mut DefaultHasher) {
    if place.is_file() {
        return hasher.write(&fs::read(place).expect("the file can be read"));
    }
    for entry in fs::read_dir(place).expect("the folder exists").flatten() {
        hash(&entry.path(), hasher);
    }
}
