//! Parameters and properties of forms: their names and encodings on the wire.

use crate::api::{Parameter, ParameterLocation, Part, PartKind, TypeDef, TypeRef, Writing};
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

    /// Compares the encodings of a parameter, or of a property of a form.
    pub(super) fn encodings(&mut self, at: &At, definitions: [&TypeDef; 2], (one, other): Matched) {
        let [old, new] = definitions;
        match (&old.writing, &new.writing) {
            (Writing::Parameters(_), Writing::Parameters(_)) => self.parameters_in(at, definitions, (one, other)),
            (Writing::Form(a), Writing::Form(b)) if a[one] != b[other] && is_list(old, one) && is_list(new, other) => {
                let [a, b] = [a[one], b[other]].map(|separator| separator.unwrap_or("its name again"));
                self.changed(at, &rules::PARAMETER_STYLE_CHANGED, a, b);
            }
            (Writing::Multipart(a), Writing::Multipart(b)) => {
                let (a, b) = (&a[one], &b[other]);
                if part_type(a) != part_type(b) {
                    self.changed(at, &rules::PART_MEDIA_TYPE_CHANGED, part_type(a), part_type(b));
                } else if a.media_type != b.media_type {
                    let words = |part: &Part| part.media_type.clone().unwrap_or_else(|| "the default".to_owned());
                    self.changed(at, &rules::PART_MEDIA_TYPE_STATED, words(a), words(b));
                }
            }
            _ => {}
        }
    }

    fn parameters_in(&mut self, at: &At, [old, new]: [&TypeDef; 2], (one, other): Matched) {
        let (Some(a), Some(b)) = (parameter(old, one), parameter(new, other)) else { return };
        if a.location != b.location {
            let [a, b] = [a, b].map(|parameter| Some(part(parameter.location).to_owned()));
            self.keyword(at, "in", &rules::PARAMETER_MOVED, a, b);
        } else if a.separator != b.separator && is_list(old, one) && is_list(new, other) {
            let [a, b] = [a, b].map(|parameter| Some(parameter.separator.unwrap_or("its name again").to_owned()));
            self.keyword(at, "style", &rules::PARAMETER_STYLE_CHANGED, a, b);
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
    }
}

/// The media type of a part of a form: the one that is stated, or the usual one of its content.
fn part_type(part: &Part) -> &str {
    let usual = match part.kind {
        PartKind::File => "application/octet-stream",
        PartKind::Json => "application/json",
        PartKind::Text => "text/plain",
    };
    part.media_type.as_deref().unwrap_or(usual)
}

fn is_list(definition: &TypeDef, index: usize) -> bool {
    matches!(definition.fields()[index].ty, TypeRef::List(_))
}
