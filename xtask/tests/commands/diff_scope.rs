//! `diff`: the operations that are compared, overlays, and the parts of the descriptions that are not compared.

use crate::playground::Playground;

/// A description with two operations, one of which is not supported: its path parameter has a style of the query.
const NOTES: &str = "\
openapi: 3.0.3
info: { title: Notes, version: '1' }
paths:
  /notes:
    post:
      operationId: send-note
      tags: [Notes]
      requestBody:
        required: true
        content: { application/json: { schema: { type: object, properties: { text: { type: string, maxLength: 9 } } } } }
      responses: { '204': { description: Sent. } }
  /odd/{id}:
    get: { operationId: odd, tags: [Odd], parameters: [{ name: id, in: path, required: true, style: form, schema: { type: string } }], responses: { '204': { description: Odd. } } }
";

/// An operation that only one side has.
const PURGE: &str =
    "  /purge:\n    post: { operationId: purge, tags: [Purge], responses: { '204': { description: Gone. } } }\n";

/// Returns a workspace with `old.yaml` and `new.yaml`.
fn playground(old: &str, new: &str) -> Playground {
    let playground = Playground::new();
    playground.write("Cargo.toml", "[workspace.package]\nversion = \"0.3.1\"\n");
    playground.write("old.yaml", old);
    playground.write("new.yaml", new);
    playground
}

fn shorter() -> String {
    NOTES.replace("maxLength: 9", "maxLength: 8")
}

const DIFF: [&str; 3] = ["diff", "old.yaml", "new.yaml"];

#[test]
fn an_operation_that_is_not_supported_is_left_out() {
    let expected = "\
old.yaml -> new.yaml

breaking on the wire, informational in Rust
  send-note, request.text: a constraint was tightened: maxLength 9 -> 8 [constraint-tightened]
      old.yaml:10:111 -> new.yaml:10:111

not compared because of an error
  GET /odd/{id}, which did not change: `style: form` of the parameter `id` is not supported
      old.yaml:13:101

1 change
  on the wire: 1 breaking, 0 compatible, 0 informational
  in Rust: 0 breaking, 0 compatible, 1 informational

wire: major, Rust API: patch; 0.3.1 -> 0.3.2
";
    let outcome = playground(NOTES, &shorter()).run(&DIFF).succeeds().notes("warning[unsupported]");
    assert_eq!(outcome.stdout, expected);
    assert_eq!(outcome.stderr.matches("warning[").count(), 1, "{}", outcome.stderr);
}

#[test]
fn an_operation_that_one_side_does_not_support_is_neither_added_nor_removed() {
    let mended = NOTES.replace("style: form, ", "");
    let playground = playground(NOTES, &mended);
    playground
        .run(&[&DIFF[..], &["--fail-on", "breaking"]].concat())
        .ends_with(1)
        .prints("GET /odd/{id}, which changed: ")
        .prints("no change of what is compared; the texts of the descriptions differ in other parts")
        .prints("wire: none, Rust API: none, without 1 operation that changed and cannot be compared; 0.3.1 -> 0.3.1")
        .notes("error: 1 operation changed and cannot be compared because of an error");
    let outcome = playground.run(&[&DIFF[..], &["--format", "json"]].concat()).succeeds();
    let value: serde_json::Value = serde_json::from_str(&outcome.stdout).expect("one JSON value");
    let expected = serde_json::json!([{
        "id": "odd",
        "method": "GET",
        "path": "/odd/{id}",
        "reason": "`style: form` of the parameter `id` is not supported",
        "at": "old.yaml:13:101",
        "changed": true,
    }]);
    assert_eq!(value["not_compared"], expected);
    assert_eq!(value["warnings"][0]["code"], "unsupported");
}

#[test]
fn errors_that_concern_everything_are_refused() {
    playground(NOTES, "openapi: 3.0.3\npaths: []\n")
        .run(&DIFF)
        .ends_with(1)
        .notes("in `new.yaml`; nothing was compared");
    let odd = NOTES.replace("tags: [Notes]", "parameters: [{ $ref: '#/none' }]");
    playground(&odd, &odd)
        .run(&DIFF)
        .ends_with(1)
        .notes("warning[unsupported]")
        .notes("error: 2 errors in `old.yaml` and 2 errors in `new.yaml`; nothing was compared");
}

