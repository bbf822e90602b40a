//! The reaction of the server to one request, and the list of such steps.

use std::fmt;
use std::time::Duration;

use super::response::Reply;

/// The reaction of the server to one request or, before there is any, to one connection.
///
/// A step waits for its [`Moment`], carries the message out or not, writes, and ends the connection or not.
#[must_use = "a step does nothing unless it stands in a script"]
#[derive(Clone, Debug)]
pub struct Step {
    pub(super) trigger: Trigger,
    pub(super) carries_out: bool,
    pub(super) parts: Vec<Part>,
    pub(super) end: End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trigger {
    /// The port is closed for so long.
    Closed(Duration),
    /// The request has come so far.
    At(Moment),
}

/// The progress of a request when the server acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// The connection is there; no byte of a request needs to be.
    Connected,
    /// A first byte has arrived; none is read.
    FirstByte,
    /// The head is read. Bytes of the body may have arrived with it.
    Head,
    /// Head and body are read.
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
    /// It waits for the next request.
    Keep,
    /// It ends in order.
    Close,
    /// It ends with a reset, as if the server had crashed.
    Reset,
    /// It stays, and the server never looks at it again.
    Hang,
}

impl Step {
    /// Carries the message out, and answers 200 with the reply of the endpoint's page.
    pub fn accept() -> Self {
        Self::answer(&Reply::accepted()).carried_out()
    }

    /// Reads the request and answers it, without carrying it out.
    pub fn answer(reply: &Reply) -> Self {
        let end = if reply.ends_connection() { End::Close } else { End::Keep };
        Self { parts: vec![Part::Bytes(reply.to_bytes())], ..Self::end(Moment::Whole, end) }
    }

    /// Ends the connection at that moment, without an answer.
    pub fn end(moment: Moment, end: End) -> Self {
        Self { trigger: Trigger::At(moment), carries_out: false, parts: Vec::new(), end }
    }

    /// Closes the port and every connection, refuses new ones for so long, and opens the port again.
    ///
    /// Acts when the step before it is done. [`Duration::MAX`] means for ever.
    pub fn refuse(period: Duration) -> Self {
        Self { trigger: Trigger::Closed(period), ..Self::end(Moment::Connected, End::Close) }
    }

    /// Carries the message out once it has arrived whole.
    pub fn carried_out(mut self) -> Self {
        self.carries_out = true;
        self
    }

    /// Acts at another moment. One before [`Moment::Whole`] goes with an end of the connection: what is left of the
    /// request would be taken for the next one.
    pub fn at(mut self, moment: Moment) -> Self {
        self.trigger = Trigger::At(moment);
        self
    }

    /// Does this with the connection afterwards.
    pub fn then(mut self, end: End) -> Self {
        self.end = end;
        self
    }

    /// Writes these bytes before the rest: an informational answer, or something that is no HTTP.
    pub fn preceded_by(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.parts.insert(0, Part::Bytes(bytes.into()));
        self
    }

    /// Writes these bytes after the rest: more than the answer said there would be.
    pub fn followed_by(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.parts.push(Part::Bytes(bytes.into()));
        self
    }

    /// The same with another address in the place of that one, wherever it is written.
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

    /// Waits so long before the first byte of the answer.
    pub fn after(mut self, pause: Duration) -> Self {
        self.parts.insert(0, Part::Pause(pause));
        self
    }

    /// Writes the answer byte by byte, and waits so long before each.
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

/// The steps of a server: one for each request, in the order in which they arrive.
pub struct Script {
    steps: Box<dyn FnMut() -> Step + Send>,
    /// The step of the next request, once it was asked for.
    next: Option<Step>,
}

impl Script {
    /// These steps; whatever comes after them is accepted.
    pub fn then_accept(steps: impl IntoIterator<Item = Step>) -> Self {
        let mut steps: Vec<_> = steps.into_iter().collect();
        steps.push(Step::accept());
        Self::repeating_last(steps)
    }

    /// These steps; the last one answers whatever comes after them. No step at all means that nothing is answered.
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

    /// A step for each request, as the function gives them.
    pub fn by(steps: impl FnMut() -> Step + Send + 'static) -> Self {
        Self { steps: Box::new(steps), next: None }
    }

    fn peek(&mut self) -> &Step {
        self.next.get_or_insert_with(&mut self.steps)
    }

    /// The step of a request that begins to arrive; none when the port is to be closed first.
    pub(super) fn take(&mut self) -> Option<Step> {
        let serves = matches!(self.peek().trigger, Trigger::At(_));
        if serves { self.next.take() } else { None }
    }

    /// The next step, if it acts on a connection before any request.
    pub(super) fn take_for_connection(&mut self) -> Option<Step> {
        let acts = self.peek().trigger == Trigger::At(Moment::Connected);
        if acts { self.next.take() } else { None }
    }

    /// The time for which the next step closes the port, if it does.
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
