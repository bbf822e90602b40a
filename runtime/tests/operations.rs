//! Operations of every kind: without a body, with parameters, with other bodies and other responses than JSON.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use wirecrate_runtime::generated::{CallBuilder, Multipart, Parameters, Payload, ResponseFormat, Style};
use wirecrate_runtime::{
    ByteSource, Bytes, Call, Client, Error, File, Location, Method, Operation, Outcome, RequestError, Response, Retry,
    Violations,
};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::support::{Accepted, Note, Problem, builder, client, note};

async fn serve(response: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(response).mount(&server).await;
    server
}

/// Returns the only request.
async fn request(server: &MockServer) -> wiremock::Request {
    let mut requests = server.received_requests().await.expect("recorded");
    assert_eq!(requests.len(), 1);
    requests.remove(0)
}

/// A server that records the head of each request, answers, and closes. It sends nothing if the answer is empty.
fn serve_heads(answer: &'static str) -> (String, Receiver<String>) {
    fn head(connection: &mut TcpStream) -> String {
        let (mut head, mut byte) = (Vec::new(), [0]);
        while !head.ends_with(b"\r\n\r\n") && connection.read(&mut byte).is_ok_and(|length| length > 0) {
            head.push(byte[0]);
        }
        String::from_utf8_lossy(&head).to_lowercase()
    }
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    let (sender, heads) = channel();
    thread::spawn(move || {
        for mut connection in listener.incoming().map_while(Result::ok) {
            let head = head(&mut connection);
            // A client that has closed the connection is not a failure of the server.
            let _ = connection.write_all(answer.as_bytes());
            if sender.send(head).is_err() {
                return;
            }
        }
    });
    (format!("http://{address}"), heads)
}

static GET: Operation = Operation::new("get", Method::GET, "/things").no_response_body();
static HEAD: Operation = Operation::new("head", Method::HEAD, "/things").no_response_body();
static DELETE: Operation = Operation::new("delete", Method::DELETE, "/things").no_response_body();
static POST: Operation = Operation::new("post", Method::POST, "/things").no_response_body();
static PUT: Operation = Operation::new("put", Method::PUT, "/things").no_response_body();

fn without_body<'c>(client: &'c Client, operation: &'static Operation) -> Call<'c, (), (), Problem> {
    CallBuilder::without_body(client, operation).build()
}

#[tokio::test]
async fn without_a_body_nothing_is_said_of_one() {
    for (operation, length) in [(&GET, false), (&HEAD, false), (&DELETE, false), (&POST, true), (&PUT, true)] {
        let (url, heads) = serve_heads("HTTP/1.1 204 No ByteSource\r\n\r\n");
        without_body(&client(&url), operation).await.expect("a success");
        let head = heads.recv().expect("a request");
        assert!(head.starts_with(&format!("{} /things http/1.1\r\n", operation.method()).to_lowercase()), "{head}");
        assert!(!head.contains("content-type") && !head.contains("transfer-encoding"), "{head}");
        assert!(head.contains("\r\naccept: application/json\r\n"), "{head}");
        assert_eq!(head.matches("content-length: 0\r\n").count(), usize::from(length), "{head}");
        assert_eq!(head.matches("content-length").count(), usize::from(length), "{head}");
    }
}

/// Without bytes to send, only a failed connection proves that nothing was sent.
#[tokio::test]
async fn a_request_without_a_body_may_have_arrived_once_there_was_a_connection() {
    for (operation, attempts) in [(&GET, 4), (&POST, 1), (&DELETE, 1)] {
        let (url, _heads) = serve_heads("");
        let error = without_body(&client(&url), operation).await.expect_err("the connection closes");
        assert_eq!((error.outcome(), error.attempts()), (Outcome::Unknown, attempts), "{operation:?}");
    }
    let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("an address");
    let error = without_body(&client(&format!("http://{free}")), &POST).await.expect_err("nobody listens");
    assert_eq!((error.outcome(), error.attempts()), (Outcome::NotSent, 4));
}

