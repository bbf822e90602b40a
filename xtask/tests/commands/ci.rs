//! The steps of `ci`, with a fake Cargo that records its arguments.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::playground::{Outcome, Playground};

/// Runs `ci` with a fake Cargo that fails at the given step, and returns the recorded calls.
fn run(playground: &Playground, failing: &str) -> (Outcome, Vec<String>) {
    let script = format!(
        "#!/bin/sh\necho \"${{RUSTDOCFLAGS:-}}|$*\" >> \"$CALLS\"\nif [ \"$1\" = {failing} ]; then exit 101; fi\n"
    );
    playground.write("cargo.sh", script);
    let cargo = playground.path("cargo.sh");
    fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).expect("the script was written");
    let calls = playground.path("calls");
    let variables = [
        ("CARGO", cargo.to_str().expect("a temporary path is UTF-8")),
        ("CALLS", calls.to_str().expect("a temporary path is UTF-8")),
        ("RUSTDOCFLAGS", ""),
    ];
    let outcome = playground.run_in("spec", &["ci"], &variables);
    let calls = fs::read_to_string(calls).expect("cargo was called");
    (outcome, calls.lines().map(str::to_owned).collect())
}

#[test]
fn all_steps_run_in_order() {
    let (outcome, calls) = run(&Playground::generated(), "nothing");
    outcome
        .succeeds()
        .notes("==> cargo xtask generate --check")
        .notes("there is no tag yet")
        .notes("==> RUSTDOCFLAGS='-D warnings' cargo doc ");
    let expected = [
        "|fmt --all --check",
        "|clippy --workspace --all-targets --locked -- -D warnings",
        "|clippy --workspace --all-targets --all-features --locked -- -D warnings",
        "|deny --version",
        "|deny --locked check bans licenses sources",
        "-D warnings|doc --workspace --no-deps --locked",
        "|check --package infobip-whatsapp --no-default-features --locked",
        "|check --package infobip-whatsapp --features symmetric --locked",
    ];
    assert_eq!(calls, expected);
}

#[test]
fn a_failing_step_is_the_last() {
    let (outcome, calls) = run(&Playground::generated(), "clippy");
    outcome.ends_with(1).notes("error: `cargo clippy --workspace --all-targets --locked -- -D warnings` failed");
    assert_eq!(calls.len(), 2, "{calls:?}");
}

#[test]
fn dependencies_are_checked_if_the_tool_is_installed() {
    let (outcome, calls) = run(&Playground::generated(), "deny");
    outcome.succeeds().notes("`cargo-deny` is not installed, so the dependencies are not checked");
    assert!(!calls.iter().any(|call| call.contains("deny --locked")), "{calls:?}");
}

#[test]
fn drift_is_found_before_documentation_is_built() {
    let (outcome, calls) = run(&Playground::new(), "nothing");
    outcome.ends_with(1).prints("+++ b/generated/Cargo.toml").notes("run `cargo xtask generate`");
    assert_eq!(calls.len(), 5, "{calls:?}");
}

#[test]
fn the_version_follows_what_changed_since_the_last_tag() {
    let playground = crate::diff::tagged();
    playground.run(&["generate"]).succeeds();
    let (outcome, calls) = run(&playground, "nothing");
    outcome.ends_with(1).notes(
        "error: version 0.3.1 is too low: since `v0.3.1`, which has 0.3.1, the Rust API changed (minor); \
         set `workspace.package.version` in `Cargo.toml` to 0.3.2 or higher",
    );
    assert_eq!(calls.len(), 5, "{calls:?}");

    playground.write("Cargo.toml", "[workspace.package]\nversion = \"0.3.2\"\n");
    let (outcome, _) = run(&playground, "nothing");
    outcome.succeeds().notes("since v0.3.1: 0.3.1 -> 0.3.2; Rust API: minor, at least 0.3.2");
}
