//! Changes that are planted in a large description: each is reported once, and nothing else is.

use std::fs;
use std::time::Instant;

use serde_json::{Value, json};
use wirecrate_codegen::diff::{Change, diff};
use wirecrate_codegen::{Description, NoFiles, Source, read};

use crate::documents::vendor_path;
use crate::emitted_crates::Target;

/// The rule that reports a change, the location, and the change.
type Planted = (&'static str, &'static str, fn(&mut Value));

const PLANTED: [Planted; 20] = [
    ("constraint-tightened", "request.content.text", |document| {
        *at(schema(document, "TextContent"), "/properties/text/maxLength") = json!(4000);
    }),
    ("constraint-loosened", "request.to", |document| {
        *at(schema(document, "ContactsMessage"), "/properties/to/maxLength") = json!(150);
    }),
    ("constraint-loosened", "request.messageId", |document| {
        *at(schema(document, "StickerMessage"), "/properties/messageId/maxLength") = json!(300);
    }),
    ("property-added", "request.priority", |document| {
        schema(document, "ContactsMessage")["properties"]["priority"] = json!({ "type": "string" });
    }),
    ("constraint-tightened", "request.content.latitude", |document| {
        *at(schema(document, "LocationContent"), "/properties/latitude/maximum") = json!(80);
    }),
    ("property-removed", "status.action", |document| {
        remove(&mut schema(document, "SingleMessageStatus")["properties"], "action");
    }),
    ("value-added", "request.content.contacts[].phones[].type", |document| {
        list(&mut schema(document, "PhoneType")["enum"]).push(json!("FAX"));
    }),
    ("value-removed", "request.content.contacts[].addresses[].type", |document| {
        list(&mut schema(document, "AddressType")["enum"]).retain(|value| value != "WORK");
    }),
    ("became-required", "request.content.contacts[].name.lastName", |document| {
        list(&mut schema(document, "NameContent")["required"]).push(json!("lastName"));
    }),
    ("became-optional", "request.content.contacts[].name", |document| {
        list(&mut schema(document, "ContactContent")["required"]).retain(|name| name != "name");
    }),
    ("operation-removed", "", |document| remove(&mut document["paths"], "/whatsapp/1/events")),
    ("operation-added", "", |document| {
        document["paths"]["/whatsapp/1/limits"] = json!({ "get": {
            "operationId": "get-limits",
            "responses": { "204": { "description": "There are none." } },
        } });
    }),
    ("operation-renamed", "operationId", |document| {
        *operation(document, "mark-whatsapp-message-as-read", "/operationId") = json!("note-reading");
    }),
    ("path-changed", "path", |document| {
        let item = document["paths"]["/whatsapp/1/senders/{sender}/business-info/logo"].take();
        remove(&mut document["paths"], "/whatsapp/1/senders/{sender}/business-info/logo");
        document["paths"]["/whatsapp/1/senders/{sender}/logo"] = item;
    }),
    ("rate-limit-lowered", "x-throttling-info", |document| {
        *operation(document, "send-whatsapp-text-message", "/x-throttling-info/0/numberOfRequests") = json!(1000);
    }),
    ("type-changed", "request.content.contacts[].org.title", |document| {
        schema(document, "OrganizationContent")["properties"]["title"]["type"] = json!("integer");
    }),
    ("property-added", "query.page", |document| {
        let page = json!({ "name": "page", "in": "query", "schema": { "type": "integer" } });
        list(operation(document, "get-whatsapp-templates", "/parameters")).push(page);
    }),
    ("credential-refused", "security", |document| {
        list(operation(document, "send-whatsapp-image-message", "/security"))
            .retain(|scheme| scheme.get("Basic").is_none());
    }),
    ("description-changed", "request.content.mediaUrl", |document| {
        *at(schema(document, "AudioContent"), "/properties/mediaUrl/description") = json!("Where the sound is.");
    }),
    ("type-renamed", "request.content.contacts[].urls[]", |document| {
        let key = key(document, "UrlContent");
        let renamed = key.replace("UrlContent", "WebAddressContent");
        let text = document.to_string().replace(&key, &renamed);
        *document = serde_json::from_str(&text).expect("names were replaced by names");
    }),
];

fn at<'a>(value: &'a mut Value, pointer: &str) -> &'a mut Value {
    value.pointer_mut(pointer).unwrap_or_else(|| panic!("there is no {pointer}"))
}

fn list(value: &mut Value) -> &mut Vec<Value> {
    value.as_array_mut().expect("it is a list")
}

fn remove(value: &mut Value, key: &str) {
    value.as_object_mut().and_then(|members| members.remove(key)).expect("it is there");
}

/// The key of the component of a name, which has a hash before it.
fn key(document: &Value, name: &str) -> String {
    let schemas = document["components"]["schemas"].as_object().expect("there are schemas");
    let mut keys = schemas.keys().filter(|key| key.split('.').next_back() == Some(name));
    let key = keys.next().expect("there is one").clone();
    assert_eq!(keys.next(), None, "{name} is one schema");
    key
}

fn schema<'a>(document: &'a mut Value, name: &str) -> &'a mut Value {
    let key = key(document, name);
    &mut document["components"]["schemas"][key]
}

fn operation<'a>(document: &'a mut Value, id: &str, pointer: &str) -> &'a mut Value {
    let items = document["paths"].as_object_mut().into_iter().flatten();
    let mut operations = items.flat_map(|(_, item)| item.as_object_mut().into_iter().flatten());
    let found = operations.find(|(_, operation)| operation["operationId"] == id);
    at(found.unwrap_or_else(|| panic!("there is no {id}")).1, pointer)
}

fn description(text: &str) -> Description {
    let source = Source::new("vendor.json", text);
    read(vec![source], Vec::new(), &NoFiles, &Target::options("vendor")).expect("the description is sound")
}

fn told(change: &Change) -> (&'static str, String) {
    (change.rule.name, change.location.clone())
}

#[test]
fn planted_changes_are_reported_and_nothing_else() {
    let Some(path) = vendor_path() else { return };
    let text = fs::read_to_string(path).expect("the description can be read");
    let start = Instant::now();
    let (old, same) = (description(&text), description(&text));
    assert_eq!(diff(&old, &same), [], "against itself");
    println!("against itself, read twice: {:.0?}", start.elapsed());

    let mut document: Value = serde_json::from_str(&text).expect("the description is JSON");
    for (_, _, plant) in PLANTED {
        plant(&mut document);
    }
    let changes = diff(&old, &description(&document.to_string()));
    let mut found: Vec<_> = changes.iter().map(told).collect();
    found.sort();
    let mut expected: Vec<_> = PLANTED.iter().map(|(rule, location, _)| (*rule, (*location).to_owned())).collect();
    expected.sort();
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for ((rule, place), (expected_rule, expected_place)) in found.iter().zip(&expected) {
        assert!(rule == expected_rule && place.ends_with(expected_place.as_str()), "{rule} at {place}");
    }
}
