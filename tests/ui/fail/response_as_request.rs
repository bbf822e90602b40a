use infobip_whatsapp::models::SingleMessageInfo;
use infobip_whatsapp::{Client, Error};

async fn forward(client: &Client, reply: SingleMessageInfo) -> Result<(), Error> {
    client.send_whatsapp_contact_message(&reply).await?;
    Ok(())
}

fn main() {}
