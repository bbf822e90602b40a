//! `--skip-unsupported` and `--deny unchecked`, in `generate` and in `diff`.

use crate::playground::{Outcome, Playground};

/// Two operations, one of which has a parameter of a style that is not supported, and a pattern that is not checked.
const NOTES: &str = "\
openapi: 3.0.3
info: { title: Notes, version: '1' }
paths:
  /notes:
    post:
      operationId: send-note
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } }
      responses: { '204': { description: Sent. } }
  /odd/{id}:
    parameters: [{ name: id, in: path, required: true, style: form, schema: { type: string } }]
    put:
      operationId: odd
      requestBody:
        content: { application/json: { schema: { $ref: '#/components/schemas/Odd' } } }
      responses: { '204': { description: Odd. } }
components:
  schemas:
    Note: { type: object, properties: { text: { type: string, pattern: '(?=a)' } } }
    Odd: { type: object, properties: { text: { type: string } } }
";

const COMMAND: [&str; 7] = ["generate", "--spec", "notes.yaml", "--out", "client", "--name", "notes"];

fn playground(notes: &str) -> Playground {
    let playground = Playground::new();
    playground.write("Cargo.toml", "[workspace.package]\nversion = \"0.3.1\"\n");
    playground.write("notes.yaml", notes);
    playground
}

fn generate(playground: &Playground, arguments: &[&str]) -> Outcome {
    playground.run(&[&COMMAND[..], arguments].concat())
}

/// The description without its error.
fn mended() -> String {
    NOTES.replace("style: form, ", "")
}

#[test]
fn operations_that_are_not_supported_are_left_out_and_listed() {
    let playground = playground(NOTES);
    generate(&playground, &[]).ends_with(1).notes("error[unsupported]");
    for expected in ["; client: ", "client: 10 files, no change\n"] {
        generate(&playground, &["--skip-unsupported"])
            .succeeds()
            .prints("read notes.yaml: 1 operation (1 operation left out), 1 type (1 schema unused)")
            .prints(expected)
            .prints(
                "left out, because it is not supported:\n  PUT /odd/{id}: `style: form` of the parameter `id` is not \
                 supported\n      notes.yaml:12:63",
            )
            .notes("warning[unsupported]");
    }
    let root = playground.read("client/src/lib.rs");
    assert!(root.contains("//! - `PUT /odd/{id}`: `style: form` of the parameter `id` is not supported"), "{root}");
    assert!(!root.contains("Client::odd"), "{root}");
}

#[test]
fn nothing_is_generated_if_nothing_is_supported() {
    let start = NOTES.find("  /notes:").expect("the first path");
    let end = NOTES.find("  /odd").expect("the second path");
    let playground = playground(&format!("{}{}", &NOTES[..start], &NOTES[end..]));
    generate(&playground, &["--skip-unsupported"])
        .ends_with(1)
        .notes("error[unsupported]")
        .notes("error: 1 error in the description; nothing was written");
}

#[test]
fn constraints_that_are_not_checked_can_be_denied() {
    let playground = playground(&mended());
    generate(&playground, &[]).succeeds().notes("warning[unchecked]");
    generate(&playground, &["--deny", "unchecked"]).ends_with(1).notes("error[unchecked]");
    generate(&playground, &["--deny", "unchecked", "--skip-unsupported"])
        .succeeds()
        .prints("left out, because it is not supported:\n  POST /notes: this pattern is not checked");
}

#[test]
fn the_descriptions_of_the_workspace_are_read_strictly() {
    let playground = Playground::new();
    playground.write("spec/notes.yaml", mended());
    playground
        .run(&["generate"])
        .ends_with(1)
        .notes("warning[unchecked]")
        .notes("error: 1 warning in the descriptions of this workspace, where none is accepted; nothing was written");
}

#[test]
fn an_operation_that_only_one_crate_has_is_a_change_in_rust() {
    let playground = playground(NOTES);
    playground.write("mended.yaml", mended());
    let diff = |old: &str, new: &str| playground.run(&["diff", old, new, "--skip-unsupported"]).succeeds();
    diff("notes.yaml", "mended.yaml")
        .prints("odd: the operation is now supported, and is part of the crate: PUT /odd/{id} [operation-no-longer-left-out]")
        .prints("Rust API: minor");
    diff("mended.yaml", "notes.yaml")
        .prints("odd: the operation is no longer supported, and is left out of the crate: PUT /odd/{id}: `style: form`")
        .prints("Rust API: major");
    diff("notes.yaml", "notes.yaml").prints("wire: none, Rust API: none");
    playground
        .run(&["diff", "mended.yaml", "mended.yaml", "--deny", "unchecked"])
        .succeeds()
        .prints("POST /notes, which did not change: this pattern is not checked");
}
