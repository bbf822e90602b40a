//! All faults with all choices of retries: the result of each run is compared with the expected one.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use infobip_whatsapp::{Outcome, Retry};

use super::cases::{self, Case, Ending};
use super::run::{Plan, Ran, Setting, run};

/// The timeout of a call, with all its attempts and waits.
const CALL: Duration = Duration::from_mins(1);

#[test]
fn the_outcome_is_the_true_one() {
    let cases = cases::all();
    let mut runs = 0;
    let mut wrong = Vec::new();
    for plan in cases.iter().flat_map(Plan::all) {
        runs += 1;
        let ran = run(plan);
        let line = line(plan, &ran);
        if catch_unwind(AssertUnwindSafe(|| check(plan, &ran))).is_ok() {
            println!("{line}");
        } else {
            println!("{line} WRONG");
            wrong.push(line);
        }
    }
    println!("{runs} runs, {} wrong", wrong.len());
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn line(plan: Plan<'_>, ran: &Ran) -> String {
    let Plan { case, setting, always, reused } = plan;
    let often = if always { "always" } else { "once" };
    let connection = if reused { "reused" } else { "new" };
    let outcome = ran.outcome().map_or("delivered".to_owned(), |outcome| outcome.to_string());
    let ending = match ran.ending() {
        Ending::Success => String::new(),
        Ending::Transport(kind) => format!("{kind:?}"),
        Ending::Status(status) => format!("status {status}"),
        Ending::Decode(status) => format!("unreadable {status}"),
    };
    let (attempts, carried_out, elapsed) = (ran.attempts(), ran.carried_out, ran.elapsed.as_secs_f64());
    format!(
        "{:45} {setting:16} {often:7} {connection:7} {outcome:10} {ending:15} attempts {attempts} carried out \
         {carried_out} {elapsed:7.3} s",
        case.name
    )
}

fn check(plan: Plan<'_>, ran: &Ran) {
    let Plan { case, setting, always, .. } = plan;
    ran.check_truth(setting);
    assert!(ran.elapsed <= CALL, "{:?}", ran.elapsed);
    if case.is_race {
        assert_ne!(ran.outcome(), Some(Outcome::Rejected));
        return;
    }
    let repeated = is_repeated(case, setting);
    let (outcome, ending) =
        if repeated && !always { (None, Ending::Success) } else { (case.expected.outcome, case.expected.end) };
    assert_eq!((ran.outcome(), ran.ending()), (outcome, ending));
    let attempts = match (repeated, always) {
        (false, _) => 1..=1,
        // A port that is closed for a time may refuse more than one attempt.
        (true, false) if case.step.is_refusal() => 2..=4,
        (true, false) => 2..=2,
        (true, true) => 4..=4,
    };
    assert!(attempts.contains(&ran.attempts()), "expected {attempts:?} attempts");
    check_error(case, ran);
    check_waits(case, ran);
}

fn check_error(case: &Case, ran: &Ran) {
    let Err(error) = &ran.result else {
        return;
    };
    assert_eq!(error.status().map(|status| status.as_u16()), status_of(case.expected.end));
    let (delay, range) = (error.retry_after(), case.expected.retry_after);
    assert_eq!(delay.is_some(), range.is_some(), "{delay:?}");
    assert!(delay.zip(range).is_none_or(|(delay, (least, most))| (least..=most).contains(&delay)), "{delay:?}");
}

fn status_of(ending: Ending) -> Option<u16> {
    match ending {
        Ending::Status(status) | Ending::Decode(status) => Some(status),
        Ending::Success | Ending::Transport(_) => None,
    }
}

/// Returns `true` if another attempt follows the first.
fn is_repeated(case: &Case, setting: Setting) -> bool {
    let expected = case.expected;
    let safe = match expected.outcome {
        None => return false,
        Some(Outcome::NotSent) => true,
        Some(Outcome::Rejected) => expected.end == Ending::Status(429),
        Some(Outcome::Unknown) => setting.opts_in() && !expected.is_final,
    };
    // The client waits for the full delay that the service requests, or gives up.
    let in_time = expected.retry_after.is_none_or(|(least, _)| least < CALL);
    safe && in_time && setting.retry != Retry::Never
}

/// Checks that the wait between two attempts is the delay that the service requested, to the millisecond.
fn check_waits(case: &Case, ran: &Ran) {
    let Some((least, most)) = case.expected.retry_after else {
        return;
    };
    for pair in ran.requests.windows(2) {
        let wait = pair[1].at - pair[0].at;
        assert!(least <= wait && wait <= most + Duration::from_millis(2), "waited {wait:?}");
    }
}
