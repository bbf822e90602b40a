//! Constraints as sentences.

use super::code;
use crate::api::{Bounds, Check, NumberBound, TypeDef};

/// A sentence for each pair of keywords of a part of a type, with those that only the service checks.
pub(in crate::render) fn facts_of_part(definition: &TypeDef, part: usize, checks: &[Check]) -> Vec<String> {
    facts(&[checks, &definition.checked_by_service(part)].concat())
}

/// A sentence for each pair of keywords.
pub(in crate::render) fn facts(checks: &[Check]) -> Vec<String> {
    fn describe(checks: &[Check], of: &str, facts: &mut Vec<String>) {
        for check in checks {
            let fact = match check {
                Check::Length(bounds) => format!("Length{of}: {}.", sizes(*bounds, "character", "characters")),
                Check::ItemCount(bounds) => format!("Size{of}: {}.", sizes(*bounds, "item", "items")),
                Check::PropertyCount(bounds) => format!("Size{of}: {}.", sizes(*bounds, "property", "properties")),
                Check::UniqueItems => format!("The items{of} must be unique."),
                Check::MultipleOf(step) => format!("Multiple of{of}: {}.", plain(step)),
                Check::Pattern { stated, translated: Ok(_) } => format!("Pattern{of}: {}.", code(stated)),
                Check::Pattern { stated, translated: Err(_) } => {
                    format!("Pattern{of}: {}, checked only by the service.", code(stated))
                }
                Check::Range { low, high } => {
                    facts.extend(range(of, low.as_ref(), high.as_ref()));
                    continue;
                }
                Check::Nested | Check::Finite => continue,
                Check::Present(inner) => {
                    describe(inner, of, facts);
                    continue;
                }
                Check::Items(inner) => {
                    describe(inner, " of each item", facts);
                    continue;
                }
                Check::Values(inner) => {
                    describe(inner, " of each value", facts);
                    continue;
                }
            };
            facts.push(fact);
        }
    }
    let mut facts = Vec::new();
    describe(checks, "", &mut facts);
    facts
}

fn range(of: &str, low: Option<&NumberBound>, high: Option<&NumberBound>) -> Vec<String> {
    let end = |what: &str, bound: &NumberBound| {
        let but = if bound.inclusive { "" } else { " (exclusive)" };
        format!("{what}{of}: {}{but}.", plain(&bound.value))
    };
    low.map(|low| end("Minimum", low)).into_iter().chain(high.map(|high| end("Maximum", high))).collect()
}

/// A number without a superfluous fraction: 90 for 90.0.
fn plain(number: &serde_json::Number) -> String {
    let text = number.to_string();
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

fn sizes(Bounds { min, max }: Bounds, one: &str, many: &str) -> String {
    let unit = |count: usize| if count == 1 { one } else { many };
    match (min, max) {
        (0, Some(max)) => format!("up to {max} {}", unit(max)),
        (min, None) => format!("at least {min} {}", unit(min)),
        (min, Some(max)) if min == max => format!("exactly {max} {}", unit(max)),
        (min, Some(max)) => format!("{min} to {max} {}", unit(max)),
    }
}
