//! The check that no two items of an array are equal.

use serde::Serialize;

use crate::check::equality::equal;
use crate::check::fingerprint::Fingerprints;
use crate::check::keyword::{Keyword, Limit};
use crate::check::location::{Location, Segment};
use crate::check::violation::Violations;

/// So many items are compared each with each, on the stack.
const FEW: usize = 32;

impl Violations {
    /// Checks `uniqueItems: true`: no two items are equal as JSON Schema has it, where `1` is `1.0` and the
    /// members of an object have no order.
    ///
    /// Takes one hash of each item, and no memory for up to 32 of them. An item without a JSON form is
    /// passed over; encoding refuses it anyway.
    ///
    /// ```
    /// use wirecrate_runtime::{Location, Violations};
    ///
    /// let mut violations = Violations::new();
    /// violations.check_unique(&Location::root(), "senders", &["a", "b"]);
    /// violations.check_unique(&Location::root(), "sizes", &[1.0, 2.0, 1.0]);
    /// assert_eq!(violations.to_string(), "`sizes`: items repeat, `uniqueItems` is true");
    /// ```
    pub fn check_unique<'a, T: Serialize>(
        &mut self,
        at: &'a Location<'a>,
        segment: impl Into<Segment<'a>>,
        items: &[T],
    ) {
        if items.len() > 1 && repeats(items) {
            self.report_value(at, segment.into(), Keyword::UniqueItems, Limit::True);
        }
    }
}

fn repeats<T: Serialize>(items: &[T]) -> bool {
    let prints = Fingerprints::new();
    if items.len() <= FEW {
        let mut seen = [None; FEW];
        items.iter().enumerate().any(|(index, item)| {
            seen[index] = prints.of(item);
            let alike = |other: &usize| seen[index].is_some() && seen[*other] == seen[index];
            (0..index).filter(alike).any(|other| same(item, &items[other]))
        })
    } else {
        let mut sorted: Vec<_> = items.iter().filter_map(|item| Some((prints.of(item)?, item))).collect();
        sorted.sort_unstable_by_key(|(print, _)| *print);
        sorted.chunk_by(|left, right| left.0 == right.0).any(|alike| {
            // Items that are alike by chance are as good as never more than two.
            alike.windows(2).any(|pair| same(pair[0].1, pair[1].1))
        })
    }
}

/// Looks again at two items with one fingerprint, because that might be chance.
#[cold]
fn same<T: Serialize>(left: &T, right: &T) -> bool {
    match (serde_json::to_value(left), serde_json::to_value(right)) {
        (Ok(left), Ok(right)) => equal(&left, &right),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[track_caller]
    fn check<T: Serialize>(items: &[T], unique: bool) {
        let mut violations = Violations::new();
        violations.check_unique(&Location::root(), "list", items);
        let expected = if unique { "" } else { "`list`: items repeat, `uniqueItems` is true" };
        assert_eq!(violations.to_string(), expected);
        let oracle = jsonschema::is_valid(&json!({ "uniqueItems": true }), &json!(items));
        assert_eq!(oracle, unique, "{}", json!(items));
    }

    #[test]
    fn items_are_compared_as_json() {
        check::<u8>(&[], true);
        check(&["a"], true);
        check(&["a", "b", "A"], true);
        check(&["a", "b", "a"], false);
        check(&[Some(1), None, Some(2)], true);
        check(&[None::<i32>, None], false);
        check(&[json!(1), json!(1.0)], false);
        check(&[json!(1), json!(true), json!("1"), json!([1]), json!(null)], true);
        check(&[json!({"a": 1, "b": 2}), json!({"b": 2, "a": 1})], false);
        check(&[vec![1, 2], vec![2, 1], vec![1], vec![]], true);
    }

    #[test]
    fn many_items_are_compared_too() {
        let mut items: Vec<u32> = (0..10_000).collect();
        check(&items, true);
        items.push(17);
        check(&items, false);
        for count in FEW - 1..=FEW + 2 {
            let mut items: Vec<String> = (0..count).map(|index| format!("item {index}")).collect();
            check(&items, true);
            items[count - 1] = items[0].clone();
            check(&items, false);
        }
    }

    #[test]
    fn items_without_a_json_form_are_passed_over() {
        let unencodable = std::collections::BTreeMap::from([((1, 2), 3)]);
        let mut violations = Violations::new();
        violations.check_unique(&Location::root(), "list", &[&unencodable, &unencodable]);
        assert!(violations.is_empty());
    }

    #[test]
    fn agrees_with_another_validator_on_random_arrays() {
        let mut random = fastrand::Rng::with_seed(2);
        let mut counts = [0; 2];
        for _ in 0..3000 {
            let items: Vec<Value> = (0..random.usize(..4)).map(|_| random_value(&mut random, 2)).collect();
            let mut violations = Violations::new();
            violations.check_unique(&Location::root(), "list", &items);
            let oracle = jsonschema::is_valid(&json!({ "uniqueItems": true }), &json!(items));
            assert_eq!(violations.is_empty(), oracle, "{}", json!(items));
            counts[usize::from(oracle)] += 1;
        }
        assert!(counts.iter().all(|count| *count > 100), "{counts:?}");
    }

    fn random_value(random: &mut fastrand::Rng, depth: usize) -> Value {
        match random.u32(..if depth == 0 { 5 } else { 7 }) {
            0 => Value::Null,
            1 => json!(random.bool()),
            2 => json!(random.i32(-1..2)),
            3 => json!(f64::from(random.i32(-2..3)) / 2.0),
            4 => json!(["", "a", "1"][random.usize(..3)]),
            5 => (0..random.usize(..3)).map(|_| random_value(random, depth - 1)).collect(),
            _ => {
                let names = ["a", "b", "c"];
                let members =
                    (0..random.usize(..3)).map(|_| (names[random.usize(..3)], random_value(random, depth - 1)));
                json!(members.collect::<std::collections::HashMap<_, _>>())
            }
        }
    }
}
