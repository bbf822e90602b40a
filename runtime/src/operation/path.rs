//! The path of a request, with its parameters filled in. A template may end with a query.

use std::borrow::Cow;

use crate::error::request::RequestError;

/// A path parameter: its name and its encoded value.
pub(crate) struct Filled {
    pub(crate) name: &'static str,
    pub(crate) text: String,
}

/// Replaces each `{name}` in a template. Values stay within their segment, because reserved characters, including
/// slashes, are encoded.
pub(crate) fn fill<'t>(template: &'t str, values: &[Filled]) -> Result<Cow<'t, str>, RequestError> {
    if !template.contains('{') && values.is_empty() {
        return Ok(Cow::Borrowed(template));
    }
    let mut path = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, name, after)) = next_parameter(rest) {
        path.push_str(before);
        let value = values.iter().find(|known| known.name == name).map(|known| known.text.as_str());
        path.push_str(match value {
            // A query that is part of the template has no segments.
            Some(value) if path.contains('?') => value,
            value => checked(value.unwrap_or_default())?,
        });
        rest = after;
    }
    path.push_str(rest);
    Ok(Cow::Owned(path))
}

/// Returns the text before the next `{name}`, the name, and the remaining text.
fn next_parameter(template: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = template.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

/// Rejects values that would change the path: an empty one, and `.` and `..`, which cannot be escaped.
fn checked(value: &str) -> Result<&str, RequestError> {
    if matches!(value, "" | "." | "..") { Err(RequestError::PathParameter) } else { Ok(value) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::parameters::Parameters;
    use crate::operation::parameters::style::Style;

    fn filled(values: &[(&'static str, &str)]) -> Vec<Filled> {
        let mut parameters = Parameters::default();
        for (name, value) in values {
            parameters.path(name, Style::SIMPLE, value);
        }
        parameters.path
    }

    const TEMPLATE: &str = "/notes/1/senders/{sender}/message/{messageId}/read";

    #[track_caller]
    fn check(sender: &str, expected: &str) {
        let values = filled(&[("messageId", "m"), ("sender", sender)]);
        let path = fill(TEMPLATE, &values).expect("a path");
        assert_eq!(path, format!("/notes/1/senders/{expected}/message/m/read"));
    }

    #[test]
    fn fills_and_encodes_each_segment() {
        check("441134960000", "441134960000");
        check("a-b.c_d~e", "a-b.c_d~e");
        check("a/b", "a%2Fb");
        check("../../admin", "..%2F..%2Fadmin");
        check("a?b#c%d", "a%3Fb%23c%25d");
        check("{messageId}", "%7BmessageId%7D");
        check("é 😀\r\n", "%C3%A9%20%F0%9F%98%80%0D%0A");
        check("...", "...");
        check("%2e%2e", "%252e%252e");
    }

    #[test]
    fn refuses_values_that_would_change_the_path() {
        for sender in ["", ".", ".."] {
            let values = filled(&[("messageId", "m"), ("sender", sender)]);
            assert_eq!(fill(TEMPLATE, &values), Err(RequestError::PathParameter), "{sender:?}");
        }
        assert_eq!(fill(TEMPLATE, &filled(&[("sender", "s")])), Err(RequestError::PathParameter));
    }

    #[test]
    fn a_query_in_the_template_takes_any_value() {
        let template = "/notes/{id}?by={name}&at";
        let path = fill(template, &filled(&[("id", "a?b"), ("name", "")]));
        assert_eq!(path.as_deref(), Ok("/notes/a%3Fb?by=&at"));
        assert_eq!(fill(template, &filled(&[("id", "a")])), Err(RequestError::PathParameter));
        assert_eq!(fill(template, &filled(&[("id", ""), ("name", "")])), Err(RequestError::PathParameter));
    }

    #[test]
    fn leaves_a_path_without_parameters_alone() {
        assert!(matches!(fill("/notes/1/note", &[]), Ok(Cow::Borrowed(_))));
        assert_eq!(fill("/a{b", &[]).as_deref(), Ok("/a{b"));
    }

    #[test]
    fn encoded_dots_reach_the_wire_as_they_are() {
        // A URL parser reads `%2e%2e` as `..`. This cannot occur, because the percent sign in a value is itself
        // encoded.
        let path = fill("/a/{b}/c", &filled(&[("b", "%2e%2e")])).expect("a path");
        let mut url = reqwest::Url::parse("https://xyz.example").expect("a URL");
        url.set_path(&path);
        assert_eq!(url.path(), "/a/%252e%252e/c");
    }
}
