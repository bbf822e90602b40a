//! Properties of objects, and parameters.

use super::types::{Matched, Matching, match_among, match_by, property_count, stated};
use super::values::describe;
use super::{At, Comparison, Rule, rules, shape};
use crate::Api;
use crate::api::{
    AdditionalField, Field, Parameter, ParameterLocation, Struct, TypeDef, TypeRef, UnknownProperties, Writing,
};

impl Comparison<'_> {
    pub(super) fn structs(&mut self, at: &At, index: usize, old: &Struct, new: &Struct) {
        let definitions = self.definitions(index);
        let (mut matched, removed, added) = match_properties(definitions);
        let renamed = self.renamed_properties(&old.fields, &new.fields, &removed, &added);
        for (one, other) in &renamed {
            let at = matched_property(at, definitions, (*one, *other));
            let [old_name, new_name] = [&*old.fields[*one].wire_name, &*new.fields[*other].wire_name];
            self.changed(&at, &rules::PROPERTY_RENAMED, old_name, new_name);
            self.renamed.insert(old.fields[*one].origin.clone());
        }
        for one in removed.iter().filter(|one| renamed.iter().all(|(renamed, _)| renamed != *one)) {
            let field = &old.fields[*one];
            let rule = if field.required { &rules::REQUIRED_PROPERTY_REMOVED } else { &rules::PROPERTY_REMOVED };
            let origins = [field.origin.clone(), definitions[1].origin.clone()];
            let at = At { origins, ..property(at, definitions[0], *one) };
            self.removed(&at, rule, describe(self.old.api, &field.ty));
        }
        for other in added.iter().filter(|other| renamed.iter().all(|(_, renamed)| renamed != *other)) {
            let field = &new.fields[*other];
            let rule = self.rule_of_added(definitions, old, field);
            let origins = [definitions[0].origin.clone(), field.origin.clone()];
            let at = At { origins, ..property(at, definitions[1], *other) };
            self.added(&at, rule, describe(self.new.api, &field.ty));
        }
        matched.extend(&renamed);
        for (one, other) in matched {
            let at = matched_property(at, definitions, (one, other));
            let is_renamed = renamed.contains(&(one, other));
            self.parameter_locations(&at, definitions, (one, other));
            self.fields(&at, &old.fields[one], &new.fields[other], is_renamed);
            self.constraints(&at, stated(definitions[0], one), stated(definitions[1], other));
        }
        self.unknown_properties(at, definitions, &old.unknown_properties, &new.unknown_properties);
        let [old_count, new_count] = definitions.map(property_count);
        self.property_counts(at, old_count, new_count);
    }

    /// Pairs of a removed and an added property that differ only in their names.
    fn renamed_properties(&self, old: &[Field], new: &[Field], removed: &[usize], added: &[usize]) -> Vec<Matched> {
        let same = |one: &usize, other: &usize| {
            let (a, b) = (&old[*one], &new[*other]);
            let in_place = one == other && removed.len() == 1 && added.len() == 1;
            a.docs == b.docs
                && (a.docs.description.is_some() || in_place)
                && shape::same_fields([self.old.api, self.new.api], a, b)
        };
        let mut renamed = Vec::new();
        for one in removed {
            let mut candidates = added.iter().filter(|other| same(one, other));
            if let (Some(other), None) = (candidates.next(), candidates.next())
                && removed.iter().filter(|one| same(one, other)).count() == 1
            {
                renamed.push((*one, *other));
            }
        }
        renamed
    }

    fn rule_of_added(&self, [old, new]: [&TypeDef; 2], shape: &Struct, field: &Field) -> &'static Rule {
        let loses_eq = old.total_equality && !new.total_equality && !self.is_total(&field.ty);
        let requires_some = shape.fields.iter().any(|field| field.required);
        match (field.required, loses_eq) {
            (true, true) => &rules::REQUIRED_PROPERTY_WITH_NUMBERS_ADDED,
            (true, false) if requires_some => &rules::REQUIRED_PROPERTY_ADDED,
            (true, false) => &rules::FIRST_REQUIRED_PROPERTY_ADDED,
            (false, true) => &rules::PROPERTY_WITH_NUMBERS_ADDED,
            (false, false) => &rules::PROPERTY_ADDED,
        }
    }

    fn parameter_locations(&mut self, at: &At, [old, new]: [&TypeDef; 2], (one, other): Matched) {
        let (Some(a), Some(b)) = (parameter(old, one), parameter(new, other)) else { return };
        if a.location != b.location {
            let [a, b] = [a, b].map(|parameter| Some(part(parameter.location).to_owned()));
            self.keyword(at, "in", &rules::PARAMETER_MOVED, a, b);
        } else if a.separator != b.separator && is_list(old, one) && is_list(new, other) {
            let [a, b] = [a, b].map(|parameter| Some(parameter.separator.unwrap_or("its name again").to_owned()));
            self.keyword(at, "style", &rules::PARAMETER_STYLE_CHANGED, a, b);
        }
    }

    fn fields(&mut self, at: &At, old: &Field, new: &Field, is_renamed: bool) {
        if !is_renamed {
            self.name_in_rust(at, &old.name, &new.name);
        }
        match (old.required, new.required) {
            (false, true) => self.noted(at, &rules::BECAME_REQUIRED),
            (true, false) => self.noted(at, &rules::BECAME_OPTIONAL),
            _ => {}
        }
        let flags = [
            ("readOnly", old.read_only, new.read_only, &rules::BECAME_READ_ONLY, &rules::NO_LONGER_READ_ONLY),
            ("writeOnly", old.write_only, new.write_only, &rules::BECAME_WRITE_ONLY, &rules::NO_LONGER_WRITE_ONLY),
            ("deprecated", old.deprecated, new.deprecated, &rules::DEPRECATION_CHANGED, &rules::DEPRECATION_CHANGED),
        ];
        for (keyword, before, now, set, unset) in flags {
            if before != now {
                let word = |flag: bool| Some(flag.to_string());
                self.keyword(at, keyword, if now { set } else { unset }, word(before), word(now));
            }
        }
        if old.sensitive != new.sensitive {
            let word = |flag: Option<bool>| flag.map(|flag| flag.to_string());
            self.keyword(at, "x-sensitive", &rules::SENSITIVITY_CHANGED, word(old.sensitive), word(new.sensitive));
        }
        self.defaults(at, old.default.as_ref(), new.default.as_ref());
        self.values(at, &old.ty, &new.ty);
        if old.format != new.format && old.ty.non_null() == new.ty.non_null() {
            self.keyword(at, "format", &rules::FORMAT_CHANGED, old.format.clone(), new.format.clone());
        }
        if old.boxed != new.boxed && self.is_one(at) {
            self.noted(at, &rules::BOXED);
        }
        if !self.is_described_by_type(old, new) {
            self.words(at, "description", old.docs.description.as_ref(), new.docs.description.as_ref());
        }
    }

    fn defaults(&mut self, at: &At, old: Option<&String>, new: Option<&String>) {
        let rule = match (old, new) {
            (Some(old), Some(new)) if old != new => &rules::DEFAULT_CHANGED,
            (None, Some(_)) => &rules::DEFAULT_ADDED,
            (Some(_), None) => &rules::DEFAULT_REMOVED,
            _ => return,
        };
        self.keyword(at, "default", rule, old.cloned(), new.cloned());
    }

    /// Returns `true` if the documentation of a property is that of its type, where it is compared.
    fn is_described_by_type(&self, old: &Field, new: &Field) -> bool {
        let of_type = |api: &Api, field: &Field| {
            field.ty.named().is_some_and(|id| api[id].docs.description == field.docs.description)
        };
        of_type(self.old.api, old) && of_type(self.new.api, new)
    }

    fn unknown_properties(
        &mut self,
        at: &At,
        definitions: [&TypeDef; 2],
        old: &UnknownProperties,
        new: &UnknownProperties,
    ) {
        use UnknownProperties::{Ignored, Kept as Keeps, Rejected};
        const KEYWORD: &str = "additionalProperties";
        let rule = match (old, new) {
            (Keeps(old), Keeps(new)) => return self.additional_fields(at, definitions, old, new),
            (Ignored, Ignored) | (Rejected, Rejected) => return,
            (Ignored | Rejected, Keeps(_)) => &rules::UNKNOWN_PROPERTIES_KEPT,
            (Keeps(_), Ignored) => &rules::UNKNOWN_PROPERTIES_NOT_KEPT,
            (Keeps(_), Rejected) => &rules::KEPT_UNKNOWN_PROPERTIES_REFUSED,
            (Ignored, Rejected) => &rules::UNKNOWN_PROPERTIES_REFUSED,
            (Rejected, Ignored) => &rules::UNKNOWN_PROPERTIES_ALLOWED,
        };
        let word = |additional: &UnknownProperties| match additional {
            Ignored => "left aside".to_owned(),
            Rejected => "refused".to_owned(),
            Keeps(_) => "kept".to_owned(),
        };
        let origins = [self.old.keyword(&at.origins[0], KEYWORD), self.new.keyword(&at.origins[1], KEYWORD)];
        self.changed(&At { origins, ..at.clone() }, rule, word(old), word(new));
    }

    fn additional_fields(
        &mut self,
        at: &At,
        [one, other]: [&TypeDef; 2],
        old: &AdditionalField,
        new: &AdditionalField,
    ) {
        let at = at.inside(".*");
        self.name_in_rust(&at, &old.name, &new.name);
        self.values(&at, &old.ty, &new.ty);
        self.constraints(&at, stated(one, one.fields().len()), stated(other, other.fields().len()));
    }
}

