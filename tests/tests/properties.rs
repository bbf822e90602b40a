//! Sent values at and beyond every limit: for each body of a request, our type and an independent validator must agree on
//! instances made from its schema.
//!
//! Instances are drawn at random from a seed, which is printed; `PROPERTY_SEED` and `PROPERTY_INSTANCES` set it and the
//! number of instances of the vendor's description. Each instance is judged as it was made and with edits of one location;
//! locations in the schema that were edited less often come first, and the edits of a location are tried in turn.

mod accepted;
mod make;
mod spoil;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::Instant;

use fastrand::Rng;
use infobip_tests::instances::{Role as SiteRole, Site};
use infobip_tests::schema::translate::{Direction, translated};
use infobip_tests::spec::{Node, Spec};
use serde_json::Value;

use crate::documents::{Body, Document, Role, documents, program};
use crate::emitted_crates::{Question, Target, Verdict};
use crate::oracle::{Oracle, Oracles};
use make::Maker;
use spoil::Kind;

/// The number of judged instances of the vendor's description; others have fewer.
const INSTANCES: usize = 100_000;

/// The number of locations that are edited in one instance, and the number of edits of each.
const EDITS: (usize, usize) = (8, 3);

/// The number of instances that are made until one is right: with alternatives of which exactly one may fit, that is luck.
const TRIES: usize = 20;

/// The approximate number of instances in memory at once.
const PORTION: usize = 2_000;

#[test]
fn types_agree_with_their_schemas() {
    let seed = setting("PROPERTY_SEED").unwrap_or_else(|| Rng::new().u64(..));
    let instances = setting("PROPERTY_INSTANCES").map_or(INSTANCES, |count| count.try_into().unwrap_or(usize::MAX));
    println!("PROPERTY_SEED={seed} PROPERTY_INSTANCES={instances}");
    let mut differences = Vec::new();
    let mut accepted = BTreeMap::<_, usize>::new();
    for document in documents() {
        let mut tally = check(document, seed, instances / document.share);
        differences.append(&mut tally.differences);
        for (reason, count) in tally.accepted {
            *accepted.entry(reason).or_default() += count;
        }
    }
    for (reason, count) in &accepted {
        println!("{count:>6} accepted: {reason}");
    }
    assert!(differences.is_empty(), "{} differences, seed {seed}:\n{}", differences.len(), differences.join("\n"));
    let idle: Vec<_> = accepted::idle(&accepted).collect();
    assert!(idle.is_empty() || instances < INSTANCES, "no longer needed: {idle:?}");
}

/// Independently of our types, nearly all instances are right as they were made, and edits make them wrong.
#[test]
fn instances_are_right_until_they_are_edited() {
    for document in documents() {
        let spec = translated(&document.spec, Direction::Sent);
        let oracles = Oracles::new(&spec);
        for schema in document.request_schemas() {
            let oracle = oracles.at(&schema);
            let mut drawer = Drawer::new(&spec, &schema, &oracle, 1);
            let cases = drawer.draw(1_500);
            let (made, edited): (Vec<_>, Vec<_>) = cases.iter().partition(|case| case.kind == Kind::Made);
            let wrong = |cases: &[&Case]| cases.iter().filter(|case| !oracle.accepts(&case.instance)).count();
            let (wrong_made, wrong_edited) = (wrong(&made), wrong(&edited));
            let counts = format!("{schema}: {wrong_made} of {} made, {wrong_edited} of {}", made.len(), edited.len());
            let example = made.iter().find(|case| !oracle.accepts(&case.instance));
            let findings = example.map(|case| (oracle.findings(&case.instance), &case.instance));
            println!("{counts}, {} made in vain {findings:?}", drawer.in_vain);
            // Some schemas accept any value.
            let is_free = oracle.accepts(&Value::Null) && oracle.accepts(&Value::Bool(true));
            assert!(wrong_made * 50 <= made.len() && (is_free || wrong_edited * 5 >= edited.len()), "{counts}");
        }
    }
}

