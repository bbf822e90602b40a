//! Sends the sample contact, and shows the request, the reply, and what a broken message is told.
//!
//! ```text
//! cargo run --example send_contact -p infobip-tests
//! ```
//!
//! The message goes to a server inside this program. Set `INFOBIP_BASE_URL` to the address of your
//! account, such as `https://xyz.api.infobip.com`, and `INFOBIP_API_KEY` to a key of it, to send
//! the message for real.

use std::env;
use std::error::Error;

use infobip_tests::sample;
use infobip_tests::service::{API_KEY, Service};
use infobip_whatsapp::{Client, Credentials};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    // The server runs as long as this value lives.
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
    println!("The reply:");
    println!("{}\n", serde_json::to_string_pretty(&sent)?);

    let mut broken = message;
    broken.from = "4".repeat(25);
    broken.to.clear();
    let refused = client.send_whatsapp_contact_message(&broken).await;
    let Err(error) = refused else {
        return Err("a broken message was sent".into());
    };
    println!("A broken message, which does not leave this machine:");
    println!("{error}");
    for violation in error.violations().into_iter().flatten() {
        println!("  {violation}");
    }
    Ok(())
}
