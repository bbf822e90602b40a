use infobip_whatsapp::models::SingleMessageInfo;

fn reply() -> SingleMessageInfo {
    SingleMessageInfo::builder().build()
}

fn main() {}
