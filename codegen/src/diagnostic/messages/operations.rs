//! Findings about operations, and those about any construct that is not supported or not used.

use super::{Diagnostics, keyword};
use crate::document::{Location, Origin};
use crate::names::files::MAX_LENGTH;

impl Diagnostics {
    pub(crate) fn unsupported(&mut self, at: impl Into<Location>, what: &str, help: &str) {
        self.error("unsupported", at, format!("{what} is not supported")).help(help);
    }

    pub(crate) fn unsupported_security(&mut self, at: impl Into<Location>, what: &str, help: &str) {
        self.tolerable("unsupported-security", at, format!("{what} is not supported")).help(help);
    }

    pub(crate) fn warn_not_used(&mut self, at: impl Into<Location>, what: &str, help: &str) {
        self.warning("ignored", at, format!("{what} is ignored")).help(help);
    }

    pub(crate) fn note_not_used(&mut self, at: impl Into<Location>, what: &str, help: &str) {
        self.note("ignored", at, format!("{what} is ignored")).help(help);
    }

    pub(crate) fn unused_media_types(&mut self, at: impl Into<Location>, names: &[&str]) {
        let (plural, verb) = if names.len() > 1 { ("s", "are") } else { ("", "is") };
        let message = format!("the media type{plural} `{}` {verb} ignored", names.join("`, `"));
        self.note("ignored", at, message).help("one media type is used for each body and schema; JSON is preferred");
    }

    pub(crate) fn bytes_in_json(&mut self, at: impl Into<Location>, media_type: &str) {
        let message = format!("a body of media type `{media_type}` cannot contain binary data");
        self.warning("bytes-in-json", at, message).help(
            "the body is read and written as bytes; change its media type, for example to `application/octet-stream`",
        );
    }

    pub(crate) fn long_file_name(&mut self, at: impl Into<Location>, what: &str, length: usize) {
        let message = format!("the name of the file for {what} has {length} bytes; file systems allow {MAX_LENGTH}");
        self.error("long-file-name", at, message).help("shorten the name, for example with an overlay");
    }

    pub(crate) fn missing_parameter(&mut self, at: impl Into<Location>, name: &str, nearest: Option<&str>) {
        let help = match nearest {
            Some(parameter) => format!("did you mean `{{{parameter}}}`?"),
            None => format!("add a parameter with `name: {name}` and `in: path`"),
        };
        let message = format!(
            "the path contains `{{{name}}}`, but there is no path parameter with this name; any text is assumed"
        );
        self.warning("missing-parameter", at, message).help(help);
    }

    pub(crate) fn parameter_spelt_otherwise(&mut self, at: impl Into<Location>, expression: &str, name: &str) {
        let message = format!("the path contains `{{{expression}}}`; the parameter `{name}` is assumed");
        self.warning("missing-parameter", at, message).help(format!("write `{{{name}}}`"));
    }

    pub(crate) fn parameter_not_in_path(&mut self, at: impl Into<Location>, name: &str, path: &str) {
        let message = format!("the parameter `{name}` is ignored, because the path `{path}` does not contain it");
        self.warning("parameter-without-place", at, message)
            .help(format!("add `{{{name}}}` to the path, or change the parameter to `in: query`"));
    }

    pub(crate) fn path_with_query(&mut self, at: impl Into<Location>, query: &str) {
        let message = format!("a path has no query; every request is assumed to have `?{query}`");
        self.warning("path-with-query", at, message)
            .help("describe it as parameters with `in: query` and one value in `enum`");
    }

    pub(crate) fn path_with_parameters(&mut self, at: impl Into<Location>, query: &str) {
        self.warning("path-with-query", at, format!("`?{query}` in the path is ignored"))
            .help("parameters with `in: query` describe it already; remove it from the path");
    }

    pub(crate) fn path_with_fragment(&mut self, at: impl Into<Location>, fragment: &str) {
        self.warning("path-with-fragment", at, format!("`#{fragment}` in the path is ignored"))
            .help("requests do not contain fragments; describe what distinguishes the operations as parameters");
    }

