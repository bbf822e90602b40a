//! Equality as JSON Schema has it: numbers by their value, objects whatever the order of their members.

use crate::JsonValue;

/// Whether two values are equal in the sense of JSON Schema: `1` is `1.0`, and members have no order.
pub(crate) fn equal(left: &JsonValue, right: &JsonValue) -> bool {
    match (left, right) {
        (JsonValue::Number(left), JsonValue::Number(right)) => match (whole(left), whole(right)) {
            (None, None) => left.as_f64() == right.as_f64(),
            (left, right) => left == right,
        },
        (JsonValue::Array(left), JsonValue::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| equal(left, right))
        }
        (JsonValue::Object(left), JsonValue::Object(right)) => {
            let same = |(name, value)| right.get(name).is_some_and(|other| equal(value, other));
            left.len() == right.len() && left.iter().all(same)
        }
        _ => left == right,
    }
}

fn whole(number: &serde_json::Number) -> Option<i128> {
    let integer = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
    integer.or_else(|| integral(number.as_f64()?))
}

/// The integer that a number is, if it is one that `i64` or `u64` can hold; larger ones are compared as they are.
#[expect(clippy::cast_possible_truncation, reason = "the number is whole and in the range")]
pub(crate) fn integral(number: f64) -> Option<i128> {
    const TOO_LARGE: f64 = 18_446_744_073_709_551_616.0;
    (number.fract() == 0.0 && number.abs() < TOO_LARGE).then_some(number as i128)
}

#[cfg(test)]
mod tests {
    use serde_json::from_str;

    use super::*;

    #[track_caller]
    fn check(left: &str, right: &str, expected: bool) {
        let [left, right]: [JsonValue; 2] = [left, right].map(|text| from_str(text).expect("JSON"));
        assert_eq!((equal(&left, &right), equal(&right, &left)), (expected, expected), "{left} {right}");
        let oracle = jsonschema::is_valid(&serde_json::json!({ "const": left }), &right);
        assert_eq!(oracle, expected, "{left} {right}");
    }

    #[test]
    fn numbers_are_equal_by_value() {
        check("1", "1.0", true);
        check("0", "-0.0", true);
        check("-3", "-3e0", true);
        check("0.5", "5e-1", true);
        check("1", "1.5", false);
        check("1", "true", false);
        check("0", "null", false);
        check("9007199254740993", "9007199254740992.0", false);
        check("18446744073709551615", "18446744073709551616.0", false);
        check("1e300", "1e300", true);
    }

    #[test]
    fn containers_are_compared_by_their_parts() {
        check("[1, 2]", "[1.0, 2]", true);
        check("[1, 2]", "[2, 1]", false);
        check("[1]", "[1, 1]", false);
        check(r#"{"a": 1, "b": [null]}"#, r#"{"b": [null], "a": 1.0}"#, true);
        check(r#"{"a": 1}"#, r#"{"b": 1}"#, false);
        check(r#"{"a": null}"#, "{}", false);
        check("[]", "{}", false);
        check(r#""1""#, "1", false);
    }
}
