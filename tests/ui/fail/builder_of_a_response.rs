use infobip_whatsapp::models::SingleMessageInfo;

fn response() -> SingleMessageInfo {
    SingleMessageInfo::builder().build()
}

fn main() {}
