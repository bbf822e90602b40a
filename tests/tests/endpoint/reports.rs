//! The reports that the service posts to `notifyUrl`.

use infobip_whatsapp::models::{DeliveryReport, DeliveryReports, InboundContent, SeenReport, SeenReports};
use infobip_whatsapp::{DateTime, EventError, Webhook, from_json};
use serde_json::json;

use crate::endpoint::round_trips::encode;

const DELIVERED: &str = r#"{"results": [{
    "bulkId": "", "messageId": "a28dd97c-1ffb-4fcf-99f1-0b557ed381da", "to": "441134960001",
    "sentAt": "2019-04-09T16:01:56.494-0300", "doneAt": "2019-04-09T16:02:01.100+0000",
    "messageCount": 1, "price": {"pricePerMessage": 0.0125, "currency": "EUR"},
    "status": {"groupId": 3, "groupName": "DELIVERED", "id": 5, "name": "DELIVERED_TO_HANDSET"},
    "error": {"groupId": 0, "groupName": "OK", "id": 0, "name": "NO_ERROR", "permanent": false},
    "callbackData": "order-17", "entityId": "city-branch", "applicationId": "booking-app",
    "newMember": {"deep": [1, null]}
}]}"#;

const SEEN: &str = r#"{"results": [{
    "messageId": "a28dd97c-1ffb-4fcf-99f1-0b557ed381da", "from": "441134960000",
    "to": "441134960001", "sentAt": "2019-04-09T16:01:56.494-0300",
    "seenAt": "2019-04-09T16:05:00.000+00:00", "applicationId": "booking-app", "score": 0.5
}]}"#;

/// The documented minimum of an inbound message, which the service may post to the URL of the reports.
const INBOUND: &str = r#"{"results": [{
    "from": "441134960001", "to": "441134960000", "integrationType": "WHATSAPP",
    "receivedAt": "2025-01-01T10:10:00.000+0000", "messageId": "wamid.1", "applicationId": "booking-app",
    "message": {"type": "TEXT", "text": "Thank you"}, "price": {}, "contact": {"name": "Jane"}
}], "messageCount": 1, "pendingMessageCount": 0}"#;

#[test]
fn a_delivery_report_is_read() {
    let report = delivery_report(DELIVERED);
    assert_eq!(report.bulk_id.as_deref(), Some(""));
    assert_eq!(report.to.as_deref(), Some("441134960001"));
    assert_eq!(report.message_count, Some(1));
    let price = report.price.expect("a price");
    assert_eq!(price.price_per_message, Some(0.0125));
    assert_eq!(price.currency.as_deref(), Some("EUR"));
    assert_eq!(report.status.and_then(|status| status.id), Some(5));
    assert_eq!(report.error.and_then(|error| error.permanent), Some(false));
    assert_eq!(report.contact, None);
    assert_eq!(report.callback_data.as_deref(), Some("order-17"));
    assert_eq!(report.entity_id.as_deref(), Some("city-branch"));
    assert_eq!(report.application_id.as_deref(), Some("booking-app"));
    check_moment(report.sent_at, "2019-04-09T19:01:56.494Z");
    check_moment(report.done_at, "2019-04-09T16:02:01.1Z");
}

#[test]
fn a_seen_report_is_read() {
    let report = seen_report(SEEN);
    assert_eq!(report.from.as_deref(), Some("441134960000"));
    assert_eq!(report.application_id.as_deref(), Some("booking-app"));
    assert_eq!(report.entity_id, None);
    check_moment(report.sent_at, "2019-04-09T19:01:56.494Z");
    check_moment(report.seen_at, "2019-04-09T16:05:00Z");
}

