//! The accepted disagreements between a type and its schema, with their reasons.

use std::collections::BTreeMap;

use super::Case;
use super::spoil::Kind;
use crate::emitted_crates::Verdict;

/// An accepted kind of disagreement.
struct Accepted {
    reason: &'static str,
    /// Set if our type rejects a value that the schema accepts.
    refused: bool,
    /// Takes the name of the description, the case, and the verdict of our type.
    applies: fn(&str, &Case, &Verdict) -> bool,
}

const ACCEPTED: [Accepted; 7] = [
    Accepted {
        reason: "a tolerant reader takes `null` for an optional member as its absence",
        refused: false,
        applies: |_, case, _| case.kind == Kind::NullForOptional,
    },
    Accepted {
        reason: "serde reads a struct from an array of its fields' values too, which no client sends",
        refused: false,
        applies: |_, case, _| case.kind == Kind::ArrayForObject,
    },
    Accepted {
        reason: "serde_json reads a variant from `{\"HOME\": null}` too, which no client sends",
        refused: false,
        applies: |_, case, _| case.kind == Kind::ObjectForEnum,
    },
    Accepted {
        reason: "a listed number is compared by its value, so that 1.0 is 1 in draft 4 too",
        refused: false,
        applies: |_, case, _| is_whole(case),
    },
    Accepted {
        reason: "a write-only member is optional in a type that is received as well",
        refused: false,
        applies: |document, case, _| document == "read_only.yaml" && case.pointer.starts_with("/shared"),
    },
    Accepted {
        reason: UNKNOWN_PROPERTIES,
        refused: true,
        applies: |_, case, verdict| {
            let Verdict::Violations(broken) = verdict else { return false };
            let is_unique = broken.iter().all(|violation| violation.keyword == "uniqueItems");
            is_unique && case.instance.to_string().contains("notDescribed")
        },
    },
    Accepted {
        reason: BEYOND_F32,
        refused: true,
        applies: |_, case, verdict| {
            let number = case.instance.pointer(&case.pointer).and_then(serde_json::Value::as_f64);
            matches!(verdict, Verdict::DecodeError(_)) && number.is_some_and(|number| number.abs() > f32::MAX.into())
        },
    },
];

/// Differences that not every run meets.
const SELDOM: [&str; 2] = [UNKNOWN_PROPERTIES, BEYOND_F32];

/// With the feature `float_roundtrip` of `serde_json`, which the validator of the tests turns on; without it, the number
/// becomes infinite.
const BEYOND_F32: &str = "a number beyond the range of its format `float` is refused";

const UNKNOWN_PROPERTIES: &str =
    "undescribed properties are not kept, and items that differ in them alone are the same";

/// Returns `true` if the case is about a number such as `1.0`.
fn is_whole(case: &Case) -> bool {
    let number = case.instance.pointer(&case.pointer).filter(|value| value.is_f64());
    number.and_then(serde_json::Value::as_f64).is_some_and(|number| number.fract() == 0.0)
}

/// Returns the reason for which a disagreement is accepted, if it is.
pub(super) fn reason(document: &str, case: &Case, verdict: &Verdict, refused: bool) -> Option<&'static str> {
    let mut accepted = ACCEPTED.iter().filter(|accepted| accepted.refused == refused);
    accepted.find(|accepted| (accepted.applies)(document, case, verdict)).map(|accepted| accepted.reason)
}

/// The reasons that nothing needed.
pub(super) fn idle(needed: &BTreeMap<&'static str, usize>) -> impl Iterator<Item = &'static str> {
    let reasons = ACCEPTED.iter().map(|accepted| accepted.reason);
    reasons.filter(|reason| !SELDOM.contains(reason) && !needed.contains_key(reason))
}
