//! Bodies that a service sends: a decoded value is encoded and decoded to itself, and errors contain nothing of the body.

use std::fmt::Debug;

use infobip_whatsapp::models::{ContactMessage, DeliveryReports, InboundMessages, SeenReports, SingleMessageInfo};
use infobip_whatsapp::{Base64, Date, DateTime, ErrorBody, EventError, IsoDuration, JsonError, JsonValue};
use infobip_whatsapp::{Nullable, Uuid, Webhook, from_json};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use wirecrate_runtime::generated::FromErrorBody as _;
use wirecrate_runtime::json::encode;

/// The types that bodies are decoded as. The first byte of an input selects one.
const DECODERS: &[fn(&[u8])] = &[
    round_trip::<SingleMessageInfo>,
    round_trip::<ContactMessage>,
    round_trip::<DeliveryReports>,
    round_trip::<SeenReports>,
    round_trip::<InboundMessages>,
    round_trip::<Vec<DateTime>>,
    round_trip::<Vec<Date>>,
    round_trip::<Vec<IsoDuration>>,
    round_trip::<Vec<Uuid>>,
    round_trip::<Vec<Base64>>,
    round_trip::<Nullable<JsonValue>>,
    error_body,
];

/// Any bytes as the body of a response; the first byte selects its type.
pub fn responses(data: &[u8]) {
    let Some((first, body)) = data.split_first() else { return };
    DECODERS[usize::from(*first) % DECODERS.len()](body);
}

/// Any bytes as an event.
pub fn events(data: &[u8]) {
    match Webhook::read(data) {
        Ok(received) => {
            let mut indices = received.malformed.iter().map(|item| item.index);
            let first = indices.next();
            assert!(first.is_none_or(|first| indices.try_fold(first, |a, b| (a < b).then_some(b)).is_some()));
            for item in &received.malformed {
                let location = item.error.location();
                assert!(location.starts_with(&format!("results[{}]", item.index)), "{location}");
                check_error(&item.error, data);
            }
            // Nothing panics when it is logged.
            let _ = format!("{received:?}");
        }
        Err(EventError::Json(error)) => check_error(&error, data),
        Err(error) => drop(error.to_string()),
    }
}

fn round_trip<T: DeserializeOwned + Serialize + PartialEq + Debug>(body: &[u8]) {
    let value: T = match from_json(body) {
        Ok(value) => value,
        Err(error) => return check_error(&error, body),
    };
    let text = encode(&value).expect("decoded values can be encoded");
    let again: T = from_json(&text).expect("encoded values can be decoded");
    if has_short_numbers(&from_json(&text).expect("it is JSON")) {
        assert_eq!(again, value);
        assert_eq!(encode(&again).expect("it was encoded before"), text);
    }
}

/// Returns `true` unless there are numbers of many digits or with large exponents, whose last digit may change when they are
/// decoded.
fn has_short_numbers(value: &Value) -> bool {
    match value {
        Value::Number(number) => {
            let size = number.as_f64().unwrap_or_default().abs();
            !number.is_f64() || size == 0.0 || (number.to_string().len() <= 16 && (1e-6..1e15).contains(&size))
        }
        Value::Array(items) => items.iter().all(has_short_numbers),
        Value::Object(properties) => properties.values().all(has_short_numbers),
        _ => true,
    }
}

fn error_body(body: &[u8]) {
    for body in ErrorBody::TYPES.iter().filter_map(|ty| ErrorBody::from_error_body(ty, body)) {
        let _ = format!("{body:?}");
    }
}

/// Checks that an error contains no number from the strings of a body.
fn check_error(error: &JsonError, body: &[u8]) {
    let text = format!("{error} {error:?}");
    assert!(!text.is_empty());
    let Ok(value) = serde_json::from_slice::<Value>(body) else { return };
    let mut strings = Vec::new();
    find_numbers(&value, &mut strings);
    for string in strings {
        assert!(!text.contains(string), "{text} contains {string}");
    }
}

/// Finds the strings of eight or more digits. The names of properties may be in an error.
fn find_numbers<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
    match value {
        Value::String(text) if text.len() >= 8 && text.bytes().all(|byte| byte.is_ascii_digit()) => found.push(text),
        Value::Array(items) => items.iter().for_each(|item| find_numbers(item, found)),
        Value::Object(properties) => properties.values().for_each(|value| find_numbers(value, found)),
        _ => {}
    }
}
