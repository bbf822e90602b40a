//! Descriptions by other authors, if they are beside the project: each becomes a crate or is refused with located findings.
//! None of them is part of the project.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::thread;

use wirecrate_codegen::{Files, Options, Report, Source, generate};

/// The folders of descriptions, relative to the folder that contains the project.
const FOLDERS: &[&str] = &["shared/corpus/positive", "shared/corpus/negative", "shared/vendor"];

struct Folder<'a>(&'a Path);

impl Files for Folder<'_> {
    fn read(&self, name: &str) -> io::Result<Source> {
        fs::read_to_string(self.0.join(name)).map(|text| Source::new(name, text))
    }
}

fn descriptions(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.retain(|path| path.is_file());
    paths.sort();
    paths
}

/// Returns every finding of a description, or an error if the generator panicked.
fn run(path: &Path) -> Result<Report, &'static str> {
    let name = path.file_name().and_then(|name| name.to_str()).ok_or("has no plain name")?;
    let text = fs::read_to_string(path).map_err(|_| "is not text")?;
    let folder = Folder(path.parent().ok_or("stands in no folder")?);
    let source = Source::new(name, text);
    let result = panic::catch_unwind(AssertUnwindSafe(|| generate(vec![source], &folder, &Options::new("notes"))));
    Ok(result.map_err(|_| "makes the generator panic")?.map_or_else(|report| report, |output| output.warnings))
}

/// Findings of a description that have no location in it, or no text.
fn misplaced(path: &Path, report: &Report) -> Vec<String> {
    let folder = path.parent().unwrap_or(path);
    let mut texts: HashMap<&str, String> = HashMap::new();
    for finding in &report.diagnostics {
        let read = || fs::read_to_string(folder.join(&finding.file)).unwrap_or_default();
        texts.entry(&finding.file).or_insert_with(read);
    }
    // Each file in lines; an empty text has a first line too.
    let lines: HashMap<_, Vec<_>> =
        texts.iter().map(|(file, text)| (*file, text.trim_start_matches('\u{feff}').split('\n').collect())).collect();
    let is_placed = |file: &str, line: usize, column: usize| {
        let text = lines.get(file).and_then(|lines| lines.get(line.wrapping_sub(1)));
        // A finding may stand behind the end of its line, where something is missing.
        text.is_some_and(|text| (1..=text.chars().count() + 1).contains(&column))
    };
    let wrong = report.diagnostics.iter().filter(|finding| {
        !is_placed(&finding.file, finding.line, finding.column)
            || !finding.pointer.starts_with('#')
            || finding.message.is_empty()
    });
    wrong.map(|finding| format!("{finding:?}")).collect()
}

/// Everything that is wrong with the result for a description.
fn problems(path: &Path) -> Vec<String> {
    match run(path) {
        Ok(report) => misplaced(path, &report),
        Err(problem) => vec![format!("{} {problem}", path.display())],
    }
}

#[test]
fn descriptions_of_others_are_taken_or_refused_with_places() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("the project is in a folder");
    let paths: Vec<_> = FOLDERS.iter().flat_map(|folder| descriptions(&beside.join(folder))).collect();
    if paths.is_empty() {
        eprintln!("skipped: there is nothing in {} beside the project", FOLDERS.join(", "));
        return;
    }
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let problems_of_every =
        &|first: usize| paths.iter().skip(first).step_by(threads).flat_map(|path| problems(path)).collect();
    let problems: Vec<String> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|first| scope.spawn(move || problems_of_every(first))).collect();
        workers.into_iter().flat_map(|worker| -> Vec<_> { worker.join().expect("panics are caught") }).collect()
    });
    assert!(problems.is_empty(), "{} problems in {} files:\n{}", problems.len(), paths.len(), problems.join("\n"));
}
