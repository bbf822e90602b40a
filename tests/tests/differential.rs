//! Our verdict against that of an independent JSON Schema validator on the same descriptions.
//!
//! The instances come from the schemas, as edits of a full and of a minimal instance, and all go
//! the same way: [`Trial::judge`]. What the decoder refuses, the schema must refuse for its shape,
//! and at that place among others: decoding ends at the first problem. What the decoder accepts,
//! must have the right shape, and break exactly the limits that `validate` reports.

mod edits;

use std::collections::BTreeSet;

use infobip_tests::instances::{full, minimal};
use infobip_tests::spec::{Node, Spec};
use infobip_whatsapp::{JsonError, Violation, Violations};
use serde_json::Value;
use wirecrate_runtime::JsonErrorCategory;

use crate::decoded::decode;
use crate::oracle::{Finding, Oracle};
use edits::{Case, Edit};

/// Where we accept what the schema refuses, and why.
const ACCEPTED: [(Case, &str); 3] = [
    (Case::NullForOptional, "a tolerant reader takes `null` for an optional member as its absence"),
    (
        Case::ArrayForObject,
        "serde reads a struct from an array of its members' values too, which nobody sends; so it \
         looks for what is wrong inside the array",
    ),
    (Case::ObjectForEnum, "serde_json reads a variant from `{\"HOME\": null}` too, which nobody sends"),
];

#[test]
fn agrees_on_one_edit_at_a_time() {
    let accepted = check_each_body("one edit", |trial| {
        for base in [full(trial.schema), minimal(trial.schema)] {
            trial.judge(&base, &[]);
            for edit in edits::all(trial.schema) {
                trial.judge(&base, &[&edit]);
            }
        }
    });
    for (case, reason) in ACCEPTED {
        assert!(accepted.contains(&case), "no longer needed: {reason}");
    }
}

#[test]
fn agrees_on_every_pair_of_wrong_places() {
    check_each_body("a pair of edits", |trial| {
        let base = full(trial.schema);
        let wrong = edits::wrong(trial.schema);
        for (index, first) in wrong.iter().enumerate() {
            for second in &wrong[index + 1..] {
                if first.is_apart_from(second) {
                    trial.judge(&base, &[first, second]);
                }
            }
        }
    });
}

#[test]
fn agrees_on_every_combination_of_too_long_texts() {
    check_each_body("any number of edits", |trial| {
        let base = full(trial.schema);
        let edits = edits::too_long(trial.schema);
        assert!(edits.len() <= 12, "too many limits to combine them all");
        for combination in 0..1_u32 << edits.len() {
            let chosen = edits.iter().enumerate();
            let chosen = chosen.filter(|(index, _)| combination >> index & 1 == 1);
            let chosen: Vec<_> = chosen.map(|(_, edit)| edit).collect();
            trial.judge(&base, &chosen);
        }
    });
}

/// Runs a trial of every schema that is the body of something; tells which exceptions it needed.
#[track_caller]
fn check_each_body(what: &str, run: impl Fn(&mut Trial<'_>)) -> BTreeSet<Case> {
    let spec = Spec::load();
    let mut accepted = BTreeSet::new();
    for schema in spec.body_schemas() {
        let mut trial = Trial::new(&spec, schema);
        run(&mut trial);
        let name = schema.name();
        println!("{name}: {} instances with {what}", trial.instances);
        assert!(trial.instances > 0, "{name}: no instance");
        let Trial { disagreements, .. } = &trial;
        let shown = disagreements[..disagreements.len().min(5)].join("\n");
        let count = disagreements.len();
        assert!(count == 0, "{name}: {count} disagreements:\n{shown}");
        accepted.append(&mut trial.accepted);
    }
    accepted
}

/// One schema, and what came of judging its instances.
struct Trial<'a> {
    schema: Node<'a>,
    oracle: Oracle,
    instances: usize,
    accepted: BTreeSet<Case>,
    disagreements: Vec<String>,
}

impl<'a> Trial<'a> {
    fn new(spec: &Spec, schema: Node<'a>) -> Self {
        let oracle = Oracle::new(spec, schema);
        for base in [full(schema), minimal(schema)] {
            assert_eq!(oracle.findings(&base), [], "the instances start right");
        }
        Self { schema, oracle, instances: 0, accepted: BTreeSet::new(), disagreements: Vec::new() }
    }

    /// Compares the verdicts on an edited instance, if the places of the edits are in it.
    fn judge(&mut self, base: &Value, edits: &[&Edit]) {
        let instance = edits.iter().try_fold(base.clone(), |instance, edit| edit.apply(&instance));
        let Some(instance) = instance else {
            return;
        };
        self.instances += 1;
        let Err(disagreement) = self.compare(&instance) else {
            return;
        };
        match edits {
            [edit] if ACCEPTED.iter().any(|(case, _)| *case == edit.case) => {
                self.accepted.insert(edit.case);
            }
            _ => {
                let edits = edits.iter().map(ToString::to_string);
                let edits = edits.collect::<Vec<_>>().join(", ");
                self.disagreements.push(format!("{edits}: {disagreement}"));
            }
        }
    }

    fn compare(&self, instance: &Value) -> Result<(), String> {
        let findings = self.oracle.findings(instance);
        let (limits, shape): (Vec<_>, _) = findings.into_iter().partition(|finding| finding.size.is_some());
        match decode(self.schema.name(), instance) {
            Err(error) => compare_shape(&error, &shape),
            Ok(_) if !shape.is_empty() => Err(format!("decoded in spite of {shape:?}")),
            Ok(value) => compare_limits(value.validate(), limits),
        }
    }
}

fn compare_shape(error: &JsonError, shape: &[Finding]) -> Result<(), String> {
    let agreed = shape.iter().any(|found| found.location == error.location());
    // An instance is JSON, so its text is never to blame.
    if agreed && error.category() == JsonErrorCategory::Data {
        Ok(())
    } else {
        Err(format!("{error}, but the schema finds {shape:?}"))
    }
}

fn compare_limits(verdict: Result<(), Violations>, mut theirs: Vec<Finding>) -> Result<(), String> {
    let violations = verdict.err().unwrap_or_default();
    let mut ours: Vec<_> = violations.iter().map(from_violation).collect();
    ours.sort();
    theirs.sort();
    if ours == theirs { Ok(()) } else { Err(format!("{ours:?}, but the schema finds {theirs:?}")) }
}

fn from_violation(violation: &Violation) -> Finding {
    Finding {
        location: violation.location().to_owned(),
        keyword: violation.keyword().to_string(),
        size: violation.constraint().size().zip(violation.measured()),
    }
}
