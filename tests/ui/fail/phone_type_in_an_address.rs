use infobip_whatsapp::models::{Address, PhoneType};

fn address() -> Address {
    Address::builder().type_(PhoneType::Cell).build()
}

fn main() {}
