//! Every fault, and what the client is to make of it.

use std::time::{Duration, SystemTime};

use infobip_tests::faults::{End, ErrorForm, Moment, Reply, Step};
use infobip_tests::sample;
use infobip_whatsapp::Outcome::{self, NotSent, Rejected, Unknown};
use infobip_whatsapp::TransportErrorKind::{self, Connect, ConnectTimeout, Interrupted, Timeout};
use serde_json::json;

/// An attempt is given so much time, so that four of them with their waits fit into that of the call.
pub(super) const ATTEMPT: Duration = Duration::from_secs(10);

/// Time for ever, as far as a call can tell.
pub(super) const FOREVER: Duration = Duration::from_hours(2);

/// A fault: what the server does, and what the call comes to.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) name: String,
    pub(super) place: Place,
    pub(super) step: Step,
    pub(super) expected: Expected,
    /// The two kernels decide if it happens before the request or after it. The client has to tell
    /// what it came to, and that may be another outcome than the expected one.
    pub(super) is_race: bool,
}

/// The target of a redirect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// To the server, which plays the step.
    Server,
    /// To the server, by TLS, which it does not speak.
    Https,
    /// To a port that swallows connections.
    Blackhole,
    /// To a name that nobody knows.
    Nowhere,
}

/// The result of a call with one attempt.
#[derive(Clone, Copy, Debug)]
pub(super) struct Expected {
    /// None for a success.
    pub(super) outcome: Option<Outcome>,
    pub(super) end: Ending,
    /// The value of `retry_after`; a range, because a date has whole seconds.
    pub(super) retry_after: Option<(Duration, Duration)>,
}

/// The variant of the error, with what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    Success,
    Transport(TransportErrorKind),
    Status(u16),
    Decode(u16),
}

impl Expected {
    const DELIVERED: Self = Self { outcome: None, end: Ending::Success, retry_after: None };

    fn transport(outcome: Outcome, kind: TransportErrorKind) -> Self {
        Self { outcome: Some(outcome), end: Ending::Transport(kind), retry_after: None }
    }

    fn status(outcome: Outcome, status: u16) -> Self {
        Self { outcome: Some(outcome), end: Ending::Status(status), retry_after: None }
    }

    const UNREADABLE: Self = Self { outcome: Some(Unknown), end: Ending::Decode(200), retry_after: None };

    const INTERRUPTED: Self = Self { outcome: Some(Unknown), end: Ending::Transport(Interrupted), retry_after: None };

    const TIMEOUT: Self = Self { outcome: Some(Unknown), end: Ending::Transport(Timeout), retry_after: None };
}

/// All of them.
pub(super) fn all() -> Vec<Case> {
    let groups = [connections(), silences(), broken_answers(), odd_answers(), redirects(), statuses(), throttling()];
    groups.concat()
}

fn case(name: impl Into<String>, step: Step, expected: Expected) -> Case {
    Case { name: name.into(), place: Place::Server, step, expected, is_race: false }
}

