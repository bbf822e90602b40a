//! The client against a server on this machine: the requests that arrive, and the results of calls.

mod requests;
mod responses;
mod statuses;

use std::error::Error as StdError;
use std::iter;

use infobip_tests::sample;
use infobip_tests::service::Service;
use infobip_whatsapp::models::SingleMessageInfo;
use infobip_whatsapp::{Client, Error, StatusCode};
use wiremock::ResponseTemplate;

/// Sends the sample message.
async fn send(client: &Client) -> Result<SingleMessageInfo, Error> {
    client.send_whatsapp_contact_message(&sample::message()).await
}

/// Sends the sample message to a server with this response.
async fn answer(response: ResponseTemplate) -> Result<SingleMessageInfo, Error> {
    let service = Service::answering(response).await;
    let result = send(&service.client()).await;
    // Only a refusal that allows retries is followed by further attempts.
    let retried = result.as_ref().is_err_and(|error| error.status() == Some(StatusCode::TOO_MANY_REQUESTS));
    assert_eq!(service.requests().await.len(), if retried { 4 } else { 1 });
    result
}

#[track_caller]
fn check_status(error: &Error, expected: u16) {
    let status = error.status().map(|status| status.as_u16());
    assert_eq!(status, Some(expected));
}

/// Returns an error and its causes on one line.
fn chain(error: &Error) -> String {
    let causes = iter::successors(error.source(), |cause| (*cause).source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}
