//! The answers, with the expected end of a call.

use wirecrate_runtime::Outcome::{self, Rejected, Unknown};
use wirecrate_runtime::TransportErrorKind::{Interrupted, Timeout};

use super::Answer::{self, Close, Drip, Flood, Hang};
use super::Ending::{self, Accepted, Decode, Status, Transport};
use super::{response, text, with_length};

/// The expected end of a call, and its outcome unless it is a success.
pub(super) type Expected = (Ending, Option<Outcome>);

const TAKEN: Expected = (Accepted, None);
const UNREADABLE: Expected = (Decode(200), Some(Unknown));
const INTERRUPTED: Expected = (Transport(Interrupted), Some(Unknown));
const LATE: Expected = (Transport(Timeout), Some(Unknown));

pub(super) type Case = (&'static str, Answer, Expected);

pub(super) fn bodies() -> Vec<Case> {
    let nested = "[".repeat(100_000);
    let named = format!("{{\"id\": \"a\", \"errorCode\": \"E\", \"x\": {nested}");
    let spaces = vec![b' '; 1 << 16];
    let chunk = [b"10000\r\n", &spaces[..], b"\r\n"].concat();
    let chunked = |status| response(status, "Transfer-Encoding: chunked\r\n", "");
    let announced = |length: &str| response(200, &format!("Content-Length: {length}\r\n"), "");
    vec![
        ("endless chunks", Flood(chunked(200), chunk.clone()), UNREADABLE),
        ("endless chunks of an error", Flood(chunked(400), chunk.clone()), (Status(400), Some(Rejected))),
        ("endless chunks of a server error", Flood(chunked(503), chunk), (Status(503), Some(Unknown))),
        ("an endless body", Flood(response(200, "", ""), spaces.clone()), UNREADABLE),
        ("exabytes", Flood(announced("18446744073709551613"), spaces.clone()), UNREADABLE),
        ("a body that drips", Drip(announced("1000"), text(" ")), UNREADABLE),
        ("an error that drips", Drip(response(400, "", ""), text(" ")), (Status(400), Some(Rejected))),
        ("chunks that drip", Drip(chunked(200), text("1\r\n \r\n")), UNREADABLE),
        ("an endless chunk extension", Flood(chunked(200), text("1;a=b")), UNREADABLE),
        ("a chunk of 2^68 bytes", Flood(chunked(200), text("fffffffffffffffff\r\n")), UNREADABLE),
        ("a chunk without a size", Close([chunked(200), text("\r\n\r\n")].concat()), UNREADABLE),
        ("endless trailers", Flood([chunked(200), text("0\r\n")].concat(), text("A: b\r\n")), UNREADABLE),
        ("a body that ends early", Close([announced("90"), text("{}")].concat()), UNREADABLE),
        ("a body that never ends", Hang([announced("90"), text("{}")].concat()), UNREADABLE),
        ("nested arrays", Close(with_length(200, &nested)), UNREADABLE),
        ("nested arrays in an object", Close(with_length(200, &named)), UNREADABLE),
        ("nested arrays in an error", Close(with_length(400, named)), (Status(400), Some(Rejected))),
        ("invalid UTF-8", Close(with_length(200, b"{\"id\": \"\xff\xc3\", \"\xfe\": 1}")), TAKEN),
        ("invalid UTF-8 outside texts", Close(with_length(200, b"{}\xff")), UNREADABLE),
        ("a chunk of negative size", Close([chunked(200), text("-1\r\n{}\r\n")].concat()), UNREADABLE),
        ("lines of chunks without CR", Close([chunked(200), text("2\n{}\n0\n\n")].concat()), UNREADABLE),
        ("a body after 204", Close(with_length(204, "{")), (Decode(204), Some(Unknown))),
        ("a number beyond every range", Close(with_length(200, "{\"new\": [1e400]}")), TAKEN),
        ("a body of NUL", Close(with_length(200, [0; 99])), UNREADABLE),
    ]
}

pub(super) fn heads() -> Vec<Case> {
    let head = || text("HTTP/1.1 200 OK\r\n");
    let interim = text("HTTP/1.1 103 X\r\nLink: a\r\n\r\n");
    let lengths = |lengths: &str| Close(response(200, lengths, "{}"));
    let many = |count| "A: b\r\n".repeat(count) + "Content-Length: 2\r\n";
    vec![
        ("nothing", Close(Vec::new()), INTERRUPTED),
        ("silence", Hang(Vec::new()), LATE),
        ("half a head", Close(head()), INTERRUPTED),
        ("a head that never ends", Hang(head()), LATE),
        ("a status line that drips", Drip(Vec::new(), text("HTTP/1.1 200 OK")), LATE),
        ("headers that drip", Drip(head(), text("A: b\r\n")), LATE),
        ("endless headers", Flood(head(), text("A: b\r\n")), INTERRUPTED),
        ("an endless header", Flood([head(), text("A: ")].concat(), vec![b'b'; 4096]), INTERRUPTED),
        ("an endless status line", Flood(head(), vec![b'b'; 4096]), INTERRUPTED),
        ("many headers", Close(response(200, &many(99), "{}")), TAKEN),
        ("too many headers", Close(response(200, &many(1000), "{}")), INTERRUPTED),
        ("many interim responses", Close([interim.repeat(10_000), with_length(200, "{}")].concat()), TAKEN),
        ("interim responses that drip", Drip(Vec::new(), interim), LATE),
        (
            "a new protocol",
            Close(response(101, "Upgrade: x\r\nConnection: upgrade\r\n", "")),
            (Status(101), Some(Unknown)),
        ),
        ("text before the status", Close([text("hello\r\n"), with_length(200, "{}")].concat()), INTERRUPTED),
        ("another protocol", Close(text("SSH-2.0-OpenSSH_9.6\r\n")), INTERRUPTED),
        ("HTTP 0.9", Close(text("{}")), INTERRUPTED),
        ("HTTP/2 frames", Close(b"\0\0\0\x04\0\0\0\0\0".to_vec()), INTERRUPTED),
        ("status 99", Close(with_length(99, "{}")), INTERRUPTED),
        ("status 1000", Close(with_length(1000, "{}")), INTERRUPTED),
        ("status 999", Close(with_length(999, "{}")), (Status(999), Some(Unknown))),
        (
            "invalid UTF-8 in a header",
            Close([head(), b"A: \xff\xfe\r\nContent-Length: 2\r\n\r\n{}".to_vec()].concat()),
            TAKEN,
        ),
        ("NUL in a header", Close(response(200, "A: \0\r\n", "{}")), INTERRUPTED),
        ("equal lengths", lengths("Content-Length: 2\r\nContent-Length: 2\r\n"), TAKEN),
        ("different lengths", lengths("Content-Length: 2\r\nContent-Length: 1\r\n"), INTERRUPTED),
        ("two lengths in a line", lengths("Content-Length: 2, 1\r\n"), INTERRUPTED),
        ("a length with a sign", lengths("Content-Length: +2\r\n"), INTERRUPTED),
        ("a space before the colon", lengths("Content-Length : 1\r\n"), INTERRUPTED),
        ("a header of two lines", lengths("A: b\r\n c\r\nContent-Length: 2\r\n"), INTERRUPTED),
        ("lines without CR", Close(text("HTTP/1.1 200 OK\nContent-Length: 2\n\n{}")), TAKEN),
        ("lines of CR alone", Close(text("HTTP/1.1 200 OK\rContent-Length: 2\r\r{}")), INTERRUPTED),
        ("an unknown coding", lengths("Transfer-Encoding: gzip\r\n"), TAKEN),
        ("a negative length", lengths("Content-Length: -2\r\n"), INTERRUPTED),
        ("a length beyond 64 bits", lengths("Content-Length: 18446744073709551618\r\n"), INTERRUPTED),
        (
            "a length and chunks",
            Close(response(200, "Content-Length: 9\r\nTransfer-Encoding: chunked\r\n", "2\r\n{}\r\n0\r\n\r\n")),
            TAKEN,
        ),
        (
            "a wait of centuries",
            Close(response(429, "Retry-After: 99999999999999999999\r\nContent-Length: 0\r\n", "")),
            (Status(429), Some(Rejected)),
        ),
        (
            "a wait until the year 9999",
            Close(response(429, "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT\r\nContent-Length: 0\r\n", "")),
            (Status(429), Some(Rejected)),
        ),
    ]
}
