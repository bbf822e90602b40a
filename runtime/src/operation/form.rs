//! The body of an HTML form: `application/x-www-form-urlencoded`.

use serde::Serialize;

use crate::json;
use crate::json::error::JsonError;
use crate::json::raw::{self, Raw};
use crate::operation::parameters::Pairs;
use crate::operation::payload::Payload;

/// The encoding of a property of a URL-encoded form.
///
/// Without one, each item of a list becomes a pair `name=item`, and an object is sent as JSON. A single value always
/// becomes one pair, and `null` none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormStyle {
    /// Each item of a list becomes a pair `name=item`, and each property of an object a pair `key=value` (`form` with
    /// `explode`).
    Exploded,
    /// The items of a list, or the names and values of an object in turn, become one text with this separator, which is
    /// not encoded (`form`, `spaceDelimited` and `pipeDelimited` without `explode`).
    Joined(&'static str),
    /// Each value inside becomes a pair with its path as the name: `name[key]=value`, `name[]=item`, `name[0][key]=value`
    /// (`deepObject`).
    Deep,
    /// The value is sent as JSON.
    Json,
}

/// Encodes an object as a form. `styles` lists the properties with an encoding.
pub(crate) fn encode<T: Serialize + ?Sized>(value: &T, styles: &[(&str, FormStyle)]) -> Result<Payload, JsonError> {
    let text = json::encode(value)?;
    let pairs = str::from_utf8(&text).ok().and_then(|text| pairs(text, styles));
    let pairs = pairs.ok_or_else(JsonError::encoding)?;
    Ok(Payload::from_bytes(pairs.0.into_bytes()))
}

fn pairs(object: &str, styles: &[(&str, FormStyle)]) -> Option<Pairs> {
    let mut pairs = Pairs::default();
    for (name, value) in raw::members(object)? {
        let style = styles.iter().find(|(known, _)| *known == name).map(|(_, style)| *style);
        add(&mut pairs, &name, value, style)?;
    }
    Some(pairs)
}

fn add(pairs: &mut Pairs, name: &str, value: &str, style: Option<FormStyle>) -> Option<()> {
    match (style, Raw::of(value)?) {
        (_, Raw::Null) => {}
        (Some(FormStyle::Json), _) => pairs.each(name, [value]),
        (Some(FormStyle::Deep), value) => add_deep(pairs, name, value)?,
        (Some(FormStyle::Joined(separator)), Raw::List(items)) => pairs.joined(name, separator, texts(items)?),
        (Some(FormStyle::Joined(separator)), Raw::Object(members)) => {
            let mut texts = Vec::new();
            for (key, value) in members {
                texts.extend([key, raw::text(value)?]);
            }
            pairs.joined(name, separator, texts);
        }
        (Some(FormStyle::Exploded), Raw::Object(members)) => {
            for (key, value) in members {
                add(pairs, &key, value, None)?;
            }
        }
        (_, Raw::List(items)) => pairs.each(name, texts(items)?),
        (_, Raw::Text(text)) => pairs.each(name, [text]),
        (_, Raw::Literal(text)) => pairs.each(name, [text]),
        (_, Raw::Object(_)) => pairs.each(name, [value]),
    }
    Some(())
}

fn add_deep(pairs: &mut Pairs, name: &str, value: Raw<'_>) -> Option<()> {
    match value {
        Raw::Null => {}
        Raw::Text(text) => pairs.each(name, [text]),
        Raw::Literal(text) => pairs.each(name, [text]),
        Raw::List(items) => {
            let are_single = items.iter().all(|item| !item.starts_with(['[', '{']));
            for (index, item) in items.into_iter().enumerate() {
                let index = if are_single { String::new() } else { index.to_string() };
                add_deep(pairs, &format!("{name}[{index}]"), Raw::of(item)?)?;
            }
        }
        Raw::Object(members) => {
            for (key, value) in members {
                add_deep(pairs, &format!("{name}[{key}]"), Raw::of(value)?)?;
            }
        }
    }
    Some(())
}

fn texts(items: Vec<&str>) -> Option<Vec<String>> {
    items.into_iter().map(raw::text).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::JsonValue;

    #[track_caller]
    fn check(value: &JsonValue, style: Option<FormStyle>, expected: &str) {
        let styles: Vec<_> = style.map(|style| ("a", style)).into_iter().collect();
        let payload = encode(&json!({ "a": value }), &styles).expect("it encodes");
        let body = payload.as_bytes().expect("a form is in memory");
        assert_eq!(percent_encoding::percent_decode(body).decode_utf8_lossy(), expected, "{style:?}");
    }

    #[test]
    fn a_single_value_is_one_pair() {
        for style in [None, Some(FormStyle::Exploded), Some(FormStyle::Joined(",")), Some(FormStyle::Deep)] {
            check(&json!("b c"), style, "a=b c");
            check(&json!(1.5), style, "a=1.5");
            check(&json!(true), style, "a=true");
            check(&json!(null), style, "");
        }
        check(&json!("b"), Some(FormStyle::Json), "a=\"b\"");
    }

    #[test]
    fn lists_repeat_or_join() {
        let list = json!(["b", 1, {"c": 2}]);
        check(&list, None, "a=b&a=1&a={\"c\":2}");
        check(&list, Some(FormStyle::Exploded), "a=b&a=1&a={\"c\":2}");
        check(&list, Some(FormStyle::Joined("|")), "a=b|1|{\"c\":2}");
        check(&list, Some(FormStyle::Deep), "a[0]=b&a[1]=1&a[2][c]=2");
        check(&list, Some(FormStyle::Json), "a=[\"b\",1,{\"c\":2}]");
        check(&json!([]), None, "");
    }

    #[test]
    fn objects_are_json_unless_a_style_is_stated() {
        let object = json!({"b": "c", "d": {"e": [1]}});
        check(&object, None, "a={\"b\":\"c\",\"d\":{\"e\":[1]}}");
        check(&object, Some(FormStyle::Exploded), "b=c&d={\"e\":[1]}");
        check(&object, Some(FormStyle::Joined(",")), "a=b,c,d,{\"e\":[1]}");
        check(&object, Some(FormStyle::Deep), "a[b]=c&a[d][e][]=1");
    }

    #[test]
    fn delimiters_inside_values_are_encoded() {
        let form = |value: JsonValue, style| encode(&value, &[("a", style)]).expect("it encodes").as_bytes().cloned();
        assert_eq!(
            form(json!({"a": ["b,c", "d&e"], "z b": "=+"}), FormStyle::Joined(",")),
            Some("a=b%2Cc,d%26e&z%20b=%3D%2B".into())
        );
        assert_eq!(form(json!({"a": {"b": 1}}), FormStyle::Deep), Some("a%5Bb%5D=1".into()));
    }

    #[test]
    fn integers_keep_their_digits_and_only_objects_are_forms() {
        let payload = encode(&std::collections::BTreeMap::from([("n", u128::MAX)]), &[]).expect("it encodes");
        assert_eq!(payload.as_bytes(), Some(&format!("n={}", u128::MAX).into()));
        assert!(encode(&[1], &[]).is_err());
        assert!(encode(&std::collections::BTreeMap::from([("n", f64::NAN)]), &[]).is_err());
    }
}