#[tokio::test]
async fn an_optional_body_is_sent_if_it_is_there() {
    for body in [Some(note("x")), None] {
        let server = serve(ResponseTemplate::new(200)).await;
        let client = client(&server.uri());
        let call = CallBuilder::new(&client, &POST, body.as_ref(), Payload::json).check_with(Note::validate);
        call.build::<(), Problem>().await.expect("a success");
        let request = request(&server).await;
        assert_eq!(request.headers.contains_key("content-type"), body.is_some());
        assert_eq!(request.body, body.map_or("", |_| r#"{"text":"x"}"#).as_bytes());
    }
    let empty = note("");
    // An absent body violates no constraint.
    let server = serve(ResponseTemplate::new(200)).await;
    let client = client(&server.uri());
    let call = CallBuilder::new(&client, &POST, Some(&empty), Payload::json).check_with(Note::validate);
    let error = call.build::<(), Problem>().await.expect_err("too short");
    assert!(matches!(error, Error::Violations(_)));
}

struct Query {
    sender: &'static str,
    tags: Vec<&'static str>,
    trace: Option<&'static str>,
}

impl Query {
    fn validate(&self) -> Result<(), Violations> {
        let mut violations = Violations::new();
        violations.check_length(&Location::root(), "sender", self.sender, 1..=9);
        violations.finish()
    }

    fn write(&self, to: &mut Parameters) {
        to.path("sender", Style::SIMPLE, self.sender);
        to.query("tag", Style::FORM, Some(&self.tags));
        to.query("at", Style::DEEP_OBJECT, Some(&[("x", 1)].into_iter().collect::<BTreeMap<_, _>>()));
        to.header("X-Trace", Style::SIMPLE, self.trace);
        to.cookie("session", Style::FORM, self.trace);
    }
}

static FIND: Operation = Operation::new("find", Method::POST, "/senders/{sender}/find?all").no_response_body();

#[tokio::test]
async fn parameters_go_where_they_belong() {
    let server = serve(ResponseTemplate::new(200)).await;
    let client = client(&format!("{}/base", server.uri()));
    let (note, query) = (note("x"), Query { sender: "a/b", tags: vec!["a+b", "c d&e=f"], trace: Some("t 1") });
    let call = CallBuilder::json(&client, &FIND, &note).parameters(&query, Query::validate, Query::write);
    call.build::<(), Problem>().await.expect("a success");
    let request = request(&server).await;
    assert_eq!(request.url.path(), "/base/senders/a%2Fb/find");
    assert_eq!(request.url.query(), Some("all&tag=a%2Bb&tag=c%20d%26e%3Df&at%5Bx%5D=1"));
    assert_eq!(request.headers["x-trace"], "t 1");
    assert_eq!(request.headers["cookie"], "session=t%201");
}

#[tokio::test]
async fn a_header_of_the_call_replaces_that_of_a_parameter() {
    let server = serve(ResponseTemplate::new(200)).await;
    let client = client(&server.uri());
    let query = Query { sender: "a", tags: Vec::new(), trace: Some("t 1") };
    let call = CallBuilder::without_body(&client, &FIND).parameters(&query, Query::validate, Query::write);
    call.build::<(), Problem>().header("x-trace", "mine").await.expect("a success");
    let request = request(&server).await;
    assert_eq!(request.headers.get_all("x-trace").iter().collect::<Vec<_>>(), ["mine"]);
    assert_eq!(request.url.query(), Some("all&at%5Bx%5D=1"));
}

#[tokio::test]
async fn parameters_are_checked_with_the_body() {
    let server = serve(ResponseTemplate::new(200)).await;
    let client = client(&server.uri());
    let (text, query) = (note(""), Query { sender: "0123456789", tags: Vec::new(), trace: None });
    let call = || -> Call<'_, Note, (), Problem> {
        let call = CallBuilder::json(&client, &FIND, &text).check_with(Note::validate);
        call.parameters(&query, Query::validate, Query::write).build()
    };
    let error = call().await.expect_err("two constraints are broken");
    let expected = "`sender`: 10 characters, `maxLength` is 9\n`text`: 0 characters, `minLength` is 1";
    assert_eq!(error.violations().expect("violations").to_string(), expected);
    call().unchecked().await.expect("the service decides");
    for (sender, trace) in [("", None), ("..", None), ("a", Some("é"))] {
        let query = Query { sender, tags: Vec::new(), trace };
        let call = CallBuilder::without_body(&client, &FIND).parameters(&query, Query::validate, Query::write);
        let error = call.build::<(), Problem>().unchecked().await.expect_err("no such request can be made");
        let header = RequestError::HeaderValue("x-trace".into());
        let expected = if trace.is_some() { header } else { RequestError::PathParameter };
        assert!(matches!(&error, Error::Request(found) if *found == expected), "{error:?}");
    }
}

#[tokio::test]
async fn other_bodies_than_json_have_their_media_type() {
    static TEXT: Operation =
        Operation::new("text", Method::POST, "/text").content_type("text/plain").no_response_body();
    static FORM: Operation = Operation::new("form", Method::POST, "/form")
        .content_type("application/x-www-form-urlencoded")
        .no_response_body();
    let server = serve(ResponseTemplate::new(200)).await;
    let client = client(&server.uri());
    let call: Call<'_, str, (), Problem> = CallBuilder::new(&client, &TEXT, Some("hello"), Payload::text).build();
    call.await.expect("a success");
    let bytes = ByteSource::from(&b"\xff"[..]);
    let call: Call<'_, ByteSource, (), Problem> =
        CallBuilder::new(&client, &TEXT, Some(&bytes), Payload::bytes).build();
    call.await.expect("a success");
    let note = note("a b");
    let call: Call<'_, Note, (), Problem> =
        CallBuilder::new(&client, &FORM, Some(&note), |note| Payload::form(note, &[])).build();
    call.await.expect("a success");
    let requests = server.received_requests().await.expect("recorded");
    assert_eq!(
        (&requests[0].headers["content-type"], &*requests[0].body),
        (&"text/plain".parse().expect("a value"), &b"hello"[..])
    );
    assert_eq!(requests[1].body, b"\xff");
    assert_eq!(requests[2].headers["content-type"], "application/x-www-form-urlencoded");
    assert_eq!(requests[2].body, b"text=a%20b");
}

#[tokio::test]
async fn a_form_with_a_file_is_the_same_in_each_attempt() {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(429)).up_to_n_times(1).mount(&server).await;
    Mock::given(any()).respond_with(ResponseTemplate::new(204)).mount(&server).await;
    let client = client(&server.uri());
    let file = File::new("key.pem", "-----BEGIN-----");
    let call: Call<'_, File, (), Problem> = CallBuilder::new(&client, &POST, Some(&file), |file| {
        let mut form = Multipart::new();
        form.file("key", None, Some(file));
        form.finish()
    })
    .build();
    call.await.expect("a success");
    let requests = server.received_requests().await.expect("recorded");
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0].body, requests[1].body);
    let content_type = requests[0].headers["content-type"].to_str().expect("visible");
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").expect("a boundary");
    let body = str::from_utf8(&requests[0].body).expect("text");
    let head =
        "Content-Disposition: form-data; name=\"key\"; filename=\"key.pem\"\r\nContent-Type: application/octet-stream";
    assert_eq!(body, format!("--{boundary}\r\n{head}\r\n\r\n-----BEGIN-----\r\n--{boundary}--\r\n"));
}

