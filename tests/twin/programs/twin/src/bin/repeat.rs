//! Repeats an action on the sample, for a profiler: `repeat check 1000`.

use std::env;
use std::error::Error;
use std::hint::black_box;

use infobip_twin::{Client, sample};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let action = arguments.next().unwrap_or_default();
    let times: u32 = arguments.next().unwrap_or_default().parse()?;
    let message = sample();
    match action.as_str() {
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
        "send" => {
            let client = Client::new(&env::var("INFOBIP_BASE_URL")?, &env::var("INFOBIP_API_KEY")?)?;
            for _ in 0..times {
                black_box(client.send(black_box(&message)).await)?;
            }
        }
        _ => return Err("expected check, encode or send".into()),
    }
    Ok(())
}
