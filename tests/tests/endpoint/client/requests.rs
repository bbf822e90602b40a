//! The requests that reach the server.

use std::future::IntoFuture;

use infobip_tests::sample;
use infobip_tests::service::{API_KEY, METHOD, PATH, Service};
use infobip_whatsapp::{Client, ConfigurationError, Credentials, Violation};
use serde_json::Value;
use wiremock::{Request, ResponseTemplate};

use super::send;

#[tokio::test]
async fn sends_the_sample_as_the_page_shows_it() {
    let service = Service::accepting().await;
    send(&service.client()).await.expect("accepted");

    let requests = service.requests().await;
    let [request] = requests.as_slice() else {
        panic!("{} requests", requests.len());
    };
    assert_eq!(request.method.as_str(), METHOD);
    assert_eq!(request.url.path(), PATH);
    assert_eq!(request.url.query(), None);
    let json: Value = request.body_json().expect("JSON");
    assert_eq!(json, sample::request_json());
}

#[tokio::test]
async fn sends_each_header_once() {
    let service = Service::accepting().await;
    send(&service.client()).await.expect("accepted");

    let request = &service.requests().await[0];
    check_header(request, "authorization", &format!("App {API_KEY}"));
    check_header(request, "content-type", "application/json");
    check_header(request, "accept", "application/json");
    check_header(request, "content-length", &request.body.len().to_string());
    let [user_agent] = header_values(request, "user-agent")[..] else {
        panic!("expected exactly one user agent");
    };
    let version = user_agent.strip_prefix("infobip-whatsapp/");
    let version = version.expect("the user agent starts with the name of the crate");
    assert!(version.starts_with(|digit: char| digit.is_ascii_digit()));
    assert!(header_values(request, "referer").is_empty());
    assert!(header_values(request, "cookie").is_empty());
}

#[tokio::test]
async fn sends_each_kind_of_credentials() {
    let key = "0123456789abcdef-0123";
    check_credentials(Credentials::api_key(key), &format!("App {key}")).await;
    check_credentials(Credentials::ibsso_token(key), &format!("IBSSO {key}")).await;
    check_credentials(Credentials::oauth2(key), &format!("Bearer {key}")).await;
    // The example of RFC 7617, and its example of characters outside ASCII.
    let expected = "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==";
    check_credentials(Credentials::basic("Aladdin", "open sesame"), expected).await;
    let expected = "Basic dGVzdDoxMjPCow==";
    check_credentials(Credentials::basic("test", "123£"), expected).await;
}

#[test]
fn refuses_credentials_that_cannot_be_a_header() {
    for credentials in [
        Credentials::api_key(""),
        Credentials::api_key("key\r\nX-Injected: yes"),
        Credentials::ibsso_token("two words"),
        Credentials::oauth2("tökén"),
        Credentials::basic("user:name", "password"),
    ] {
        let client = Client::builder("https://xyz.api.infobip.com").credentials(credentials);
        let error = client.build().expect_err("refused");
        assert!(matches!(error, ConfigurationError::Credentials(_)));
    }
}

#[tokio::test]
async fn joins_the_base_url_and_the_path() {
    let accepted = ResponseTemplate::new(200).set_body_json(sample::response_json());
    let service = Service::answering(accepted).await;
    for (suffix, path) in [("", PATH.to_owned()), ("//", PATH.to_owned())] {
        check_path(&service, suffix, &path).await;
    }
    check_path(&service, "/gateway/eu/", &format!("/gateway/eu{PATH}")).await;
}

#[tokio::test]
async fn a_message_that_violates_constraints_is_not_sent() {
    let service = Service::accepting().await;
    let client = service.client();
    let mut message = sample::message();
    message.from = "4".repeat(25);
    message.to.clear();

    let error = client.send_whatsapp_contact_message(&message).await;
    let error = error.expect_err("refused");
    let violations = error.violations().expect("violations");
    let locations: Vec<_> = violations.iter().map(Violation::location).collect();
    assert_eq!(locations, ["from", "to"]);
    assert_eq!(error.status(), None);
    assert_eq!(service.requests().await.len(), 0);
}

#[tokio::test]
async fn an_unchecked_message_is_sent_in_spite_of_violations() {
    let service = Service::accepting().await;
    let client = service.client();
    let mut message = sample::message();
    message.message_id = Some("m".repeat(200));

    let call = client.send_whatsapp_contact_message(&message).unchecked();
    call.await.expect("accepted");
    let sent: Value = service.requests().await[0].body_json().expect("JSON");
    assert_eq!(sent["messageId"], "m".repeat(200));
}

#[tokio::test]
async fn a_call_that_is_not_awaited_sends_nothing() {
    let service = Service::accepting().await;
    let client = service.client();
    let message = sample::message();
    drop(client.send_whatsapp_contact_message(&message));
    drop(client.send_whatsapp_contact_message(&message).into_future());
    assert_eq!(service.requests().await.len(), 0);
}

#[tokio::test]
async fn a_call_can_outlive_client_and_message() {
    let service = Service::accepting().await;
    let call = {
        let client = service.client().clone();
        let message = sample::message();
        client.send_whatsapp_contact_message(&message).into_future()
    };
    let response = tokio::spawn(call).await.expect("no panic");
    response.expect("accepted");
    assert_eq!(service.requests().await.len(), 1);
}

async fn check_credentials(credentials: Credentials, expected: &str) {
    let service = Service::accepting().await;
    let client = Client::builder(service.base_url()).credentials(credentials).build().expect("well-formed");
    send(&client).await.expect("accepted");
    check_header(&service.requests().await[0], "authorization", expected);
}

async fn check_path(service: &Service, suffix: &str, expected: &str) {
    let client = Client::builder(format!("{}{suffix}", service.base_url()))
        .credentials(Credentials::api_key(API_KEY))
        .build()
        .expect("well-formed");
    send(&client).await.expect("accepted");
    let requests = service.requests().await;
    let path = requests.last().map(|request| request.url.path());
    assert_eq!(path, Some(expected));
}

#[track_caller]
fn check_header(request: &Request, name: &str, expected: &str) {
    assert_eq!(header_values(request, name), [expected], "{name}");
}

fn header_values<'a>(request: &'a Request, name: &str) -> Vec<&'a str> {
    let values = request.headers.get_all(name).iter();
    let values = values.map(|value| value.to_str().expect("visible ASCII"));
    values.collect()
}
