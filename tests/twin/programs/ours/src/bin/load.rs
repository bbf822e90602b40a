//! Sends the sample repeatedly, with a number of messages in flight: `load call 10000 64`.
//!
//! `call` makes calls in sequence on several tasks, `bulk` passes all messages to `Bulk`. All safeguards of the client
//! are enabled.

use std::env;
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use infobip_whatsapp::{Bulk, Client, Credentials, Limiter, RateLimit};

#[path = "../../../../../src/sample.rs"]
#[expect(dead_code, reason = "the tests use the rest of the sample")]
mod sample;

#[path = "../../../workers.rs"]
mod workers;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let [way, messages, concurrency] = arguments.as_slice() else {
        return Err("expected a way, a number of messages and a number of messages in flight".into());
    };
    let client = client()?;
    let message = Arc::new(sample::message());
    match way.as_str() {
        "call" => {
            let send = move || {
                let (client, message) = (client.clone(), Arc::clone(&message));
                async move { client.send_whatsapp_contact_message(&message).await.map(drop) }
            };
            workers::run(messages.parse()?, concurrency.parse()?, send).await?;
        }
        "bulk" => {
            let messages = (0..messages.parse::<u32>()?).map(|_| Arc::clone(&message));
            let mut sending = Bulk::new(messages)
                .concurrency(concurrency.parse()?)
                .send(|message| client.send_whatsapp_contact_message(message).into_future());
            while let Some((_, result)) = sending.next().await {
                result?;
            }
        }
        _ => return Err("expected the way `call` or `bulk`".into()),
    }
    Ok(())
}

/// Returns a client with defaults except for the rate limit, which allows the documented number of messages in a
/// hundredth of the time, so that calls never wait.
fn client() -> Result<Client, Box<dyn Error>> {
    let limit = RateLimit::per(4000, Duration::from_millis(10));
    let client = Client::builder(env::var("INFOBIP_BASE_URL")?)
        .credentials(Credentials::api_key(env::var("INFOBIP_API_KEY")?))
        .rate_limiter(Limiter::new().limits("send-whatsapp-contact-message", [limit]));
    Ok(client.build()?)
}
