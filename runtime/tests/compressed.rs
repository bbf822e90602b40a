//! Compressed responses: not requested, and bounded by their decompressed size.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use wirecrate_runtime::{Error, http_client_builder};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::support::{builder, note, send};

const LIMIT: usize = 64 * 1024;

/// A body that is shorter than the bound, and a thousand times as long after decompression.
fn bomb() -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let piece = vec![b' '; LIMIT];
    for _ in 0..1000 {
        encoder.write_all(&piece).expect("memory takes everything");
    }
    encoder.finish().expect("memory takes everything")
}

async fn serve(body: Vec<u8>) -> MockServer {
    let server = MockServer::start().await;
    let response = ResponseTemplate::new(200).insert_header("Content-Encoding", "gzip").set_body_bytes(body);
    Mock::given(any()).respond_with(response).mount(&server).await;
    server
}

#[tokio::test]
async fn responses_are_neither_compressed_nor_decompressed() {
    let bomb = bomb();
    let server = serve(bomb.clone()).await;
    let client = builder(&server.uri()).max_response_bytes(LIMIT * 2).build().expect("a client");
    let error = send(&client, &note("x")).await.expect_err("no JSON");
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    assert_eq!(error.raw_body().map(<[u8]>::len), Some(bomb.len()));
    let requests = server.received_requests().await.expect("recorded");
    assert!(requests[0].headers.get("accept-encoding").is_none());
}

#[tokio::test]
async fn decompression_by_an_http_client_of_the_user_is_bounded() {
    let server = serve(bomb()).await;
    let http = http_client_builder().gzip(true);
    let client = builder(&server.uri()).max_response_bytes(LIMIT).http_client(http).build().expect("a client");
    let error = send(&client, &note("x")).await.expect_err("too long");
    assert!(error.to_string().contains("longer than 65536 bytes"), "{error}");
    assert_eq!(error.raw_body().map(<[u8]>::len), Some(LIMIT));
}
