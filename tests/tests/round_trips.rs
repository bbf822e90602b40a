//! What is decoded encodes to the same JSON, and the builders give what the page shows.

use infobip_tests::sample;
use infobip_tests::spec::Spec;
use infobip_whatsapp::models::ContactMessage;
use infobip_whatsapp::{ErrorBody, from_json};
use serde_json::{Value, json};
use wirecrate_runtime::StatusCode;
use wirecrate_runtime::generated::FromErrorBody as _;

use crate::decoded::{decode, encode};

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
    let spec = Spec::load();
    let bodies = spec.bodies();
    let is_example = |value: &Value| {
        let mut examples = bodies.iter().flat_map(|body| &body.examples);
        examples.any(|(_, example)| *example == value)
    };
    assert!(is_example(&sample::request_json()));
    assert!(is_example(&sample::reply_json()));
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
            let decoded = decode("DeliveryReports", &text).expect("a report");
            assert_eq!(decoded.encode(), text);
        }
    }
}

#[test]
fn every_example_of_the_descriptions_survives() {
    let mut count = 0;
    for body in Spec::load().bodies() {
        for (name, example) in &body.examples {
            match body.schemas.as_slice() {
                [schema] => check(schema.name(), name, example),
                _ => check_error_body(name, example),
            }
            count += 1;
        }
    }
    println!("{count} examples");
    assert!(count > 0, "no example found");
}

#[track_caller]
fn check(schema: &str, name: &str, example: &Value) {
    let decoded = decode(schema, example);
    let decoded = decoded.unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(decoded.validate(), Ok(()), "{name}");
    assert_eq!(decoded.encode(), *example, "{name}");
}

/// The examples of error bodies are named after their types, in camel case.
#[track_caller]
fn check_error_body(name: &str, example: &Value) {
    let body = ErrorBody::from_error_body(StatusCode::BAD_REQUEST, example.to_string().as_bytes());
    let (found, encoded) = match body {
        Some(ErrorBody::ApiError(error)) => ("apiError", encode(&error)),
        Some(ErrorBody::ApiException(error)) => ("apiException", encode(&error)),
        other => panic!("{name}: {other:?}"),
    };
    assert_eq!((found, &encoded), (name, example));
}
