//! Responses of several kinds: the status, and never the content, selects the type of the body.

use serde::Deserialize;
use wirecrate_runtime::generated::{CallBuilder, FromErrorBody, FromSuccess, ResponseFormat, Success, json};
use wirecrate_runtime::{Call, Client, Error, JsonError, Method, Operation};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::support::client;

/// A server that answers everything with a status and a body of a media type.
async fn serve(status: u16, media_type: &str, body: &str) -> (MockServer, Client) {
    let server = MockServer::start().await;
    let response = ResponseTemplate::new(status).set_body_raw(body, media_type);
    Mock::given(any()).respond_with(response).mount(&server).await;
    let client = client(&server.uri());
    (server, client)
}

#[derive(Debug, PartialEq, Deserialize)]
struct Message {
    message: String,
}

#[derive(Debug, PartialEq)]
enum Booked {
    Ok(Message),
    Accepted(Message),
    NoContent,
    PartialContent(String),
    Unknown(u16, Vec<u8>),
}

impl FromSuccess for Booked {
    fn from_success(success: &Success<'_>) -> Result<Self, JsonError> {
        let booked = match success.status().as_u16() {
            200 => Self::Ok(success.decode(ResponseFormat::Json)?),
            202 => Self::Accepted(success.decode(ResponseFormat::Json)?),
            204 => Self::NoContent,
            206 => Self::PartialContent(success.decode(ResponseFormat::Text)?),
            status => Self::Unknown(status, success.bytes().to_vec()),
        };
        Ok(booked)
    }

    fn is_declined(&self) -> bool {
        matches!(self, Self::Accepted(_))
    }
}

#[derive(Debug, PartialEq)]
enum Failed {
    Missing(Message),
    Refused(Message),
    Other(Message),
    Code(Code),
}

#[derive(Debug, PartialEq, Deserialize)]
struct Code {
    code: u8,
}

impl FromErrorBody for Failed {
    const TYPES: &'static [&'static str] = &["Missing", "Refused", "Other", "Code"];

    fn from_error_body(ty: &str, body: &[u8]) -> Option<Self> {
        match ty {
            "Missing" => json::decode_body(body, &["message"]).map(Self::Missing),
            "Refused" => json::decode_body(body, &["message"]).map(Self::Refused),
            "Other" => json::decode_body(body, &["message"]).map(Self::Other),
            "Code" => json::decode_body(body, &["code"]).map(Self::Code),
            _ => None,
        }
    }
}

static BOOK: Operation = Operation::new("book", Method::POST, "/book").error_bodies(&[
    ("404", &["Missing"]),
    ("4XX", &["Refused", "Code"]),
    ("default", &["Other"]),
]);

fn book(client: &Client) -> Call<'_, (), Booked, Failed> {
    CallBuilder::without_body(client, &BOOK).build_by_status()
}

fn message() -> Message {
    Message { message: "m".to_owned() }
}

#[tokio::test]
async fn the_status_selects_the_success() {
    const JSON: &str = r#"{"message": "m"}"#;
    for (status, body, expected) in [
        (200, JSON, Booked::Ok(message())),
        (202, JSON, Booked::Accepted(message())),
        (204, "", Booked::NoContent),
        (206, JSON, Booked::PartialContent(JSON.to_owned())),
        (299, "x", Booked::Unknown(299, b"x".to_vec())),
    ] {
        let (_server, client) = serve(status, "application/json", body).await;
        assert_eq!(book(&client).await.expect("a success"), expected);
        let response = book(&client).with_response().await.expect("a success");
        assert_eq!((response.status().as_u16(), response.raw_body()), (status, body.as_bytes()));
        assert_eq!(response.into_body(), expected);
    }
}

#[tokio::test]
async fn no_other_success_is_tried() {
    let (_server, client) = serve(200, "text/plain", "a text, as 206 has it").await;
    let error = book(&client).await.expect_err("no JSON");
    assert!(matches!(&error, Error::Decode(_)), "{error:?}");
    assert_eq!(
        (error.status().map(|status| status.as_u16()), error.raw_body().map(<[u8]>::len)),
        (Some(200), Some(21))
    );
}

#[tokio::test]
async fn the_status_selects_the_error_body() {
    const MESSAGE: &str = r#"{"message": "m", "code": "x"}"#;
    for (status, body, expected) in [
        (404, MESSAGE, Some(Failed::Missing(message()))),
        (400, MESSAGE, Some(Failed::Refused(message()))),
        (400, r#"{"code": 7}"#, Some(Failed::Code(Code { code: 7 }))),
        (500, MESSAGE, Some(Failed::Other(message()))),
        (302, MESSAGE, Some(Failed::Other(message()))),
        (404, r#"{"code": 7}"#, None),
        (404, "<html>", None),
    ] {
        let (_server, client) = serve(status, "application/json", body).await;
        let error = book(&client).await.expect_err("a failure");
        assert_eq!(error.body(), expected.as_ref(), "{status}");
        assert_eq!(error.raw_body(), Some(body.as_bytes()));
    }
}

#[tokio::test]
async fn an_error_body_of_an_undescribed_status_is_recognized_by_its_properties() {
    static SOME: Operation =
        Operation::new("some", Method::POST, "/some").error_bodies(&[("404", &["Code"]), ("409", &["Refused"])]);
    static NONE: Operation = Operation::new("none", Method::POST, "/none");
    for (operation, body, expected) in [
        (&SOME, r#"{"message": "m"}"#, Failed::Refused(message())),
        (&SOME, r#"{"code": 7}"#, Failed::Code(Code { code: 7 })),
        (&NONE, r#"{"message": "m"}"#, Failed::Missing(message())),
    ] {
        let (_server, client) = serve(400, "application/json", body).await;
        let call: Call<'_, (), Booked, Failed> = CallBuilder::without_body(&client, operation).build_by_status();
        assert_eq!(call.await.expect_err("a failure").body(), Some(&expected));
    }
}

#[tokio::test]
async fn the_content_type_decides_between_text_and_json() {
    static ANY: Operation = Operation::new("any", Method::GET, "/any").response(ResponseFormat::JsonOrText, "*/*");
    for (media_type, expected) in
        [("text/plain; charset=utf-8", "\"a\""), ("application/json", "a"), ("text/json", "a"), ("x/y", "a")]
    {
        let (_server, client) = serve(200, media_type, "\"a\"").await;
        let call: Call<'_, (), String, Failed> = CallBuilder::without_body(&client, &ANY).build();
        assert_eq!(call.await.expect("a success"), expected, "{media_type}");
    }
}