    pub(crate) fn parameter_without_schema(&mut self, at: impl Into<Location>, name: &str) {
        self.warning("no-schema", at, format!("the parameter `{name}` has no schema; any text is assumed"))
            .help("add `schema` or `content`");
    }

    pub(crate) fn assumed_encoding(&mut self, at: impl Into<Location>, name: &str, sent: &str) {
        let message = format!("OpenAPI does not define the encoding of the parameter `{name}`; `{sent}` is assumed");
        self.warning("assumed-encoding", at, message)
            .help("this is what most services read; use `content` with `application/json` if the service reads JSON");
    }

    pub(crate) fn nested_parameter(&mut self, at: impl Into<Location>, name: &str) {
        let what = format!("a list or an object inside another one in the parameter `{name}`");
        self.unsupported(
            at,
            &what,
            "its style has no form for it; use `style: deepObject` for an object, or `content` with `application/json`, whichever the service \
             reads",
        );
    }

    pub(crate) fn duplicate_parameter(&mut self, at: impl Into<Location>, name: &str, part: &str, other: &Origin) {
        let message = format!("the parameter `{name}` in {part} is already defined at `{other}`");
        self.error("duplicate-parameter", at, message).help("remove one of them");
    }

    pub(crate) fn no_success(&mut self, at: impl Into<Location>) {
        self.warning("no-success", at, "the operation has no response with a success status").help(
            "every status from 200 to 299 is treated as a success, and the body is ignored; describe a response such as `200`",
        );
    }

    pub(crate) fn several_titles(&mut self, at: impl Into<Location>) {
        self.warning(
            "multiple-titles",
            at,
            "several descriptions have titles, so none of the titles is used for the crate",
        )
        .help("set `title` and `description` in the configuration of the package");
    }

    pub(crate) fn no_operation(&mut self, at: impl Into<Location>) {
        self.tolerable("no-operation", at, "the description has no operations")
            .help("add a path with a method to `paths`");
    }

    pub(crate) fn filter_without_effect(&mut self, at: impl Into<Location>, wanted: &str) {
        self.tolerable("filter-without-effect", at, format!("no operation matches {wanted}"))
            .help("correct the filter; names are case-sensitive");
    }

    pub(crate) fn duplicate_operation_id(&mut self, at: impl Into<Location>, id: &str, other: &Origin) {
        self.error("duplicate-operation-id", at, format!("the operation id `{id}` is already used by `{other}`"))
            .help("give each operation a unique id");
    }

    pub(crate) fn duplicate_operation(&mut self, at: impl Into<Location>, method: &str, path: &str, other: &Origin) {
        let message = format!("`{method} {path}` is already described at `{other}`");
        self.error("duplicate-operation", at, message).help("remove one of them");
    }

    pub(crate) fn same_path(&mut self, at: impl Into<Location>, path: &str, other: &Origin) {
        let message = format!("the path `{path}` differs only in the names of its parameters from `{other}`");
        self.warning("same-path", at, message).help("describe all methods of a path together");
    }

    /// Operations without security requirements in a description where others have some; the location is that of the first.
    pub(crate) fn no_security(&mut self, at: impl Into<Location>, others: usize) {
        let and_others = match others {
            0 => String::new(),
            1 => " (and 1 other operation)".to_owned(),
            others => format!(" (and {others} other operations)"),
        };
        let message = format!("this operation{and_others} has no security requirement, but other operations have one");
        self.warning("no-security", at, message)
            .help("add `security`; `security: []` states that an operation requires no credentials");
    }

    /// Schemes of one requirement of which a request can only use one.
    pub(crate) fn schemes_of_one_part(&mut self, at: impl Into<Location>, schemes: &[String], part: &str, name: &str) {
        let place = if part == "header" { format!("the header `{name}`") } else { format!("the {part} as `{name}`") };
        let message =
            format!("the security schemes `{}` of one requirement are all sent in {place}", schemes.join("`, `"));
        self.warning("schemes-of-one-part", at, message)
            .help("they are treated as alternatives; state each of them as a requirement of its own");
    }

