use infobip_whatsapp::{Client, ConfigurationError};

fn client() -> Result<Client, ConfigurationError> {
    Client::builder("https://xyz.api.infobip.com").build()
}

fn main() {}
