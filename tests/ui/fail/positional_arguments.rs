use infobip_whatsapp::models::ContactMessage;

fn main() {
    let _ = ContactMessage::builder("441134960000", "441134960001");
}
