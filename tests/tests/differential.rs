//! Our verdict against that of an independent JSON Schema validator on the same descriptions.
//!
//! The instances come from the schemas of the bodies, as edits of a full and of a minimal instance. If the decoder refuses
//! an instance, the schema must refuse its shape, at the same location among others: decoding ends at the first problem.
//! If the decoder accepts it, it must have the right shape, and violate exactly the constraints that `validate` reports.

mod edits;

use std::collections::BTreeSet;

use infobip_tests::instances::{Instance, instances};
use infobip_tests::translate::{Direction, translated};
use serde_json::Value;

use crate::documents::{Document, Kind, ours, program};
use crate::emitted_crates::{Broken, DecodeError, Question, Verdict};
use crate::oracle::{Finding, Oracle, Oracles};
use edits::{Case, Edit};

/// The disagreements that are accepted, with their reasons.
const ACCEPTED: [(Case, &str); 3] = [
    (Case::NullForOptional, "a tolerant reader takes `null` for an optional property as its absence"),
    (
        Case::ArrayForObject,
        "serde reads a struct from an array of its fields' values too, which nobody sends; so it reports what is wrong \
         inside the array",
    ),
    (Case::ObjectForEnum, "serde_json reads a variant from `{\"HOME\": null}` too, which nobody sends"),
];

/// The number of instances that are in memory at once.
const PORTION: usize = 2_000;

#[test]
fn agrees_on_one_edit_at_a_time() {
    let (mut accepted, mut tried) = (BTreeSet::new(), BTreeSet::new());
    for trial in check_each_body("one edit", |instance| {
        let mut edits: Vec<_> = edits::all(instance).into_iter().map(|edit| vec![edit]).collect();
        edits.push(Vec::new());
        [instance.full.clone(), instance.minimal()].map(|base| (base, edits.clone())).into()
    }) {
        accepted.extend(trial.accepted);
        tried.extend(trial.tried);
    }
    for (case, reason) in ACCEPTED {
        assert!(accepted.contains(&case) || !tried.contains(&case), "no longer needed: {reason}");
    }
}

#[test]
fn agrees_on_every_pair_of_wrong_places() {
    check_each_body("a pair of edits", |instance| {
        let wrong = edits::wrong(instance);
        let pairs = wrong.iter().enumerate().flat_map(|(index, first)| {
            wrong[index + 1..]
                .iter()
                .filter(move |second| first.is_apart_from(second))
                .map(move |second| (first, second))
        });
        vec![(instance.full.clone(), pairs.map(|(first, second)| vec![first.clone(), second.clone()]).collect())]
    });
}

#[test]
fn agrees_on_every_combination_of_too_long_texts() {
    check_each_body("any number of edits", |instance| {
        let edits = edits::too_long(instance);
        // More than twelve are combined twelve at a time.
        let combined = edits.chunks(12).flat_map(|edits| {
            (0..1_u32 << edits.len()).map(|combination| {
                let chosen = edits.iter().enumerate().filter(move |(index, _)| combination >> index & 1 == 1);
                chosen.map(|(_, edit)| edit.clone()).collect()
            })
        });
        let combined: Vec<_> = combined.collect();
        vec![(instance.full.clone(), if combined.is_empty() { vec![Vec::new()] } else { combined })]
    });
}

/// Instances to edit, each with the edits, which are applied together.
type Edits = Vec<(Value, Vec<Vec<Edit>>)>;

