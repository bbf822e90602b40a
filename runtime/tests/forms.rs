//! Forms as decoders of other authors read them: `form_urlencoded` and `serde_qs` for URL-encoded ones, `multer` for parts.

use std::collections::BTreeMap;
use std::convert::Infallible;

use serde::{Deserialize, Serialize};
use wirecrate_runtime::generated::{CallBuilder, FormStyle, Multipart, Payload};
use wirecrate_runtime::{Call, File, JsonValue, Method, Operation};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::support::client;

static FORM: Operation =
    Operation::new("form", Method::POST, "/form").content_type("application/x-www-form-urlencoded").no_response_body();
static PARTS: Operation = Operation::new("parts", Method::POST, "/parts").no_response_body();

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Order {
    to: Vec<String>,
    customer: Customer,
    lines: Vec<Line>,
    labels: BTreeMap<String, String>,
    count: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Customer {
    name: String,
    address: BTreeMap<String, String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Line {
    item: String,
    sizes: Vec<String>,
}

fn order() -> Order {
    let pairs = |pairs: [(&str, &str); 2]| pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
    let line = |item: &str, sizes: &[&str]| Line {
        item: item.to_owned(),
        sizes: sizes.iter().map(|size| (*size).to_owned()).collect(),
    };
    Order {
        to: vec!["a b".to_owned(), "c&d=é".to_owned()],
        customer: Customer { name: "Ann+Bob".to_owned(), address: pairs([("street", "1 %"), ("city", "X, Y")]) },
        lines: vec![line("pen", &["s", "m"]), line("ink", &["l"])],
        labels: pairs([("k 1", "v"), ("k2", "[w]")]),
        count: 2,
        note: None,
    }
}

/// Sends a body to a server, and returns the request that it received.
async fn sent<B>(operation: &'static Operation, body: &B, encode: fn(&B) -> Encoded) -> Request {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(204)).mount(&server).await;
    let client = client(&server.uri());
    let call: Call<'_, B, (), Infallible> = CallBuilder::new(&client, operation, Some(body), encode).build();
    call.await.expect("a success");
    server.received_requests().await.expect("recorded").remove(0)
}

type Encoded = Result<Payload, wirecrate_runtime::JsonError>;

/// The pairs of a URL-encoded form.
fn pairs(request: &Request) -> Vec<(String, String)> {
    assert_eq!(request.headers["content-type"], "application/x-www-form-urlencoded");
    form_urlencoded::parse(&request.body).into_owned().collect()
}

#[tokio::test]
async fn lists_repeat_and_objects_are_json() {
    let request = sent(&FORM, &order(), |order| Payload::form(order, &[])).await;
    let pairs = pairs(&request);
    let of = |name: &str| pairs.iter().filter(|(key, _)| key == name).map(|(_, value)| &**value).collect::<Vec<_>>();
    assert_eq!(of("to"), ["a b", "c&d=é"]);
    assert_eq!((of("count"), of("note").len()), (vec!["2"], 0));
    let customer: Customer = serde_json::from_str(of("customer")[0]).expect("JSON");
    let lines: Vec<Line> = of("lines").iter().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!((customer, lines), (order().customer, order().lines));
}

#[tokio::test]
async fn deep_objects_are_read_by_an_independent_decoder() {
    let request = sent(&FORM, &order(), |order| {
        Payload::form(order, &["to", "customer", "lines", "labels"].map(|name| (name, FormStyle::Deep)))
    })
    .await;
    let decoder = serde_qs::Config::new().max_depth(8).use_form_encoding(true);
    assert_eq!(decoder.deserialize_bytes::<Order>(&request.body).expect("a form"), order());
}

#[tokio::test]
async fn stated_styles_are_kept() {
    let request = sent(&FORM, &order(), |order| {
        let styles = [
            ("to", FormStyle::Joined(",")),
            ("customer", FormStyle::Exploded),
            ("lines", FormStyle::Json),
            ("labels", FormStyle::Joined("%20")),
        ];
        Payload::form(order, &styles)
    })
    .await;
    let pairs: BTreeMap<_, _> = pairs(&request).into_iter().collect();
    let expected = BTreeMap::from(
        [
            ("to", "a b,c&d=é"),
            ("name", "Ann+Bob"),
            ("address", r#"{"city":"X, Y","street":"1 %"}"#),
            ("lines", r#"[{"item":"pen","sizes":["s","m"]},{"item":"ink","sizes":["l"]}]"#),
            ("labels", "k 1 v k2 [w]"),
            ("count", "2"),
        ]
        .map(|(key, value)| (key.to_owned(), value.to_owned())),
    );
    assert_eq!(pairs, expected);
}

/// A part of a form.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) file: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) content: Vec<u8>,
}

/// The parts of a form.
pub(crate) async fn parts(request: &Request) -> Vec<Part> {
    let content_type = request.headers["content-type"].to_str().expect("text");
    let boundary = multer::parse_boundary(content_type).expect("a boundary");
    let body = futures_util::stream::iter([Ok::<_, Infallible>(request.body.clone())]);
    let mut form = multer::Multipart::new(body, boundary);
    let mut parts = Vec::new();
    while let Some(field) = form.next_field().await.expect("a part") {
        parts.push(Part {
            name: field.name().expect("a name").to_owned(),
            file: field.file_name().map(str::to_owned),
            content_type: field.content_type().map(ToString::to_string),
            content: field.bytes().await.expect("the content").to_vec(),
        });
    }
    parts
}

#[tokio::test]
async fn parts_have_their_names_media_types_and_contents() {
    let request = sent(&PARTS, &order(), |order| {
        let mut form = Multipart::new();
        form.text("to", None, &order.to);
        form.json("customer", None, Some(&order.customer))?;
        form.json("lines", Some("application/vnd.lines+json"), &order.lines)?;
        form.file("scan", None, [&File::new("a.png", vec![0, 0xff, b'\r', b'\n']).content_type("image/png")]);
        form.file("raw", Some("application/pdf"), [&File::new("b.pdf", "--"), &File::new("c", "")]);
        form.finish()
    })
    .await;
    let parts = parts(&request).await;
    let shown: Vec<_> = parts
        .iter()
        .map(|part| (&*part.name, part.file.as_deref(), part.content_type.as_deref(), &*part.content))
        .collect();
    assert_eq!(shown[0], ("to", None, None, &b"a b"[..]));
    assert_eq!(shown[1], ("to", None, None, "c&d=é".as_bytes()));
    assert_eq!((shown[2].0, shown[2].2), ("customer", Some("application/json")));
    assert_eq!(serde_json::from_slice::<Customer>(shown[2].3).expect("JSON"), order().customer);
    assert_eq!((shown[4].0, shown[4].2), ("lines", Some("application/vnd.lines+json")));
    assert!(serde_json::from_slice::<JsonValue>(shown[4].3).is_ok());
    assert_eq!(shown[5], ("scan", Some("a.png"), Some("image/png"), &b"\0\xff\r\n"[..]));
    assert_eq!(shown[6], ("raw", Some("b.pdf"), Some("application/pdf"), &b"--"[..]));
    assert_eq!(shown[7], ("raw", Some("c"), Some("application/pdf"), &b""[..]));
}

#[tokio::test]
async fn parts_that_are_not_described_are_files_or_texts() {
    let files = BTreeMap::from([
        ("a".to_owned(), File::new("a.bin", vec![1])),
        ("b".to_owned(), File::without_name("text")),
        ("c".to_owned(), File::without_name("{}").content_type("application/json")),
    ]);
    let parts = parts(&sent(&PARTS, &files, Payload::files).await).await;
    let heads: Vec<_> = parts.iter().map(|part| (part.file.as_deref(), part.content_type.as_deref())).collect();
    let expected = [(Some("a.bin"), Some("application/octet-stream")), (None, None), (None, Some("application/json"))];
    assert_eq!(heads, expected);
    assert_eq!(parts[1].content, b"text");
}
