//! Strings of a description never become code, markup, attributes, tests or files.
//!
//! Each string of `hostile.rs` replaces or follows each string of `template.yaml`, a name wherever it occurs. The crate must
//! have the same skeleton as one with a harmless string in that place: the same numbers of tokens, attributes, macros, programs
//! in documentation, links to items, and files. A part of the combinations is tried in each run, all of them by a command; see
//! `README.md`.

mod hostile;
mod positions;
mod skeleton;

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;

use wirecrate_codegen::{Output, generate};

use self::positions::{Edit, Template};
use self::skeleton::Skeleton;
use crate::emitted_crates::{Batch, Target};

/// Harmless strings. Their skeletons may differ, since a name needs no attribute for serde if it is like that of a field, and
/// a pattern may be one that cannot be checked.
const HARMLESS: [&str; 6] = ["harmless twin", "harmless", "7", "(", "<=>", ""];

/// The number of crates that are compiled.
const COMPILED: usize = 150;

#[test]
fn some_strings_change_nothing_but_texts() {
    let template = Template::read();
    let strings = hostile::strings();
    let edits = template.edits(&strings).enumerate().filter(|(index, _)| index % 149 == 0).map(|(_, edit)| edit);
    check(&template, &edits.collect::<Vec<_>>());
}

#[test]
#[ignore = "generates some ten thousand crates, which takes minutes"]
fn every_string_changes_nothing_but_texts() {
    let template = Template::read();
    let strings = hostile::strings();
    let count = check(&template, &template.edits(&strings).collect::<Vec<_>>());
    assert!(count >= 15_000, "only {count} crates were generated");
}

#[test]
#[ignore = "compiles 150 crates and their documentation, which takes half an hour"]
fn crates_with_hostile_strings_compile() {
    let template = Template::read();
    let strings = hostile::strings();
    let edits: Vec<_> = template.edits(&strings).collect();
    let mut batch = Batch::new("injection");
    // A prime number, so that no edit is tried twice.
    let indices = (0..edits.len()).map(|step| step * 10_007 % edits.len());
    let outputs = indices
        .enumerate()
        .filter_map(|(number, index)| emit(&template, &edits[index], &format!("injected-{number}")).ok());
    for output in outputs.take(COMPILED) {
        batch.add(&output, []);
    }
    batch.lint();
    batch.test_docs();
    println!("{COMPILED} crates compile without warnings, and so do the programs in their documentation");
}

fn emit(template: &Template, edit: &Edit<'_>, package: &str) -> Result<Output, wirecrate_codegen::Report> {
    let (source, files) = template.edited(edit);
    generate(vec![source], &files, &Target::options(package))
}

fn skeleton(template: &Template, edit: &Edit<'_>) -> Option<Skeleton> {
    static KNOWN: OnceLock<HashMap<String, Skeleton>> = OnceLock::new();
    let known = KNOWN.get_or_init(|| {
        let output = emit(template, &Template::no_edit(), "injected").expect("the template is right");
        Skeleton::of_each(&output.files)
    });
    emit(template, edit, "injected").ok().map(|output| Skeleton::of(&output.files, known))
}

/// Compares the crates of all edits with those of harmless ones; returns the number of crates.
#[track_caller]
fn check(template: &Template, edits: &[Edit<'_>]) -> usize {
    let (next, crates) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let (twins, problems) = (Twins::default(), Mutex::new(Vec::new()));
    let work = || {
        while let Some(edit) = edits.get(next.fetch_add(1, Ordering::Relaxed)) {
            let Some(found) = skeleton(template, edit) else { continue };
            crates.fetch_add(1, Ordering::Relaxed);
            if let Some(problem) = twins.difference(template, edit, &found) {
                problems.lock().expect("no thread panics").push(problem);
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let (crates, problems) = (crates.into_inner(), problems.into_inner().expect("no thread panics"));
    println!("{} edits, {crates} crates, {} differences", edits.len(), problems.len());
    assert!(problems.is_empty(), "{} differences:\n{}", problems.len(), problems[..problems.len().min(40)].join("\n"));
    crates
}

/// The skeletons of crates with harmless strings; `None` if the description is refused.
#[derive(Default)]
struct Twins(Mutex<HashMap<String, Option<Arc<Skeleton>>>>);

impl Twins {
    /// The difference to the first harmless crate, unless one of them is equal.
    fn difference(&self, template: &Template, edit: &Edit<'_>, found: &Skeleton) -> Option<String> {
        let mut first = None;
        for harmless in HARMLESS {
            let Some(twin) = self.get(template, &edit.with(harmless)) else { continue };
            if *twin == *found {
                return None;
            }
            first.get_or_insert_with(|| found.differences(&twin));
        }
        Some(format!("{edit:?}: {}", first.unwrap_or_default().join(", ")))
    }

    fn get(&self, template: &Template, edit: &Edit<'_>) -> Option<Arc<Skeleton>> {
        let key = format!("{edit:?}");
        let known = self.0.lock().expect("no thread panics").get(&key).cloned();
        known.unwrap_or_else(|| {
            let twin = skeleton(template, edit).map(Arc::new);
            self.0.lock().expect("no thread panics").insert(key, twin.clone());
            twin
        })
    }
}
