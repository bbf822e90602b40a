//! All published examples: each decodes into its type, passes its checks, and encodes to the same JSON.
//!
//! An example that violates its own schema is a fault of the description; it is printed with its location.

use std::collections::BTreeMap;

use infobip_tests::schema::translate::{Direction, translated};

use crate::documents::{Body, Document, Role, documents, program};
use crate::emitted_crates::{Question, Verdict};
use crate::oracle::Oracles;

/// Valid examples that do not encode to the same JSON, with the reason.
const ACCEPTED: [(&str, &str); 1] = [(
    "warnings.yaml#/paths/~1notes/post/requestBody/content/application~1json/example",
    "the fixture shows the warning about a member that nobody described, and such members are not kept in what is sent",
)];

#[test]
fn every_published_example_is_read_and_written() {
    let mut problems = Vec::new();
    for document in documents() {
        problems.extend(check(document));
    }
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

/// The valid examples of a description that do not survive decoding and encoding.
fn check(document: &Document) -> Vec<String> {
    let oracles = Oracles::new(&translated(&document.spec, Direction::Received));
    let mut counts = BTreeMap::<Role, usize>::new();
    let mut problems = Vec::new();
    let (mut faults, mut left_out) = (0, 0);
    for body in document.bodies.iter().filter(|body| !body.examples.is_empty()) {
        if body.targets.is_empty() && !document.refused.is_empty() {
            // If the crate has only some operations, events are left out.
            left_out += body.examples.len();
            continue;
        }
        let oracle = oracles.at(&body.schema);
        let verdicts = ask(body);
        for ((place, example), verdicts) in body.examples.iter().zip(verdicts) {
            *counts.entry(body.role).or_default() += 1;
            if verdicts.iter().any(|verdict| verdict.carries(example)) {
                continue;
            }
            if let Some((_, reason)) = ACCEPTED.iter().find(|(accepted, _)| accepted == place) {
                println!("accepted: {place}: {reason}");
                continue;
            }
            let findings = oracle.findings(example);
            if findings.is_empty() {
                problems.push(format!("{place} of {}: {verdicts:?}", body.operation));
            } else {
                faults += 1;
                println!("the description's fault: {place} breaks its own schema: {findings:?}");
            }
        }
    }
    let total: usize = counts.values().sum();
    if total + left_out == 0 {
        return problems;
    }
    println!(
        "{}: {total} examples {counts:?}, {faults} of them break their own schema; {left_out} left out",
        document.name
    );
    problems
}

/// For each example, the verdict of each type.
fn ask(body: &Body) -> Vec<Vec<Verdict>> {
    let questions = body
        .examples
        .iter()
        .flat_map(|(_, example)| body.targets.iter().map(|target| Question { target, body: example.to_string() }));
    let questions: Vec<_> = questions.collect();
    let verdicts = program().ask(&questions);
    if body.targets.is_empty() {
        return vec![Vec::new(); body.examples.len()];
    }
    verdicts.chunks(body.targets.len()).map(<[_]>::to_vec).collect()
}
