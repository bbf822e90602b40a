//! The server and the clock by themselves: what they tell is the measure of everything else here.

use std::time::Duration;

use infobip_tests::clock;
use infobip_tests::faults::{Blackhole, End, ErrorForm, FaultServer, Moment, Reply, Script, Step};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep, timeout};

const BODY: &str = r#"{"messageId":"m-1"}"#;

/// Sends a request and reads the answer until it is whole, or the connection ends.
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

/// Returns `true` if there is a brace, and each is closed.
fn is_whole(answer: &[u8]) -> bool {
    let answer = String::from_utf8_lossy(answer);
    answer.ends_with('}') && answer.matches('{').count() == answer.matches('}').count()
}

async fn connect(server: &FaultServer) -> TcpStream {
    let address = server.base_url();
    let address = address.strip_prefix("http://").expect("a plain address");
    TcpStream::connect(address).await.expect("an open port")
}

/// The response to one request from a server that begins with this step.
fn answer(step: Step) -> (String, FaultServer) {
    clock::run(async {
        let server = FaultServer::start(Script::then_accept([step]));
        (exchange(&mut connect(&server).await).await, server)
    })
}

#[test]
fn a_message_is_carried_out_and_counted() {
    let (reply, server) = answer(Step::accept());
    assert!(reply.starts_with("HTTP/1.1 200 ") && reply.ends_with('}'), "{reply}");
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
fn a_connection_ends_when_and_how_the_step_says() {
    for moment in [Moment::FirstByte, Moment::Head, Moment::Whole] {
        for (end, words) in [(End::Close, "|end"), (End::Reset, "|reset")] {
            let (reply, server) = answer(Step::end(moment, end).carried_out());
            assert_eq!(reply, words, "{moment:?}");
            let [request] = server.requests().try_into().expect("one request");
            assert_eq!(request.body, BODY.as_bytes(), "what arrived is known, read or not");
            let carried_out = server.carried_out().len();
            assert_eq!(carried_out, 1, "{moment:?}");
        }
    }
    let (reply, server) = answer(Step::end(Moment::Connected, End::Reset));
    assert!(["broken", "|reset"].contains(&reply.as_str()), "{reply}");
    assert_eq!((server.connections(), server.arrived()), (1, 0));
}

#[test]
fn answers_are_as_wrong_as_they_are_told() {
    let (reply, _) = answer(Step::answer(&Reply::error(500, ErrorForm::Cut)));
    assert!(reply.ends_with("|end") && !reply.contains('}'), "{reply}");
    let (reply, _) = answer(Step::answer(&Reply::accepted().chunked_cut()));
    assert!(reply.contains("chunked") && reply.ends_with("|end") && !reply.contains("\r\n0\r\n"), "{reply}");
    let (reply, _) = answer(Step::answer(&Reply::accepted().declared_length(5)));
    assert!(reply.contains("content-length: 5\r\n") && reply.ends_with('}'), "{reply}");
    let (reply, _) = answer(Step::accept().preceded_by("HTTP/1.1 103 Early Hints\r\n\r\n"));
    assert!(reply.starts_with("HTTP/1.1 103 ") && reply.contains("HTTP/1.1 200 "), "{reply}");
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
        let address = address.strip_prefix("http://").expect("a plain address");
        TcpStream::connect(address).await.expect_err("refused");
        sleep(Duration::from_secs(7)).await;
        assert!(exchange(&mut connect(&server).await).await.ends_with('}'));
        assert_eq!(server.arrived(), 2);
    });
}

#[test]
fn time_moves_by_what_is_waited_for_and_by_nothing_else() {
    clock::run(async {
        let slow = Step::accept().after(Duration::from_hours(1));
        let drop_by_drop = Step::accept().dripping(Duration::from_secs(1));
        let server = FaultServer::start(Script::then_accept([Step::accept(), slow, drop_by_drop]));
        let start = Instant::now();
        let mut stream = connect(&server).await;
        let reply = exchange(&mut stream).await;
        assert_eq!(start.elapsed(), Duration::ZERO);
        assert_eq!(exchange(&mut stream).await, reply);
        check_elapsed(start, Duration::from_hours(1));
        let start = Instant::now();
        assert_eq!(exchange(&mut stream).await, reply);
        let drops = Duration::from_secs(reply.len() as u64);
        assert!(start.elapsed() >= drops && start.elapsed() < 2 * drops, "{:?}", start.elapsed());
    });
}

/// The time-out is a millisecond, and the answer is there in no simulated time at all: as often as this is tried, and
/// whatever else this machine does, the answer wins.
#[test]
fn no_time_out_overtakes_an_answer() {
    for _ in 0..200 {
        clock::run(async {
            let server = FaultServer::start(Script::then_accept([]));
            let exchange = async { exchange(&mut connect(&server).await).await };
            let reply = timeout(Duration::from_millis(1), exchange).await;
            assert!(reply.expect("in time").ends_with('}'));
        });
    }
}

#[test]
fn an_answer_that_never_comes_is_waited_for_as_long_as_the_time_out_says() {
    clock::run(async {
        let server = FaultServer::start(Script::repeating_last([]));
        let start = Instant::now();
        let mut stream = connect(&server).await;
        timeout(Duration::from_mins(3), exchange(&mut stream)).await.expect_err("no answer");
        check_elapsed(start, Duration::from_mins(3));
        assert_eq!((server.arrived(), server.carried_out().len()), (1, 0));
    });
}

#[test]
fn a_blackhole_swallows_connections() {
    clock::run(async {
        let blackhole = Blackhole::start().await.expect("a full queue");
        assert!(blackhole.swallows().await);
    });
}

#[test]
#[should_panic(expected = "not done after a day of simulated time")]
fn what_waits_for_ever_is_told() {
    clock::run(std::future::pending::<()>());
}

/// Timers are exact to a millisecond, and never early.
#[track_caller]
fn check_elapsed(start: Instant, expected: Duration) {
    let elapsed = start.elapsed();
    assert!((expected..expected + Duration::from_millis(2)).contains(&elapsed), "{elapsed:?}");
}
