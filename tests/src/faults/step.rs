//! The reaction of the server to one request, and the list of such steps.

use std::fmt;
use std::time::Duration;

use super::response::RawResponse;

/// The reaction of the server to one request or, before there is any, to one connection.
///
/// A step waits for its [`Moment`], carries the message out or not, writes, and ends the connection or not.
#[must_use = "a step does nothing unless it is part of a script"]
#[derive(Clone, Debug)]
pub struct Step {
    pub(super) trigger: Trigger,
    pub(super) carries_out: bool,
    pub(super) parts: Vec<Part>,
    pub(super) end: End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trigger {
    /// The port is closed for this time.
    Closed(Duration),
    /// The request has reached this moment.
    At(Moment),
}

/// The progress of a request when the server acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// The connection is open; no byte of a request is required.
    Connected,
    /// The first byte has arrived, but is not read.
    FirstByte,
    /// The head is read. Bytes of the body may have arrived as well.
    Head,
    /// The head and the body are read.
    Whole,
}

/// The bytes to write, and the delays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Bytes(Vec<u8>),
    Pause(Duration),
}

/// The state of the connection after a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The connection waits for the next request.
    Keep,
    /// The connection is closed gracefully.
    Close,
    /// The connection is reset, as if the server had crashed.
    Reset,
    /// The connection stays open, but the server ignores it.
    Hang,
}

impl Step {
    /// Carries the message out, and responds with 200 and the sample body.
    pub fn accept() -> Self {
        Self::answer(&RawResponse::accepted()).carried_out()
    }

    /// Reads the request and responds, without carrying the message out.
    pub fn answer(response: &RawResponse) -> Self {
        let end = if response.ends_connection() { End::Close } else { End::Keep };
        Self { parts: vec![Part::Bytes(response.to_bytes())], ..Self::end(Moment::Whole, end) }
    }

    /// Ends the connection at a moment, without a response.
    pub fn end(moment: Moment, end: End) -> Self {
        Self { trigger: Trigger::At(moment), carries_out: false, parts: Vec::new(), end }
    }

    /// Closes the port and every connection, refuses new ones for a time, and opens the port again.
    ///
    /// Acts when the previous step is done. [`Duration::MAX`] means forever.
    pub fn refuse(period: Duration) -> Self {
        Self { trigger: Trigger::Closed(period), ..Self::end(Moment::Connected, End::Close) }
    }

    /// Carries the message out once it has arrived completely.
    pub fn carried_out(mut self) -> Self {
        self.carries_out = true;
        self
    }

    /// Acts at another moment. A moment before [`Moment::Whole`] requires an end of the connection; otherwise the rest
    /// of the request would be read as the next one.
    pub fn at(mut self, moment: Moment) -> Self {
        self.trigger = Trigger::At(moment);
        self
    }

    /// Sets the state of the connection after the step.
    pub fn then(mut self, end: End) -> Self {
        self.end = end;
        self
    }

    /// Writes bytes before the response, such as an informational response or invalid HTTP.
    pub fn preceded_by(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.parts.insert(0, Part::Bytes(bytes.into()));
        self
    }

    /// Writes bytes after the response, beyond its declared length.
    pub fn followed_by(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.parts.push(Part::Bytes(bytes.into()));
        self
    }

    /// Replaces an address in all written bytes.
    pub fn pointing(mut self, address: &str, other: &str) -> Self {
        for part in &mut self.parts {
            if let Part::Bytes(bytes) = part
                && let Ok(text) = str::from_utf8(bytes)
            {
                *bytes = text.replace(address, other).into_bytes();
            }
        }
        self
    }

    /// Returns `true` if this closes the port.
    pub fn is_refusal(&self) -> bool {
        matches!(self.trigger, Trigger::Closed(_))
    }

    /// Waits before the first byte of the response.
    pub fn after(mut self, pause: Duration) -> Self {
        self.parts.insert(0, Part::Pause(pause));
        self
    }

    /// Writes the response byte by byte, with a pause before each.
    pub fn dripping(mut self, pause: Duration) -> Self {
        let parts = std::mem::take(&mut self.parts);
        self.parts = parts.into_iter().flat_map(|part| drip(part, pause)).collect();
        self
    }
}

fn drip(part: Part, pause: Duration) -> Vec<Part> {
    match part {
        Part::Bytes(bytes) => {
            let drops = bytes.into_iter().map(|byte| Part::Bytes(vec![byte]));
            drops.flat_map(|byte| [Part::Pause(pause), byte]).collect()
        }
        pause @ Part::Pause(_) => vec![pause],
    }
}

/// The steps of a server: one for each request, in the order of arrival.
pub struct Script {
    steps: Box<dyn FnMut() -> Step + Send>,
    /// The step of the next request, if it was already requested.
    next: Option<Step>,
}

impl Script {
    /// Creates a script with these steps; all later requests are accepted.
    pub fn then_accept(steps: impl IntoIterator<Item = Step>) -> Self {
        let mut steps: Vec<_> = steps.into_iter().collect();
        steps.push(Step::accept());
        Self::repeating_last(steps)
    }

    /// Creates a script with these steps; the last one is repeated. Without any step, the server never responds.
    pub fn repeating_last(steps: impl IntoIterator<Item = Step>) -> Self {
        let mut steps = steps.into_iter().collect::<Vec<_>>().into_iter();
        let mut last = Step::end(Moment::Whole, End::Hang);
        Self::by(move || {
            if let Some(step) = steps.next() {
                last = step;
            }
            last.clone()
        })
    }

    /// Creates a script whose steps are the results of a function.
    pub fn by(steps: impl FnMut() -> Step + Send + 'static) -> Self {
        Self { steps: Box::new(steps), next: None }
    }

    fn peek(&mut self) -> &Step {
        self.next.get_or_insert_with(&mut self.steps)
    }

    /// Takes the step of a request that begins to arrive; `None` if the port is to be closed first.
    pub(super) fn take(&mut self) -> Option<Step> {
        let serves = matches!(self.peek().trigger, Trigger::At(_));
        if serves { self.next.take() } else { None }
    }

    /// Takes the next step, if it acts on a connection before any request.
    pub(super) fn take_for_connection(&mut self) -> Option<Step> {
        let acts = self.peek().trigger == Trigger::At(Moment::Connected);
        if acts { self.next.take() } else { None }
    }

    /// Takes the next step, if it closes the port, and returns the time.
    pub(super) fn take_refusal(&mut self) -> Option<Duration> {
        let Trigger::Closed(period) = self.peek().trigger else {
            return None;
        };
        self.next = None;
        Some(period)
    }
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Script").field("next", &self.next).finish_non_exhaustive()
    }
}