    /// A parameter that a security scheme defines; the location is that of the first.
    pub(crate) fn secret_parameter(
        &mut self,
        at: impl Into<Location>,
        part: &str,
        name: &str,
        scheme: &str,
        others: usize,
    ) {
        let elsewhere = match others {
            0 => String::new(),
            1 => " here and in 1 other operation".to_owned(),
            others => format!(" here and in {others} other operations"),
        };
        let message =
            format!("the {part} parameter `{name}` is the secret of the security scheme `{scheme}`{elsewhere}");
        self.warning("secret-parameter", at, message)
            .help("it is sent with the credentials of the client; remove the parameter");
    }

    /// Security schemes that no requirement names; the location is that of the schemes.
    pub(crate) fn implied_security(&mut self, at: impl Into<Location>) {
        self.warning(
            "no-security",
            at,
            "the description has security schemes, but no security requirements".to_owned(),
        )
        .help("each scheme is optional for every operation; add `security` to state the schemes that are required");
    }

    pub(crate) fn unknown_security_scheme(&mut self, at: impl Into<Location>, name: &str, nearest: Option<&str>) {
        let help = match nearest {
            Some(scheme) => format!("did you mean `{scheme}`?"),
            None => "define it in `components.securitySchemes`".to_owned(),
        };
        self.error("unknown-security-scheme", at, format!("unknown security scheme `{name}`")).help(help);
    }

    pub(crate) fn indistinct_event(&mut self, at: impl Into<Location>, name: &str) {
        let message = format!("the event `{name}` has no property that distinguishes it from other events");
        self.warning("indistinct-event", at, message).help(
            "`Webhook::read` treats it as an unknown event; add a property that only this event has, or decode it with `from_json` at a \
             separate URL",
        );
    }

    pub(crate) fn bad_extension(&mut self, at: impl Into<Location>, expected: &str) {
        let at = at.into();
        let message = format!("invalid value for `{}`", keyword(&at));
        self.error("bad-extension", at, message).help(format!("use {expected}"));
    }

    pub(crate) fn pointer_to_nothing(&mut self, at: impl Into<Location>, token: &str, nearest: Option<&str>) {
        let help = match nearest {
            Some(property) => format!("did you mean `{property}`?"),
            None => "each token is the name of a property of an object; lists, maps and unions have none".to_owned(),
        };
        self.error("bad-extension", at, format!("the pointer does not lead to a property: there is no `{token}`"))
            .help(help);
    }

    pub(crate) fn bad_rate_limit(&mut self, at: impl Into<Location>, found: &str) {
        self.error("bad-extension", at, format!("a rate limit must be an object, not {found}"))
            .help("use an object with a `type` property, or a list of such objects");
    }

    pub(crate) fn incomplete_rate_limit(&mut self, at: impl Into<Location>, name: &str) {
        self.error("bad-extension", at, format!("the rate limit is missing `{name}`")).help(
            "`type: time` requires `numberOfRequests` and `timeUnit`; `type: bucket` also requires `capacity`; \
             `numberOfTimeUnits` defaults to 1",
        );
    }

    pub(crate) fn unused_in_rate_limit(&mut self, at: impl Into<Location>, name: &str, nearest: Option<&str>) {
        let help = match nearest {
            Some(property) => format!("did you mean `{property}`?"),
            None => "the other properties still apply".to_owned(),
        };
        let message = format!("the property `{name}` of the rate limit is ignored");
        self.warning("ignored", at, message).help(help);
    }

    pub(crate) fn limit_of_no_units(&mut self, at: impl Into<Location>, others: usize) {
        let elsewhere = match others {
            0 => String::new(),
            1 => "; the same applies to one other rate limit".to_owned(),
            others => format!("; the same applies to {others} other rate limits"),
        };
        let message = format!("`numberOfTimeUnits: 0` is treated as 1{elsewhere}");
        self.note("limit-of-no-units", at, message).help(
            "a rate limit over 0 time units would allow no requests; write `numberOfTimeUnits: 1` to avoid this note",
        );
    }

    pub(crate) fn example_does_not_fit(&mut self, at: impl Into<Location>, problem: &str) {
        self.warning("invalid-example", at, format!("the example cannot be converted to code: {problem}"))
            .help("make sure that the example matches its schema");
    }
}
