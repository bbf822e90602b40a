//! All faults, and the expected result of a call.

use std::time::{Duration, SystemTime};

use infobip_tests::faults::{End, ErrorBody, Moment, RawResponse, Step};
use infobip_tests::sample;
use infobip_whatsapp::Outcome::{self, NotSent, Rejected, Unknown};
use infobip_whatsapp::TransportErrorKind::{self, Connect, ConnectTimeout, Interrupted, Timeout};
use serde_json::json;

/// The timeout of an attempt; four attempts with their waits fit into the timeout of a call.
pub(super) const ATTEMPT: Duration = Duration::from_secs(10);

/// A time that exceeds the timeout of every call.
pub(super) const FOREVER: Duration = Duration::from_hours(2);

/// A fault: the step of the server, and the expected result of the call.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) name: String,
    pub(super) place: Place,
    pub(super) step: Step,
    pub(super) expected: Expected,
    /// Set if the fault may happen before or after the request, so that another outcome than the expected one is
    /// possible. The outcome must still be true.
    pub(super) is_race: bool,
}

/// The target of the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The server, which plays the step.
    Server,
    /// The server by TLS, which it does not support.
    Https,
    /// A port that ignores connections.
    Blackhole,
    /// A name that cannot be resolved.
    Nowhere,
}

/// The result of a call with one attempt.
#[derive(Clone, Copy, Debug)]
pub(super) struct Expected {
    /// The outcome; `None` for a success.
    pub(super) outcome: Option<Outcome>,
    pub(super) end: Ending,
    /// Set if another attempt would have the same result, so that none is made even if the caller allows it.
    pub(super) is_final: bool,
    /// The value of `retry_after`; a range, because a date has whole seconds.
    pub(super) retry_after: Option<(Duration, Duration)>,
}

/// The variant of the error, with its kind or status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    Success,
    Transport(TransportErrorKind),
    Status(u16),
    Decode(u16),
}

impl Expected {
    const DELIVERED: Self = Self { outcome: None, end: Ending::Success, is_final: true, retry_after: None };

    const fn transport(outcome: Outcome, kind: TransportErrorKind) -> Self {
        Self { outcome: Some(outcome), end: Ending::Transport(kind), is_final: false, retry_after: None }
    }

    const fn status(outcome: Outcome, status: u16) -> Self {
        let is_redirect = matches!(status, 300..=399);
        Self { outcome: Some(outcome), end: Ending::Status(status), is_final: is_redirect, retry_after: None }
    }

    /// A successful response that ends too early.
    const INCOMPLETE: Self = Self { is_final: false, ..Self::UNREADABLE };

    /// A successful response that is complete and cannot be decoded.
    const UNREADABLE: Self =
        Self { outcome: Some(Unknown), end: Ending::Decode(200), is_final: true, retry_after: None };

    const INTERRUPTED: Self = Self::transport(Unknown, Interrupted);

    const TIMEOUT: Self = Self::transport(Unknown, Timeout);
}

/// Returns all cases.
pub(super) fn all() -> Vec<Case> {
    let groups =
        [connections(), silences(), invalid_responses(), unusual_responses(), redirects(), statuses(), throttling()];
    groups.concat()
}

fn case(name: impl Into<String>, step: Step, expected: Expected) -> Case {
    Case { name: name.into(), place: Place::Server, step, expected, is_race: false }
}

/// Returns the cases of missing connections, and of connections that end without a response.
fn connections() -> Vec<Case> {
    let no_connection = Expected::transport(NotSent, Connect);
    let elsewhere =
        |name: &str, place, step, kind| Case { place, ..case(name, step, Expected::transport(NotSent, kind)) };
    let plain = Step::answer(&RawResponse::new(400)).at(Moment::FirstByte).then(End::Close);
    let mut cases = vec![
        case("port closed", Step::refuse(FOREVER), no_connection),
        elsewhere("connection ignored", Place::Blackhole, Step::accept(), ConnectTimeout),
        elsewhere("name unknown", Place::Nowhere, Step::accept(), Connect),
        elsewhere("TLS with a plain response", Place::Https, plain, Connect),
        elsewhere("TLS cut off", Place::Https, Step::end(Moment::FirstByte, End::Close), Connect),
        elsewhere("TLS reset", Place::Https, Step::end(Moment::FirstByte, End::Reset), Connect),
        elsewhere("TLS never answered", Place::Https, Step::end(Moment::FirstByte, End::Hang), ConnectTimeout),
    ];
    for (moment, words) in
        [(Moment::FirstByte, "before reading"), (Moment::Head, "after the head"), (Moment::Whole, "after all is read")]
    {
        for (end, verb) in [(End::Close, "closed"), (End::Reset, "reset")] {
            cases.push(case(format!("{verb} {words}"), Step::end(moment, end), Expected::INTERRUPTED));
        }
    }
    for (end, verb) in [(End::Close, "closed"), (End::Reset, "reset")] {
        let at_once = case(format!("{verb} at once"), Step::end(Moment::Connected, end), Expected::INTERRUPTED);
        cases.push(Case { is_race: true, ..at_once });
    }
    for (end, verb) in [(End::Close, "closed"), (End::Reset, "reset")] {
        let step = Step::end(Moment::Whole, end).carried_out();
        cases.push(case(format!("accepted, then {verb}"), step, Expected::INTERRUPTED));
    }
    cases
}

