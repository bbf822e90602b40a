use infobip_whatsapp::models::ContactMessage;
use infobip_whatsapp::{Client, Error};

async fn send(client: &Client) -> Result<(), Error> {
    let message = ContactMessage::builder().from("441134960000");
    client.send_whatsapp_contact_message(&message).await?;
    Ok(())
}

fn main() {}
