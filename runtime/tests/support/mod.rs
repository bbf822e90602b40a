//! A small hand-written client on the runtime, and a server that fails on request.

use std::io::{Read, Write as _};
use std::net::TcpListener;
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use wirecrate_runtime::generated::{CallBuilder, FromErrorBody, json};
use wirecrate_runtime::{Call, ClientBuilder, Credentials, Location, Method, Operation, Violations};

pub(crate) use wirecrate_runtime::Client;

#[derive(Serialize)]
pub(crate) struct Note {
    pub(crate) text: String,
}

impl Note {
    pub(crate) fn validate(&self) -> Result<(), Violations> {
        let mut violations = Violations::new();
        violations.check_length(&Location::root(), "text", &self.text, 1..=40);
        violations.finish()
    }
}

#[derive(Debug, PartialEq, Deserialize)]
pub(crate) struct Accepted {
    pub(crate) id: Option<String>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Problem {
    pub(crate) error_code: String,
}

impl FromErrorBody for Problem {
    const TYPES: &'static [&'static str] = &["Problem"];

    fn from_error_body(_ty: &str, body: &[u8]) -> Option<Self> {
        json::decode_body(body, &["errorCode"])
    }
}

pub(crate) fn note(text: &str) -> Note {
    Note { text: text.to_owned() }
}

pub(crate) fn builder(base_url: &str) -> ClientBuilder<Client, Credentials> {
    // The tests do not wait before another attempt.
    ClientBuilder::new(base_url, "notes/1.0")
        .credentials(Credentials::with_prefix("key", "App", "key-1234567890"))
        .backoff(Duration::ZERO, Duration::ZERO)
}

pub(crate) fn client(base_url: &str) -> Client {
    builder(base_url).build().expect("the settings are right")
}

pub(crate) fn send<'a>(client: &'a Client, note: &'a Note) -> Call<'a, Note, Accepted, Problem> {
    prepare(client, note).build()
}

/// The call of [`send`], with a message id: the text.
pub(crate) fn send_identified<'a>(client: &'a Client, note: &'a Note) -> Call<'a, Note, Accepted, Problem> {
    prepare(client, note).message_id_with(|note| Some(&note.text)).build()
}

/// The builder of the call of [`send`].
pub(crate) fn prepare<'a>(client: &'a Client, note: &'a Note) -> CallBuilder<'a, Note> {
    static OPERATION: Operation = Operation::new("send-note", Method::POST, "/notes/1/note")
        .security(&[&["key"], &["header", "query", "cookie"]]);
    CallBuilder::json(client, &OPERATION, note).check_with(Note::validate)
}

/// The behavior of a server after its last byte.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Fault {
    Close,
    Hang,
}

/// A server that reads a request, writes these bytes to every connection, and then closes or hangs.
///
/// Returns its address. Runs until the process ends.
pub(crate) fn serve_bytes(response: String, fault: Fault) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        let mut hanging = Vec::new();
        for mut connection in listener.incoming().map_while(Result::ok) {
            read_request(&mut connection);
            // A client that has closed the connection is not a failure of the server.
            let _ = connection.write_all(response.as_bytes());
            if fault == Fault::Hang {
                hanging.push(connection);
            }
        }
    });
    format!("http://{address}")
}

/// Reads until the end of the JSON object in the body; requests of these tests contain one brace.
pub(crate) fn read_request(connection: &mut impl Read) {
    let mut buffer = [0; 4096];
    while let Ok(length) = connection.read(&mut buffer) {
        if length == 0 || buffer[..length].ends_with(b"}") {
            return;
        }
    }
}

/// TLS with a constant key, and a certificate that a client does not read if it accepts every one.
#[cfg(all(feature = "rustls", not(feature = "native-tls")))]
pub(crate) fn tls() -> std::sync::Arc<rustls::ServerConfig> {
    use std::sync::Arc;

    use rustls::crypto::ring;
    use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
    use rustls::sign::{CertifiedKey, SingleCertAndKey};

    // The head of an Ed25519 key in PKCS #8.
    const HEAD: [u8; 16] = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
    let key = PrivatePkcs8KeyDer::from([&HEAD[..], &[7; 32]].concat());
    let key = ring::sign::any_eddsa_type(&key).expect("a key");
    let certificate = CertificateDer::from(b"none".to_vec());
    let config = rustls::ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("`ring` has a cipher suite for each protocol version")
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(SingleCertAndKey::from(CertifiedKey::new(vec![certificate], key))));
    Arc::new(config)
}