/// Returns the cases of missing and late responses.
fn silences() -> Vec<Case> {
    let mut cases = Vec::new();
    for (moment, words) in
        [(Moment::FirstByte, "nothing read"), (Moment::Head, "head read"), (Moment::Whole, "all read")]
    {
        cases.push(case(format!("silent, {words}"), Step::end(moment, End::Hang), Expected::TIMEOUT));
    }
    let accepted = Step::end(Moment::Whole, End::Hang).carried_out();
    let half = RawResponse::accepted().declared_length(9999);
    let informed = Step::end(Moment::Whole, End::Hang).carried_out().preceded_by(INFORMATION);
    cases.extend([
        case("accepted, then silent", accepted, Expected::TIMEOUT),
        case("accepted, 103, then silent", informed, Expected::TIMEOUT),
        case("accepted, answered late", Step::accept().after(ATTEMPT * 2), Expected::TIMEOUT),
        case("accepted, answered just in time", Step::accept().after(ATTEMPT * 9 / 10), Expected::DELIVERED),
        case("accepted, dripped in time", Step::accept().dripping(Duration::from_millis(10)), Expected::DELIVERED),
        case("accepted, dripped too slowly", Step::accept().dripping(ATTEMPT / 20), Expected::TIMEOUT),
        case("accepted, silent in the body", answer(&half).then(End::Hang), Expected::INCOMPLETE),
    ]);
    cases
}

const INFORMATION: &str = "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n";

/// Responds after the message was carried out.
fn answer(response: &RawResponse) -> Step {
    Step::answer(response).carried_out()
}

fn json_text(text: &str) -> RawResponse {
    RawResponse::new(200).body("application/json", text)
}

/// Writes bytes that are not a valid HTTP response, after the message was carried out.
fn bytes(bytes: impl Into<Vec<u8>>) -> Step {
    Step::end(Moment::Whole, End::Close).carried_out().preceded_by(bytes)
}

/// Returns the cases of invalid responses with status 200, after the message was carried out.
fn invalid_responses() -> Vec<Case> {
    let body = sample::response_json().to_string();
    let cut = RawResponse::accepted().declared_length(body.len() + 1);
    let wrong_type = RawResponse::new(200).json(&json!({ "messageCount": "one" }));
    let too_long = json_text(&format!("{body}{}", " ".repeat(2 << 20)));
    let two_lengths = RawResponse::accepted().header("content-length", "5");
    let bad_length = RawResponse::accepted().until_close().header("content-length", "many");
    let huge_head = RawResponse::accepted().header("x-padding", "x".repeat(1 << 20));
    let incomplete = [
        ("body cut off", answer(&cut)),
        ("body reset", answer(&cut).then(End::Reset)),
        ("chunks cut off", answer(&RawResponse::accepted().chunked_cut())),
        ("chunks reset", answer(&RawResponse::accepted().chunked_cut()).then(End::Reset)),
        (
            "chunk without a valid size",
            bytes("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"),
        ),
        ("declared length too large", answer(&RawResponse::accepted().declared_length(usize::MAX >> 1))),
    ];
    let unreadable = [
        ("declared length too short", answer(&RawResponse::accepted().declared_length(9))),
        ("body too long", answer(&too_long)),
        ("empty body", answer(&RawResponse::new(200))),
        ("not JSON", answer(&json_text("OK"))),
        ("half of JSON", answer(&json_text(&body[..body.len() / 2]))),
        ("JSON of another type", answer(&wrong_type)),
        ("HTML", answer(&RawResponse::new(200).body("text/html", "<html></html>"))),
    ];
    let unanswered = [
        ("head cut off", bytes("HTTP/1.1 200 OK\r\ncontent-le")),
        ("not HTTP", bytes("SSH-2.0-OpenSSH_9.6\r\n")),
        ("two lengths", answer(&two_lengths)),
        ("length that is not a number", answer(&bad_length)),
        ("head too long", answer(&huge_head)),
    ];
    let incomplete = incomplete.map(|(name, step)| case(format!("200, {name}"), step, Expected::INCOMPLETE));
    let unreadable = unreadable.map(|(name, step)| case(format!("200, {name}"), step, Expected::UNREADABLE));
    let unanswered = unanswered.map(|(name, step)| case(format!("200, {name}"), step, Expected::INTERRUPTED));
    let nothing = Expected { end: Ending::Decode(204), ..Expected::UNREADABLE };
    let mut cases = vec![case("204", answer(&RawResponse::new(204)), nothing)];
    cases.extend(incomplete);
    cases.extend(unreadable);
    cases.extend(unanswered);
    cases
}

