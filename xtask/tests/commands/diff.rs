//! `diff`: its output formats, the kinds of sides, and the version that follows.

use std::process::Command;

use crate::playground::{GREETING, Playground};

/// Returns the greeting with a shorter text and one more property.
fn changed() -> String {
    GREETING.replace(
        "text: { type: string, maxLength: 10 }",
        "text: { type: string, maxLength: 8 }\n        tone: { type: string }",
    )
}

/// Returns a workspace with version 0.3.1 and a changed copy of its description.
fn playground() -> Playground {
    let playground = Playground::new();
    playground.write("Cargo.toml", "[workspace.package]\nversion = \"0.3.1\"\n");
    // A description of the package would be one of the crate as well, which a single file has none of.
    playground.write("spec/package.toml", "name = \"infobip-whatsapp\"\n");
    playground.write("other/greeting.yaml", changed());
    playground.write("other/parts/style.yaml", playground.read("spec/parts/style.yaml"));
    playground
}

fn git(playground: &Playground, arguments: &[&str]) {
    let run = Command::new("git")
        .args(["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"])
        .args(["-c", "tag.gpgsign=false"])
        .args(arguments)
        .current_dir(playground.path(""))
        .output()
        .expect("git can be run");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}

/// Returns a workspace whose description changed since the last tag.
pub(crate) fn tagged() -> Playground {
    let playground = playground();
    playground.write("CHANGELOG.md", "# Changelog\n\n## Unreleased\n\n- Something else.\n");
    git(&playground, &["init", "--quiet"]);
    git(&playground, &["add", "."]);
    git(&playground, &["commit", "--quiet", "--message", "Greet"]);
    git(&playground, &["tag", "v0.3.1"]);
    playground.write("spec/greeting.yaml", changed());
    playground
}

#[test]
fn text_lists_the_changes_by_verdict() {
    let expected = "\
spec/greeting.yaml -> other/greeting.yaml

breaking on the wire, informational in Rust
  send-greeting, request.text: a constraint was tightened: maxLength 10 -> 8 [constraint-tightened]
      spec/greeting.yaml:21:42 -> other/greeting.yaml:21:42

compatible on the wire, compatible in Rust
  send-greeting, request.tone: an optional property was added: string [property-added]
      nothing -> other/greeting.yaml:22:15

2 changes
  on the wire: 1 breaking, 1 compatible, 0 informational
  in Rust: 0 breaking, 1 compatible, 1 informational

wire: major, Rust API: minor; 0.3.1 -> 0.3.2
";
    let outcome = playground().run(&["diff", "spec/greeting.yaml", "other/greeting.yaml"]).succeeds();
    assert_eq!(outcome.stdout, expected);
    assert_eq!(outcome.stderr, "");
}

#[test]
fn json_is_one_value() {
    let outcome = playground().run(&["diff", "other", "spec", "--format", "json"]).succeeds();
    let value: serde_json::Value = serde_json::from_str(&outcome.stdout).expect("one JSON value");
    assert_eq!(value["wire"], "major");
    assert_eq!(value["api"], "major");
    assert_eq!(value["current"], "0.3.1");
    assert_eq!(value["next"], "0.4.0");
    let expected = serde_json::json!({
        "rule": "property-removed",
        "operation": "send-greeting",
        "other_operations": [],
        "location": "request.tone",
        "other_locations": [],
        "old": "string",
        "new": null,
        "wire": "breaking",
        "api": "breaking",
        "old_at": "other/greeting.yaml:22:15",
        "new_at": null,
    });
    assert_eq!(value["changes"][0], expected);
    assert_eq!(value["sides"], serde_json::json!(["other", "spec"]));
    assert_eq!(value["counts"]["wire"], serde_json::json!({ "breaking": 1, "compatible": 1, "informational": 0 }));
    assert_eq!(value["operations"], serde_json::json!({ "send-greeting": "POST /greetings" }));
    assert_eq!(value["not_compared"], serde_json::json!([]));
    assert_eq!(value["warnings"], serde_json::json!([]));
    assert_eq!(value["changes"][1]["rule"], "constraint-loosened");
    assert_eq!(value["changes"].as_array().map(Vec::len), Some(2));
}

#[test]
fn markdown_has_sides_verdicts_and_changes() {
    playground()
        .run(&["diff", "spec", "other", "--format", "markdown"])
        .succeeds()
        .prints("`spec` → `other`\n\n**Wire: major. Rust API: minor.** Version 0.3.1 → 0.3.2.\n\n| | Breaking |")
        .prints(
            "- `POST /greetings` `send-greeting`, `request.text`: `maxLength 10` → `8` \
             (`spec/greeting.yaml:21` → `other/greeting.yaml:21`)",
        );
}

