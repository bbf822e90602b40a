//! Skipped runs of `generate`: they print the recorded output of the last run, which the tests change to detect them.

use std::fs::{self, File};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use crate::playground::{FAREWELL, GREETING, Outcome, Playground};

/// The text that replaces the recorded output in a stamp.
const REMEMBERED: &str = "as recorded in the stamp";

fn stamps(playground: &Playground) -> Vec<PathBuf> {
    let entries = fs::read_dir(playground.path("target/xtask")).into_iter().flatten();
    entries.map(|entry| entry.expect("an entry").path()).collect()
}

fn mark_stamps(playground: &Playground) {
    for stamp in stamps(playground) {
        let text = fs::read_to_string(&stamp).expect("it was written");
        assert!(text.contains("files, no change"), "{text}");
        fs::write(&stamp, text.replace("files, no change", REMEMBERED)).expect("it can be written");
    }
}

/// Makes a change after a run, and checks that the next run is skipped or not.
#[track_caller]
fn check(skipped: bool, change: impl FnOnce(&Playground)) -> Outcome {
    check_command(skipped, &["generate"], change)
}

#[track_caller]
fn check_command(skipped: bool, arguments: &[&str], change: impl FnOnce(&Playground)) -> Outcome {
    let playground = Playground::generated();
    mark_stamps(&playground);
    change(&playground);
    let outcome = playground.run(arguments);
    assert_eq!(outcome.stdout.contains(REMEMBERED), skipped, "{outcome:#?}");
    outcome
}

#[test]
fn a_run_that_would_do_the_same_is_skipped() {
    check(true, |_| {}).succeeds();
    check(true, |playground| {
        playground.write("spec/README.md", "Not an input.");
        playground.write("generated/Cargo.lock", "Not emitted.");
        playground.write("generated/src/.hidden", "Not emitted.");
        playground.write("generated/target/debug/x.rs", "Not emitted.");
    });
    // A new modification time does not change the content.
    check(true, |playground| playground.write("generated/src/lib.rs", playground.read("generated/src/lib.rs")));
}

#[test]
fn a_changed_input_is_read() {
    check(false, |playground| playground.write("spec/greeting.yaml", format!("# A comment.\n{GREETING}"))).succeeds();
    check(false, |playground| {
        let style = playground.read("spec/parts/style.yaml");
        playground.write("spec/parts/style.yaml", style.replace("loud", "quiet"));
    })
    .succeeds();
    check(false, |playground| playground.write("spec/farewell.json", FAREWELL)).succeeds();
    check(false, |playground| playground.remove("spec/parts/style.yaml")).ends_with(1);
    check(false, |playground| {
        playground.write("spec/more.yaml", GREETING);
        playground.remove("spec/greeting.yaml");
    });
}

#[test]
fn a_changed_crate_is_checked() {
    check(false, |playground| playground.edit("generated/src/lib.rs")).ends_with(1);
    check(false, |playground| playground.remove("generated/src/lib.rs")).succeeds().prints("1 restored\n");
    check(false, |playground| playground.write("generated/src/mine.rs", "")).ends_with(1);
    check(false, |playground| playground.remove("generated/manifest.json")).succeeds().prints("1 added\n");
    check(false, |playground| {
        playground.write("generated/manifest.json", playground.read("generated/manifest.json").replace("  ", " "));
    })
    .succeeds()
    .prints("1 changed\n");
    check(false, |playground| playground.write("generated/.xtask/0.old", "")).succeeds();
    check(false, |playground| fs::remove_dir_all(playground.path("generated")).expect("it was there")).succeeds();
}

#[test]
fn other_options_are_another_run() {
    let playground = Playground::new();
    let command = ["generate", "--spec", "spec/greeting.yaml", "--out", "probe", "--name", "probe"];
    let more: [&[&str]; 6] = [
        &["--runtime", "elsewhere"],
        &["--operation", "send-greeting"],
        &["--path", "/greetings"],
        &["--path", "/*"],
        &["--path", "/*", "--operation", "send-greeting"],
        &[],
    ];
    for options in more {
        let command = [&command[..], options].concat();
        let full = playground.run(&command).succeeds();
        assert!(!full.stdout.contains(REMEMBERED), "{full:#?}");
        mark_stamps(&playground);
        playground.run(&command).succeeds().prints(REMEMBERED);
    }
    let renamed = [&command[..6], &["other"]].concat();
    let full = playground.run(&renamed).succeeds();
    assert!(!full.stdout.contains(REMEMBERED), "{full:#?}");
}

/// The folders are the same, but their displayed paths differ.
#[test]
fn displayed_paths_depend_on_the_current_folder() {
    let playground = Playground::new();
    playground.run(&["generate", "--spec", "spec/greeting.yaml", "--out", "probe", "--name", "probe"]).succeeds();
    playground
        .run_in("spec", &["generate", "--spec", "greeting.yaml", "--out", "../probe", "--name", "probe"], &[])
        .succeeds()
        .prints("read greeting.yaml, parts/style.yaml: 1 operation, 2 types; ../probe: 11 files, no change\n");
}

