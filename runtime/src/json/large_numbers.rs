//! Numbers beyond the range of `f64`, such as `1e400`, which are valid JSON and which no [`JsonValue`](crate::JsonValue) can
//! hold.

use crate::json::locate::string_length;

/// Returns a JSON text with quotes around each number beyond the range of `f64`; `None` if there is none.
///
/// So a number that the description does not name stays as it was received, as a string. Where the description expects a
/// number, the string does not match.
#[cold]
pub(crate) fn quote_large_numbers(text: &str) -> Option<String> {
    let mut quoted = String::new();
    let mut rest = text;
    // The part of `rest` that was examined; all of it is copied with the next large number.
    let mut examined = 0;
    while let Some(start) = rest[examined..].find(|sign: char| sign == '"' || sign == '-' || sign.is_ascii_digit()) {
        let start = examined + start;
        if rest[start..].starts_with('"') {
            let after = start + 1;
            examined = (after + string_length(&rest.as_bytes()[after..]) + 1).min(rest.len());
            continue;
        }
        let length = number_length(&rest[start..]);
        examined = start + length;
        let number = &rest[start..examined];
        if number.parse::<f64>().is_ok_and(f64::is_infinite) {
            quoted.extend([&rest[..start], "\"", number, "\""]);
            rest = &rest[examined..];
            examined = 0;
        }
    }
    (!quoted.is_empty()).then(|| quoted + rest)
}

/// Returns the length of the number at the start of a text.
fn number_length(text: &str) -> usize {
    let is_part = |sign: char| sign.is_ascii_digit() || matches!(sign, '-' | '+' | '.' | 'e' | 'E');
    text.find(|sign| !is_part(sign)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::json::error::JsonErrorCategory;
    use crate::json::{decode, decode_whole_numbers};
    use crate::value::{JsonObject, JsonValue};

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(quote_large_numbers(text).as_deref(), expected, "{text}");
    }

    #[test]
    fn only_numbers_beyond_the_range_have_quotes() {
        check("[1e308, -1e-400, 1e-400, 0]", None);
        check(r#"{"1e400": "1e400", "a\"1e400": "\\", "é": ""}"#, None);
        check("1e400", Some("\"1e400\""));
        check(r#"{"a": [1, -1E+400,2e999], "b": "é"}"#, Some(r#"{"a": [1, "-1E+400","2e999"], "b": "é"}"#));
        check(&"9".repeat(309), Some(&format!("\"{}\"", "9".repeat(309))));
        check("\"1e400", None);
        check("\"1e400\\", None);
        check("1e400e400", None);
    }

    #[derive(Debug, Deserialize)]
    struct Named {
        amount: f64,
        #[serde(flatten)]
        others: JsonObject,
    }

    #[test]
    fn a_property_without_a_name_does_not_refuse_the_text() {
        let text = br#"{"amount": 1.0, "other": [1e400, {"a": -1e400}]}"#;
        for named in [decode::<Named>(text), decode_whole_numbers(text)].map(|named| named.expect("the text is valid"))
        {
            assert!((named.amount - 1.0).abs() < f64::EPSILON);
            assert_eq!(named.others["other"], serde_json::json!(["1e400", {"a": "-1e400"}]));
        }
        assert_eq!(decode::<JsonValue>(b"1e400").ok(), Some("1e400".into()));
    }

    #[test]
    fn a_property_with_a_type_refuses_the_text() {
        let error = decode::<Named>(br#"{"other": 1e400, "amount": 1e400}"#).expect_err("the amount is not a number");
        assert_eq!((error.location(), error.expected()), ("amount", Some("f64")));
        let error = decode::<Vec<i32>>(b"[1, 1e400]").expect_err("not an integer");
        assert_eq!((error.location(), error.expected()), ("[1]", Some("i32")));
        let error = decode::<JsonValue>(b"[1e400,").expect_err("not JSON");
        assert_eq!(error.category(), JsonErrorCategory::EndOfInput);
    }
}
