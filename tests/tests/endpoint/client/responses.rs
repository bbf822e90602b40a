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
async fn an_unknown_status_name_is_accepted() {
    let mut json = sample::response_json();
    json["status"] = json!({ "groupId": 99, "groupName": "TELEPORTED", "id": -1, "name": "NEW" });
    let status = receive(&json).await.status.expect("a status");
    assert_eq!(status.group_id, Some(99));
    assert_eq!(status.group_name.as_deref(), Some("TELEPORTED"));
    assert_eq!(status.id, Some(-1));
    assert_eq!(status.name.as_deref(), Some("NEW"));
}

#[tokio::test]
async fn an_unknown_property_is_ignored() {
    let mut json = sample::response_json();
    json["price"] = json!({ "currency": "EUR", "parts": [1, null] });
    json["status"]["severity"] = json!(3);
    assert_eq!(receive(&json).await, receive(&sample::response_json()).await);
}

#[tokio::test]
async fn a_missing_property_is_accepted() {
    let mut json = sample::response_json();
    let status = json["status"].as_object_mut().expect("an object");
    status.remove("description");
    let incomplete = receive(&json).await;
    assert_eq!(incomplete.message_count, Some(1));
    let status = incomplete.status.expect("a status");
    assert_eq!((status.id, status.description), (Some(7), None));

    assert_eq!(receive(&json!({})).await, SingleMessageInfo::default());
    let nulls = json!({ "to": null, "messageCount": null, "status": null });
    assert_eq!(receive(&nulls).await, SingleMessageInfo::default());
}

#[tokio::test]
async fn a_response_of_the_wrong_type_keeps_its_status_and_location() {
    let mut json = sample::response_json();
    json["status"]["groupId"] = json!("one");
    let error = answer(ResponseTemplate::new(200).set_body_json(&json)).await;
    let error = error.expect_err("not decodable");
    assert!(matches!(error, Error::Decode(_)));
    check_status(&error, 200);
    assert_eq!(error.raw_body(), Some(json.to_string().as_bytes()));
    let text = chain(&error);
    let expected = "the service responded with 200 OK, but the response could not be decoded: \
                    unexpected JSON value at `status.groupId`, expected i32";
    assert!(text.starts_with(expected), "{text}");
}

#[tokio::test]
async fn an_empty_response_keeps_its_status() {
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
async fn a_response_that_is_too_long_keeps_its_status() {
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
    let body = sample::response_json();
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
    assert_eq!(response.into_body(), receive(&body).await);
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
async fn a_missing_server_is_a_failure_to_connect() {
    // Another test could take a free port at any time, so this one is reserved and closed.
    let server = FaultServer::start(Script::repeating_last([Step::refuse(Duration::MAX)]));
    let client =
        Client::builder(server.base_url()).credentials(Credentials::api_key(API_KEY)).build().expect("well-formed");
    match send(&client).await.expect_err("no connection") {
        Error::Transport(error) => assert_eq!(error.kind(), TransportErrorKind::Connect),
        other => panic!("{other:?}"),
    }
}

async fn receive(body: &Value) -> SingleMessageInfo {
    let result = answer(ResponseTemplate::new(200).set_body_json(body)).await;
    result.expect("accepted")
}
