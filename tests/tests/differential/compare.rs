//! The comparison of our verdict with the findings of the validator.
//!
//! The two describe some errors differently; this file has those differences, with their reasons.

use infobip_tests::schema::translate::Direction;

use crate::emitted_crates::{Broken, DecodeError, Verdict};
use crate::oracle::Finding;

/// Compares the verdict on an instance with the findings of its schema.
pub(super) fn compare(direction: Direction, findings: &[Finding], verdict: &Verdict) -> Result<(), String> {
    let violations = match verdict {
        Verdict::DecodeError(error) => return compare_shape(error, findings),
        Verdict::Violations(violations) => &violations[..],
        Verdict::Ok(_) => &[],
    };
    // A union may be kept that fits none of its alternatives, and with it everything inside.
    let is_kept =
        |found: &Finding| findings.iter().any(|choice| choice.is_union() && choice.is_around(&found.location));
    let is_at = |found: &Finding, is_open: fn(&Finding) -> bool| {
        findings.iter().any(|choice| is_open(choice) && choice.location == found.location)
    };
    let is_tolerated = |found: &Finding| match direction {
        // A value that the description does not list is refused when it is checked.
        Direction::Sent => is_kept(found) || is_at(found, Finding::is_choice),
        // A reader also keeps properties that the description does not list.
        Direction::Received | Direction::Posted => is_kept(found) || is_at(found, Finding::is_open),
    };
    if findings.iter().any(|found| !found.is_constraint() && !is_tolerated(found)) {
        return Err(format!("decoded in spite of {findings:?}"));
    }
    match direction {
        Direction::Sent => compare_constraints(violations, findings),
        // The constraints of a received value are not checked.
        Direction::Received | Direction::Posted => Ok(()),
    }
}

/// Compares the error of the decoder with what the schema finds wrong with the shape.
fn compare_shape(error: &DecodeError, findings: &[Finding]) -> Result<(), String> {
    // The alternatives of a union are checked while one of them is chosen.
    let is_union = error.text.contains("alternative");
    // A listed value that violates a constraint is left out of the enumeration.
    let is_enumeration = error.text.contains(", expected `");
    let mut shape = findings.iter().filter(|found| found.size.is_none() || is_union || is_enumeration);
    let agreed = shape.any(|found| is_same_location(error, found));
    // An instance is JSON, so its text is never to blame.
    if agreed && error.category == "Data" {
        Ok(())
    } else {
        Err(format!("{}, but the schema finds {findings:?}", error.text))
    }
}

fn is_same_location(error: &DecodeError, found: &Finding) -> bool {
    let ours = error.location.as_str();
    match ours.split_once("[\u{2026}]") {
        // The name of a property is not repeated where it could be personal.
        Some((start, _)) => found.location.starts_with(start.trim_end_matches('.')),
        _ if ours == found.location => true,
        // The schema refuses a whole union or object; the decoder reports the location inside of it.
        _ if found.is_union() || found.keyword == "additionalProperties" => found.is_around(ours),
        // A value of one of several types is read as a union, and refused as a whole.
        _ if error.text.contains("alternative") => found.location.starts_with(ours),
        // An open enumeration is read as one of several types, of which none is expected more than another.
        _ if found.keyword == "enum" && !error.text.contains(", expected ") => found.location.starts_with(ours),
        // Properties without a schema of their own are read after the others, all at once.
        _ => ["anyName", "notDescribed"].iter().any(|name| {
            let outer = found.location.split_once(name).map(|(outer, _)| outer.trim_end_matches('.'));
            outer == Some(ours)
        }),
    }
}

/// Compares violations with the constraints that the schema finds violated.
fn compare_constraints(violations: &[Broken], findings: &[Finding]) -> Result<(), String> {
    let ours: Vec<_> = violations.iter().map(from_violation).collect();
    let (unions, theirs): (Vec<_>, Vec<_>) = findings.iter().partition(|found| found.is_union());
    let is_in_union = |found: &&Finding| unions.iter().any(|union| union.is_around(&found.location));
    // The schema refuses a union as a whole; a type reports at least one violation inside of it.
    let are_unions_refused = unions.iter().all(|union| ours.iter().any(|found| union.is_around(&found.location)));
    // Of several bounds on one side, such as those of an `allOf`, a type reports the strictest.
    let is_of_same_side = |one: &Finding, other: &Finding| one.location == other.location && one.side() == other.side();
    let mut expected = theirs.iter().filter(|their| their.is_constraint() || their.is_choice());
    let are_theirs_reported = expected.all(|their| ours.iter().any(|our| is_of_same_side(our, their)));
    let is_found_as_often = |one: &Finding| {
        let times = theirs.iter().filter(|their| **their == one).count();
        is_in_union(&one) || ours.iter().filter(|our| *our == one).count() <= times
    };
    if are_unions_refused && ours.iter().all(is_found_as_often) && are_theirs_reported {
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
