//! The settings of a call, in any order; its future can move to another thread.

use std::future::IntoFuture;
use std::time::Duration;

use infobip_whatsapp::models::{ContactMessage, SingleMessageInfo};
use infobip_whatsapp::{Client, Error, Response};

async fn send(client: &Client, message: &ContactMessage) -> Result<(), Error> {
    let call = client.send_whatsapp_contact_message(message);
    let response: Response<SingleMessageInfo> =
        call.timeout(Duration::from_secs(5)).with_response().unchecked().await?;
    println!("{}", response.status());

    let call = client.send_whatsapp_contact_message(message);
    let call = call.unchecked().timeout(Duration::from_secs(5));
    spawn(call.into_future()).await?;
    Ok(())
}

fn spawn<F: Future + Send + 'static>(future: F) -> F {
    future
}

#[test]
fn settings_compile_in_any_order() {
    let _ = send;
}
