//! Inputs that `generate` refuses: it exits with 1, reports the reason, and leaves all files and folders unchanged.

use std::fs;

use crate::playground::{FAREWELL, GREETING, Outcome, Playground};

/// Changes an up-to-date workspace, and runs a command that must fail.
#[track_caller]
fn check(change: impl FnOnce(&Playground)) -> Outcome {
    check_command(&["generate"], change)
}

#[track_caller]
fn check_command(arguments: &[&str], change: impl FnOnce(&Playground)) -> Outcome {
    let playground = Playground::generated();
    change(&playground);
    let tree = playground.tree();
    let outcome = playground.run(arguments).ends_with(1);
    assert_eq!(playground.tree(), tree);
    outcome
}

fn broken() -> String {
    GREETING.replace("maxLength", "maxLenght").replace("required: [text]", "requierd: [text]")
}

#[test]
fn all_errors_in_a_description_are_reported() {
    check(|playground| playground.write("spec/greeting.yaml", broken()))
        .notes("`maxLenght`")
        .notes("`requierd`")
        .notes("spec/greeting.yaml:19:")
        .notes("error: 2 errors in the description; nothing was written");
}

#[test]
fn with_json_they_are_one_array_on_standard_output() {
    let outcome =
        check_command(&["generate", "--format", "json"], |playground| playground.write("spec/greeting.yaml", broken()));
    let value: serde_json::Value = serde_json::from_str(&outcome.stdout).expect("one JSON value");
    let findings = value.as_array().expect("an array");
    assert_eq!(findings.len(), 2, "{value}");
    for finding in findings {
        let mut keys: Vec<_> = finding.as_object().expect("an object").keys().map(String::as_str).collect();
        keys.sort_unstable();
        assert_eq!(keys, ["code", "column", "file", "help", "line", "message", "pointer", "severity"]);
        assert_eq!(finding["severity"], "error");
        assert_eq!(finding["file"], "spec/greeting.yaml");
    }
}

#[test]
fn with_json_a_good_description_is_an_empty_array() {
    let outcome = Playground::new().run(&["generate", "--format", "json"]).succeeds();
    assert_eq!(outcome.stdout, "[]\n");
    outcome.notes("read spec/greeting.yaml");
}

#[test]
fn a_package_file_with_an_unknown_key() {
    check(|playground| playground.write("spec/package.toml", "name = \"notes\"\nlicence = \"MIT\"\n"))
        .notes("error: spec/package.toml:2:1: unknown field `licence`, expected one of `name`, ");
}

#[test]
fn a_package_file_without_a_name() {
    check(|playground| playground.write("spec/package.toml", "")).notes("`spec/package.toml` has no `name`");
}

#[test]
fn with_json_an_invalid_package_file_is_an_entry_with_its_position() {
    let outcome = check_command(&["generate", "--format", "json"], |playground| {
        playground.write("spec/package.toml", "name = \"notes\"\nspellings = \"WebHook\"\n");
    });
    let value: serde_json::Value = serde_json::from_str(&outcome.stdout).expect("one JSON value");
    let finding = &value[0];
    assert_eq!(finding["code"], "bad-configuration");
    assert_eq!(finding["file"], "spec/package.toml");
    assert_eq!((&finding["line"], &finding["column"]), (&2.into(), &13.into()));
}

const MISSING: [&str; 7] = ["generate", "--spec", "spec/none.yaml", "--out", "probe", "--name", "probe"];

#[test]
fn a_missing_description() {
    check_command(&MISSING, |_| {}).notes("error: cannot read `spec/none.yaml`: ");
}

#[test]
fn with_json_a_file_that_cannot_be_read_is_an_entry_like_others() {
    let outcome = check_command(&[&MISSING[..], &["--format", "json"]].concat(), |_| {});
    let value: serde_json::Value = serde_json::from_str(&outcome.stdout).expect("one JSON value");
    assert_eq!(value[0]["code"], "unreadable-file");
    assert_eq!(value[0]["file"], "spec/none.yaml");
}

#[test]
fn a_description_that_is_a_folder() {
    check_command(&["generate", "--spec", "spec", "--out", "probe", "--name", "probe"], |_| {})
        .notes("error: cannot read `spec`: ");
    check(|playground| fs::create_dir(playground.path("spec/folder.yaml")).expect("a new folder"))
        .notes("error: cannot read `spec/folder.yaml`: ");
}

#[test]
fn a_description_that_is_not_utf_8() {
    check(|playground| playground.write("spec/greeting.yaml", b"openapi: \xff\n"))
        .notes("error[not-utf-8]: the byte 0xff is not valid in UTF-8 here\n --> spec/greeting.yaml:1:10\n");
}

#[test]
fn an_empty_description() {
    check(|playground| playground.write("spec/greeting.yaml", "")).notes("spec/greeting.yaml:1:1");
}

#[test]
fn a_folder_without_descriptions() {
    check(|playground| fs::remove_file(playground.path("spec/greeting.yaml")).expect("it was there"))
        .notes("error: `spec` contains no description");
}

