use infobip_whatsapp::models::Phone;

fn phone() -> Phone {
    Phone::builder().type_("FAX").build()
}

fn main() {}
