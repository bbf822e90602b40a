//! A short soak test: two thousand messages, each accounted for. `examples/soak.rs` is the long one.

use std::time::Duration;

use infobip_tests::clock;
use infobip_tests::soak::{self, Audit};
use infobip_whatsapp::Limiter;

use super::*;

#[test]
fn every_message_is_accounted_for() {
    const MESSAGES: usize = 2000;
    for (seed, limiter) in [(1, Limiter::unlimited()), (2, Limiter::new())] {
        clock::run(async {
            let server = FaultServer::counting(soak::mix(seed, Duration::from_secs(5)));
            let client = build(builder(server.base_url()).rate_limiter(limiter).timeout(Duration::from_hours(1)));
            let report = soak::send(&client, MESSAGES, 64).await;
            let audit = Audit::new(&report, &server.carried_out()).expect("every message was reported truthfully");
            println!("{audit}\nretries {}", report.retries);
            assert_eq!(audit.messages(), MESSAGES);
            assert!(audit.unknown_carried_out + audit.unknown_not_carried_out > 0, "no reset occurred");
            assert!(report.retries > 0, "no refusal occurred");
            assert!(audit.delivered > MESSAGES * 9 / 10, "{audit:?}");
        });
    }
}
