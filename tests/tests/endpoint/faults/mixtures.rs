//! Random sequences of faults: the outcome that the client reports is always true.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use fastrand::Rng;
use infobip_tests::clock;
use infobip_tests::faults::{Script, Step};

use super::cases::{self, Case, Place};
use super::run::{Ran, Setting, call};

const RUNS: u64 = 500;

#[test]
fn the_outcome_of_any_sequence_of_faults_is_true() {
    let cases: Vec<_> = cases::all().into_iter().filter(|case| case.place == Place::Server).collect();
    let mut ends = [0; 4];
    for seed in 0..RUNS {
        let mut random = Rng::with_seed(seed);
        let drawn: Vec<_> = (0..random.usize(1..=5)).map(|_| draw(&cases, &mut random)).collect();
        let setting = Setting::ALL[random.usize(..Setting::ALL.len())];
        let ran = play(&drawn, setting, random.bool());
        let names: Vec<_> = drawn.iter().map(|case| case.name.as_str()).collect();
        let checks = AssertUnwindSafe(|| ran.check_truth(setting));
        assert!(catch_unwind(checks).is_ok(), "seed {seed}, {setting}: {}", names.join("; "));
        ends[ran.outcome().map_or(0, |outcome| outcome as usize + 1)] += 1;
    }
    println!("delivered, not sent, rejected, unknown: {ends:?}");
    assert!(ends.iter().all(|&times| times > 0), "some outcome never occurred: {ends:?}");
}

/// Draws a random case. A closed port is drawn more often, because it is a single case among many statuses.
fn draw<'a>(cases: &'a [Case], random: &mut Rng) -> &'a Case {
    let closed = cases.iter().find(|case| case.step.is_refusal()).expect("a case closes the port");
    if random.u32(..4) == 0 { closed } else { &cases[random.usize(..cases.len())] }
}

fn play(cases: &[&Case], setting: Setting, reused: bool) -> Ran {
    let steps = cases.iter().map(|case| {
        // A longer time would leave no time for the following faults.
        if case.step.is_refusal() { Step::refuse(Duration::from_secs(5)) } else { case.step.clone() }
    });
    let earlier = reused.then(Step::accept);
    let script = Script::then_accept(earlier.into_iter().chain(steps));
    clock::run(call(Place::Server, script, setting, reused))
}
