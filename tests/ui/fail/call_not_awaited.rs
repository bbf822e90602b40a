#![deny(unused_must_use)]

use infobip_whatsapp::Client;
use infobip_whatsapp::models::ContactMessage;

fn send(client: &Client, message: &ContactMessage) {
    client.send_whatsapp_contact_message(message);
}

fn main() {}
