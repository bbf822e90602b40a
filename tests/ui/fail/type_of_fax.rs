use infobip_whatsapp::models::{Phone, PhoneType};

fn phone() -> Phone {
    Phone::builder().type_(PhoneType::Fax).build()
}

fn main() {}
