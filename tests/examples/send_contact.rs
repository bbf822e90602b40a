//! Sends the sample contact, and prints the request, the response, and the violations of an invalid message.
//!
//! ```text
//! cargo run --example send_contact -p infobip-tests
//! ```
//!
//! By default, the message is sent to a server in this program. To send it to the service, set `INFOBIP_BASE_URL` to the
//! base URL of your account, such as `https://xyz.api.infobip.com`, and `INFOBIP_API_KEY` to an API key.

use std::env;
use std::error::Error;

use infobip_tests::sample;
use infobip_tests::service::{API_KEY, Service};
use infobip_whatsapp::{Client, Credentials};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    // The server runs until this value is dropped.
    let embedded;
    let (base_url, key) = if let Ok(base_url) = env::var("INFOBIP_BASE_URL") {
        let key = env::var("INFOBIP_API_KEY");
        (base_url, key.map_err(|_| "INFOBIP_API_KEY is not set")?)
    } else {
        embedded = Service::accepting().await;
        (embedded.base_url(), API_KEY.to_owned())
    };
    let client = Client::builder(&base_url).credentials(Credentials::api_key(key)).build()?;

    let message = sample::message();
    println!("To {base_url}:");
    println!("{}\n", serde_json::to_string_pretty(&message)?);

    let sent = client.send_whatsapp_contact_message(&message).await?;
    println!("The response:");
    println!("{}\n", serde_json::to_string_pretty(&sent)?);

    let mut invalid = message;
    invalid.from = "4".repeat(25);
    invalid.to.clear();
    let refused = client.send_whatsapp_contact_message(&invalid).await;
    let Err(error) = refused else {
        return Err("an invalid message was sent".into());
    };
    println!("An invalid message, which is not sent:");
    println!("{error}");
    for violation in error.violations().into_iter().flatten() {
        println!("  {violation}");
    }
    Ok(())
}
