use infobip_whatsapp::models::Name;

fn name() -> Name {
    Name::builder().first_name("John").build()
}

fn main() {}
