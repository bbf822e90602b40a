//! Equality as JSON Schema defines it: numbers are equal by value, and the properties of an object have no order.

use serde_json::{Number, Value};

/// Rewrites whole numbers as integers and returns `true` if any number changed. Two normalized values are equal in Rust
/// if and only if they are equal in JSON Schema.
pub(crate) fn normalise(value: &mut Value) -> bool {
    match value {
        Value::Number(number) => match integer(number) {
            Some(integer) => {
                *number = integer;
                true
            }
            None => false,
        },
        Value::Array(items) => items.iter_mut().fold(false, |found, item| normalise(item) | found),
        Value::Object(object) => object.values_mut().fold(false, |found, value| normalise(value) | found),
        _ => false,
    }
}

/// Returns the number as an integer, or `None` if it already is one or cannot be represented in 64 bits.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the number is whole and in the range")]
fn integer(number: &Number) -> Option<Number> {
    const END_OF_I64: f64 = 9_223_372_036_854_775_808.0;
    const END_OF_U64: f64 = 18_446_744_073_709_551_616.0;
    let number = number.as_f64().filter(|whole| number.is_f64() && whole.fract() == 0.0)?;
    if (-END_OF_I64..END_OF_I64).contains(&number) {
        Some((number as i64).into())
    } else if (0.0..END_OF_U64).contains(&number) {
        Some((number as u64).into())
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use serde_json::from_str;

    use super::*;

    #[track_caller]
    fn check(left: &str, right: &str, expected: bool) {
        let [left, right]: [Value; 2] = [left, right].map(|text| from_str(text).expect("JSON"));
        let [normal_left, normal_right] = [&left, &right].map(|value| {
            let mut value = value.clone();
            normalise(&mut value);
            value
        });
        assert_eq!(normal_left == normal_right, expected, "{left} {right}");
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

    /// Compares every pair of a list of values.
    #[test]
    fn values_are_equal_in_both_directions_or_in_none() {
        let values = [
            "1",
            "1.0",
            "-0.0",
            "0",
            "0.5",
            "\"1\"",
            "true",
            "null",
            "[]",
            "{}",
            "[1, 2]",
            "[2, 1]",
            "[1.0, 2.0]",
            "[[1], 2]",
            "[1, [2]]",
            r#"{"a": 1, "b": 2}"#,
            r#"{"b": 2.0, "a": 1}"#,
            r#"{"a": 2, "b": 1}"#,
            r#"{"a": 1}"#,
            r#"{"a": {"b": 2}}"#,
            "18446744073709551615",
            "1.8446744073709552e19",
            "1e19",
            "10000000000000000000",
            "1e300",
        ];
        for left in values {
            for right in values {
                let oracle = |left, right| {
                    let [left, right]: [Value; 2] = [left, right].map(|text| from_str(text).expect("JSON"));
                    jsonschema::is_valid(&serde_json::json!({ "const": left }), &right)
                };
                check(left, right, oracle(left, right));
            }
        }
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