static DOWNLOAD: Operation =
    Operation::new("download", Method::GET, "/media").response(ResponseFormat::Bytes, "image/*");

fn download(client: &Client) -> Call<'_, (), Bytes, Problem> {
    CallBuilder::without_body(client, &DOWNLOAD).build()
}

#[tokio::test]
async fn a_binary_response_is_returned_unchanged() {
    let picture = ResponseTemplate::new(200).set_body_raw(vec![0xff, 0, b'{'], "image/png");
    let server = serve(picture).await;
    let client = client(&server.uri());
    let response = download(&client).with_response().await.expect("a success");
    assert_eq!(response.headers()["content-type"], "image/png");
    assert_eq!(response.into_body(), [0xff, 0, b'{'][..]);
    assert_eq!(request(&server).await.headers["accept"], "image/*");
}

#[tokio::test]
async fn one_call_can_read_more_than_others() {
    let server = serve(ResponseTemplate::new(200).set_body_raw(vec![1; 100], "image/png")).await;
    let client = builder(&server.uri()).max_response_bytes(99).build().expect("a client");
    let error = download(&client).await.expect_err("too long");
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    assert_eq!(download(&client).max_response_bytes(100).await.expect("it fits").len(), 100);
}

#[tokio::test]
async fn a_text_and_an_absent_body_are_read() {
    static TEXT: Operation = Operation::new("text", Method::GET, "/text").response(ResponseFormat::Text, "text/plain");
    static PROMISED: Operation = Operation::new("promised", Method::GET, "/promised");
    static MAYBE: Operation = Operation::new("maybe", Method::GET, "/maybe").response_may_be_empty();
    let server = serve(ResponseTemplate::new(200).set_body_string("\"hello\"")).await;
    let client_of_text = client(&server.uri());
    let call: Call<'_, (), String, Problem> = CallBuilder::without_body(&client_of_text, &TEXT).build();
    assert_eq!(call.await.expect("a text"), "\"hello\"");
    let server = serve(ResponseTemplate::new(204)).await;
    let client_of_nothing = client(&server.uri());
    let call: Call<'_, (), Option<Accepted>, Problem> = CallBuilder::without_body(&client_of_nothing, &MAYBE).build();
    assert_eq!(call.await.expect("nothing"), None);
    let call: Call<'_, (), Accepted, Problem> = CallBuilder::without_body(&client_of_nothing, &PROMISED).build();
    assert!(matches!(call.await, Err(Error::Decode(_))), "where a body is promised, an empty one is none");
}

