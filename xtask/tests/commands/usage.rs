//! An invalid command line exits with 2 and writes nothing; help exits with 0.

use crate::playground::Playground;

#[track_caller]
fn check(arguments: &[&str], code: i32) {
    let playground = Playground::new();
    let tree = playground.tree();
    playground.run(arguments).ends_with(code);
    assert_eq!(playground.tree(), tree);
}

#[test]
fn invalid_arguments_exit_with_2() {
    check(&[], 2);
    check(&["generat"], 2);
    check(&["generate", "--unknown"], 2);
    check(&["generate", "more"], 2);
    check(&["generate", "--format", "xml"], 2);
    check(&["ci", "--fast"], 2);
}

#[test]
fn the_options_of_another_crate_require_each_other() {
    check(&["generate", "--spec", "spec/greeting.yaml"], 2);
    check(&["generate", "--spec", "spec/greeting.yaml", "--out", "probe"], 2);
    check(&["generate", "--spec", "spec/greeting.yaml", "--name", "probe"], 2);
    check(&["generate", "--out", "probe", "--name", "probe"], 2);
    check(&["generate", "--runtime", "runtime"], 2);
    check(&["generate", "--overlay", "warm.overlay.yaml"], 2);
}

#[test]
fn invalid_package_names_exit_with_2() {
    for name in ["", "2", "a b", "../up", "é", "type", "serde"] {
        check(&["generate", "--spec", "spec/greeting.yaml", "--out", "probe", "--name", name], 2);
    }
}

#[test]
fn help_exits_with_0_and_documents_the_exit_codes() {
    check(&["generate", "--help"], 0);
    Playground::new().run(&["--help"]).succeeds().prints("2  invalid command line");
}
