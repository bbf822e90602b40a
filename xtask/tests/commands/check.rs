//! `generate --check`: every kind of drift is reported as a diff for `patch`, and nothing is written.

use crate::playground::{Outcome, Playground};

#[track_caller]
fn check_drift(change: impl FnOnce(&Playground)) -> Outcome {
    let playground = Playground::generated();
    change(&playground);
    check(&playground).notes("run `cargo xtask generate`")
}

#[track_caller]
fn check(playground: &Playground) -> Outcome {
    let tree = playground.tree();
    let outcome = playground.run(&["generate", "--check"]).ends_with(1);
    assert_eq!(playground.tree(), tree);
    outcome
}

#[test]
fn a_fresh_folder_passes() {
    Playground::generated().run(&["generate", "--check"]).succeeds().prints("files, no change\n");
}

#[test]
fn an_edited_file_is_named_and_shown_as_a_diff() {
    let playground = Playground::generated();
    playground.edit("generated/src/lib.rs");
    check(&playground)
        .prints("--- a/generated/src/lib.rs\n+++ b/generated/src/lib.rs\n@@ ")
        .prints("\n-// by hand\n")
        .notes("error: `generated` contains files that were edited by hand: `src/lib.rs`; ");
}

#[test]
fn every_kind_of_drift_is_reported_in_one_run() {
    let playground = Playground::with_stale_files();
    playground.edit("generated/src/client.rs");
    playground.write("generated/src/mine.rs", "");
    playground.remove("generated/src/error.rs");
    check(&playground)
        .notes("edited by hand: `src/client.rs`; ")
        .notes("\nerror: `generated` contains files that this tool did not write: `src/mine.rs`; ")
        .notes("\nerror: `generated` is out of date (1 missing, 6 different, 3 stale); run ");
}

#[test]
fn a_missing_file_is_shown_as_a_diff() {
    check_drift(|playground| playground.remove("generated/src/lib.rs"))
        .prints("--- /dev/null\n+++ b/generated/src/lib.rs\n@@ -0,0 +1,")
        .notes("(1 missing)");
}

#[test]
fn a_stale_file_is_shown_as_a_diff() {
    check(&Playground::with_stale_files())
        .prints("--- a/generated/src/models/farewell.rs\n+++ /dev/null\n@@ -1,")
        .prints(",0 @@\n-// @generated")
        .notes(" stale); run `cargo xtask generate`");
}

#[test]
fn a_changed_description_is_drift() {
    check_drift(|playground| {
        let text = playground.read("spec/parts/style.yaml");
        playground.write("spec/parts/style.yaml", text.replace("loud", "quiet"));
    })
    .prints("\n+");
}

#[test]
fn a_missing_folder_is_drift() {
    let playground = Playground::new();
    let tree = playground.tree();
    playground.run(&["generate", "--check"]).ends_with(1).prints("+++ b/generated/Cargo.toml\n");
    assert_eq!(playground.tree(), tree);
}

#[test]
fn another_crate_is_checked_as_well() {
    let playground = Playground::new();
    let generate = ["generate", "--spec", "spec/greeting.yaml", "--out", "probe", "--name", "probe"];
    let check = [&generate[..], &["--check"]].concat();
    playground.run(&check).ends_with(1).notes("run the same command without `--check`");
    playground.run(&generate).succeeds();
    playground.run(&check).succeeds();
}

#[test]
fn with_json_the_diff_goes_to_standard_error() {
    let outcome = Playground::new().run(&["generate", "--check", "--format", "json"]).ends_with(1);
    assert_eq!(outcome.stdout, "[]\n");
    outcome.notes("+++ b/generated/Cargo.toml\n");
}
