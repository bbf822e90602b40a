use infobip_whatsapp::models::Email;

fn email() -> Email {
    Email {
        email: Some("John.Smith@example.com".into()),
        type_: None,
    }
}

fn main() {}