/// Runs a trial of the schema of each body.
#[track_caller]
fn check_each_body(what: &str, edits: impl Fn(&Instance<'_>) -> Edits) -> Vec<Trial> {
    let document = ours();
    let trials: Vec<_> = document.kinds().iter().map(|kind| Trial::run(document, kind, &edits)).collect();
    for Trial { name, instances, disagreements, .. } in &trials {
        println!("{name}: {instances} instances with {what}");
        assert!(*instances > 0, "{name}: no instance");
        let shown = disagreements[..disagreements.len().min(5)].join("\n");
        assert!(disagreements.is_empty(), "{name}: {} disagreements:\n{shown}", disagreements.len());
    }
    trials
}

/// The outcome of judging the instances of one schema.
struct Trial {
    name: String,
    instances: usize,
    tried: BTreeSet<Case>,
    accepted: BTreeSet<Case>,
    disagreements: Vec<String>,
}

impl Trial {
    fn run(document: &Document, kind: &Kind, edits: impl Fn(&Instance<'_>) -> Edits) -> Self {
        let spec = translated(&document.spec, kind.direction);
        let oracle = Oracles::new(&spec).at(&kind.schema);
        let (file, pointer) = kind.schema.split_once('#').expect("a location has a pointer");
        let mut trial = Self {
            name: kind.name.clone(),
            instances: 0,
            tried: BTreeSet::new(),
            accepted: BTreeSet::new(),
            disagreements: Vec::new(),
        };
        for instance in instances(spec.at(file, pointer)) {
            for base in [instance.full.clone(), instance.minimal()] {
                assert_eq!(oracle.findings(&base), [], "{}: the instances start right: {base}", kind.name);
            }
            for (base, edits) in edits(&instance) {
                edits.chunks(PORTION).for_each(|edits| trial.judge(kind, &oracle, &base, edits));
            }
        }
        trial
    }

    /// Compares the verdicts on each edited instance that has the locations of its edits.
    fn judge(&mut self, kind: &Kind, oracle: &Oracle, base: &Value, edits: &[Vec<Edit>]) {
        let apply = |edits: &[Edit]| edits.iter().try_fold(base.clone(), |instance, edit| edit.apply(&instance));
        let cases: Vec<_> = edits.iter().filter_map(|edits| Some((edits, apply(edits)?))).collect();
        let question = |instance: &Value| Question { target: &kind.target, body: instance.to_string() };
        let questions: Vec<_> = cases.iter().map(|(_, instance)| question(instance)).collect();
        self.instances += cases.len();
        for ((edits, instance), verdict) in cases.iter().zip(program().ask(&questions)) {
            self.tried.extend(edits.iter().map(|edit| edit.case));
            let Err(disagreement) = compare(oracle, kind.direction, instance, &verdict) else {
                continue;
            };
            match &edits[..] {
                [edit] if ACCEPTED.iter().any(|(case, _)| *case == edit.case) => {
                    self.accepted.insert(edit.case);
                }
                edits => {
                    let edits = edits.iter().map(ToString::to_string);
                    let edits = edits.collect::<Vec<_>>().join(", ");
                    self.disagreements.push(format!("{edits}: {disagreement}"));
                }
            }
        }
    }
}

fn compare(oracle: &Oracle, direction: Direction, instance: &Value, verdict: &Verdict) -> Result<(), String> {
    let findings = oracle.findings(instance);
    let violations = match verdict {
        Verdict::DecodeError(error) => return compare_shape(error, &findings),
        Verdict::Violations(violations) => &violations[..],
        Verdict::Ok(_) => &[],
    };
    if findings.iter().any(|found| !found.is_constraint() && !found.is_choice()) {
        return Err(format!("decoded in spite of {findings:?}"));
    }
    // A type that is only received checks no constraint, and keeps values and variants that the description does not list.
    if direction == Direction::Received && violations.is_empty() && findings.iter().all(|found| found.size.is_none()) {
        return Ok(());
    }
    compare_constraints(violations, &findings)
}

/// Compares the error of the decoder with what the schema finds wrong with the shape.
fn compare_shape(error: &DecodeError, findings: &[Finding]) -> Result<(), String> {
    let shape = findings.iter().filter(|found| found.size.is_none());
    // The schema refuses a union as a whole; the decoder reports the location in one of its alternatives.
    let agreed = shape.clone().any(|found| found.location == error.location || found.is_union_around(&error.location));
    // An instance is JSON, so its text is never to blame.
    if agreed && error.category == "Data" {
        Ok(())
    } else {
        Err(format!("{}, but the schema finds {:?}", error.text, shape.collect::<Vec<_>>()))
    }
}

/// Compares violations with the constraints that the schema finds violated; those in a union with its finding.
fn compare_constraints(violations: &[Broken], findings: &[Finding]) -> Result<(), String> {
    let unions: Vec<_> = findings.iter().filter(|found| found.is_union()).collect();
    let is_in_union = |broken: &&Broken| unions.iter().any(|union| union.is_union_around(&broken.location));
    let (in_unions, others): (Vec<_>, Vec<_>) = violations.iter().partition(is_in_union);
    let mut ours: Vec<_> = others.iter().map(|broken| from_violation(broken)).collect();
    let mut theirs: Vec<_> = findings.iter().filter(|found| !found.is_union()).cloned().collect();
    ours.sort();
    theirs.sort();
    let is_refused = |union: &&Finding| in_unions.iter().any(|broken| union.is_union_around(&broken.location));
    if ours == theirs && unions.iter().all(is_refused) {
        Ok(())
    } else {
        Err(format!("{violations:?}, but the schema finds {findings:?}"))
    }
}

fn from_violation(broken: &Broken) -> Finding {
    Finding {
        location: broken.location.clone(),
        keyword: broken.keyword.clone(),
        size: broken.limit.zip(broken.measured),
    }
}
