//! The records of the server, with which the report of the client is compared.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::request::Request;

/// A message: its id, if it has one, and a digest of the bytes of its body.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Message {
    /// The message id.
    pub id: Option<String>,
    digest: u64,
}

impl Message {
    fn of(request: &Request) -> Self {
        let mut hasher = DefaultHasher::new();
        request.body.hash(&mut hasher);
        Self { id: request.message_id(), digest: hasher.finish() }
    }
}

/// The requests that arrived, and the messages that were carried out.
#[derive(Debug)]
pub(super) struct Ledger {
    pub(super) connections: usize,
    pub(super) arrived: usize,
    /// Set if each request is kept, and not only counted.
    keeps: bool,
    pub(super) requests: Vec<Request>,
    /// The number of times that each message was carried out, if it ever was.
    pub(super) carried_out: HashMap<Message, u32>,
}

impl Ledger {
    pub(super) fn new(keeps: bool) -> Self {
        Self { connections: 0, arrived: 0, keeps, requests: Vec::new(), carried_out: HashMap::new() }
    }

    pub(super) fn add(&mut self, request: Request) {
        self.arrived += 1;
        if request.carried_out {
            *self.carried_out.entry(Message::of(&request)).or_default() += 1;
        }
        if self.keeps {
            self.requests.push(request);
        }
    }
}