#[test]
fn security_that_is_not_supported_is_compared_by_name() {
    let with = |scheme: &str| {
        let security = format!(
            "security: [{{ Own: [] }}]\ncomponents:\n  securitySchemes: {{ Own: {{ type: http, scheme: {scheme} }} }}\n"
        );
        NOTES.replace("paths:", &format!("{security}paths:"))
    };
    let run = |old: &str, new: &str| {
        playground(&with(old), &with(new)).run(&[&DIFF[..], &["--tag", "Notes", "--fail-on", "breaking"]].concat())
    };
    run("two words", "two words").succeeds().prints("\nno change\n").notes("warning[unsupported-security]");
    run("two words", "other words")
        .ends_with(1)
        .prints("wire: none, Rust API: none, without security that changed and cannot be compared; 0.3.1 -> 0.3.1")
        .notes("error: security changed and cannot be compared because of an error");
    run("basic", "other words").ends_with(1).prints("[credential-removed]");
}

#[test]
fn filters_select_on_both_sides() {
    let playground = playground(NOTES, &(shorter() + PURGE));
    let run = |options: &[&str]| playground.run(&[&DIFF[..], options].concat());
    for options in [["--operation", "send-note"], ["--tag", "Notes"], ["--path", "/n*"]] {
        let outcome = run(&options).succeeds().prints("\n1 change\n").prints("constraint-tightened");
        assert_eq!(outcome.stderr, "");
    }
    // Only one side has the operation.
    let outcome = run(&["--operation", "purge"]).succeeds().prints("purge: the operation was added: POST /purge");
    assert_eq!(outcome.stderr, "");
    run(&["--operation", "purges"]).ends_with(1).notes("on both sides, no operation matches the operation `purges`");
    run(&["--path", "/***"]).ends_with(2);
    playground.run(&["diff", "--since", "v1", "--tag", "Notes"]).ends_with(2);
}

#[test]
fn overlays_patch_both_sides() {
    let playground = playground(NOTES, &(shorter() + PURGE));
    let overlay = |action: &str| {
        let head = "overlay: 1.1.0\ninfo: { title: Patch., version: '1' }\nactions:\n";
        playground.write("patch.yaml", format!("{head}  - {{ {action} }}\n"));
        playground.run(&[&DIFF[..], &["--overlay", "patch.yaml", "--path", "/*"]].concat())
    };
    let outcome = overlay("target: $..maxLength, remove: true").succeeds().prints("\n1 change\n");
    assert!(outcome.stdout.contains("[operation-added]") && outcome.stderr.is_empty(), "{outcome:#?}");
    // Only one side has the target.
    overlay("target: \"$.paths['/purge']\", remove: true")
        .succeeds()
        .prints("\n1 change\n")
        .prints("[constraint-tightened]")
        .notes("warning[no-match]: `$.paths['/purge']` selects nothing in `old.yaml`");
    overlay("target: \"$.paths['/none']\", remove: true")
        .ends_with(1)
        .notes("error: on both sides, `$.paths['/none']` selects nothing in `new.yaml`");
}

#[test]
fn warnings_are_printed_once_for_both_sides() {
    let servers = |host: &str| {
        NOTES.replace(
            "      tags: [Notes]\n",
            &format!("      tags: [Notes]\n      servers: [{{ url: 'https://{host}' }}]\n"),
        )
    };
    let playground = playground(&servers("a.example"), &servers("a.example"));
    let run = || playground.run(&[&DIFF[..], &["--tag", "Notes"]].concat()).succeeds();
    let outcome =
        run().notes("warning[ignored]: `servers` is ignored").notes("--> new.yaml:8:16").prints("\nno change\n");
    assert_eq!(outcome.stderr.matches("warning[").count(), 1, "{}", outcome.stderr);
}

/// Every character of a description that could forge a line or control the terminal is escaped.
#[test]
fn names_from_a_description_stay_on_their_line() {
    let hostile = NOTES.replace("text: {", "\"x\\e[31m\\nwire: none\\u202e\": { type: string }, text: {");
    for format in ["text", "markdown"] {
        let outcome = playground(NOTES, &hostile).run(&[&DIFF[..], &["--format", format]].concat()).succeeds();
        let all = outcome.stdout.clone() + &outcome.stderr;
        assert!(!all.contains(['\u{1b}', '\u{202e}']) && !all.contains("\nwire: none"), "{all:?}");
        outcome.prints("request.x\\u{1b}[31m").prints("wire: none\\u{202e}");
    }
    let key = NOTES
        .replace("info:", "\"x\\e[31m\\r\\u202e\\u009b\": 3\ninfo:")
        .replace("schema: {", "\"a\\e[2J\": 1, schema: {");
    let outcome = playground(NOTES, &key).run(&DIFF);
    let all = outcome.stdout.clone() + &outcome.stderr;
    assert!(!all.contains(['\u{1b}', '\u{202e}', '\u{9b}', '\r']), "{all:?}");
}
