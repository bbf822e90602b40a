use infobip_whatsapp::models::{ContactMessage, ContactMessageContent};

fn message(content: ContactMessageContent) -> ContactMessage {
    ContactMessage::builder()
        .to("441134960001")
        .content(content)
        .build()
}

fn main() {}
