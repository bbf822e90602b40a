use infobip_whatsapp::models::{Contact, Name};

fn main() {
    let _ = Contact::builder().name(Name::builder().first_name("John"));
}
