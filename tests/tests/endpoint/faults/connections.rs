//! Reused connections, and faults of the server between two messages.

use std::time::Duration;

use infobip_tests::clock;
use infobip_tests::faults::{End, RawResponse};
use infobip_whatsapp::Retry;
use tokio::time::sleep;

use super::*;

/// Sends two messages, a minute apart, to a server that begins with this step. Both must be delivered at the first
/// attempt, each with its own response.
fn check_both_are_delivered(step: &Step, connections: usize) {
    for pause in [Duration::ZERO, Duration::from_mins(1)] {
        clock::run(async {
            let server = FaultServer::start(Script::then_accept([step.clone()]));
            let client = client(&server);
            for number in 1..=2 {
                let message = message(Some(&number.to_string()));
                let call = client.send_whatsapp_contact_message(&message).retry(Retry::Never).with_response();
                let response = call.await.expect("accepted");
                assert_eq!((response.attempts(), server.carried_out().len()), (1, number), "{step:?}");
                assert_eq!(response.status(), 200, "{step:?}");
                sleep(pause).await;
            }
            assert_eq!(server.connections(), connections, "{step:?}");
        });
    }
}

#[test]
fn a_connection_is_used_again() {
    check_both_are_delivered(&Step::accept(), 1);
}

#[test]
fn a_connection_that_ended_while_idle_costs_no_attempt() {
    check_both_are_delivered(&Step::accept().then(End::Close), 2);
    check_both_are_delivered(&Step::accept().then(End::Reset), 2);
}

/// A load balancer may send an unsolicited 408 when it closes an idle connection, and a faulty or hostile server may
/// send more bytes than declared. Neither is the response to the next message.
#[test]
fn bytes_before_the_request_are_not_its_response() {
    let timeout = RawResponse::new(408).header("connection", "close");
    for unasked in
        [timeout.to_bytes(), RawResponse::new(500).to_bytes(), RawResponse::accepted().to_bytes(), b"}".to_vec()]
    {
        check_both_are_delivered(&Step::accept().followed_by(unasked), 2);
    }
}