fn setting(name: &str) -> Option<u64> {
    let value = std::env::var(name).ok()?;
    Some(value.parse().unwrap_or_else(|_| panic!("`{name}` is a number")))
}

/// An instance and its origin.
struct Case {
    kind: Kind,
    pointer: String,
    instance: Value,
    /// Set if decoding must not lose anything.
    is_described: bool,
}

/// Judges the instances of a description.
fn check(document: &Document, seed: u64, instances: usize) -> Tally {
    let start = Instant::now();
    let spec = translated(&document.spec, Direction::Sent);
    let oracles = Oracles::new(&spec);
    let bodies: Vec<&Body> = document.bodies.iter().filter(|body| body.role == Role::Request).collect();
    let mut tally = Tally::default();
    for (index, body) in bodies.iter().enumerate() {
        let [target] = &body.targets[..] else {
            tally.differences.push(format!("{}: a request has one type", body.operation));
            continue;
        };
        // Each body draws from a seed of its own, so that one does not change what others get.
        let oracle = oracles.at(&body.schema);
        let mut drawer = Drawer::new(&spec, &body.schema, &oracle, seed.wrapping_add(index as u64));
        let mut left = instances.div_ceil(bodies.len());
        while left > 0 {
            let cases = drawer.draw(left.min(PORTION));
            left -= cases.len();
            for (case, (verdict, expected)) in cases.iter().zip(judge_all(target, &oracle, &cases)) {
                tally.enter(document, body, case, &verdict, expected);
            }
        }
        tally.unlucky += drawer.unlucky;
    }
    let Tally { judged, right, unlucky, accepted, .. } = &tally;
    println!(
        "{}: {judged} instances of {} bodies, {right} of them right, {unlucky} wrong after {TRIES} tries, \
         {} differences accepted, in {:.1?}",
        document.name,
        bodies.len(),
        accepted.values().sum::<usize>(),
        start.elapsed()
    );
    tally
}

/// The verdict of our type on each instance, and `true` if the schema accepts it; computed at the same time.
fn judge_all(target: &Target, oracle: &Oracle, cases: &[Case]) -> Vec<(Verdict, bool)> {
    let questions = cases.iter().map(|case| Question { target, body: case.instance.to_string() });
    let questions: Vec<_> = questions.collect();
    std::thread::scope(|scope| {
        let verdicts = scope.spawn(|| program().ask(&questions));
        let expected: Vec<_> = cases.iter().map(|case| oracle.accepts(&case.instance)).collect();
        let verdicts = verdicts.join().expect("asking does not fail");
        verdicts.into_iter().zip(expected).collect()
    })
}

/// Draws instances of a body.
struct Drawer<'a> {
    schema: Node<'a>,
    oracle: &'a Oracle,
    rng: Rng,
    tags: Vec<String>,
    /// The number of edits tried at each location in the schema.
    progress: HashMap<String, usize>,
    /// The number of instances that were made again because they were wrong.
    in_vain: usize,
    /// The number of instances that were wrong at the last try too.
    unlucky: usize,
}

impl<'a> Drawer<'a> {
    fn new(spec: &'a Spec, schema: &'a str, oracle: &'a Oracle, seed: u64) -> Self {
        let (file, pointer) = schema.split_once('#').expect("a place has a pointer");
        let (schema, rng, tags) = (spec.at(file, pointer), Rng::with_seed(seed), tags(spec));
        Self { schema, oracle, rng, tags, progress: HashMap::new(), in_vain: 0, unlucky: 0 }
    }

    fn draw(&mut self, count: usize) -> Vec<Case> {
        let mut cases = Vec::new();
        while cases.len() < count {
            self.add_one(&mut cases);
        }
        cases.truncate(count);
        cases
    }

