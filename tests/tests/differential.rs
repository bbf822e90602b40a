//! Our verdict against that of an independent JSON Schema validator on the same descriptions.
//!
//! The instances come from the schemas of the bodies, as edits of a full and of a minimal instance. If the decoder refuses
//! an instance, the schema must refuse its shape, at the same location among others: decoding ends at the first problem.
//! If the decoder accepts it, it must have the right shape, and violate exactly the constraints that `validate` reports.

mod compare;
mod edits;

use std::collections::BTreeSet;

use infobip_tests::instances::{Instance, instances};
use infobip_tests::schema::translate::translated;
use serde_json::Value;

use crate::documents::{Document, Kind, documents, program};
use crate::emitted_crates::Question;
use crate::oracle::{Finding, Oracle, Oracles};
use compare::compare;
use edits::{Case, Edit};

/// The disagreements that are accepted, with their reasons.
const ACCEPTED: [(Case, &str); 4] = [
    (Case::NullForOptional, "a tolerant reader takes `null` for an optional property as its absence"),
    (
        Case::ArrayForObject,
        "serde reads a struct from an array of its fields' values too, which no client sends; so it reports the fault \
         inside the array",
    ),
    (Case::ObjectForEnum, "serde_json reads a variant from `{\"HOME\": null}` too, which no client sends"),
    (Case::FractionForListed, "a listed number is compared by its value, so that 1.0 is 1 in draft 4 too"),
];

/// The descriptions that `properties` tests instead: the vendor's is large, and properties of one direction are optional
/// in a type that travels both ways.
const LEFT_TO_PROPERTIES: [&str; 2] = ["the vendor's", "read_only.yaml"];

/// The number of instances that are in memory at once.
const PORTION: usize = 2_000;

/// The greatest number of combinations of edits of one body that are all tried. Of more, a part at even distances is tried.
const MOST: usize = 9_000;

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
        let pairs = thinned(pairs);
        vec![(instance.full.clone(), pairs.map(|(first, second)| vec![first.clone(), second.clone()]).collect())]
    });
}

#[test]
fn agrees_on_every_combination_of_too_long_texts() {
    check_each_body("any number of edits", |instance| {
        let edits = edits::too_long(instance);
        // More than twelve are combined twelve at a time.
        let combined = edits.chunks(12).flat_map(|edits| {
            (0..1_u32 << edits.len()).map(move |combination| {
                let chosen = edits.iter().enumerate().filter(move |(index, _)| combination >> index & 1 == 1);
                chosen.map(|(_, edit)| edit.clone()).collect()
            })
        });
        let combined: Vec<_> = thinned(combined).collect();
        vec![(instance.full.clone(), if combined.is_empty() { vec![Vec::new()] } else { combined })]
    });
}

/// At most [`MOST`] of the items.
fn thinned<T>(items: impl Iterator<Item = T> + Clone) -> impl Iterator<Item = T> {
    let distance = items.clone().count().div_ceil(MOST).max(1);
    items.step_by(distance)
}

/// Instances to edit, each with the edits, which are applied together.
type Edits = Vec<(Value, Vec<Vec<Edit>>)>;

/// Runs a trial of the schema of each body of `spec/` and of the fixtures.
#[track_caller]
fn check_each_body(what: &str, edits: impl Fn(&Instance<'_>) -> Edits) -> Vec<Trial> {
    let mut trials = Vec::new();
    for document in documents().iter().filter(|document| !LEFT_TO_PROPERTIES.contains(&&*document.name)) {
        for kind in document.kinds() {
            let trial = Trial::run(document, kind, &edits);
            let Trial { instances, edits, disagreements, .. } = &trial;
            let name = format!("{} {}", document.name, kind.name);
            println!("{name}: {instances} instances with {what}");
            assert!(*instances > 0 || *edits == 0, "{name}: no instance");
            let shown = disagreements[..disagreements.len().min(5)].join("\n");
            assert!(disagreements.is_empty(), "{name}: {} disagreements:\n{shown}", disagreements.len());
            trials.push(trial);
        }
    }
    trials
}

/// The outcome of judging the instances of one schema.
#[derive(Default)]
struct Trial {
    /// The number of edits, and the number of instances that have the locations of their edits.
    edits: usize,
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
        let mut trial = Self::default();
        for instance in instances(spec.at(file, pointer)) {
            for base in [&instance.full, &instance.minimal()] {
                // More than one alternative may fit, and a map may ask for properties that have no schema.
                let is_expected = |found: &Finding| found.is_union() || found.keyword == "minProperties";
                let findings = oracle.findings(base);
                assert!(findings.iter().all(is_expected), "{}: {base} starts wrong: {findings:?}", kind.name);
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
        self.edits += edits.len();
        self.instances += cases.len();
        for ((edits, instance), verdict) in cases.iter().zip(program().ask(&questions)) {
            self.tried.extend(edits.iter().map(|edit| edit.case));
            let Err(disagreement) = compare(kind.direction, &oracle.findings(instance), &verdict) else {
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
