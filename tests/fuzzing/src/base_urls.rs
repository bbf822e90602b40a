//! Base URLs: each is refused, or requests go to its host, with TLS unless the host is the local one.

use std::net::SocketAddr;
use std::time::Duration;

use infobip_whatsapp::reqwest::{Proxy, Url};
use infobip_whatsapp::{Client, Credentials, http_client_builder};

use crate::service::exchange;
use crate::{message, wait};

/// The response of the proxy to every request.
const REFUSAL: &[u8] = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

/// Any text as a base URL, used with a proxy that sees where requests go. The first byte allows plain `http`.
pub fn base_urls(data: &[u8]) {
    let Some((first, text)) = data.split_first() else { return };
    let Ok(text) = str::from_utf8(text) else { return };
    let allows_plain_http = first % 2 == 1;
    // Most texts are refused before a client is built.
    let Some(requests) = requests(text, allows_plain_http) else { return };
    let [request] = &*requests else { panic!("{text:?} was accepted, but there are {} requests", requests.len()) };
    let line = request.lines().next().expect("a request has a line");
    let [method, target, _] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("{text:?}: {line}") };
    let host = match method {
        "CONNECT" => {
            assert!(!request.contains("key-of-the-test"), "the proxy sees the key: {request}");
            target.rsplit_once(':').expect("there is a port").0.to_owned()
        }
        _ => check_plain(target, allows_plain_http),
    };
    if let Some(written) = plain_host(text) {
        assert_eq!(host, written, "{text:?} leads to {host}");
    }
}

/// Makes a client and a call of it, unless the URL is refused.
fn requests(text: &str, allows_plain_http: bool) -> Option<Vec<String>> {
    let call = |proxy: SocketAddr| {
        let proxy = Proxy::all(format!("http://{proxy}")).expect("an address and a port are a URL");
        let builder = Client::builder(text)
            .credentials(Credentials::api_key("key-of-the-test"))
            .max_attempts(1)
            .timeout(Duration::from_secs(5))
            .http_client(http_client_builder().proxy(proxy));
        let client = if allows_plain_http { builder.allow_plain_http() } else { builder }.build().ok()?;
        let message = message();
        wait(client.send_whatsapp_contact_message(&message).into_future()).expect_err("the proxy refuses");
        Some(())
    };
    let (called, requests) = exchange(REFUSAL.to_vec(), call);
    called.map(|()| requests)
}

/// Checks a request without TLS, and returns its host.
fn check_plain(target: &str, allows_plain_http: bool) -> String {
    let url = Url::parse(target).expect("a proxy gets the whole URL");
    let host = url.host_str().expect("such a URL has a host");
    let is_local = host == "localhost" || host.starts_with("127.") || host == "[::1]";
    assert!(url.scheme() == "http" && (allows_plain_http || is_local), "{target}");
    assert!(url.path().ends_with("/whatsapp/1/message/contact"), "{target}");
    assert!(url.query().is_none() && url.fragment().is_none() && url.username().is_empty(), "{target}");
    host.to_owned()
}

/// Returns the host in a text, if it consists of ASCII letters and dots, so that there is one way to read it.
fn plain_host(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let rest = text.split_once("://").map_or(&*text, |(_, rest)| rest);
    let host = rest.split(['/', ':']).next().unwrap_or_default();
    let is_plain = !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'.');
    is_plain.then(|| host.to_owned())
}