/// Replaces the reference of the description with another one.
fn refer(playground: &Playground, to: &str) {
    playground.write("spec/greeting.yaml", GREETING.replace("parts/style.yaml", to));
}

#[test]
fn a_reference_out_of_the_folder() {
    check(|playground| {
        playground.write("style.yaml", playground.read("spec/parts/style.yaml"));
        refer(playground, "../style.yaml");
    })
    .notes("spec/greeting.yaml:22:");
    check(|playground| refer(playground, "/etc/style.yaml")).notes("spec/greeting.yaml:22:");
    check(|playground| refer(playground, "parts/none.yaml")).notes("cannot read `parts/none.yaml`");
    check(|playground| refer(playground, "parts")).notes("cannot read `parts`");
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder() {
    use std::os::unix::fs::symlink;

    let outside = "it is outside the folder of the description";
    check(|playground| {
        playground.write("style.yaml", playground.read("spec/parts/style.yaml"));
        symlink("../style.yaml", playground.path("spec/link.yml.part")).expect("a link");
        refer(playground, "link.yml.part");
    })
    .notes("spec/greeting.yaml:22:")
    .notes(outside);
    check(|playground| {
        playground.write("beside/style.yaml", playground.read("spec/parts/style.yaml"));
        symlink("../beside", playground.path("spec/beside")).expect("a link");
        refer(playground, "beside/style.yaml");
    })
    .notes(outside);
    check(|playground| {
        playground.write("other.yaml", GREETING);
        symlink("../other.yaml", playground.path("spec/other.yaml")).expect("a link");
    })
    .notes("error: cannot read `spec/other.yaml`: ")
    .notes(outside);
}

#[test]
fn a_folder_with_foreign_files() {
    check(|playground| playground.write("generated/src/mine.rs", "fn main() {}\n"))
        .notes("error: `generated` contains files that this tool did not write: `src/mine.rs`;");
    check(|playground| playground.write("generated/image.bin", b"\xff\xfe")).notes("`image.bin`");
    let into_spec = ["generate", "--spec", "spec/greeting.yaml", "--out", "spec", "--name", "probe"];
    check_command(&into_spec, |_| {}).notes("`README.md`, `greeting.yaml`, `package.toml`, `parts/style.yaml`");
    let marked = "// @generated by `cargo xtask generate` from old.yaml. Do not edit.\n";
    check(|playground| playground.write("generated/src/mine.rs", marked)).notes("`src/mine.rs`");
    let check_only = ["generate", "--check"];
    check_command(&check_only, |playground| playground.write("generated/src/mine.rs", "")).notes("`src/mine.rs`");
}

#[test]
fn a_large_foreign_folder_is_not_listed_in_full() {
    check(|playground| {
        (10..50).for_each(|number| playground.write(&format!("generated/{number}"), ""));
    })
    .notes("`10`, `11`, `12`, `13`, `14`, `15`, `16`, `17`, `18`, `19`, possibly more;");
}

#[cfg(unix)]
#[test]
fn links_in_the_folder_are_never_followed() {
    use std::os::unix::fs::symlink;

    let stale = "// @generated by `cargo xtask generate` from old.yaml. Do not edit.\n";
    check(|playground| {
        playground.write("elsewhere/stale.rs", stale);
        symlink("../../elsewhere", playground.path("generated/src/linked")).expect("a link");
    })
    .notes("`src/linked`");
    check(|playground| {
        playground.write("elsewhere.rs", playground.read("generated/src/lib.rs") + "// more\n");
        fs::remove_file(playground.path("generated/src/lib.rs")).expect("it was there");
        symlink("../../elsewhere.rs", playground.path("generated/src/lib.rs")).expect("a link");
    })
    .notes("`src/lib.rs`");
}

#[test]
fn a_file_where_the_folder_should_be() {
    check_command(&["generate", "--spec", "spec/greeting.yaml", "--out", "spec/README.md", "--name", "probe"], |_| {});
    check_command(
        &["generate", "--spec", "spec/greeting.yaml", "--out", "spec/README.md/x", "--name", "probe"],
        |_| {},
    );
}

/// Files are replaced, a stale one is removed and new folders are created before the move that fails.
#[test]
fn a_run_that_fails_half_way_is_undone() {
    check(|playground| {
        playground.write("spec/farewell.json", FAREWELL);
        playground.run(&["generate"]).succeeds();
        playground.remove("spec/farewell.json");
        fs::remove_dir_all(playground.path("generated/src/builders")).expect("it was there");
        playground.remove("generated/src/models.rs");
        fs::create_dir_all(playground.path("generated/src/models.rs/.in_the_way")).expect("a new folder");
    })
    .notes("src/models.rs`: ");
}

#[test]
fn a_crate_is_written_completely_or_not_at_all() {
    let other = ["generate", "--spec", "spec/greeting.yaml", "--out", "a/b/probe", "--name", "probe"];
    check_command(&other, |playground| playground.write("spec/greeting.yaml", broken()));
}