#[test]
fn each_crate_has_a_separate_stamp() {
    let playground = Playground::generated();
    playground.run(&["generate", "--spec", "spec/greeting.yaml", "--out", "probe", "--name", "probe"]).succeeds();
    assert_eq!(stamps(&playground).len(), 2);
    mark_stamps(&playground);
    playground.run(&["generate"]).succeeds().prints(REMEMBERED);
}

#[test]
fn another_build_of_the_program_is_another_run() {
    let playground = Playground::new();
    let program = playground.path("program");
    fs::copy(env!("CARGO_BIN_EXE_xtask"), &program).expect("it was built for this test");
    let run = || playground.run_program(&program, "", &["generate"], &[]).succeeds();
    run();
    mark_stamps(&playground);
    run().prints(REMEMBERED);
    playground.run(&["generate"]).succeeds().prints("files, no change\n");
    run();
    mark_stamps(&playground);
    let later = SystemTime::now() + Duration::from_mins(1);
    let file = File::options().append(true).open(&program).expect("the copy can be changed");
    file.set_modified(later).expect("the copy can be changed");
    drop(file);
    run().prints("files, no change\n");
}

#[test]
fn a_check_is_never_skipped() {
    check_command(false, &["generate", "--check"], |_| {}).succeeds();
}

#[test]
fn an_unreadable_stamp_is_not_an_error() {
    for content in ["", "{}", "not JSON", "\u{0}"] {
        let outcome = check(false, |playground| {
            for stamp in stamps(playground) {
                fs::write(stamp, content).expect("it can be written");
            }
        });
        outcome.succeeds().prints("no change\n");
    }
    check(false, |playground| fs::remove_dir_all(playground.path("target")).expect("it was there")).succeeds();
}

#[test]
fn an_unwritable_stamp_is_not_an_error() {
    let playground = Playground::new();
    playground.write("target", "A file.");
    playground.run(&["generate"]).succeeds().prints("11 added\n");
    playground.run(&["generate"]).succeeds().prints("no change\n");
}

#[test]
fn warnings_are_shown_again() {
    let playground = Playground::new();
    let servers = GREETING.replace("paths:", "servers: [{ url: 'https://example.com' }]\npaths:");
    playground.write("spec/greeting.yaml", servers);
    let full = playground.run(&["generate"]).succeeds().notes("note[ignored]").stderr;
    mark_stamps(&playground);
    assert_eq!(playground.run(&["generate"]).succeeds().prints(REMEMBERED).stderr, full);
    let json = ["generate", "--format", "json"];
    let full = playground.run(&[&json[..], &["--check"]].concat()).succeeds().stdout;
    let skipped = playground.run(&json).succeeds().notes(REMEMBERED);
    assert_eq!(skipped.stdout, full);
    assert!(full.starts_with("[{"), "{full}");
}

#[test]
fn overlays_are_inputs_too() {
    let overlay = |text: &str| {
        format!(
            "overlay: 1.1.0\ninfo: {{ title: Words, version: '1' }}\nactions:\n\
             - {{ target: $.components.schemas.Greeting.description, update: {text} }}\n"
        )
    };
    // A new overlay is not part of the last run.
    check(false, |playground| playground.write("spec/overlays/words.yaml", overlay("New."))).succeeds();

    let playground = Playground::new();
    let other = ["generate", "--spec", "spec/greeting.yaml", "--out", "other", "--name", "other", "--overlay"];
    let run = |path| playground.run(&[&other[..], &[path]].concat()).succeeds().stdout;
    playground.write("a/words.yaml", overlay("Words."));
    playground.write("b/words.yaml", overlay("Other."));
    run("a/words.yaml");
    mark_stamps(&playground);
    assert!(run("a/words.yaml").contains(REMEMBERED));
    assert!(!run("b/words.yaml").contains(REMEMBERED), "another one of the same name");
    mark_stamps(&playground);
    assert!(run("b/words.yaml").contains(REMEMBERED));
    playground.write("b/words.yaml", overlay("Changed."));
    assert!(!run("b/words.yaml").contains(REMEMBERED), "the same one with other content");
    let manifest: serde_json::Value = serde_json::from_str(&playground.read("other/manifest.json")).expect("JSON");
    assert_eq!(manifest["overlays"][0]["name"], "words.yaml");
    assert!(manifest["inputs"].get("words.yaml").is_none());
}

#[test]
fn the_configuration_is_an_input_too() {
    let playground = Playground::new();
    playground.write("config.toml", "environment-prefix = \"GREET\"\n");
    let command =
        ["generate", "--spec", "spec/greeting.yaml", "--out", "other", "--name", "other", "--config", "config.toml"];
    let run = || playground.run(&command).succeeds().stdout;
    run();
    mark_stamps(&playground);
    assert!(run().contains(REMEMBERED));
    playground.write("config.toml", "# A comment.\nenvironment-prefix = \"GREET\"\n");
    assert!(!run().contains(REMEMBERED), "the same configuration in another text");
    let manifest: serde_json::Value = serde_json::from_str(&playground.read("other/manifest.json")).expect("JSON");
    assert_eq!(manifest["configuration"]["name"], "config.toml");
}
