//! Connections that are used again, and what a server may do to them between two messages.

use std::time::Duration;

use infobip_tests::clock;
use infobip_tests::faults::{End, Reply};
use infobip_whatsapp::Retry;
use tokio::time::sleep;

use super::*;

/// Sends two messages, a minute apart, to a server that begins with this step; both must be delivered at the first
/// attempt, and each by an answer to itself.
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

/// A balancer that closes idle connections says so with a 408 that nobody asked for, and a broken or hostile server
/// says more than it announced. None of that answers the next message.
#[test]
fn what_was_said_before_the_request_is_no_answer_to_it() {
    let timeout = Reply::new(408).header("connection", "close");
    for unasked in [timeout.to_bytes(), Reply::new(500).to_bytes(), Reply::accepted().to_bytes(), b"}".to_vec()] {
        check_both_are_delivered(&Step::accept().followed_by(unasked), 2);
    }
}