#[tokio::test]
async fn the_headers_of_a_head_request_are_all_there_is() {
    let (url, _heads) = serve_heads("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\nX-Size: 9\r\n\r\n");
    let client = client(&url);
    let call: Call<'_, (), Response<()>, Problem> = CallBuilder::without_body(&client, &HEAD).build().with_response();
    let response = call.await.expect("a success");
    assert_eq!(response.headers()["x-size"], "9");
    assert_eq!(response.headers()["content-length"], "5000");
}

#[tokio::test]
async fn a_redirect_is_shown_and_not_followed() {
    let server = serve(ResponseTemplate::new(302).insert_header("Location", "https://media.example/1")).await;
    let client = client(&server.uri());
    let error = download(&client).await.expect_err("a redirect is no success");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(302));
    assert_eq!(error.headers().expect("headers")["location"], "https://media.example/1");
    assert_eq!(error.attempts(), 1);
}

#[tokio::test]
async fn safe_methods_are_repeated_after_a_failure_of_the_service() {
    for (operation, retry, attempts) in
        [(&GET, Retry::Safe, 4), (&GET, Retry::Never, 1), (&DELETE, Retry::Safe, 1), (&DELETE, Retry::Ambiguous, 4)]
    {
        let server = serve(ResponseTemplate::new(503)).await;
        let client = builder(&server.uri()).timeout(Duration::from_secs(30)).build().expect("a client");
        let error = without_body(&client, operation).retry(retry).await.expect_err("503");
        assert_eq!(error.attempts(), attempts, "{operation:?} {retry:?}");
    }
}