#[test]
fn an_inbound_message_is_read() {
    let Webhook::InboundMessages(messages) = read(INBOUND) else { panic!("an inbound message") };
    assert_eq!((messages.message_count, messages.pending_message_count), (Some(1), Some(0)));
    let [message] = &messages.results.expect("results")[..] else { panic!("one message") };
    assert_eq!(message.from, "441134960001");
    assert!(matches!(&message.message, InboundContent::Text(text) if text.text == "Thank you"), "{message:?}");
    check_moment(Some(message.received_at.clone()), "2025-01-01T10:10:00Z");
    let image = INBOUND.replace(r#""type": "TEXT", "text": "#, r#""type": "IMAGE", "url": "#);
    let Webhook::InboundMessages(messages) = read(&image) else { panic!("an inbound message") };
    assert!(matches!(messages.results.expect("results")[0].message, InboundContent::Image(_)));
    let unknown = INBOUND.replace(r#""type": "TEXT""#, r#""type": "NEWER""#);
    let Webhook::InboundMessages(messages) = read(&unknown) else { panic!("an inbound message") };
    assert!(matches!(messages.results.expect("results")[0].message, InboundContent::Unknown(_)));
}

/// These properties are common to several events, so they are no evidence for any of them.
#[test]
fn an_event_without_properties_of_its_own_is_kept() {
    for property in
        ["from", "to", "messageId", "sentAt", "applicationId", "entityId", "callbackData", "price", "contact"]
    {
        let body = format!(r#"{{"results": [{{"{property}": "x"}}]}}"#);
        assert!(matches!(read(&body), Webhook::Unknown(_)), "{property}");
    }
}

#[test]
fn a_malformed_report_does_not_affect_the_others() {
    let body = r#"{"results": [
        {"messageId": "1", "doneAt": "2019-04-09T16:02:01.100+0000"},
        {"messageId": "2", "status": {"id": "441134960001"}},
        "441134960001",
        {"messageId": "3", "messageCount": 1, "bulkId": ""}
    ], "more": [1]}"#;
    let received = Webhook::read(body.as_bytes()).expect("the event is readable");
    assert!(!format!("{received:?}").contains("4411"), "{received:?}");
    let Webhook::DeliveryReports(reports) = received.event else { panic!("delivery reports") };
    let ids: Vec<_> = reports.results.expect("results").into_iter().filter_map(|report| report.message_id).collect();
    assert_eq!(ids, ["1", "3"]);
    let [one, other] = &received.malformed[..] else { panic!("{:?}", received.malformed) };
    assert_eq!((one.index, other.index), (1, 2));
    assert_eq!(one.error.to_string(), "unexpected JSON value at `results[1].status.id`, expected i32");
    assert_eq!(one.value["messageId"], "2");
    assert_eq!(other.error.location(), "results[2]");
    assert_eq!(other.value, "441134960001");
}

#[test]
fn a_batch_of_malformed_reports_is_read_without_them() {
    let received = Webhook::read(br#"{"results": [{"seenAt": 5}]}"#).expect("the event is readable");
    assert_eq!(received.event, Webhook::SeenReports(from_json(br#"{"results": []}"#).expect("reports")));
    assert_eq!(received.malformed.len(), 1);
}

/// A single value of the wrong type, at the root of the event, cannot be left out.
#[test]
fn an_event_that_is_malformed_itself_is_refused() {
    let body = INBOUND.replace(r#""messageCount": 1"#, r#""messageCount": "one""#);
    let error = Webhook::read(body.as_bytes()).expect_err("a count is a number");
    let EventError::Json(error) = error else { panic!("{error}") };
    assert_eq!(error.location(), "messageCount");
}

#[test]
fn members_tell_what_came() {
    assert!(matches!(read(DELIVERED), Webhook::DeliveryReports(_)));
    assert!(matches!(read(SEEN), Webhook::SeenReports(_)));
    let other = r#"{"results": [{"messageId": "1", "movedTo": "441134960001"}]}"#;
    let Webhook::Unknown(kept) = read(other) else { panic!("no known kind has such a member") };
    assert_eq!(kept, serde_json::from_str::<serde_json::Value>(other).expect("JSON"));
    assert!(matches!(read("{}"), Webhook::Unknown(_)));
    assert!(!format!("{:?}", read(other)).contains("4411"));
}

#[test]
fn events_are_bounded_in_size() {
    let limit = SEEN.len();
    assert!(Webhook::read_within(SEEN.as_bytes(), limit).is_ok());
    let error = Webhook::read_within(SEEN.as_bytes(), limit - 1).expect_err("too long");
    assert!(matches!(error, EventError::TooLarge { .. }), "{error}");
}

#[test]
fn members_that_are_not_described_are_kept() {
    let kept = delivery_report(DELIVERED).additional_properties;
    assert_eq!(json!(kept), json!({ "newMember": { "deep": [1, null] } }));
    let kept = seen_report(SEEN).additional_properties;
    assert_eq!(json!(kept), json!({ "score": 0.5 }));
}

#[test]
fn a_report_encodes_to_what_was_read() {
    let delivered: DeliveryReports = from_json(DELIVERED.as_bytes()).expect("a report");
    let expected: serde_json::Value = from_json(DELIVERED.as_bytes()).expect("JSON");
    assert_eq!(encode(&delivered), expected);
    let seen: SeenReports = from_json(SEEN.as_bytes()).expect("a report");
    let expected: serde_json::Value = from_json(SEEN.as_bytes()).expect("JSON");
    assert_eq!(encode(&seen), expected);
}

#[test]
fn a_time_in_another_form_is_no_reason_to_lose_the_report() {
    let report = seen_report(r#"{"results": [{"messageId": "m", "seenAt": "half past four"}]}"#);
    let seen_at = report.seen_at.expect("a text");
    assert_eq!(seen_at.as_str(), "half past four");
    assert!(seen_at.timestamp().is_err());
}

#[test]
fn an_empty_report_is_read() {
    for text in ["{}", r#"{"results": null}"#] {
        let reports: DeliveryReports = from_json(text.as_bytes()).expect("reports");
        assert_eq!(reports, DeliveryReports::default());
        let reports: SeenReports = from_json(text.as_bytes()).expect("reports");
        assert_eq!(reports, SeenReports::default());
    }
    assert_eq!(delivery_report(r#"{"results": [{}]}"#), DeliveryReport::default());
    assert_eq!(seen_report(r#"{"results": [{}]}"#), SeenReport::default());
}

#[track_caller]
fn read(body: &str) -> Webhook {
    let received = Webhook::read(body.as_bytes()).expect("the event is readable");
    assert_eq!(received.malformed, []);
    received.event
}

#[track_caller]
fn check_moment(time: Option<DateTime>, expected: &str) {
    let moment = time.expect("a time").timestamp().expect("a moment");
    assert_eq!(moment.to_string(), expected);
}

fn delivery_report(text: &str) -> DeliveryReport {
    let reports: DeliveryReports = from_json(text.as_bytes()).expect("a report");
    let mut results = reports.results.expect("results");
    assert_eq!(results.len(), 1);
    results.remove(0)
}

fn seen_report(text: &str) -> SeenReport {
    let reports: SeenReports = from_json(text.as_bytes()).expect("a report");
    let mut results = reports.results.expect("results");
    assert_eq!(results.len(), 1);
    results.remove(0)
}
