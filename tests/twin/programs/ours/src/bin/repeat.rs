//! Repeats an action on the sample, for a profiler: `repeat check 1000`.

use std::env;
use std::error::Error;
use std::hint::black_box;

use infobip_whatsapp::models::SingleMessageInfo;
use infobip_whatsapp::{Client, Credentials};

#[path = "../../../../../src/sample.rs"]
#[expect(dead_code, reason = "the tests use the rest of the sample")]
mod sample;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let action = arguments.next().unwrap_or_default();
    let times: u32 = arguments.next().unwrap_or_default().parse()?;
    let message = sample::message();
    match action.as_str() {
        "build" => {
            for _ in 0..times {
                black_box(sample::message());
            }
        }
        "check" => {
            for _ in 0..times {
                black_box(black_box(&message).validate())?;
            }
        }
        "encode" => {
            for _ in 0..times {
                black_box(wirecrate_runtime::json::encode(black_box(&message)))?;
            }
        }
        "decode" => {
            let response = serde_json::to_vec(&sample::response_json())?;
            for _ in 0..times {
                black_box(wirecrate_runtime::json::decode::<SingleMessageInfo>(black_box(&response)))?;
            }
        }
        "send" => {
            let credentials = Credentials::api_key(env::var("INFOBIP_API_KEY")?);
            let client = Client::builder(env::var("INFOBIP_BASE_URL")?).credentials(credentials).build()?;
            for _ in 0..times {
                black_box(client.send_whatsapp_contact_message(black_box(&message)).await)?;
            }
        }
        _ => return Err("expected build, check, encode, decode or send".into()),
    }
    Ok(())
}
