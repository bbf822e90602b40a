//! Properties of objects, and parameters.

mod encodings;

use self::encodings::{parameter, part};
use super::relation::Typed;
use super::types::{MOST_COMPARED, Matched, Matching, match_keys, property_count, stated};
use super::values::describe;
use super::{At, Comparison, Direction, Pair, Rule, rules, shape};
use crate::Api;
use crate::api::{AdditionalField, Field, ParameterLocation, Struct, TypeDef, TypeRef, UnknownProperties};

impl Comparison<'_> {
    pub(super) fn structs(&mut self, at: &At, index: usize, old: &Struct, new: &Struct) {
        let definitions = self.definitions(index);
        let (mut matched, removed, added) = self.match_properties(index, definitions);
        let (removed, added) = self.without_tags(at, index, old, new, (removed, added));
        let renamed = self.renamed_properties(&old.fields, &new.fields, &removed, &added);
        for (one, other) in &renamed {
            let at = matched_property(at, definitions, (*one, *other));
            let [old_name, new_name] = [&*old.fields[*one].wire_name, &*new.fields[*other].wire_name];
            let at = at.travelling(Direction::of(&old.fields[*one]));
            let is_required = old.fields[*one].listed_as_required;
            let rule = if is_required { &rules::REQUIRED_PROPERTY_RENAMED } else { &rules::PROPERTY_RENAMED };
            self.changed(&at, rule, old_name, new_name);
            self.renamed.insert(old.fields[*one].origin.clone());
        }
        for one in removed.iter().filter(|one| renamed.iter().all(|(renamed, _)| renamed != *one)) {
            let field = &old.fields[*one];
            let rule =
                if field.listed_as_required { &rules::REQUIRED_PROPERTY_REMOVED } else { &rules::PROPERTY_REMOVED };
            let origins = [field.origin.clone(), definitions[1].origin.clone()];
            let at = At { origins, ..property(at, definitions[0], *one) }.travelling(Direction::of(field));
            self.removed(&at, rule, describe(self.old.api, &field.ty));
        }
        for other in added.iter().filter(|other| renamed.iter().all(|(_, renamed)| renamed != *other)) {
            let field = &new.fields[*other];
            let rule = self.rule_of_added(definitions, old, field);
            let origins = [definitions[0].origin.clone(), field.origin.clone()];
            let at = At { origins, ..property(at, definitions[1], *other) }.travelling(Direction::of(field));
            self.added(&at, rule, describe(self.new.api, &field.ty));
        }
        matched.extend(&renamed);
        for (one, other) in matched {
            let at = matched_property(at, definitions, (one, other));
            let (before, now) = (&old.fields[one], &new.fields[other]);
            let is_renamed = renamed.contains(&(one, other)) || self.parameter_name(&at, definitions, (one, other));
            self.encodings(&at, definitions, (one, other));
            self.required(&at, definitions, before, now);
            self.fields(&at, before, now, is_renamed);
            let at = at.travelling(Direction::of(before)).travelling(Direction::of(now));
            let before = Typed::new(&before.ty, stated(definitions[0], one));
            self.values(&at, before, Typed::new(&now.ty, stated(definitions[1], other)));
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
        if removed.len().saturating_mul(added.len()) > MOST_COMPARED {
            return renamed;
        }
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

    /// Matches properties of the same name; parameters in the same part of the request come before others. A parameter of a path
    /// corresponds to the one in its place.
    fn match_properties(&self, index: usize, [old, new]: [&TypeDef; 2]) -> Matching {
        let Pair { old: id, new: new_id, .. } = &self.pairs[index];
        let renamed = self.path_names.get(&(*id, *new_id)).map_or(&[][..], Vec::as_slice);
        let (mut old, new) = (keys(old), keys(new));
        for (name, _) in old.iter_mut().filter(|(_, part)| *part == Some(ParameterLocation::Path)) {
            if let Some((_, now)) = renamed.iter().find(|(before, _)| before == name) {
                name.clone_from(now);
            }
        }
        let (all_old, all_new) = ((0..old.len()).collect(), (0..new.len()).collect());
        let (mut matched, removed, added) = match_keys(all_old, all_new, |one| &old[one], |other| &new[other]);
        let (more, removed, added) = match_keys(removed, added, |one| &old[one].0, |other| &new[other].0);
        matched.extend(more);
        (matched, removed, added)
    }

    fn rule_of_added(&self, [old, new]: [&TypeDef; 2], shape: &Struct, field: &Field) -> &'static Rule {
        let loses_eq = old.total_equality && !new.total_equality && !self.is_total(&field.ty);
        let requires_some = shape.fields.iter().any(|field| field.required);
        match (field.listed_as_required, loses_eq) {
            (true, true) => &rules::REQUIRED_PROPERTY_WITH_NUMBERS_ADDED,
            (true, false) if !field.required => &rules::ONE_WAY_REQUIRED_PROPERTY_ADDED,
            (true, false) if requires_some => &rules::REQUIRED_PROPERTY_ADDED,
            (true, false) => &rules::FIRST_REQUIRED_PROPERTY_ADDED,
            (false, true) => &rules::PROPERTY_WITH_NUMBERS_ADDED,
            (false, false) => &rules::PROPERTY_ADDED,
        }
    }

    /// Compares the directions in which objects must have a property, and its field.
    fn required(&mut self, at: &At, definitions: [&TypeDef; 2], old: &Field, new: &Field) {
        let [before, now] = [old, new].map(Direction::requiring);
        let [old_type, new_type] = definitions;
        let used = old_type.direction.or(new_type.direction);
        let is_listed_otherwise = old.listed_as_required != new.listed_as_required;
        let rules = [
            (now.without(before), new.required && !old.required, &rules::BECAME_REQUIRED, &rules::LISTED_AS_REQUIRED),
            (
                before.without(now),
                old.required && !new.required,
                &rules::BECAME_OPTIONAL,
                &rules::NO_LONGER_LISTED_AS_REQUIRED,
            ),
        ];
        for (directions, is_field_changed, of_field, of_description) in rules {
            let is_told = is_listed_otherwise && !directions.is_empty() || !directions.and(used).is_empty();
            if is_field_changed || is_told {
                let rule = if is_field_changed { of_field } else { of_description };
                self.noted(&at.travelling(directions), rule);
            }
        }
    }

    fn fields(&mut self, at: &At, old: &Field, new: &Field, is_renamed: bool) {
        if !is_renamed {
            self.name_in_rust(at, &old.name, &new.name);
        }
        let flags = [
            ("readOnly", old.read_only, new.read_only, &rules::BECAME_READ_ONLY, &rules::NO_LONGER_READ_ONLY),
            ("writeOnly", old.write_only, new.write_only, &rules::BECAME_WRITE_ONLY, &rules::NO_LONGER_WRITE_ONLY),
            ("deprecated", old.deprecated, new.deprecated, &rules::DEPRECATION_CHANGED, &rules::DEPRECATION_CHANGED),
        ];
        for (keyword, before, now, set, unset) in flags {
            if before != now {
                let word = |flag: bool| Some(flag.to_string());
                // The service sets write-only properties of events.
                let is_of_event = keyword != "writeOnly";
                let at = &at.travelling(Direction { posted: is_of_event, ..Direction::ALL });
                self.keyword(at, keyword, if now { set } else { unset }, word(before), word(now));
            }
        }
        if old.sensitive != new.sensitive {
            let word = |flag: Option<bool>| flag.map(|flag| flag.to_string());
            self.keyword(at, "x-sensitive", &rules::SENSITIVITY_CHANGED, word(old.sensitive), word(new.sensitive));
        }
        let at = &at.travelling(Direction::of(old)).travelling(Direction::of(new));
        self.defaults(at, old.default.as_ref(), new.default.as_ref());
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
            (Ignored, Keeps(field)) if field.ty != TypeRef::Any => {
                let [old, new] = definitions;
                let loses_eq = old.total_equality && !new.total_equality && !self.is_total(&field.ty);
                if loses_eq { &rules::UNKNOWN_PROPERTIES_TYPED_AS_NUMBERS } else { &rules::UNKNOWN_PROPERTIES_TYPED }
            }
            (Keeps(field), Ignored) if field.ty != TypeRef::Any => &rules::UNKNOWN_PROPERTIES_NOT_TYPED,
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
        let old = Typed::new(&old.ty, stated(one, one.fields().len()));
        self.values(&at, old, Typed::new(&new.ty, stated(other, other.fields().len())));
    }
}

/// The name of a property, and the part of the request for a parameter.
type Key = (String, Option<ParameterLocation>);

/// The keys of all properties. The names of headers are not case-sensitive.
fn keys(definition: &TypeDef) -> Vec<Key> {
    let key = |(index, field): (usize, &Field)| match parameter(definition, index).map(|parameter| parameter.location) {
        Some(ParameterLocation::Header) => (field.wire_name.to_ascii_lowercase(), Some(ParameterLocation::Header)),
        part => (field.wire_name.clone(), part),
    };
    definition.fields().iter().enumerate().map(key).collect()
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
