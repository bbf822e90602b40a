//! The parameters of an operation: one struct for those in the path, the query and the headers.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::OperationReader;
use super::forms::without_null;
use crate::api::{Docs, Parameter, ParameterLocation, TypeId, TypeRef, UnknownProperties};
use crate::document::Cursor;
use crate::lower::draft::{DraftField, DraftStruct};
use crate::lower::schemas::{LoweredType, Reported};
use crate::names::{self, Taken};

/// Headers that other parts of a description define.
const DESCRIBED_ELSEWHERE: &[&str] = &["accept", "authorization", "content-type"];

/// Headers that the HTTP library writes.
pub(super) const WRITTEN_BY_HTTP_LIBRARY: &[&str] = &[
    "accept-encoding",
    "connection",
    "content-encoding",
    "content-length",
    "expect",
    "host",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// A Parameter Object.
struct Described<'d> {
    node: Cursor<'d>,
    name: &'d str,
    part: ParameterLocation,
}

impl<'d> OperationReader<'_, 'd> {
    /// Reads the parameters of an operation and its path item into a struct; `None` if there are none.
    pub(crate) fn parameters(
        &mut self,
        item: &Cursor<'d>,
        operation: &Cursor<'d>,
        path: &str,
        name: &str,
    ) -> Result<Option<TypeId>, Reported> {
        let described = self.described(item, operation);
        self.compare_with_path(&described, operation, path)?;
        if described.is_empty() {
            return Ok(None);
        }
        let type_name = format!("{}Parameters", self.casing.type_name(name));
        if !self.schemas.has_room(operation, described.len()) {
            return Err(Reported);
        }
        let mut fields: Vec<DraftField<'d>> = Vec::new();
        let mut locations = Vec::new();
        let mut names = Taken::default();
        for parameter in &described {
            let Some((field, location)) = self.parameter(parameter, &type_name, &mut names) else { continue };
            fields.push(field);
            locations.push(location);
        }
        if fields.is_empty() {
            return Err(Reported);
        }
        let shape = DraftStruct {
            fields,
            camel_case: false,
            unknown_properties: UnknownProperties::Ignored,
            property_count: None,
            declined: None,
        };
        Ok(Some(self.schemas.add_parameters(operation, &type_name, shape, locations)))
    }

    /// The parameters of the path item and the operation. A parameter of the operation overrides one of the path item with the
    /// same name and location.
    fn described(&mut self, item: &Cursor<'d>, operation: &Cursor<'d>) -> Vec<Described<'d>> {
        // By location and name; the names of headers are not case-sensitive.
        let mut found: IndexMap<(&'d str, String), (&'d str, Cursor<'d>)> = IndexMap::new();
        for holder in [item, operation] {
            let mut here: IndexMap<(&'d str, String), (&'d str, Cursor<'d>)> = IndexMap::new();
            for place in holder.array("parameters") {
                let node = self.resolved.follow(&place);
                let (Some(name), Some(part)) = (node.text("name"), node.text("in")) else { continue };
                let key = (part, if part == "header" { name.to_ascii_lowercase() } else { name.to_owned() });
                if let Some((_, other)) = here.get(&key) {
                    self.schemas.diagnostics.duplicate_parameter(place, name, in_words(part), &other.origin());
                } else {
                    here.insert(key, (name, node));
                }
            }
            found.extend(here);
        }
        self.remove_secrets(operation, &mut found);
        found.into_iter().filter_map(|((part, _), (name, node))| self.wanted(name, part, node)).collect()
    }

    /// Returns a parameter that becomes a field; reports the others.
    fn wanted(&mut self, name: &'d str, part: &str, node: Cursor<'d>) -> Option<Described<'d>> {
        let part = match part {
            "path" => ParameterLocation::Path,
            "query" => ParameterLocation::Query,
            "header" => ParameterLocation::Header,
            _ => {
                let help = "remove it; send cookies as a header with `Call::header`";
                self.schemas.diagnostics.unsupported(node, &format!("the cookie parameter `{name}`"), help);
                return None;
            }
        };
        if part == ParameterLocation::Header {
            let header = name.to_ascii_lowercase();
            if DESCRIBED_ELSEWHERE.contains(&&*header) {
                let help = "media types and security schemes define this header";
                self.schemas.diagnostics.note_not_used(node, &format!("the header parameter `{name}`"), help);
                return None;
            }
            let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte));
            if !is_name || name.is_empty() || WRITTEN_BY_HTTP_LIBRARY.contains(&&*header) {
                let help = "remove it; the HTTP library sets this header";
                self.schemas.diagnostics.unsupported(node, &format!("the header parameter `{name}`"), help);
                return None;
            }
        }
        Some(Described { node, name, part })
    }

    /// Checks that each name in the path has a parameter, and each path parameter a name in the path.
    fn compare_with_path(
        &mut self,
        described: &[Described<'_>],
        operation: &Cursor<'d>,
        path: &str,
    ) -> Result<(), Reported> {
        let Some(names) = names_in(path) else {
            let help = "a path consists of `/`, names, and parameters such as `{id}`";
            self.schemas.diagnostics.unsupported(operation, &format!("the path `{path}`"), help);
            return Err(Reported);
        };
        let in_path = || described.iter().filter(|parameter| parameter.part == ParameterLocation::Path);
        let known: HashSet<&str> = in_path().map(|parameter| parameter.name).collect();
        let in_braces: HashSet<&str> = names.iter().copied().collect();
        let mut result = Ok(());
        for name in &names {
            if !known.contains(name) {
                let nearest = names::nearest(name, in_path().map(|parameter| parameter.name));
                self.schemas.diagnostics.missing_parameter(operation, name, nearest);
                result = Err(Reported);
            }
        }
        for parameter in in_path().filter(|parameter| !in_braces.contains(parameter.name)) {
            self.schemas.diagnostics.parameter_not_in_path(&parameter.node, parameter.name, path);
            result = Err(Reported);
        }
        result
    }

    fn parameter(
        &mut self,
        parameter: &Described<'d>,
        type_name: &str,
        names: &mut Taken,
    ) -> Option<(DraftField<'d>, Parameter)> {
        let Described { node, name: wire_name, part } = parameter;
        let Some(schema) = node.get("schema") else {
            let what = format!("the parameter `{wire_name}` without `schema`");
            self.schemas.diagnostics.unsupported(node, &what, "add a `schema`; `content` is not supported");
            return None;
        };
        let mut lowered =
            self.schemas.lower_schema(&schema, &format!("{type_name}{}", self.casing.type_name(wire_name)))?;
        without_null(&mut lowered.ty, &mut lowered.checks);
        let location = self.location(parameter, &lowered)?;
        if node.flag("allowReserved") {
            let help = "reserved characters are percent-encoded, which services decode to the same text";
            self.schemas.diagnostics.note_not_used(node.location_of("allowReserved"), "`allowReserved`", help);
        }
        if node.flag("allowEmptyValue") && !matches!(lowered.ty, TypeRef::String | TypeRef::List(_)) {
            let help = "a value of this type is never empty";
            self.schemas.diagnostics.note_not_used(node.location_of("allowEmptyValue"), "`allowEmptyValue`", help);
        }
        let description = node.text("description").map(str::to_owned).or(lowered.description);
        let field = DraftField {
            at: node.clone(),
            name: take_name(&names::field(self.casing.snake_name(wire_name)), *part, names),
            wire_name: (*wire_name).to_owned(),
            renamed: false,
            docs: Docs { summary: None, description },
            ty: lowered.ty,
            required: *part == ParameterLocation::Path || node.flag("required"),
            sensitive: self.schemas.sensitive(node).or(lowered.sensitive),
            deprecated: lowered.deprecated || node.flag("deprecated"),
            read_only: false,
            write_only: false,
            default: lowered.default,
            format: lowered.format,
            checks: lowered.checks,
        };
        Some((field, location))
    }

    /// The location of a parameter, and the separator of a list.
    fn location(&mut self, parameter: &Described<'d>, lowered: &LoweredType) -> Option<Parameter> {
        let Described { node, name, part } = parameter;
        let list = match &lowered.ty {
            TypeRef::List(item) => Some(&**item),
            _ => None,
        };
        if !self.is_one_text(list.unwrap_or(&lowered.ty)) {
            let what = format!("the type of the parameter `{name}`");
            let help = "a parameter must be a string, a number, a boolean, or a list of these; describe each property of an object as a separate parameter";
            self.schemas.diagnostics.unsupported(node, &what, help);
            return None;
        }
        let usual = if *part == ParameterLocation::Query { "form" } else { "simple" };
        let style = node.text("style").unwrap_or(usual);
        let explode = if node.has("explode") { node.flag("explode") } else { style == "form" };
        let separator = match (part, style) {
            (ParameterLocation::Query, "form" | "spaceDelimited" | "pipeDelimited") if explode => None,
            (ParameterLocation::Query, "form") | (ParameterLocation::Path | ParameterLocation::Header, "simple") => {
                Some(",")
            }
            (ParameterLocation::Query, "spaceDelimited") => Some("%20"),
            (ParameterLocation::Query, "pipeDelimited") => Some("%7C"),
            _ => {
                let what = format!("`style: {style}` of the parameter `{name}`");
                let help = match part {
                    ParameterLocation::Query => {
                        "`form`, `spaceDelimited`, and `pipeDelimited` are supported in the query"
                    }
                    ParameterLocation::Path | ParameterLocation::Header => {
                        "`simple` is supported in the path and in headers"
                    }
                };
                self.schemas.diagnostics.unsupported(node.location_of("style"), &what, help);
                return None;
            }
        };
        Some(Parameter { location: *part, separator: separator.filter(|_| list.is_some()) })
    }
}

