//! Crates with a selection of the operations.

use crate::playground::Playground;

const DESCRIPTION: &str = "\
openapi: 3.1.0
info: { title: Notes, version: '1' }
paths:
  /notes/1/note:
    post: { operationId: send-note, tags: [Notes], requestBody: { $ref: '#/components/requestBodies/Note' }, responses: { '204': { description: Done. } } }
  /notes/1/letter:
    post: { operationId: send-letter, tags: [Letters], requestBody: { $ref: '#/components/requestBodies/Letter' }, responses: { '204': { description: Done. } } }
    # Operations that are not selected may use unsupported features.
    get: { operationId: get-letter, tags: [Letters], parameters: [{ name: seal, in: query, style: matrix, schema: { type: string } }], responses: { '200': { description: A letter. } } }
components:
  requestBodies:
    Note: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } } }
    Letter: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Letter' } } } }
  schemas:
    Note: { type: object, properties: { text: { type: string } } }
    Letter: { type: object, properties: { text: { type: string }, seal: { $ref: '#/components/schemas/Seal' } } }
    Seal: { type: object, properties: { wax: { type: string } } }
";

const COMMAND: [&str; 7] = ["generate", "--spec", "notes.yaml", "--out", "clients/notes", "--name", "notes"];

fn playground() -> Playground {
    let playground = Playground::new();
    playground.write("notes.yaml", DESCRIPTION);
    playground
}

fn run(arguments: &[&str]) -> crate::playground::Outcome {
    playground().run(&[&COMMAND[..], arguments].concat())
}

#[test]
fn selected_operations_make_a_crate() {
    run(&["--operation", "send-note"])
        .succeeds()
        .prints("read notes.yaml: 1 operation (2 operations left out), 1 type (2 schemas unused); clients/notes: ");
    run(&["--path", "/notes/*/note"])
        .succeeds()
        .prints("1 operation (2 operations left out), 1 type (2 schemas unused)");
    run(&["--tag", "Notes", "--operation", "send-letter"])
        .succeeds()
        .prints("2 operations (1 operation left out), 3 types; ");
}

/// The service posts the event that is left out, so the other one must not be recognized by a property that both have.
#[test]
fn an_event_that_is_left_out_is_not_taken_for_another() {
    const EVENTS: &str = "\
openapi: 3.1.0
info: { title: Events, version: '1' }
webhooks:
  seen: { post: { operationId: seen, requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Seen' } } } }, responses: {} } }
  inbound: { post: { operationId: inbound, requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Inbound' } } } }, responses: {} } }
paths:
  /notes:
    post:
      operationId: send-note
      responses: { '204': { description: Done. } }
      callbacks: { moved: { '{$request.body#/url}': { post: { requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Moved' } } } }, responses: {} } } } }
components:
  schemas:
    Seen: { type: object, properties: { results: { type: array, items: { type: object, properties: { from: { type: string }, movedTo: { type: string }, seenAt: { type: string } } } } } }
    Inbound: { type: object, properties: { results: { type: array, items: { allOf: [{ type: object, properties: { from: { type: string } } }] } } } }
    Moved: { type: object, properties: { results: { type: array, items: { oneOf: [{ type: object, properties: { movedTo: { type: string } } }] } } } }
";
    let playground = Playground::new();
    playground.write("notes.yaml", EVENTS);
    playground.run(&[&COMMAND[..], &["--operation", "seen"]].concat()).succeeds();
    let webhooks = playground.read("clients/notes/src/webhooks.rs");
    assert!(webhooks.contains("properties: &[&[\"results\", \"seenAt\"]],\n"), "{webhooks}");
}

#[test]
fn a_selected_operation_that_is_not_supported_is_refused() {
    run(&["--tag", "Letters"]).ends_with(1).notes("`style: matrix` of the parameter `seal` is not supported");
}

#[test]
fn a_filter_that_matches_nothing_is_refused() {
    run(&["--operation", "send-notes", "--tag", "notes", "--path", "/notes/*"])
        .ends_with(1)
        .notes("no operation matches the operation `send-notes`")
        .notes("no operation matches the tag `notes`")
        .notes("no operation matches the path `/notes/*`");
}

#[test]
fn filters_are_for_other_descriptions() {
    playground().run(&["generate", "--operation", "send-note"]).ends_with(2);
    run(&["--path", "/notes/***"]).ends_with(2);
}
