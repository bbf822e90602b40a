//! A test for each status that the description documents, and tests for other statuses.

use std::collections::BTreeSet;

use infobip_tests::spec::Spec;
use infobip_whatsapp::models::SingleMessageInfo;
use infobip_whatsapp::{Error, ErrorBody};
use serde_json::{Value, json};
use wiremock::ResponseTemplate;

use super::{answer, chain, check_status};
use crate::endpoint::round_trips::encode;

const DOCUMENTED: [u16; 6] = [200, 400, 401, 403, 429, 500];

#[test]
fn every_documented_status_has_a_test() {
    let spec = Spec::load();
    let responses = spec.operation().get("responses").expect("responses");
    let statuses: BTreeSet<_> = responses.members().map(|(status, _)| status).collect();
    let tested = DOCUMENTED.map(|status| status.to_string());
    assert_eq!(statuses, tested.iter().map(String::as_str).collect());
}

#[tokio::test]
async fn status_200_gives_the_response() {
    for (name, example) in examples(200) {
        let response = answer_json(200, &example).await.expect("accepted");
        assert_eq!(encode(&response), example, "{name}");
    }
}

#[tokio::test]
async fn status_200_may_decline_the_message() {
    for (name, example) in examples(200) {
        let response = answer_json(200, &example).await.expect("accepted");
        assert_eq!(response.is_declined(), name.ends_with("rejected"), "{name}");
    }
    for status in [json!({}), json!({"status": {}}), json!({"status": {"groupName": "rejected"}})] {
        assert!(!answer_json(200, &status).await.expect("accepted").is_declined(), "{status}");
    }
}

#[tokio::test]
async fn status_400_gives_both_error_bodies() {
    check_refused(400).await;
}

#[tokio::test]
async fn status_401_gives_both_error_bodies() {
    check_refused(401).await;
}

#[tokio::test]
async fn status_403_gives_both_error_bodies() {
    check_refused(403).await;
}

#[tokio::test]
async fn status_429_gives_both_error_bodies_and_stays_429() {
    check_refused(429).await;
}

#[tokio::test]
async fn status_500_gives_both_error_bodies() {
    check_refused(500).await;
}

#[tokio::test]
async fn any_other_status_gives_both_error_bodies_too() {
    for status in [302, 404, 409, 418, 503] {
        for (name, example) in examples(400) {
            check_error(status, &name, &example).await;
        }
    }
}

#[tokio::test]
async fn an_error_body_of_another_type_is_kept_unchanged() {
    let incomplete = json!({ "errorCode": "E403", "description": "three properties are missing" });
    let foreign = json!({ "message": "no" });
    for body in [incomplete, foreign, json!({}), json!([]), json!("no")] {
        let error = answer_json(403, &body).await.expect_err("refused");
        check_status(&error, 403);
        assert_eq!(error.body(), None);
        assert_eq!(error.raw_body(), Some(body.to_string().as_bytes()));
    }
}

#[tokio::test]
async fn an_html_page_of_a_gateway_keeps_status_headers_and_body() {
    const PAGE: &str = "<html><body><h1>502 Bad Gateway</h1></body></html>";
    let template = ResponseTemplate::new(502).insert_header("X-Request-Id", "gateway-1");
    let error = answer(template.set_body_raw(PAGE, "text/html")).await;
    let error = error.expect_err("refused");

    assert!(matches!(error, Error::Status(_)));
    check_status(&error, 502);
    let headers = error.headers().expect("headers");
    assert_eq!(headers["content-type"], "text/html");
    assert_eq!(headers["x-request-id"], "gateway-1");
    assert_eq!(error.raw_body(), Some(PAGE.as_bytes()));
    assert_eq!(error.body(), None);
    assert_eq!(chain(&error), "the service responded with 502 Bad Gateway");
}

#[tokio::test]
async fn an_empty_body_keeps_the_status() {
    let error = answer(ResponseTemplate::new(500)).await;
    let error = error.expect_err("refused");
    assert!(matches!(error, Error::Status(_)));
    check_status(&error, 500);
    assert_eq!(error.raw_body(), Some(b"".as_slice()));
    assert_eq!(error.body(), None);
}

/// Checks that each example of the status is in the error of the call.
async fn check_refused(status: u16) {
    assert!(DOCUMENTED.contains(&status));
    let mut forms = BTreeSet::new();
    for (name, example) in examples(status) {
        forms.insert(check_error(status, &name, &example).await);
    }
    assert_eq!(forms, BTreeSet::from(["ApiError", "ApiException"]));
}

/// Checks the error, and returns the name of the type of its body.
async fn check_error(status: u16, name: &str, body: &Value) -> &'static str {
    let error = answer_json(status, body).await.expect_err("refused");
    assert!(matches!(error, Error::Status(_)), "{name}");
    check_status(&error, status);
    let headers = error.headers().expect("headers");
    assert_eq!(headers["content-type"], "application/json", "{name}");
    assert_eq!(error.raw_body(), Some(body.to_string().as_bytes()));
    let (form, encoded) = match error.body() {
        Some(ErrorBody::ApiError(error)) => ("ApiError", encode(error)),
        Some(ErrorBody::ApiException(error)) => ("ApiException", encode(error)),
        other => panic!("{name}: {other:?}"),
    };
    assert_eq!(encoded, *body, "{name}");
    form
}

/// Returns the examples of a status in the description.
fn examples(status: u16) -> Vec<(String, Value)> {
    let spec = Spec::load();
    let response = spec.operation().get("responses");
    let response = response.and_then(|responses| responses.get(&status.to_string()));
    let content = response.and_then(|response| response.get("content"));
    let media_type = content.and_then(|content| content.get("application/json"));
    let examples = media_type.expect("the status has a JSON body").examples();
    let examples: Vec<_> = examples.map(|(name, example)| (name.to_owned(), example.clone())).collect();
    assert!(!examples.is_empty(), "{status} has no examples");
    examples
}

async fn answer_json(status: u16, body: &Value) -> Result<SingleMessageInfo, Error> {
    answer(ResponseTemplate::new(status).set_body_json(body)).await
}
