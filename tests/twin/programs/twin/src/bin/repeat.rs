//! Repeats an action on the sample, for a profiler: `repeat check 1000`.

use std::env;
use std::error::Error;
use std::hint::black_box;

use infobip_twin::{Client, SingleMessageInfo, sample};
use serde_json::json;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let action = arguments.next().unwrap_or_default();
    let times: u32 = arguments.next().unwrap_or_default().parse()?;
    let message = sample();
    match action.as_str() {
        "build" => {
            for _ in 0..times {
                black_box(sample());
            }
        }
        "check" => {
            for _ in 0..times {
                black_box(black_box(&message).check()).map_err(|violations| format!("{violations:?}"))?;
            }
        }
        "encode" => {
            for _ in 0..times {
                black_box(serde_json::to_vec(black_box(&message)))?;
            }
        }
        "decode" => {
            let response = response();
            for _ in 0..times {
                black_box(serde_json::from_slice::<SingleMessageInfo>(black_box(&response)))?;
            }
        }
        "send" => {
            let client = Client::new(&env::var("INFOBIP_BASE_URL")?, &env::var("INFOBIP_API_KEY")?)?;
            for _ in 0..times {
                black_box(client.send(black_box(&message)).await)?;
            }
        }
        _ => return Err("expected build, check, encode, decode or send".into()),
    }
    Ok(())
}

/// Returns the response of the sample, as our program has it.
fn response() -> Vec<u8> {
    let status = json!({
        "groupId": 1,
        "groupName": "PENDING",
        "id": 7,
        "name": "PENDING_ENROUTE",
        "description": "Message sent to next instance"
    });
    json!({
        "to": "441134960001",
        "messageCount": 1,
        "messageId": "a28dd97c-1ffb-4fcf-99f1-0b557ed381da",
        "status": status
    })
    .to_string()
    .into_bytes()
}
