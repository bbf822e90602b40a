//! Decoded values encode to the same JSON, and the builders make the sample of the page.

use infobip_tests::sample;
use infobip_whatsapp::models::{ContactMessage, DeliveryReports};
use infobip_whatsapp::{ErrorBody, from_json};
use serde::Serialize;
use serde_json::{Value, json};
use wirecrate_runtime::generated::FromErrorBody as _;

use crate::documents::{Body, Role, ours, program};
use crate::emitted_crates::{Question, Target, Verdict};

/// Encodes a value as the client does, and reads the JSON with another library.
#[track_caller]
pub(crate) fn encode(value: &impl Serialize) -> Value {
    let json = wirecrate_runtime::json::encode(value).expect("every value of ours has a JSON form");
    serde_json::from_slice(&json).expect("an encoded value is JSON")
}

#[test]
fn the_builders_give_the_sample_of_the_page() {
    let message = sample::message();
    assert_eq!(message.validate(), Ok(()));
    assert_eq!(encode(&message), sample::request_json());
}

#[test]
fn the_sample_of_the_page_decodes_to_what_the_builders_give() {
    let text = sample::request_json().to_string();
    let decoded: ContactMessage = from_json(text.as_bytes()).expect("a message");
    assert_eq!(decoded, sample::message());
}

#[test]
fn the_description_has_the_samples_of_the_page() {
    let is_example = |value: &Value| {
        let mut examples = ours().bodies.iter().flat_map(|body| &body.examples);
        examples.any(|(_, example)| example == value)
    };
    assert!(is_example(&sample::request_json()));
    assert!(is_example(&sample::response_json()));
}

#[test]
fn every_kind_of_character_survives() {
    let ascii = (0..=0x7f_u8).map(char::from);
    let beyond = "\u{80}é߿ࠀ\u{2028}\u{2029}\u{feff}\u{ffff}😀\u{10ffff}e\u{301}";
    for character in ascii.chain(beyond.chars()) {
        for text in [format!("{character}"), format!("ab{character}{character}c")] {
            let mut message = sample::message();
            message.callback_data = Some(text.clone());
            assert_eq!(encode(&message)["callbackData"], text);
        }
    }
}

#[test]
fn every_kind_of_number_survives() {
    let prices = [0.0, -0.0, 0.0125, 1.0, -1.5, 0.1 + 0.2, 1e-7, 1e21, f64::MIN, f64::MIN_POSITIVE];
    for price in prices {
        for count in [0, 1, -1, i32::MIN, i32::MAX] {
            let results = json!([{ "messageCount": count, "price": { "pricePerMessage": price } }]);
            let text = json!({ "results": results });
            let decoded: DeliveryReports = from_json(text.to_string().as_bytes()).expect("a report");
            assert_eq!(encode(&decoded), text);
        }
    }
}

#[test]
fn every_example_of_the_descriptions_survives() {
    let mut count = 0;
    for body in &ours().bodies {
        for (location, example) in &body.examples {
            check(body, location, example);
            count += 1;
        }
    }
    println!("{count} examples");
    assert!(count > 0, "no example found");
}

#[track_caller]
fn check(body: &Body, location: &str, example: &Value) {
    let names: Vec<_> = body.targets.iter().map(Target::type_name).collect();
    let type_name = match body.role {
        Role::Error => error_body(example).unwrap_or_else(|| panic!("{location} is none of {names:?}")),
        _ => names[0].to_owned(),
    };
    let target = body.targets.iter().find(|target| target.type_name() == type_name);
    let target = target.unwrap_or_else(|| panic!("{location}: {type_name} is none of {names:?}"));
    let verdicts = program().ask(&[Question { target, body: example.to_string() }]);
    assert_eq!(verdicts, [Verdict::Ok(example.clone())], "{location}");
    // An example of an error body that is named after a type, in camel case, is of that type.
    let is_name = |name: &&str| location.contains(&format!("/{}{}/", name[..1].to_lowercase(), &name[1..]));
    if let Some(name) = names.into_iter().find(is_name) {
        assert_eq!(type_name, name, "{location}");
    }
}

/// The name of the type of an error body.
fn error_body(example: &Value) -> Option<String> {
    let text = example.to_string();
    let body = ErrorBody::TYPES.iter().find_map(|ty| ErrorBody::from_error_body(ty, text.as_bytes()))?;
    // The variants are named after their types.
    format!("{body:?}").split_once('(').map(|(name, _)| name.to_owned())
}
