//! The results of responses to an accepted request, and of a missing response.

use std::time::Duration;

use infobip_tests::faults::{FaultServer, Script, Step};
use infobip_tests::sample;
use infobip_tests::service::{API_KEY, Service};
use infobip_whatsapp::models::SingleMessageInfo;
use infobip_whatsapp::{Client, Credentials, Error, Response, TransportErrorKind};
use serde_json::{Value, json};
use wiremock::ResponseTemplate;

use super::{answer, chain, check_status, send};

#[tokio::test]
async fn an_unknown_status_name_is_survived() {
    let mut json = sample::reply_json();
    json["status"] = json!({ "groupId": 99, "groupName": "TELEPORTED", "id": -1, "name": "NEW" });
    let status = reply(&json).await.status.expect("a status");
    assert_eq!(status.group_id, Some(99));
    assert_eq!(status.group_name.as_deref(), Some("TELEPORTED"));
    assert_eq!(status.id, Some(-1));
    assert_eq!(status.name.as_deref(), Some("NEW"));
}

#[tokio::test]
async fn an_unknown_member_is_survived() {
    let mut json = sample::reply_json();
    json["price"] = json!({ "currency": "EUR", "parts": [1, null] });
    json["status"]["severity"] = json!(3);
    assert_eq!(reply(&json).await, reply(&sample::reply_json()).await);
}

#[tokio::test]
async fn a_missing_member_is_survived() {
    let mut json = sample::reply_json();
    let status = json["status"].as_object_mut().expect("an object");
    status.remove("description");
    let reply_without = reply(&json).await;
    assert_eq!(reply_without.message_count, Some(1));
    let status = reply_without.status.expect("a status");
    assert_eq!((status.id, status.description), (Some(7), None));

    assert_eq!(reply(&json!({})).await, SingleMessageInfo::default());
    let nulls = json!({ "to": null, "messageCount": null, "status": null });
    assert_eq!(reply(&nulls).await, SingleMessageInfo::default());
}

#[tokio::test]
async fn a_reply_that_does_not_fit_keeps_its_status_and_tells_the_place() {
    let mut json = sample::reply_json();
    json["status"]["groupId"] = json!("one");
    let error = answer(ResponseTemplate::new(200).set_body_json(&json)).await;
    let error = error.expect_err("not decodable");
    assert!(matches!(error, Error::Decode(_)));
    check_status(&error, 200);
    assert_eq!(error.raw_body(), Some(json.to_string().as_bytes()));
    let text = chain(&error);
    let expected = "the service answered 200 OK, but the response could not be decoded: \
                    unexpected JSON value at `status.groupId`, expected i32";
    assert!(text.starts_with(expected), "{text}");
}

#[tokio::test]
async fn an_empty_reply_keeps_its_status() {
    for status in [200, 204] {
        let error = answer(ResponseTemplate::new(status)).await;
        let error = error.expect_err("nothing to decode");
        assert!(matches!(error, Error::Decode(_)));
        check_status(&error, status);
        assert_eq!(error.raw_body(), Some(b"".as_slice()));
        assert!(error.to_string().ends_with("but the response is empty"));
    }
}

#[tokio::test]
async fn a_reply_that_is_too_long_keeps_its_status() {
    let long = ResponseTemplate::new(200).set_body_string("x".repeat(99));
    let service = Service::answering(long).await;
    let client = Client::builder(service.base_url())
        .credentials(Credentials::api_key(API_KEY))
        .max_response_bytes(98)
        .build()
        .expect("well-formed");
    let error = send(&client).await.expect_err("too long");
    check_status(&error, 200);
    assert_eq!(error.raw_body(), Some("x".repeat(98).as_bytes()));
}

#[tokio::test]
async fn with_response_gives_status_headers_and_raw_body() {
    let body = sample::reply_json();
    let template = ResponseTemplate::new(202).insert_header("X-Request-Id", "abc");
    let service = Service::answering(template.set_body_json(&body)).await;
    let client = service.client();
    let message = sample::message();
    let call = client.send_whatsapp_contact_message(&message);
    let response: Response<SingleMessageInfo> = call.with_response().await.expect("accepted");

    assert_eq!(response.status().as_u16(), 202);
    assert_eq!(response.headers()["x-request-id"], "abc");
    assert_eq!(response.raw_body(), body.to_string().as_bytes());
    assert_eq!(response.body().message_count, Some(1));
    assert_eq!(response.into_body(), reply(&body).await);
}

#[tokio::test]
async fn a_call_ends_when_its_time_is_over() {
    let late = ResponseTemplate::new(200).set_delay(Duration::from_mins(10));
    let service = Service::answering(late).await;
    let client = service.client();
    let message = sample::message();
    let call = client.send_whatsapp_contact_message(&message);
    let error = call.timeout(Duration::from_millis(50)).await;
    let error = error.expect_err("late");
    assert!(error.is_timeout());
    assert_eq!(error.status(), None);
}

#[tokio::test]
async fn a_server_that_is_not_there_is_a_failure_to_connect() {
    // A port that is free could be that of another test a moment later; this one is held, and closed.
    let server = FaultServer::start(Script::repeating_last([Step::refuse(Duration::MAX)]));
    let client =
        Client::builder(server.base_url()).credentials(Credentials::api_key(API_KEY)).build().expect("well-formed");
    match send(&client).await.expect_err("no connection") {
        Error::Transport(error) => assert_eq!(error.kind(), TransportErrorKind::Connect),
        other => panic!("{other:?}"),
    }
}

async fn reply(body: &Value) -> SingleMessageInfo {
    let result = answer(ResponseTemplate::new(200).set_body_json(body)).await;
    result.expect("accepted")
}
