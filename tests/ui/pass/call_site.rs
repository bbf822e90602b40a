//! The call site of the README.

use std::error::Error;

use infobip_whatsapp::models::{Contact, ContactMessage, ContactMessageContent};
use infobip_whatsapp::{Client, Credentials};

async fn send(key: String, contact: Contact) -> Result<(), Box<dyn Error>> {
    let client = Client::builder("https://xyz.api.infobip.com").credentials(Credentials::api_key(key)).build()?;

    let message = ContactMessage::builder()
        .from("441134960000")
        .to("441134960001")
        .content(ContactMessageContent::builder().contacts([contact]).build())
        .callback_data("order-17")
        .build();

    let sent = client.send_whatsapp_contact_message(&message).await?;
    println!("{:?} {:?}", sent.message_id, sent.status);
    Ok(())
}

#[test]
fn the_call_site_compiles() {
    let _ = send;
}