/// No connection, or one that ends without an answer.
fn connections() -> Vec<Case> {
    let no_connection = Expected::transport(NotSent, Connect);
    let elsewhere =
        |name: &str, place, step, kind| Case { place, ..case(name, step, Expected::transport(NotSent, kind)) };
    let plain = Step::answer(&Reply::new(400)).at(Moment::FirstByte).then(End::Close);
    let mut cases = vec![
        case("port closed", Step::refuse(FOREVER), no_connection),
        elsewhere("connection swallowed", Place::Blackhole, Step::accept(), ConnectTimeout),
        elsewhere("name unknown", Place::Nowhere, Step::accept(), Connect),
        elsewhere("TLS answered in plain", Place::Https, plain, Connect),
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

/// Answers that do not come, or not in time.
fn silences() -> Vec<Case> {
    let mut cases = Vec::new();
    for (moment, words) in
        [(Moment::FirstByte, "nothing read"), (Moment::Head, "head read"), (Moment::Whole, "all read")]
    {
        cases.push(case(format!("silent, {words}"), Step::end(moment, End::Hang), Expected::TIMEOUT));
    }
    let accepted = Step::end(Moment::Whole, End::Hang).carried_out();
    let half = Reply::accepted().declared_length(9999);
    let informed = Step::end(Moment::Whole, End::Hang).carried_out().preceded_by(INFORMATION);
    cases.extend([
        case("accepted, then silent", accepted, Expected::TIMEOUT),
        case("accepted, 103, then silent", informed, Expected::TIMEOUT),
        case("accepted, answered late", Step::accept().after(ATTEMPT * 2), Expected::TIMEOUT),
        case("accepted, answered just in time", Step::accept().after(ATTEMPT * 9 / 10), Expected::DELIVERED),
        case("accepted, dripped in time", Step::accept().dripping(Duration::from_millis(10)), Expected::DELIVERED),
        case("accepted, dripped too slowly", Step::accept().dripping(ATTEMPT / 20), Expected::TIMEOUT),
        case("accepted, silent in the body", answer(&half).then(End::Hang), Expected::UNREADABLE),
    ]);
    cases
}

const INFORMATION: &str = "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n";

/// An answer to a message that was carried out.
fn answer(reply: &Reply) -> Step {
    Step::answer(reply).carried_out()
}

fn json_text(text: &str) -> Reply {
    Reply::new(200).body("application/json", text)
}

/// Bytes that are no HTTP answer, to a message that was carried out.
fn bytes(bytes: impl Into<Vec<u8>>) -> Step {
    Step::end(Moment::Whole, End::Close).carried_out().preceded_by(bytes)
}

/// Answers 200 that tell of no success that could be read. The message was carried out every time.
fn broken_answers() -> Vec<Case> {
    let body = sample::reply_json().to_string();
    let cut = Reply::accepted().declared_length(body.len() + 1);
    let wrong_type = Reply::new(200).json(&json!({ "messageCount": "one" }));
    let too_long = json_text(&format!("{body}{}", " ".repeat(2 << 20)));
    let two_lengths = Reply::accepted().header("content-length", "5");
    let bad_length = Reply::accepted().until_close().header("content-length", "many");
    let huge_head = Reply::accepted().header("x-padding", "x".repeat(1 << 20));
    let unreadable = [
        ("body cut off", answer(&cut)),
        ("body reset", answer(&cut).then(End::Reset)),
        ("chunks cut off", answer(&Reply::accepted().chunked_cut())),
        ("chunks reset", answer(&Reply::accepted().chunked_cut()).then(End::Reset)),
        ("chunk of no size", bytes("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n")),
        ("length said too short", answer(&Reply::accepted().declared_length(9))),
        ("length said immense", answer(&Reply::accepted().declared_length(usize::MAX >> 1))),
        ("body too long", answer(&too_long)),
        ("empty body", answer(&Reply::new(200))),
        ("no JSON", answer(&json_text("OK"))),
        ("half of JSON", answer(&json_text(&body[..body.len() / 2]))),
        ("JSON of another type", answer(&wrong_type)),
        ("HTML", answer(&Reply::new(200).body("text/html", "<html></html>"))),
    ];
    let unanswered = [
        ("head cut off", bytes("HTTP/1.1 200 OK\r\ncontent-le")),
        ("no HTTP", bytes("SSH-2.0-OpenSSH_9.6\r\n")),
        ("two lengths", answer(&two_lengths)),
        ("length that is no number", answer(&bad_length)),
        ("head too long", answer(&huge_head)),
    ];
    let unreadable = unreadable.map(|(name, step)| case(format!("200, {name}"), step, Expected::UNREADABLE));
    let unanswered = unanswered.map(|(name, step)| case(format!("200, {name}"), step, Expected::INTERRUPTED));
    let nothing = Expected { end: Ending::Decode(204), ..Expected::UNREADABLE };
    let mut cases = vec![case("204", answer(&Reply::new(204)), nothing)];
    cases.extend(unreadable);
    cases.extend(unanswered);
    cases
}

/// Answers that look odd, and are right.
fn odd_answers() -> Vec<Case> {
    let delivered = |name: &str, step| case(name, step, Expected::DELIVERED);
    vec![
        delivered("accepted", Step::accept()),
        delivered("201", answer(&Reply::new(201).json(&sample::reply_json()))),
        delivered("200 after 100", Step::accept().preceded_by("HTTP/1.1 100 Continue\r\n\r\n")),
        delivered("200 after 103", Step::accept().preceded_by(INFORMATION)),
        delivered("200 in chunks", answer(&Reply::accepted().chunked())),
        delivered("200 until the end", answer(&Reply::accepted().until_close())),
        delivered("200 and closed", Step::accept().then(End::Close)),
        delivered("200 with `connection: close`", answer(&Reply::accepted().header("connection", "close"))),
        delivered("200 and reset", Step::accept().then(End::Reset)),
        delivered("200 with a reply of no member", answer(&json_text("{}"))),
    ]
}

/// The target of redirects in these cases; the run replaces it by a server.
pub(super) const ELSEWHERE: &str = "http://elsewhere.invalid/";

fn redirects() -> Vec<Case> {
    let outcomes = [(301, Rejected), (302, Unknown), (303, Unknown), (307, Rejected), (308, Rejected), (300, Unknown)];
    let redirects = outcomes.map(|(status, outcome)| {
        let reply = Reply::new(status).header("location", ELSEWHERE);
        case(format!("{status} to another server"), Step::answer(&reply), Expected::status(outcome, status))
    });
    let unchanged = case("304", Step::answer(&Reply::new(304)), Expected::status(Unknown, 304));
    let mut cases = redirects.to_vec();
    cases.push(unchanged);
    cases
}

/// Each error status with each error body.
fn statuses() -> Vec<Case> {
    let outcomes = [
        (Rejected, [400, 401, 403, 404, 405, 409, 413, 422, 425, 429].as_slice()),
        (Unknown, [408, 500, 502, 503, 504].as_slice()),
    ];
    let mut cases = Vec::new();
    for (outcome, statuses) in outcomes {
        for &status in statuses {
            for form in ErrorForm::ALL {
                let step = Step::answer(&Reply::error(status, form));
                cases.push(case(format!("{status}, {form:?} body"), step, Expected::status(outcome, status)));
            }
        }
    }
    let early = Step::answer(&Reply::error(413, ErrorForm::Html)).at(Moment::Head).then(End::Close);
    cases.push(case("413 before the body is read", early, Expected::status(Rejected, 413)));
    // A server that fails after the work is done is the reason why a 500 is no refusal.
    let done = answer(&Reply::error(500, ErrorForm::Older));
    cases.push(case("accepted, then 500", done, Expected::status(Unknown, 500)));
    let done = answer(&Reply::error(504, ErrorForm::Html));
    cases.push(case("accepted, then 504", done, Expected::status(Unknown, 504)));
    let informed = Step::answer(&Reply::error(503, ErrorForm::Html)).preceded_by(INFORMATION);
    cases.push(case("503 after 103", informed, Expected::status(Unknown, 503)));
    cases
}

/// 429, and 503 too, with `Retry-After` in every form.
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
    let throttled = |value: &str| Reply::error(429, ErrorForm::Older).header("retry-after", value);
    let case_of = |name, reply: &Reply, status, outcome, retry_after| {
        case(name, Step::answer(reply), Expected { retry_after, ..Expected::status(outcome, status) })
    };
    let mut cases = Vec::new();
    for (value, retry_after) in forms {
        cases.push(case_of(format!("429, retry-after: {value:?}"), &throttled(value), 429, Rejected, retry_after));
    }
    let dated = throttled("Sun, 06 Nov 1994 08:49:42 GMT").header("date", "Sun, 06 Nov 1994 08:49:37 GMT");
    cases.push(case_of("429, retry-after: 5 s after its date".to_owned(), &dated, 429, Rejected, exactly(5000)));
    let unavailable = Reply::error(503, ErrorForm::Newer).header("retry-after", "3");
    cases.push(case_of("503, retry-after: \"3\"".to_owned(), &unavailable, 503, Unknown, exactly(3000)));
    cases
}
