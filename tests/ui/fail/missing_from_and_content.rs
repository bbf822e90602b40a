use infobip_whatsapp::models::ContactMessage;

fn message() -> ContactMessage {
    ContactMessage::builder().to("441134960001").build()
}

fn main() {}