/// A name for a field; the second field of a name has the location in its name.
fn take_name(name: &str, part: ParameterLocation, names: &mut Taken) -> String {
    if !names.contains(name) {
        return names.take(name);
    }
    let part = match part {
        ParameterLocation::Path => "path",
        ParameterLocation::Query => "query",
        ParameterLocation::Header => "header",
    };
    // The `_` that escapes a keyword is not needed before a suffix, and a doubled `_` is not snake case.
    names.take(&format!("{}_in_{part}", name.trim_end_matches('_')))
}

fn in_words(part: &str) -> &'static str {
    match part {
        "path" => "the path",
        "query" => "the query",
        "header" => "the headers",
        _ => "the cookies",
    }
}

/// The names of the parameters in a path, in order; `None` for an invalid path.
fn names_in(path: &str) -> Option<Vec<&str>> {
    if path.contains(['?', '#']) {
        return None;
    }
    let mut pieces = path.split('{');
    let first = pieces.next()?;
    let mut names = Vec::new();
    for piece in pieces {
        let (name, rest) = piece.split_once('}')?;
        if name.is_empty() || name.contains('/') || rest.contains('}') {
            return None;
        }
        names.push(name);
    }
    (!first.contains('}')).then_some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_read() {
        #[track_caller]
        fn check(path: &str, expected: Option<&[&str]>) {
            assert_eq!(names_in(path).as_deref(), expected);
        }
        check("/a/b", Some(&[]));
        check("/a/{b}", Some(&["b"]));
        check("/a/{b}.{c}/d", Some(&["b", "c"]));
        check("/a/{b", None);
        check("/a}b", None);
        check("/a/{}/b", None);
        check("/a/{{b}}", None);
        check("/a/{b/c}", None);
        check("/a?b=c", None);
    }
}