#[test]
fn fail_on_a_level() {
    let playground = playground();
    let run = |old: &str, new: &str, level: &str| playground.run(&["diff", old, new, "--fail-on", level]);
    run("spec", "other", "wire").ends_with(1).prints("wire: major").notes("error: 1 change is breaking on the wire\n");
    run("spec", "other", "api").succeeds();
    run("spec", "other", "breaking").ends_with(1).notes("error: 1 change is breaking\n");
    run("other", "spec", "api").ends_with(1).notes("error: 1 change is breaking in Rust\n");
    run("spec", "other", "compatible").ends_with(1).notes("error: 2 changes are breaking or compatible\n");
    run("spec", "other", "informational").ends_with(1).notes("error: 2 changes are reported\n");
    run("spec", "spec", "informational").succeeds();
    run("spec", "spec", "major").ends_with(2);
}

#[test]
fn nothing_changed() {
    playground()
        .run(&["diff", "spec", "spec"])
        .succeeds()
        .prints("no change\n\nwire: none, Rust API: none; 0.3.1 -> 0.3.1");
}

#[test]
fn a_side_may_be_a_revision() {
    let playground = tagged();
    playground
        .run(&["diff", "git:v0.3.1:spec", "spec"])
        .succeeds()
        .prints("      git:v0.3.1:spec/greeting.yaml:21:42 -> spec/greeting.yaml:21:42");
    playground.run(&["diff", "git:HEAD:spec/greeting.yaml", "git:HEAD:spec"]).succeeds().prints("no change");
    playground.run(&["diff", "git:HEAD:other/greeting.yaml", "other"]).succeeds().prints("no change");
}

#[test]
fn overlays_of_a_folder_belong_to_it() {
    let playground = playground();
    let overlay = "\
overlay: 1.1.0
info: { title: Shorter., version: '1' }
actions:
  - target: $.components.schemas.Greeting.properties.text.maxLength
    update: 5
";
    playground.write("spec/overlays/shorter.yaml", overlay);
    playground.run(&["diff", "spec/greeting.yaml", "spec"]).succeeds().prints(
        "maxLength 10 -> 5 [constraint-tightened]\n      spec/greeting.yaml:21:42 -> spec/overlays/shorter.yaml:5:13",
    );
}

#[test]
fn unreadable_sides_are_reported() {
    let playground = tagged();
    let cases = [
        ("no.yaml", "cannot read `no.yaml`"),
        ("git:none:spec", "this repository has no revision `none`"),
        ("git:HEAD:none", "there is no `none` in the revision `HEAD`"),
        ("git:HEAD:runtime", "`runtime` contains no description in the revision `HEAD`"),
        ("git:HEAD", "`git:HEAD` has no path; write `git:REVISION:PATH`"),
    ];
    for (side, problem) in cases {
        playground.run(&["diff", side, "spec"]).ends_with(1).notes(problem);
    }
    playground.write("other/greeting.yaml", changed().replace("maxLength", "maxLenght"));
    playground
        .run(&["diff", "spec", "other"])
        .ends_with(1)
        .notes("did you mean `maxLength`?")
        .notes("1 error in `other`; nothing was compared");
}

#[test]
fn both_sides_are_required() {
    playground().run(&["diff"]).ends_with(2);
    playground().run(&["diff", "spec"]).ends_with(2);
    playground().run(&["diff", "spec", "other", "--since", "v1"]).ends_with(2);
}

#[test]
fn the_section_of_the_changelog_is_written_and_replaced() {
    let playground = tagged();
    playground
        .run(&["diff", "--since", "v0.3.1"])
        .succeeds()
        .prints("wire: major, Rust API: minor; 0.3.1 -> 0.3.2")
        .notes("wrote the section \"The description since v0.3.1\" in CHANGELOG.md; the version after 0.3.1 is at least 0.3.2");
    let expected = "\
# Changelog

## Unreleased

<!-- cargo xtask diff -->
### The description since v0.3.1

Breaking:

- `send-greeting`, `request.text`: a constraint was tightened: `maxLength 10` → `8`.

Added or loosened:

- `send-greeting`, `request.tone`: an optional property was added: `string`.
<!-- end of cargo xtask diff -->

- Something else.
";
    assert_eq!(playground.read("CHANGELOG.md"), expected);
    playground.run(&["diff", "--since", "v0.3.1"]).succeeds();
    assert_eq!(playground.read("CHANGELOG.md"), expected, "a second time changes nothing");
}

#[test]
fn a_changelog_without_the_heading_is_left_unchanged() {
    let playground = tagged();
    playground.write("CHANGELOG.md", "# Changelog\n");
    playground.run(&["diff", "--since", "v0.3.1"]).ends_with(1).notes("cannot insert the section into `CHANGELOG.md`");
    assert_eq!(playground.read("CHANGELOG.md"), "# Changelog\n");
}