/// Returns the cases of unusual, but valid responses.
fn unusual_responses() -> Vec<Case> {
    let delivered = |name: &str, step| case(name, step, Expected::DELIVERED);
    vec![
        delivered("accepted", Step::accept()),
        delivered("201", answer(&RawResponse::new(201).json(&sample::response_json()))),
        delivered("200 after 100", Step::accept().preceded_by("HTTP/1.1 100 Continue\r\n\r\n")),
        delivered("200 after 103", Step::accept().preceded_by(INFORMATION)),
        delivered("200 in chunks", answer(&RawResponse::accepted().chunked())),
        delivered("200 until the end", answer(&RawResponse::accepted().until_close())),
        delivered("200 and closed", Step::accept().then(End::Close)),
        delivered("200 with `connection: close`", answer(&RawResponse::accepted().header("connection", "close"))),
        delivered("200 and reset", Step::accept().then(End::Reset)),
        delivered("200 with an empty object", answer(&json_text("{}"))),
    ]
}

/// The target of redirects in these cases; the run replaces it with a server.
pub(super) const ELSEWHERE: &str = "http://elsewhere.invalid/";

fn redirects() -> Vec<Case> {
    let outcomes = [(301, Rejected), (302, Unknown), (303, Unknown), (307, Rejected), (308, Rejected), (300, Unknown)];
    let redirects = outcomes.map(|(status, outcome)| {
        let response = RawResponse::new(status).header("location", ELSEWHERE);
        case(format!("{status} to another server"), Step::answer(&response), Expected::status(outcome, status))
    });
    let unchanged = case("304", Step::answer(&RawResponse::new(304)), Expected::status(Unknown, 304));
    let mut cases = redirects.to_vec();
    cases.push(unchanged);
    cases
}

/// Returns the cases of each error status with each error body.
fn statuses() -> Vec<Case> {
    let outcomes = [
        (Rejected, [400, 401, 403, 404, 405, 409, 413, 422, 425, 429].as_slice()),
        (Unknown, [408, 500, 502, 503, 504].as_slice()),
    ];
    let mut cases = Vec::new();
    for (outcome, statuses) in outcomes {
        for &status in statuses {
            for form in ErrorBody::ALL {
                let step = Step::answer(&RawResponse::error(status, form));
                cases.push(case(format!("{status}, {form:?} body"), step, Expected::status(outcome, status)));
            }
        }
    }
    let early = Step::answer(&RawResponse::error(413, ErrorBody::Html)).at(Moment::Head).then(End::Close);
    cases.push(case("413 before the body is read", early, Expected::status(Rejected, 413)));
    // The server may fail after the work is done, so a 500 is not a refusal.
    let done = answer(&RawResponse::error(500, ErrorBody::Older));
    cases.push(case("accepted, then 500", done, Expected::status(Unknown, 500)));
    let done = answer(&RawResponse::error(504, ErrorBody::Html));
    cases.push(case("accepted, then 504", done, Expected::status(Unknown, 504)));
    let informed = Step::answer(&RawResponse::error(503, ErrorBody::Html)).preceded_by(INFORMATION);
    cases.push(case("503 after 103", informed, Expected::status(Unknown, 503)));
    cases
}

/// Returns the cases of statuses 429 and 503 with `Retry-After` in every format.
fn throttling() -> Vec<Case> {
    let exactly = |millis| Some((Duration::from_millis(millis), Duration::from_millis(millis)));
    let hour = Duration::from_hours(1);
    let in_an_hour = httpdate::fmt_http_date(SystemTime::now() + hour);
    let forms = [
        ("2", exactly(2000)),
        ("0", exactly(0)),
        ("1.5", exactly(1500)),
        ("Sun, 06 Nov 1994 08:49:37 GMT", exactly(0)),
        (in_an_hour.as_str(), Some((hour / 2, hour))),
        ("soon", None),
        ("-3", None),
        ("", None),
        ("7200", exactly(7_200_000)),
        ("99999999999999999999999", Some((Duration::MAX, Duration::MAX))),
    ];
    let throttled = |value: &str| RawResponse::error(429, ErrorBody::Older).header("retry-after", value);
    let case_of = |name, response: &RawResponse, status, outcome, retry_after| {
        case(name, Step::answer(response), Expected { retry_after, ..Expected::status(outcome, status) })
    };
    let mut cases = Vec::new();
    for (value, retry_after) in forms {
        cases.push(case_of(format!("429, retry-after: {value:?}"), &throttled(value), 429, Rejected, retry_after));
    }
    let dated = throttled("Sun, 06 Nov 1994 08:49:42 GMT").header("date", "Sun, 06 Nov 1994 08:49:37 GMT");
    cases.push(case_of("429, retry-after: 5 s after its date".to_owned(), &dated, 429, Rejected, exactly(5000)));
    let unavailable = RawResponse::error(503, ErrorBody::Newer).header("retry-after", "3");
    cases.push(case_of("503, retry-after: \"3\"".to_owned(), &unavailable, 503, Unknown, exactly(3000)));
    cases
}
