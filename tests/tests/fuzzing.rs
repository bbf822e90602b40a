//! The inputs in `fuzz/seeds/`, which has a folder for each fuzz target, and a batch of random descriptions that must compile.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use arbitrary::Unstructured;
use fastrand::Rng;
use infobip_fuzzing::structured::description;
use infobip_fuzzing::{TARGETS, Target};
use infobip_tests::parallel;
use wirecrate_codegen::{NoFiles, Options, Output, Source, generate};

use crate::emitted_crates::{self, Batch, workspace};

/// The number of random descriptions that are compiled; `FUZZ_CRATES` sets it, and `FUZZ_SEED` the seed.
const CRATES: u64 = 6;

/// The number of random bytes that a description is made of.
const CHOICES: usize = 600;

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("the folder can be read").path()).collect();
    paths.sort();
    paths
}

fn run_seeds(target: &Target) {
    for path in files(&workspace().join("fuzz/seeds").join(target.name)) {
        // Shown if the seed fails.
        println!("{}", path.display());
        (target.run)(&fs::read(path).expect("a seed can be read"));
    }
}

#[test]
fn every_seed_keeps_the_promises() {
    parallel::map(TARGETS, run_seeds);
}

#[test]
fn every_folder_of_seeds_has_a_target() {
    let folders = files(&workspace().join("fuzz/seeds"));
    let mut names: Vec<_> = TARGETS.iter().map(|target| workspace().join("fuzz/seeds").join(target.name)).collect();
    names.sort();
    assert_eq!(folders, names);
}

/// Generates the crate of the next random description, if it is accepted.
fn random_crate(random: &mut Rng, options: &Options) -> Option<Output> {
    let bytes: Vec<u8> = std::iter::repeat_with(|| random.u8(..)).take(CHOICES).collect();
    let text = description(&mut Unstructured::new(&bytes)).ok()?.to_string();
    generate(vec![Source::new("description.json", text)], &NoFiles, options).ok()
}

#[test]
fn random_descriptions_compile() {
    let setting = |name| env::var(name).ok().map(|text| text.parse::<u64>().expect("the setting is a number"));
    let (seed, count) = (setting("FUZZ_SEED").unwrap_or(2), setting("FUZZ_CRATES").unwrap_or(CRATES));
    println!("FUZZ_SEED={seed} FUZZ_CRATES={count}");
    let mut random = Rng::with_seed(seed);
    let mut batch = Batch::new("random");
    let mut tried = 0;
    for number in 0..count {
        let options = emitted_crates::Target::options(&format!("random-{number}"));
        let output =
            std::iter::repeat_with(|| random_crate(&mut random, &options)).inspect(|_| tried += 1).flatten().next();
        batch.add(&output.expect("the iterator has no end"), []);
    }
    println!("{count} of {tried} descriptions were accepted");
    batch.lint();
}
