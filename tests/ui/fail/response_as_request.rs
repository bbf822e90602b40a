use infobip_whatsapp::models::SingleMessageInfo;
use infobip_whatsapp::{Client, Error};

async fn forward(client: &Client, response: SingleMessageInfo) -> Result<(), Error> {
    client.send_whatsapp_contact_message(&response).await?;
    Ok(())
}

fn main() {}
