//! A call against a fault, and the checks that apply to all runs.

use std::fmt;
use std::time::Duration;

use infobip_tests::clock;
use infobip_tests::faults::Request;
use infobip_whatsapp::models::SingleMessageInfo;
use infobip_whatsapp::{Error, Outcome, Response, Retry};
use tokio::time::Instant;

use super::cases::{ATTEMPT, Case, ELSEWHERE, Ending, Place};
use super::*;

/// The id of an earlier message on the same connection.
const EARLIER: &str = "earlier";

/// The choices of the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Setting {
    pub(super) retry: Retry,
    pub(super) id: Option<&'static str>,
}

impl Setting {
    pub(super) const ALL: [Self; 4] = [
        Self { retry: Retry::Never, id: Some(ID) },
        Self { retry: Retry::Safe, id: Some(ID) },
        Self { retry: Retry::Ambiguous, id: None },
        Self { retry: Retry::Ambiguous, id: Some(ID) },
    ];

    /// Set if the caller accepts that a message may be sent twice.
    pub(super) fn opts_in(self) -> bool {
        self.retry == Retry::Ambiguous && self.id.is_some()
    }
}

impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = if self.id.is_some() { "id" } else { "no id" };
        f.pad(&format!("{:?}, {id}", self.retry))
    }
}

/// A run: a fault, and the conditions under which it occurs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan<'a> {
    pub(super) case: &'a Case,
    pub(super) setting: Setting,
    /// Set if the fault occurs in every attempt, not only in the first.
    pub(super) always: bool,
    /// Set if the first attempt uses a connection on which an earlier message was sent.
    pub(super) reused: bool,
}

impl<'a> Plan<'a> {
    /// Returns all possible runs of a fault.
    pub(super) fn all(case: &'a Case) -> Vec<Self> {
        let mut plans = Vec::new();
        for setting in Setting::ALL {
            for (always, reused) in [(false, false), (false, true), (true, false), (true, true)] {
                // Other targets never accept a message, and a fault of a new connection cannot occur on an existing
                // one.
                let possible = if case.place == Place::Server { !(case.is_race && reused) } else { always && !reused };
                if possible {
                    plans.push(Self { case, setting, always, reused });
                }
            }
        }
        plans
    }
}

/// The result of a run at the client and at the server.
pub(super) struct Ran {
    pub(super) result: Result<Response<SingleMessageInfo>, Error>,
    /// The requests that the server received.
    pub(super) requests: Vec<Request>,
    pub(super) carried_out: u32,
    /// The number of connections to the target of a redirect.
    pub(super) redirected: usize,
    pub(super) elapsed: Duration,
}

impl Ran {
    /// Returns the outcome; `None` for a success.
    pub(super) fn outcome(&self) -> Option<Outcome> {
        self.result.as_ref().err().map(Error::outcome)
    }

    pub(super) fn attempts(&self) -> u32 {
        self.result.as_ref().map_or_else(Error::attempts, Response::attempts)
    }

    pub(super) fn ending(&self) -> Ending {
        match &self.result {
            Ok(_) => Ending::Success,
            Err(Error::Transport(error)) => Ending::Transport(error.kind()),
            Err(Error::Status(error)) => Ending::Status(error.status().as_u16()),
            Err(Error::Decode(error)) => Ending::Decode(error.status().as_u16()),
            Err(other) => panic!("not caused by the server: {other:?}"),
        }
    }

    /// Checks that the client reports no more and no less than the server recorded.
    pub(super) fn check_truth(&self, setting: Setting) {
        assert_eq!(self.redirected, 0, "a redirect was followed");
        if !setting.opts_in() {
            assert!(self.carried_out <= 1, "sent twice");
        }
        match self.outcome() {
            None => assert!(self.carried_out >= 1, "reported as delivered, but not carried out"),
            Some(Outcome::NotSent) => {
                assert!(
                    self.requests.iter().all(|request| request.body.is_empty()),
                    "reported as not sent, but arrived"
                );
            }
            Some(Outcome::Rejected) => assert_eq!(self.carried_out, 0, "reported as rejected, but carried out"),
            Some(Outcome::Unknown) => {}
        }
        if self.outcome() == Some(Outcome::NotSent) {
            assert_eq!(self.carried_out, 0, "reported as not sent, but carried out");
        }
        let whole: Vec<_> = self.requests.iter().filter(|request| request.whole).collect();
        assert!(whole.iter().all(|request| request.body == whole[0].body), "the bytes differ between attempts");
        assert!(whole.iter().all(|request| request.headers == whole[0].headers), "the headers differ");
        let attempts = self.attempts();
        assert!(self.requests.len() <= attempts as usize, "{} requests", self.requests.len());
        if let Err(error) = &self.result {
            assert_eq!(error.message_id(), setting.id);
            assert_eq!(error.is_retryable(), is_retryable(error), "{error:?}");
        }
    }
}

/// Returns `true` if an error is retried by default.
fn is_retryable(error: &Error) -> bool {
    match error.outcome() {
        Outcome::NotSent => true,
        Outcome::Rejected => error.status().is_some_and(|status| status == 429),
        Outcome::Unknown => false,
    }
}

/// Sends a message, in simulated time.
pub(super) fn run(plan: Plan<'_>) -> Ran {
    let Plan { case, setting, always, reused } = plan;
    clock::run(async {
        let target = FaultServer::start(Script::then_accept([]));
        let step = case.step.clone().pointing(ELSEWHERE, &target.base_url());
        // The port is closed only for the first attempt.
        let step = if step.is_refusal() && !always { Step::refuse(Duration::from_millis(1)) } else { step };
        let earlier = reused.then(Step::accept);
        let after = (!always).then(Step::accept);
        let script = Script::repeating_last(earlier.into_iter().chain([step]).chain(after));
        let ran = call(case.place, script, setting, reused).await;
        Ran { redirected: target.connections(), ..ran }
    })
}

/// Sends a message to a server with a script, after an earlier message if the connection is to be reused.
pub(super) async fn call(place: Place, script: Script, setting: Setting, reused: bool) -> Ran {
    let server = FaultServer::start(script);
    let blackhole;
    let address = match place {
        Place::Server => server.base_url(),
        Place::Https => server.https_url(),
        Place::Nowhere => "https://account.invalid".to_owned(),
        Place::Blackhole => {
            blackhole = Blackhole::start().await.expect("the queue can be filled");
            blackhole.base_url()
        }
    };
    let mut builder = builder(address).attempt_timeout(ATTEMPT);
    if place == Place::Nowhere {
        builder = builder.http_client(http_client_builder().dns_resolver(Arc::new(NoNames)));
    }
    let client = build(builder);
    if reused {
        let earlier = message(Some(EARLIER));
        client.send_whatsapp_contact_message(&earlier).await.expect("the server accepts the first message");
    }
    let start = Instant::now();
    let message = message(setting.id);
    let result = client.send_whatsapp_contact_message(&message).retry(setting.retry).with_response().await;
    let elapsed = start.elapsed();
    let is_earlier = |id: Option<&str>| id == Some(EARLIER);
    let carried_out = server.carried_out().into_iter().filter(|(message, _)| !is_earlier(message.id.as_deref()));
    let mut requests = server.requests();
    requests.retain(|request| !is_earlier(request.message_id().as_deref()));
    Ran { result, requests, carried_out: carried_out.map(|(_, times)| times).sum(), redirected: 0, elapsed }
}

/// A resolver that fails for every name.
struct NoNames;

impl Resolve for NoNames {
    fn resolve(&self, _: Name) -> Resolving {
        Box::pin(async { Err::<Addrs, _>("no such name".into()) })
    }
}
