//! Tests of the server and the clock, which all other tests of faults rely on.

use std::time::Duration;

use infobip_tests::clock;
use infobip_tests::faults::{Blackhole, End, ErrorBody, FaultServer, Moment, RawResponse, Script, Step};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep, timeout};

const BODY: &str = r#"{"messageId":"m-1"}"#;

/// Sends a request and reads the response until it is complete or the connection ends.
async fn exchange(stream: &mut TcpStream) -> String {
    let request = format!("POST /p HTTP/1.1\r\nContent-Length: {}\r\n\r\n{BODY}", BODY.len());
    if stream.write_all(request.as_bytes()).await.is_err() {
        return "broken".to_owned();
    }
    let mut answer = Vec::new();
    loop {
        match stream.read_buf(&mut answer).await {
            Ok(0) => return String::from_utf8_lossy(&answer).into_owned() + "|end",
            Ok(_) if is_whole(&answer) => return String::from_utf8_lossy(&answer).into_owned(),
            Ok(_) => {}
            Err(_) => return String::from_utf8_lossy(&answer).into_owned() + "|reset",
        }
    }
}

/// Returns `true` if there is a brace, and all braces are closed.
fn is_whole(response: &[u8]) -> bool {
    let response = String::from_utf8_lossy(response);
    response.ends_with('}') && response.matches('{').count() == response.matches('}').count()
}

async fn connect(server: &FaultServer) -> TcpStream {
    let address = server.base_url();
    let address = address.strip_prefix("http://").expect("the base URL starts with `http://`");
    TcpStream::connect(address).await.expect("the port is open")
}

/// Returns the response to one request from a server that begins with this step.
fn answer(step: Step) -> (String, FaultServer) {
    clock::run(async {
        let server = FaultServer::start(Script::then_accept([step]));
        (exchange(&mut connect(&server).await).await, server)
    })
}

#[test]
fn a_message_is_carried_out_and_counted() {
    let (response, server) = answer(Step::accept());
    assert!(response.starts_with("HTTP/1.1 200 ") && response.ends_with('}'), "{response}");
    let carried_out: Vec<_> = server.carried_out().into_iter().collect();
    let [(message, 1)] = carried_out.as_slice() else {
        panic!("{carried_out:?}");
    };
    assert_eq!(message.id.as_deref(), Some("m-1"));
    let [request] = server.requests().try_into().expect("one request");
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/p"));
    assert_eq!(request.header("content-length"), Some("19"));
    assert_eq!(request.body, BODY.as_bytes());
    assert!(request.whole && request.carried_out);
}

#[test]
fn a_connection_ends_according_to_the_step() {
    for moment in [Moment::FirstByte, Moment::Head, Moment::Whole] {
        for (end, words) in [(End::Close, "|end"), (End::Reset, "|reset")] {
            let (response, server) = answer(Step::end(moment, end).carried_out());
            assert_eq!(response, words, "{moment:?}");
            let [request] = server.requests().try_into().expect("one request");
            assert_eq!(
                request.body,
                BODY.as_bytes(),
                "the bytes that arrived are recorded, whether or not they were read"
            );
            let carried_out = server.carried_out().len();
            assert_eq!(carried_out, 1, "{moment:?}");
        }
    }
    let (response, server) = answer(Step::end(Moment::Connected, End::Reset));
    assert!(["broken", "|reset"].contains(&response.as_str()), "{response}");
    assert_eq!((server.connections(), server.arrived()), (1, 0));
}

#[test]
fn responses_have_the_requested_faults() {
    let (response, _) = answer(Step::answer(&RawResponse::error(500, ErrorBody::Cut)));
    assert!(response.ends_with("|end") && !response.contains('}'), "{response}");
    let (response, _) = answer(Step::answer(&RawResponse::accepted().chunked_cut()));
    assert!(
        response.contains("chunked") && response.ends_with("|end") && !response.contains("\r\n0\r\n"),
        "{response}"
    );
    let (response, _) = answer(Step::answer(&RawResponse::accepted().declared_length(5)));
    assert!(response.contains("content-length: 5\r\n") && response.ends_with('}'), "{response}");
    let (response, _) = answer(Step::accept().preceded_by("HTTP/1.1 103 Early Hints\r\n\r\n"));
    assert!(response.starts_with("HTTP/1.1 103 ") && response.contains("HTTP/1.1 200 "), "{response}");
}

#[test]
fn an_idle_connection_is_closed_by_a_refusal_and_the_port_opens_again() {
    clock::run(async {
        let refusal = Step::refuse(Duration::from_secs(7));
        let server = FaultServer::start(Script::then_accept([Step::accept(), refusal]));
        let mut stream = connect(&server).await;
        assert!(exchange(&mut stream).await.ends_with('}'));
        sleep(Duration::from_secs(1)).await;
        assert_ne!(exchange(&mut stream).await, "}");
        let address = server.base_url();
        let address = address.strip_prefix("http://").expect("the base URL starts with `http://`");
        TcpStream::connect(address).await.expect_err("refused");
        sleep(Duration::from_secs(7)).await;
        assert!(exchange(&mut connect(&server).await).await.ends_with('}'));
        assert_eq!(server.arrived(), 2);
    });
}

#[test]
fn time_moves_only_by_waiting() {
    clock::run(async {
        let slow = Step::accept().after(Duration::from_hours(1));
        let drop_by_drop = Step::accept().dripping(Duration::from_secs(1));
        let server = FaultServer::start(Script::then_accept([Step::accept(), slow, drop_by_drop]));
        let start = Instant::now();
        let mut stream = connect(&server).await;
        let response = exchange(&mut stream).await;
        assert_eq!(start.elapsed(), Duration::ZERO);
        assert_eq!(exchange(&mut stream).await, response);
        check_elapsed(start, Duration::from_hours(1));
        let start = Instant::now();
        assert_eq!(exchange(&mut stream).await, response);
        let drops = Duration::from_secs(response.len() as u64);
        assert!(start.elapsed() >= drops && start.elapsed() < 2 * drops, "{:?}", start.elapsed());
    });
}

/// The timeout is a millisecond, and the response takes no simulated time, so it always arrives first, independent of
/// the load of this machine.
#[test]
fn a_timeout_never_overtakes_a_response() {
    for _ in 0..200 {
        clock::run(async {
            let server = FaultServer::start(Script::then_accept([]));
            let exchange = async { exchange(&mut connect(&server).await).await };
            let response = timeout(Duration::from_millis(1), exchange).await;
            assert!(response.expect("in time").ends_with('}'));
        });
    }
}

#[test]
fn a_missing_response_times_out_exactly() {
    clock::run(async {
        let server = FaultServer::start(Script::repeating_last([]));
        let start = Instant::now();
        let mut stream = connect(&server).await;
        timeout(Duration::from_mins(3), exchange(&mut stream)).await.expect_err("there is no response");
        check_elapsed(start, Duration::from_mins(3));
        assert_eq!((server.arrived(), server.carried_out().len()), (1, 0));
    });
}

#[test]
fn a_blackhole_swallows_connections() {
    clock::run(async {
        let blackhole = Blackhole::start().await.expect("the queue can be filled");
        assert!(blackhole.swallows().await);
    });
}

#[test]
#[should_panic(expected = "not done after a day of simulated time")]
fn a_future_that_never_completes_panics() {
    clock::run(std::future::pending::<()>());
}

/// Timers are exact to a millisecond, and never early.
#[track_caller]
fn check_elapsed(start: Instant, expected: Duration) {
    let elapsed = start.elapsed();
    assert!((expected..expected + Duration::from_millis(2)).contains(&elapsed), "{elapsed:?}");
}