    /// Makes an instance, and edits some of its locations.
    fn add_one(&mut self, cases: &mut Vec<Case>) {
        let (instance, mut sites, has_unknown) = self.make();
        self.rng.shuffle(&mut sites);
        sites.sort_by_cached_key(|site| self.progress.get(&without_indices(&site.pointer)).copied());
        for site in sites.iter().take(EDITS.0) {
            let tag = self.rng.choice(&self.tags).map_or("", |tag| tag);
            let edits = spoil::edits(site, &instance, tag);
            let tried = self.progress.entry(without_indices(&site.pointer)).or_default();
            for edit in edits.iter().cycle().skip(*tried % edits.len().max(1)).take(EDITS.1) {
                if let Some(instance) = edit.apply(&instance) {
                    let (kind, pointer) = (edit.kind, edit.pointer.clone());
                    cases.push(Case { kind, pointer, instance, is_described: false });
                }
            }
            *tried += EDITS.1;
        }
        cases.push(Case { kind: Kind::Made, pointer: String::new(), instance, is_described: !has_unknown });
    }

    /// Makes an instance; returns it with its locations, and `true` if some are not described.
    ///
    /// The last try counts in any case: the two must agree on a wrong instance too.
    fn make(&mut self) -> (Value, Vec<Site<'a>>, bool) {
        let mut tried = 0;
        loop {
            tried += 1;
            let mut maker = Maker::new(&mut self.rng);
            let instance = maker.make(vec![self.schema], "", SiteRole::Whole);
            let Maker { sites, has_unknown, .. } = maker;
            let is_right = self.oracle.accepts(&instance);
            if is_right || tried == TRIES {
                self.unlucky += usize::from(!is_right);
                return (instance, sites, has_unknown);
            }
            self.in_vain += 1;
        }
    }
}

/// The location in the schema: that in an instance with `*` for each index.
fn without_indices(pointer: &str) -> String {
    let tokens = pointer.split('/').map(|token| if token.parse::<usize>().is_ok() { "*" } else { token });
    tokens.collect::<Vec<_>>().join("/")
}

/// All texts that are the only value of an enumeration, which distinguish variants.
fn tags(spec: &Spec) -> Vec<String> {
    let mut tags = BTreeSet::new();
    let mut queue: Vec<&Value> = spec.documents.values().collect();
    while let Some(value) = queue.pop() {
        match value {
            Value::Object(members) => {
                if let Some([Value::String(tag)]) = value["enum"].as_array().map(|values| &values[..]) {
                    tags.insert(tag.clone());
                }
                queue.extend(members.values());
            }
            Value::Array(items) => queue.extend(items),
            _ => {}
        }
    }
    tags.into_iter().collect()
}

/// The results for the instances of a description.
#[derive(Default)]
struct Tally {
    judged: usize,
    right: usize,
    /// The number of instances that were meant to be right, and are not.
    unlucky: usize,
    accepted: BTreeMap<&'static str, usize>,
    differences: Vec<String>,
    /// The locations of differences, so that each is shown once.
    shown: BTreeSet<(Kind, String)>,
}

impl Tally {
    fn enter(&mut self, document: &Document, body: &Body, case: &Case, verdict: &Verdict, expected: bool) {
        self.judged += 1;
        self.right += usize::from(expected);
        let is_same = verdict.is_ok() == expected;
        if is_same && !(expected && case.is_described && !verdict.carries(&case.instance)) {
            return;
        }
        let reason = accepted::reason(&document.name, case, verdict, expected).filter(|_| !is_same);
        if let Some(reason) = reason {
            *self.accepted.entry(reason).or_default() += 1;
            return;
        }
        if self.shown.insert((case.kind, body.schema.clone() + &case.pointer)) {
            let value = case.instance.pointer(&case.pointer).map(Value::to_string).unwrap_or_default();
            let start: String = value.chars().take(200).collect();
            let Case { kind, pointer, .. } = case;
            let said = if expected { "takes" } else { "refuses" };
            self.differences.push(format!(
                "{}: {kind:?} at `{pointer}` = {start}: the schema {said} it: {verdict:?}",
                body.operation
            ));
        }
    }
}
