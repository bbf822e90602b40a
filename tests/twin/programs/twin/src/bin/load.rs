//! Sends the sample repeatedly, with a number of messages in flight: `load call 10000 64`.
//!
//! `call` uses the twin's client, `bare` uses only `reqwest`, with a body that was encoded before.

use std::env;
use std::error::Error;
use std::sync::Arc;

use infobip_twin::{Client, sample};
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, USER_AGENT};

#[path = "../../../workers.rs"]
mod workers;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let [way, messages, concurrency] = arguments.as_slice() else {
        return Err("expected a way, a number of messages and a number of messages in flight".into());
    };
    let (base_url, key) = (env::var("INFOBIP_BASE_URL")?, env::var("INFOBIP_API_KEY")?);
    let (messages, concurrency) = (messages.parse()?, concurrency.parse()?);
    match way.as_str() {
        "call" => {
            let (client, message) = (Client::new(&base_url, &key)?, Arc::new(sample()));
            let send = move || {
                let (client, message) = (client.clone(), Arc::clone(&message));
                async move { client.send(&message).await.map(drop) }
            };
            workers::run(messages, concurrency, send).await?;
        }
        "bare" => {
            let (client, headers) = (reqwest::Client::new(), headers(&key)?);
            let url = format!("{base_url}/whatsapp/1/message/contact");
            let body: &'static [u8] = serde_json::to_vec(&sample())?.leak();
            let send = move || {
                let request = client.post(&url).headers(headers.clone()).body(body);
                async move { request.send().await?.bytes().await.map(drop) }
            };
            workers::run(messages, concurrency, send).await?;
        }
        _ => return Err("expected the way `call` or `bare`".into()),
    }
    Ok(())
}

/// Returns the headers that both clients send as well.
fn headers(key: &str) -> Result<HeaderMap, Box<dyn Error>> {
    const JSON: HeaderValue = HeaderValue::from_static("application/json");
    let (user_agent, authorization) = (HeaderValue::from_static("bare/0.1.0"), format!("App {key}").parse()?);
    Ok(HeaderMap::from_iter([
        (USER_AGENT, user_agent),
        (ACCEPT, JSON),
        (CONTENT_TYPE, JSON),
        (AUTHORIZATION, authorization),
    ]))
}
