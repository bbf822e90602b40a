//! Sends the sample once.

use std::env;
use std::error::Error;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = infobip_twin::Client::new(&env::var("INFOBIP_BASE_URL")?, &env::var("INFOBIP_API_KEY")?)?;
    let response = client.send(&infobip_twin::sample()).await?;
    println!("{response:?}");
    Ok(())
}
