//! The parameters of an operation: one struct for what stands in its path, its query and its headers.

use indexmap::IndexMap;

use super::OperationReader;
use super::forms::without_null;
use crate::api::{Docs, Parameter, ParameterLocation, TypeId, TypeRef, UnknownProperties};
use crate::document::{Node, Origin, Value};
use crate::lower::draft::{DraftField, DraftStruct};
use crate::lower::schemas::{LoweredType, Reported};
use crate::names;

/// Headers that OpenAPI leaves to other parts of a description.
const DESCRIBED_ELSEWHERE: &[&str] = &["accept", "authorization", "content-type"];

/// Headers that the HTTP library writes.
const WRITTEN_BY_HTTP_LIBRARY: &[&str] = &[
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

/// A parameter as it is described.
struct Described<'d> {
    origin: Origin,
    node: &'d Node,
    name: &'d str,
    part: ParameterLocation,
}

impl<'d> OperationReader<'_, 'd> {
    /// The struct of the parameters, those of the path item among them; `None` where there are none.
    pub(crate) fn parameters(
        &mut self,
        item: &Origin,
        operation: &Origin,
        path: &str,
        name: &str,
    ) -> Result<Option<TypeId>, Reported> {
        let described = self.described(item, operation);
        self.compare_with_path(&described, operation, path)?;
        if described.is_empty() {
            return Ok(None);
        }
        let type_name = format!("{}Parameters", self.casing.type_name(name));
        let mut fields: Vec<DraftField> = Vec::new();
        let mut places = Vec::new();
        for parameter in &described {
            let Some((field, place)) = self.parameter(parameter, &type_name, &fields) else { continue };
            fields.push(field);
            places.push(place);
        }
        if fields.is_empty() {
            return Err(Reported);
        }
        let shape = DraftStruct {
            fields,
            camel_case: false,
            unknown_properties: UnknownProperties::Ignored,
            property_count: None,
        };
        let operation = self.resolved.cursor(operation).ok_or(Reported)?;
        Ok(Some(self.schemas.add_parameters(&operation, &type_name, shape, places)))
    }

    /// The parameters of the path item and the operation; of two with one name in one part, that of the operation counts.
    fn described(&mut self, item: &Origin, operation: &Origin) -> Vec<Described<'d>> {
        let item = self.resolved.follow(item);
        // By the part of the request and the name, which has no case in a header.
        let mut found: IndexMap<(&'d str, String), (&'d str, Origin)> = IndexMap::new();
        for holder in [&item, operation] {
            let mut here: IndexMap<(&'d str, String), (&'d str, Origin)> = IndexMap::new();
            let list = holder.child("parameters");
            let count = self.resolved.node(&list).and_then(Node::as_array).map_or(0, <[Node]>::len);
            for index in 0..count {
                let origin = self.resolved.follow(&list.child(index.to_string()));
                let word = |key: &str| self.resolved.node(&origin)?.get(key)?.as_str();
                let (Some(name), Some(part)) = (word("name"), word("in")) else { continue };
                let key = (part, if part == "header" { name.to_ascii_lowercase() } else { name.to_owned() });
                match here.get(&key) {
                    Some((_, other)) => {
                        let place = list.child(index.to_string());
                        self.schemas.diagnostics.duplicate_parameter(place, name, in_words(part), other);
                    }
                    None => {
                        here.insert(key, (name, origin));
                    }
                }
            }
            found.extend(here);
        }
        found.into_iter().filter_map(|((part, _), (name, origin))| self.wanted(name, part, origin)).collect()
    }

    /// A parameter that goes into the struct; the others are a finding.
    fn wanted(&mut self, name: &'d str, part: &str, origin: Origin) -> Option<Described<'d>> {
        let part = match part {
            "path" => ParameterLocation::Path,
            "query" => ParameterLocation::Query,
            "header" => ParameterLocation::Header,
            _ => {
                let help = "take it out; the caller sends cookies as a header, with `Call::header`";
                self.schemas.diagnostics.unsupported(origin, &format!("the parameter `{name}` in a cookie"), help);
                return None;
            }
        };
        if part == ParameterLocation::Header {
            let header = name.to_ascii_lowercase();
            if DESCRIBED_ELSEWHERE.contains(&&*header) {
                let help = "media types and security schemes say what this header holds";
                self.schemas.diagnostics.passed_over(origin, &format!("the header parameter `{name}`"), help);
                return None;
            }
            let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte));
            if !is_name || name.is_empty() || WRITTEN_BY_HTTP_LIBRARY.contains(&&*header) {
                let help = "take it out; the HTTP library writes what the protocol needs";
                self.schemas.diagnostics.unsupported(origin, &format!("a parameter as the header `{name}`"), help);
                return None;
            }
        }
        Some(Described { node: self.resolved.node(&origin)?, origin, name, part })
    }

    /// Each name in the path has its parameter, and the other way round.
    fn compare_with_path(
        &mut self,
        described: &[Described<'_>],
        operation: &Origin,
        path: &str,
    ) -> Result<(), Reported> {
        let Some(names) = names_in(path) else {
            let help = "write `/`, names, and parameters such as `{id}`";
            self.schemas.diagnostics.unsupported(operation.clone(), &format!("the path `{path}`"), help);
            return Err(Reported);
        };
        let in_path = || described.iter().filter(|parameter| parameter.part == ParameterLocation::Path);
        let mut result = Ok(());
        for name in &names {
            if !in_path().any(|parameter| parameter.name == *name) {
                let nearest = names::nearest(name, in_path().map(|parameter| parameter.name));
                self.schemas.diagnostics.missing_parameter(operation.clone(), name, nearest);
                result = Err(Reported);
            }
        }
        for parameter in in_path().filter(|parameter| !names.contains(&parameter.name)) {
            self.schemas.diagnostics.parameter_without_place(parameter.origin.clone(), parameter.name, path);
            result = Err(Reported);
        }
        result
    }

    fn parameter(
        &mut self,
        parameter: &Described<'_>,
        type_name: &str,
        fields: &[DraftField],
    ) -> Option<(DraftField, Parameter)> {
        let Described { origin, node, name: wire_name, part } = parameter;
        let flag = |keyword: &str| node.get(keyword).is_some_and(|node| node.value == Value::Bool(true));
        let Some(schema) = self.resolved.cursor(&origin.child("schema")) else {
            let what = format!("the parameter `{wire_name}` without `schema`");
            self.schemas.diagnostics.unsupported(origin.clone(), &what, "give it a `schema`; `content` is not read");
            return None;
        };
        let name = free_name(names::member(self.casing.snake_name(wire_name)), *part, fields);
        let mut used =
            self.schemas.lower_schema(&schema, &format!("{type_name}{}", self.casing.type_name(wire_name)))?;
        without_null(&mut used.ty, &mut used.checks);
        let place = self.place(parameter, &used)?;
        if flag("allowReserved") {
            let help = "what is reserved is percent-encoded, as everywhere; services decode it to the same text";
            self.schemas.diagnostics.passed_over(origin.child("allowReserved"), "`allowReserved`", help);
        }
        if flag("allowEmptyValue") && !matches!(used.ty, TypeRef::String | TypeRef::List(_)) {
            let help = "a value of this type is never empty; the parameter is there with a value, or absent";
            self.schemas.diagnostics.passed_over(origin.child("allowEmptyValue"), "`allowEmptyValue`", help);
        }
        let description = node.get("description").and_then(Node::as_str).map(str::to_owned).or(used.description);
        let sensitive = self.resolved.cursor(origin).and_then(|parameter| self.schemas.sensitive(&parameter));
        let field = DraftField {
            origin: origin.clone(),
            name,
            wire_name: (*wire_name).to_owned(),
            renamed: false,
            docs: Docs { summary: None, description },
            ty: used.ty,
            required: *part == ParameterLocation::Path || flag("required"),
            sensitive: sensitive.or(used.sensitive),
            deprecated: used.deprecated || flag("deprecated"),
            read_only: false,
            write_only: false,
            default: used.default,
            format: used.format,
            checks: used.checks,
        };
        Some((field, place))
    }

    /// Where a parameter stands, and how a list stands there.
    fn place(&mut self, parameter: &Described<'_>, used: &LoweredType) -> Option<Parameter> {
        let Described { origin, node, name, part } = parameter;
        let list = match &used.ty {
            TypeRef::List(item) => Some(&**item),
            _ => None,
        };
        if !self.is_one_text(list.unwrap_or(&used.ty)) {
            let what = format!("the parameter `{name}`, which is no text, number, boolean or list of such values,");
            let help = "objects, `deepObject` and values without `type` have no form here; describe each member as a parameter";
            self.schemas.diagnostics.unsupported(origin.clone(), &what, help);
            return None;
        }
        let usual = if *part == ParameterLocation::Query { "form" } else { "simple" };
        let style = node.get("style").and_then(Node::as_str).unwrap_or(usual);
        let explode = node.get("explode").map_or(style == "form", |node| node.value == Value::Bool(true));
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
                        "`form`, `spaceDelimited` and `pipeDelimited` are supported in the query"
                    }
                    ParameterLocation::Path | ParameterLocation::Header => {
                        "`simple` is supported in the path and in headers"
                    }
                };
                self.schemas.diagnostics.unsupported(origin.child("style"), &what, help);
                return None;
            }
        };
        Some(Parameter { location: *part, separator: separator.filter(|_| list.is_some()) })
    }
}

/// The name of a member; a second one of its name says where it stands.
fn free_name(name: String, part: ParameterLocation, fields: &[DraftField]) -> String {
    let is_free = |name: &str| fields.iter().all(|field| field.name != name);
    if is_free(&name) {
        return name;
    }
    let part = match part {
        ParameterLocation::Path => "path",
        ParameterLocation::Query => "query",
        ParameterLocation::Header => "header",
    };
    names::free(&format!("{name}_in_{part}"), is_free)
}

fn in_words(part: &str) -> &'static str {
    match part {
        "path" => "the path",
        "query" => "the query",
        "header" => "the headers",
        _ => "the cookies",
    }
}

/// The names of the parameters in a path, in order; `None` for a path that cannot be read.
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
