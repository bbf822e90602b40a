//! Members: properties of objects, and parameters.

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
        let (mut matched, removed, added) = match_members(definitions);
        let renamed = self.renamed_members(&old.fields, &new.fields, &removed, &added);
        for (one, other) in &renamed {
            let at = member_at(at, definitions, (*one, *other));
            let [old_name, new_name] = [&*old.fields[*one].wire_name, &*new.fields[*other].wire_name];
            self.changed(&at, &rules::MEMBER_RENAMED, old_name, new_name);
            self.renamed.insert(old.fields[*one].origin.clone());
        }
        for one in removed.iter().filter(|one| renamed.iter().all(|(renamed, _)| renamed != *one)) {
            let field = &old.fields[*one];
            let rule = if field.required { &rules::REQUIRED_MEMBER_REMOVED } else { &rules::MEMBER_REMOVED };
            let places = [field.origin.clone(), definitions[1].origin.clone()];
            let at = At { places, ..member(at, definitions[0], *one) };
            self.removed(&at, rule, describe(self.old.api, &field.ty));
        }
        for other in added.iter().filter(|other| renamed.iter().all(|(_, renamed)| renamed != *other)) {
            let field = &new.fields[*other];
            let rule = self.rule_of_added(definitions, old, field);
            let places = [definitions[0].origin.clone(), field.origin.clone()];
            let at = At { places, ..member(at, definitions[1], *other) };
            self.added(&at, rule, describe(self.new.api, &field.ty));
        }
        matched.extend(&renamed);
        for (one, other) in matched {
            let at = member_at(at, definitions, (one, other));
            let is_renamed = renamed.contains(&(one, other));
            self.places_of_parameters(&at, definitions, (one, other));
            self.fields(&at, &old.fields[one], &new.fields[other], is_renamed);
            self.limits(&at, stated(definitions[0], one), stated(definitions[1], other));
        }
        self.others(at, definitions, &old.unknown_properties, &new.unknown_properties);
        let [old_count, new_count] = definitions.map(property_count);
        self.property_counts(at, old_count, new_count);
    }

    /// Members that went and came and say the same, in the same words.
    fn renamed_members(&self, old: &[Field], new: &[Field], removed: &[usize], added: &[usize]) -> Vec<Matched> {
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
            (true, true) => &rules::REQUIRED_MEMBER_WITH_NUMBERS_ADDED,
            (true, false) if requires_some => &rules::REQUIRED_MEMBER_ADDED,
            (true, false) => &rules::FIRST_REQUIRED_MEMBER_ADDED,
            (false, true) => &rules::MEMBER_WITH_NUMBERS_ADDED,
            (false, false) => &rules::MEMBER_ADDED,
        }
    }

    fn places_of_parameters(&mut self, at: &At, [old, new]: [&TypeDef; 2], (one, other): Matched) {
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
            (false, true) => self.noticed(at, &rules::BECAME_REQUIRED),
            (true, false) => self.noticed(at, &rules::BECAME_OPTIONAL),
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
            self.noticed(at, &rules::BOXED);
        }
        if !self.speaks_for(old, new) {
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

    /// Whether the words of a member are those of its type, where they are compared.
    fn speaks_for(&self, old: &Field, new: &Field) -> bool {
        let of_type = |api: &Api, field: &Field| {
            field.ty.named().is_some_and(|id| api[id].docs.description == field.docs.description)
        };
        of_type(self.old.api, old) && of_type(self.new.api, new)
    }

    fn others(&mut self, at: &At, definitions: [&TypeDef; 2], old: &UnknownProperties, new: &UnknownProperties) {
        use UnknownProperties::{Ignored, Kept as Keeps, Rejected};
        const KEYWORD: &str = "additionalProperties";
        let rule = match (old, new) {
            (Keeps(old), Keeps(new)) => return self.kept(at, definitions, old, new),
            (Ignored, Ignored) | (Rejected, Rejected) => return,
            (Ignored | Rejected, Keeps(_)) => &rules::OTHERS_KEPT,
            (Keeps(_), Ignored) => &rules::OTHERS_NOT_KEPT,
            (Keeps(_), Rejected) => &rules::KEPT_OTHERS_REFUSED,
            (Ignored, Rejected) => &rules::OTHERS_REFUSED,
            (Rejected, Ignored) => &rules::OTHERS_ALLOWED,
        };
        let word = |additional: &UnknownProperties| match additional {
            Ignored => "left aside".to_owned(),
            Rejected => "refused".to_owned(),
            Keeps(_) => "kept".to_owned(),
        };
        let places = [self.old.keyword(&at.places[0], KEYWORD), self.new.keyword(&at.places[1], KEYWORD)];
        self.changed(&At { places, ..at.clone() }, rule, word(old), word(new));
    }

    fn kept(&mut self, at: &At, [one, other]: [&TypeDef; 2], old: &AdditionalField, new: &AdditionalField) {
        let at = at.inside(".*");
        self.name_in_rust(&at, &old.name, &new.name);
        self.values(&at, &old.ty, &new.ty);
        self.limits(&at, stated(one, one.fields().len()), stated(other, other.fields().len()));
    }
}

/// Members of one name belong together; of parameters those in one part of the request before others.
fn match_members([old, new]: [&TypeDef; 2]) -> Matching {
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

/// A member, by its path.
fn member(at: &At, definition: &TypeDef, index: usize) -> At {
    let field = &definition.fields()[index];
    match parameter(definition, index) {
        Some(parameter) => At { location: format!("{}.{}", part(parameter.location), field.wire_name), ..at.clone() },
        None => at.inside(&format!(".{}", field.wire_name)),
    }
}

/// A member of both sides, under the name that it has now.
fn member_at(at: &At, definitions: [&TypeDef; 2], (one, other): Matched) -> At {
    let [old, new] = definitions;
    let places = [old.fields()[one].origin.clone(), new.fields()[other].origin.clone()];
    At { places, ..member(at, new, other) }
}

fn parameter(definition: &TypeDef, index: usize) -> Option<Parameter> {
    match &definition.writing {
        Writing::Parameters(places) => places.get(index).copied(),
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
