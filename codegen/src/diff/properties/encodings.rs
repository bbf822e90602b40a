//! Parameters and properties of forms: their names and encodings on the wire.

use crate::api::{Parameter, ParameterLocation, ParameterStyle, Part, PartKind, TypeDef, TypeRef, Writing};
use crate::diff::types::Matched;
use crate::diff::{At, Comparison, rules};

impl Comparison<'_> {
    /// Reports a parameter of another name or spelling. Returns `true` if its field is named after it.
    pub(super) fn parameter_name(&mut self, at: &At, definitions: [&TypeDef; 2], (one, other): Matched) -> bool {
        let (old, new) = (&definitions[0].fields()[one], &definitions[1].fields()[other]);
        let Some(location) = parameter(definitions[1], other).map(|parameter| parameter.location) else { return false };
        if old.wire_name == new.wire_name {
            return false;
        }
        let is_renamed = location == ParameterLocation::Path && old.name != new.name;
        let rule = if is_renamed { &rules::PATH_PARAMETER_RENAMED } else { &rules::NAME_SPELLING_CHANGED };
        self.keyword(at, "name", rule, Some(old.wire_name.clone()), Some(new.wire_name.clone()));
        is_renamed
    }

    /// Compares the encodings of a parameter, or of a part of a form.
    pub(super) fn encodings(&mut self, at: &At, definitions: [&TypeDef; 2], (one, other): Matched) {
        let [old, new] = definitions;
        match (&old.writing, &new.writing) {
            (Writing::Parameters(_), Writing::Parameters(_)) => self.parameters_in(at, definitions, (one, other)),
            (Writing::Multipart(a), Writing::Multipart(b)) => self.parts(at, &a[one], &b[other]),
            _ => {}
        }
    }

    fn parts(&mut self, at: &At, old: &Part, new: &Part) {
        let (before, now) = (allowed(old), allowed(new));
        let are_covered =
            |names: &[String], by: &[String]| names.iter().all(|name| by.iter().any(|by| covers(by, name)));
        let rule = match (are_covered(&before, &now), are_covered(&now, &before)) {
            (true, true) if old.allowed == new.allowed => return,
            (true, true) => &rules::PART_MEDIA_TYPE_STATED,
            (true, false) => &rules::MEDIA_TYPE_ADDED,
            (false, _) => &rules::PART_MEDIA_TYPE_CHANGED,
        };
        self.changed(at, rule, before.join(", "), now.join(", "));
    }

    fn parameters_in(&mut self, at: &At, [old, new]: [&TypeDef; 2], (one, other): Matched) {
        let (Some(a), Some(b)) = (parameter(old, one), parameter(new, other)) else { return };
        if a.location != b.location {
            let [a, b] = [a, b].map(|parameter| Some(part(parameter.location).to_owned()));
            self.keyword(at, "in", &rules::PARAMETER_MOVED, a, b);
            return;
        }
        let [before, now] = [&old.fields()[one].ty, &new.fields()[other].ty].map(ValueKind::of);
        if before == now && (a.style, a.explode) != (b.style, b.explode) {
            let [a, b] = [a, b].map(|parameter| Some(style(parameter)));
            self.keyword(at, "style", &rules::PARAMETER_STYLE_CHANGED, a, b);
        }
        let word = |flag: bool| Some(flag.to_string());
        if a.allow_reserved != b.allow_reserved {
            let (a, b) = (word(a.allow_reserved), word(b.allow_reserved));
            self.keyword(at, "allowReserved", &rules::RESERVED_CHARACTERS_CHANGED, a, b);
        }
        if a.allow_empty_value != b.allow_empty_value {
            let rule = if b.allow_empty_value { &rules::EMPTY_VALUE_ALLOWED } else { &rules::EMPTY_VALUE_NOT_ALLOWED };
            self.keyword(at, "allowEmptyValue", rule, word(a.allow_empty_value), word(b.allow_empty_value));
        }
    }
}

/// The kind of a value, on which the differences between styles depend.
#[derive(PartialEq, Eq)]
enum ValueKind {
    List,
    Object,
    Other,
}

impl ValueKind {
    fn of(ty: &TypeRef) -> Self {
        match ty.non_null() {
            TypeRef::List(_) => Self::List,
            TypeRef::Map(_) => Self::Object,
            _ => Self::Other,
        }
    }
}

pub(super) fn parameter(definition: &TypeDef, index: usize) -> Option<Parameter> {
    match &definition.writing {
        Writing::Parameters(origins) => origins.get(index).copied(),
        _ => None,
    }
}

pub(super) fn part(part: ParameterLocation) -> &'static str {
    match part {
        ParameterLocation::Path => "path",
        ParameterLocation::Query => "query",
        ParameterLocation::Header => "header",
        ParameterLocation::Cookie => "cookie",
    }
}

/// The style and `explode` in words.
fn style(Parameter { style, explode, .. }: Parameter) -> String {
    let name = match style {
        ParameterStyle::Simple => "simple",
        ParameterStyle::Label => "label",
        ParameterStyle::Matrix => "matrix",
        ParameterStyle::Form => "form",
        ParameterStyle::SpaceDelimited => "spaceDelimited",
        ParameterStyle::PipeDelimited => "pipeDelimited",
        ParameterStyle::DeepObject => "deepObject",
        ParameterStyle::Json => return "JSON".to_owned(),
    };
    if explode { format!("{name}, exploded") } else { name.to_owned() }
}

/// The media types of a part of a form: those that the description allows, or the usual one of its content. A file may have any.
fn allowed(part: &Part) -> Vec<String> {
    if !part.allowed.is_empty() {
        return part.allowed.clone();
    }
    let usual = match part.kind {
        PartKind::File => "*/*",
        PartKind::Json => "application/json",
        PartKind::Text => "text/plain",
    };
    vec![part.media_type.clone().unwrap_or_else(|| usual.to_owned())]
}

/// Returns `true` if a media type or a range contains another one.
fn covers(range: &str, name: &str) -> bool {
    let (range, name) = (range.to_ascii_lowercase(), name.to_ascii_lowercase());
    let start = range.strip_suffix('*').unwrap_or(&range);
    range == "*/*" || range == name || range.ends_with("/*") && name.starts_with(start)
}