/// Matches properties of the same name; parameters in the same part of the request come before others.
fn match_properties([old, new]: [&TypeDef; 2]) -> Matching {
    let keys = |definition: &TypeDef| -> Vec<(String, Option<ParameterLocation>)> {
        let fields = definition.fields().iter().enumerate();
        let key = |(index, field): (usize, &Field)| {
            let part = parameter(definition, index).map(|parameter| parameter.location);
            (field.wire_name.clone(), part)
        };
        fields.map(key).collect()
    };
    let (old, new) = (keys(old), keys(new));
    let (mut matched, removed, added) = match_by(&old, &new, |a, b| a == b);
    let (more, removed, added) = match_among(removed, added, |one, other| old[one].0 == new[other].0);
    matched.extend(more);
    (matched, removed, added)
}

/// The location of a property.
fn property(at: &At, definition: &TypeDef, index: usize) -> At {
    let field = &definition.fields()[index];
    match parameter(definition, index) {
        Some(parameter) => At { location: format!("{}.{}", part(parameter.location), field.wire_name), ..at.clone() },
        None => at.inside(&format!(".{}", field.wire_name)),
    }
}

/// The location of a property of both sides, by its new name.
fn matched_property(at: &At, definitions: [&TypeDef; 2], (one, other): Matched) -> At {
    let [old, new] = definitions;
    let origins = [old.fields()[one].origin.clone(), new.fields()[other].origin.clone()];
    At { origins, ..property(at, new, other) }
}

fn parameter(definition: &TypeDef, index: usize) -> Option<Parameter> {
    match &definition.writing {
        Writing::Parameters(origins) => origins.get(index).copied(),
        _ => None,
    }
}

fn part(part: ParameterLocation) -> &'static str {
    match part {
        ParameterLocation::Path => "path",
        ParameterLocation::Query => "query",
        ParameterLocation::Header => "header",
    }
}

fn is_list(definition: &TypeDef, index: usize) -> bool {
    matches!(definition.fields()[index].ty, TypeRef::List(_))
}
