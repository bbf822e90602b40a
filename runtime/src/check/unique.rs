//! The check of `uniqueItems`.

use std::collections::HashSet;

use serde::Serialize;

use crate::check::equality::normalise;
use crate::check::keyword::{Constraint, Keyword};
use crate::check::location::{Location, Segment};
use crate::check::violation::Violations;

impl Violations {
    /// Checks `uniqueItems: true`: no two items may be equal as defined by JSON Schema, where `1` equals `1.0` and the
    /// properties of an object have no order.
    ///
    /// The items are compared by the hashes of their JSON values, so this takes linear time. An item that cannot be
    /// encoded as JSON is skipped, because the request cannot be sent anyway.
    ///
    /// ```
    /// use wirecrate_runtime::{Location, Violations};
    ///
    /// let mut violations = Violations::new();
    /// violations.check_unique(&Location::root(), "senders", &["a", "b"]);
    /// violations.check_unique(&Location::root(), "sizes", &[1.0, 2.0, 1.0]);
    /// assert_eq!(violations.to_string(), "`sizes`: duplicate items, `uniqueItems` is true");
    /// ```
    pub fn check_unique<'a, T: Serialize>(
        &mut self,
        at: &'a Location<'a>,
        segment: impl Into<Segment<'a>>,
        items: &[T],
    ) {
        if items.len() > 1 && has_repetition(items) {
            self.report_value(at, segment.into(), Keyword::UniqueItems, Constraint::True);
        }
    }
}

fn has_repetition<T: Serialize>(items: &[T]) -> bool {
    let mut seen = HashSet::with_capacity(items.len());
    items.iter().filter_map(|item| serde_json::to_value(item).ok()).any(|mut value| {
        normalise(&mut value);
        !seen.insert(value)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[track_caller]
    fn check<T: Serialize>(items: &[T], unique: bool) {
        let mut violations = Violations::new();
        violations.check_unique(&Location::root(), "list", items);
        let expected = if unique { "" } else { "`list`: duplicate items, `uniqueItems` is true" };
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
        for count in [2, 3, 32, 33] {
            let mut items: Vec<String> = (0..count).map(|index| format!("item {index}")).collect();
            check(&items, true);
            items[count - 1] = items[0].clone();
            check(&items, false);
        }
    }

    #[derive(Serialize)]
    enum Shape {
        Unit,
        Newtype(u8),
        Tuple(u8, ()),
        Struct { a: Option<f64>, b: Vec<Shape> },
    }

    /// Compares every shape of the Serde data model with its JSON value.
    #[test]
    fn items_of_every_shape_are_compared_as_json() {
        #[track_caller]
        fn check_shape(item: &(impl Serialize + Clone)) {
            #[derive(Serialize)]
            #[serde(untagged)]
            enum Either<'a, T> {
                Typed(&'a T),
                Json(Value),
            }
            check(&[Either::Typed(item), Either::Json(json!(item))], false);
            check(&[Either::Typed(item), Either::Json(json!([item]))], true);
        }
        check_shape(&json!([Shape::Unit, Shape::Newtype(1), Shape::Tuple(1, ())]));
        let nested = Shape::Struct { a: Some(1.0), b: vec![Shape::Struct { a: None, b: Vec::new() }] };
        check(&[nested, Shape::Struct { a: Some(1.0), b: Vec::new() }], true);
        check_shape(&(f64::NAN, 'c', "text", 1.5_f32, u64::MAX, -1_i8, true));
        check_shape(&std::collections::BTreeMap::from([("a", Some(1)), ("b", None)]));
    }

    #[test]
    fn items_that_cannot_be_encoded_are_skipped() {
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
                let properties =
                    (0..random.usize(..3)).map(|_| (names[random.usize(..3)], random_value(random, depth - 1)));
                json!(properties.collect::<std::collections::HashMap<_, _>>())
            }
        }
    }
}
