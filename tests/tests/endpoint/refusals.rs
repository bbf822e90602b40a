//! The reasons for which a message is refused, with the text of the report.

use infobip_tests::sample;
use infobip_whatsapp::models::{Contact, ContactMessage, ContactMessageContent};
use infobip_whatsapp::{Keyword, from_json};
use serde_json::{Value, json};

#[test]
fn one_report_has_all_violations() {
    let mut message = sample::message();
    message.from = "4".repeat(25);
    message.to.clear();
    message.message_id = Some("m".repeat(101));
    message.notify_url = Some("u".repeat(2049));

    let violations = message.validate().expect_err("refused");
    let found: Vec<_> = violations
        .iter()
        .map(|found| {
            let place = (found.location(), found.keyword());
            (place, found.constraint().size(), found.measured())
        })
        .collect();
    let expected = [
        (("from", Keyword::MaxLength), Some(24), Some(25)),
        (("to", Keyword::MinLength), Some(1), Some(0)),
        (("messageId", Keyword::MaxLength), Some(100), Some(101)),
        (("notifyUrl", Keyword::MaxLength), Some(2048), Some(2049)),
    ];
    assert_eq!(found, expected);
    let text = "`from`: 25 characters, `maxLength` is 24\n\
                `to`: 0 characters, `minLength` is 1\n\
                `messageId`: 101 characters, `maxLength` is 100\n\
                `notifyUrl`: 2049 characters, `maxLength` is 2048";
    assert_eq!(violations.to_string(), text);
}

#[test]
fn a_length_counts_characters_not_bytes() {
    for character in ["4", "é", "😀"] {
        check_length(character, 24, true);
        check_length(character, 25, false);
    }
    // An accent of its own is a character of its own, as JSON Schema counts.
    check_length("e\u{301}", 12, true);
    check_length("e\u{301}", 13, false);
}

#[track_caller]
fn check_length(text: &str, count: usize, accepted: bool) {
    let mut message = sample::message();
    message.from = text.repeat(count);
    message.to = message.from.clone();
    assert_eq!(message.validate().is_ok(), accepted, "{count} of {text}");
}

#[test]
fn a_message_without_a_contact_is_left_to_the_service() {
    let message = ContactMessage::builder()
        .from("441134960000")
        .to("441134960001")
        .content(ContactMessageContent::builder().contacts(Vec::<Contact>::new()).build())
        .build();
    assert_eq!(message.validate(), Ok(()));
}

#[test]
fn a_decoder_locates_a_value_outside_its_enumeration() {
    for (list, location) in [
        ("addresses", "content.contacts[0].addresses[0].type"),
        ("emails", "content.contacts[0].emails[0].type"),
        ("phones", "content.contacts[0].phones[0].type"),
        ("urls", "content.contacts[0].urls[0].type"),
    ] {
        let mut json = sample::request_json();
        json["content"]["contacts"][0][list] = json!([{ "type": "FAX" }]);
        check_undecodable(&json, location, "`HOME`");
    }
}

#[test]
fn a_decoder_locates_a_missing_property() {
    for (pointer, name, location) in [
        ("", "from", ""),
        ("", "content", ""),
        ("/content", "contacts", "content"),
        ("/content/contacts/0", "name", "content.contacts[0]"),
        ("/content/contacts/0/name", "formattedName", "content.contacts[0].name"),
    ] {
        let mut json = sample::request_json();
        let parent = json.pointer_mut(pointer).and_then(Value::as_object_mut);
        parent.expect("an object").remove(name).expect("a member");
        check_undecodable(&json, location, &format!("field `{name}`"));
    }
}

#[test]
fn a_decoder_locates_a_wrong_type() {
    let mut json = sample::request_json();
    json["content"]["contacts"][0]["name"]["firstName"] = json!(7);
    check_undecodable(&json, "content.contacts[0].name.firstName", "a string");
}

#[track_caller]
fn check_undecodable(json: &Value, location: &str, expected: &str) {
    let decoded = from_json::<ContactMessage>(json.to_string().as_bytes());
    let error = decoded.expect_err("refused");
    assert_eq!(error.location(), location);
    let found = error.expected().unwrap_or_default();
    assert!(found.contains(expected), "{found}");
}
