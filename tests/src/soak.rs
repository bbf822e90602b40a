//! Many messages to a server that fails occasionally, and an audit of each message.
//!
//! `examples/soak.rs` runs it for a long time; the tests run a short one in simulated time.

use std::collections::HashMap;
use std::fmt;
use std::time::Duration;

use fastrand::Rng;
use infobip_whatsapp::models::{Contact, ContactMessage, ContactMessageContent, Name};
use infobip_whatsapp::{Bulk, Client, Outcome};

use crate::faults::{End, ErrorBody, Message, Moment, RawResponse, Script, Step};

/// Returns a script in which one request in twenty has a fault: 429, a reset before the message is carried out, or a
/// slow response, with equal probability.
///
/// One more request in a thousand is carried out and then reset, which a client cannot distinguish from an earlier
/// reset.
pub fn mix(seed: u64, slow: Duration) -> Script {
    let mut random = Rng::with_seed(seed);
    let refused = Step::answer(&RawResponse::error(429, ErrorBody::Older));
    Script::by(move || match random.u32(..1000) {
        0..17 => refused.clone(),
        17..33 => {
            let moments = [Moment::FirstByte, Moment::Head, Moment::Whole];
            Step::end(moments[random.usize(..moments.len())], End::Reset)
        }
        33..50 => Step::accept().after(slow),
        50 => Step::end(Moment::Whole, End::Reset).carried_out(),
        _ => Step::accept(),
    })
}

/// The result of each message at the client, by the number of the message.
#[derive(Clone, Debug)]
pub struct Report {
    /// The results of each message, of which there must be exactly one.
    results: Vec<Vec<MessageResult>>,
    /// The number of attempts beyond the first of each message.
    pub retries: u64,
}

/// The result of one message at the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum MessageResult {
    Delivered,
    Failed(Outcome),
}

/// Sends messages, `concurrency` of them at a time.
pub async fn send(client: &Client, messages: usize, concurrency: usize) -> Report {
    let mut report = Report { results: vec![Vec::new(); messages], retries: 0 };
    let mut sending = Bulk::new((0..messages).map(message))
        .concurrency(concurrency)
        .send(|message| client.send_whatsapp_contact_message(message).with_response().into_future());
    while let Some((message, result)) = sending.next().await {
        let (outcome, attempts) = match &result {
            Ok(response) => (MessageResult::Delivered, response.attempts()),
            Err(error) => (MessageResult::Failed(error.outcome()), error.attempts()),
        };
        report.retries += u64::from(attempts.saturating_sub(1));
        let number = message.message_id.and_then(|id| id.parse::<usize>().ok());
        report.results[number.expect("the id is the number of the message")].push(outcome);
    }
    report
}

/// Returns a short message, whose id is its number.
fn message(number: usize) -> ContactMessage {
    let name = Name::builder().first_name("John").formatted_name("John Smith").build();
    ContactMessage::builder()
        .from("441134960000")
        .to("441134960001")
        .message_id(number.to_string())
        .content(ContactMessageContent::builder().contacts([Contact::builder().name(name).build()]).build())
        .build()
}

/// The numbers of messages by outcome, after a comparison with the records of the server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Audit {
    /// Delivered, and carried out once.
    pub delivered: usize,
    /// Not sent, and not carried out.
    pub not_sent: usize,
    /// Rejected, and not carried out.
    pub rejected: usize,
    /// Unknown, and carried out once.
    pub unknown_carried_out: usize,
    /// Unknown, and not carried out.
    pub unknown_not_carried_out: usize,
}

impl Audit {
    /// Compares the results at the client with the records of the server.
    ///
    /// # Errors
    ///
    /// Returns the first message that was lost, sent twice, or reported wrongly.
    pub fn new(report: &Report, carried_out: &HashMap<Message, u32>) -> Result<Self, String> {
        let mut times = HashMap::new();
        for (message, count) in carried_out {
            // Different bytes with the same id would be another message.
            *times.entry(message.id.as_deref().unwrap_or_default()).or_insert(0) += count;
        }
        let mut audit = Self::default();
        for (number, results) in report.results.iter().enumerate() {
            let times = times.remove(number.to_string().as_str()).unwrap_or(0);
            let place = match (results.as_slice(), times) {
                ([MessageResult::Delivered], 1) => &mut audit.delivered,
                ([MessageResult::Failed(Outcome::NotSent)], 0) => &mut audit.not_sent,
                ([MessageResult::Failed(Outcome::Rejected)], 0) => &mut audit.rejected,
                ([MessageResult::Failed(Outcome::Unknown)], 1) => &mut audit.unknown_carried_out,
                ([MessageResult::Failed(Outcome::Unknown)], 0) => &mut audit.unknown_not_carried_out,
                _ => return Err(format!("message {number}: reported {results:?}, carried out {times} times")),
            };
            *place += 1;
        }
        match times.into_keys().next() {
            Some(id) => Err(format!("message {id:?} was carried out but never sent")),
            None => Ok(audit),
        }
    }

    /// Returns the number of messages.
    pub fn messages(&self) -> usize {
        let failed = self.not_sent + self.rejected + self.unknown_carried_out + self.unknown_not_carried_out;
        self.delivered + failed
    }
}

impl fmt::Display for Audit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "delivered, carried out once    {:>8}", self.delivered)?;
        writeln!(f, "not sent, not carried out      {:>8}", self.not_sent)?;
        writeln!(f, "rejected, not carried out      {:>8}", self.rejected)?;
        writeln!(f, "unknown, carried out once      {:>8}", self.unknown_carried_out)?;
        write!(f, "unknown, not carried out       {:>8}", self.unknown_not_carried_out)
    }
}
