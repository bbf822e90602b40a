//! Values of enumerations, and forms of unions.

use super::types::{Matched, Matching, match_among, match_by, stated};
use super::{At, Comparison, Side, rules, shape};
use crate::Api;
use crate::api::{Alternative, Distinction, Enum, TypeId, TypeRef, Union};
use crate::document::Origin;

impl Side<'_> {
    /// Where a union says of a form what its tag is, or else where it tells its forms.
    fn form(&self, union: &Origin, form: &Alternative) -> Origin {
        let mapped = form.tag.as_ref().map(|tag| union.descend(["mapping", tag]));
        mapped.filter(|place| self.document.node(place).is_some()).unwrap_or_else(|| union.clone())
    }
}

impl Comparison<'_> {
    pub(super) fn enums(&mut self, at: &At, old: &Enum, new: &Enum) {
        let places = [self.old.keyword(&at.places[0], "enum"), self.new.keyword(&at.places[1], "enum")];
        let at = &At { places, ..at.clone() };
        for value in &new.variants {
            match old.variants.iter().find(|known| known.value == value.value) {
                Some(known) => self.name_in_rust(&at.inside(&format!(" = {}", value.value)), &known.name, &value.name),
                None if old.is_text() && !value.value.is_string() => {
                    self.added(at, &rules::VALUE_OF_ANOTHER_KIND_ADDED, value.value.to_string());
                }
                None => self.added(at, &rules::VALUE_ADDED, value.value.to_string()),
            }
        }
        for value in old.variants.iter().filter(|value| new.variants.iter().all(|known| known.value != value.value)) {
            self.removed(at, &rules::VALUE_REMOVED, value.value.to_string());
        }
        self.openness(at, old.other.as_deref(), new.other.as_deref());
    }

    fn openness(&mut self, at: &At, old: Option<&str>, new: Option<&str>) {
        match (old, new) {
            (None, Some(_)) if self.is_one(at) => self.noticed(at, &rules::OPENED),
            (Some(_), None) if self.is_one(at) => self.noticed(at, &rules::CLOSED),
            (Some(old), Some(new)) => self.name_in_rust(at, old, new),
            _ => {}
        }
    }

    pub(super) fn unions(&mut self, at: &At, index: usize, old: &Union, new: &Union) {
        let [one, other] = self.definitions(index);
        let keyword = |union: &Union| match union.distinction {
            Distinction::Discriminator(_) => "discriminator",
            Distinction::ExactlyOne { .. } => "oneOf",
            Distinction::AtLeastOne => "anyOf",
        };
        let places = [self.old.keyword(&at.places[0], keyword(old)), self.new.keyword(&at.places[1], keyword(new))];
        let at = &At { places, ..at.clone() };
        self.distinctions(at, &old.distinction, &new.distinction);
        let (matched, removed, added) = self.match_forms(old, new);
        for (before, now) in matched.iter().copied() {
            let (a, b) = (&old.variants[before], &new.variants[now]);
            let inner = form_at(at, b, [a, b].map(|form| form.ty.named()), [self.old.api, self.new.api]);
            if a.tag == b.tag {
                self.name_in_rust(&inner, &a.name, &b.name);
            } else {
                let tag = |form: &Alternative| form.tag.clone().unwrap_or_default();
                let places = [self.old.form(&at.places[0], a), self.new.form(&at.places[1], b)];
                self.changed(&At { places, ..inner.clone() }, &rules::TAG_CHANGED, tag(a), tag(b));
            }
            self.values(&inner, &a.ty, &b.ty);
            self.limits(&inner, stated(one, before), stated(other, now));
            if a.boxed != b.boxed && self.is_one(at) {
                self.noticed(&inner, &rules::BOXED);
            }
        }
        for form in removed.into_iter().map(|index| &old.variants[index]) {
            let places = [self.old.form(&at.places[0], form), at.places[1].clone()];
            self.removed(&At { places, ..at.clone() }, &rules::FORM_REMOVED, title(form));
        }
        let loses_eq = one.total_equality && !other.total_equality;
        for form in added.into_iter().map(|index| &new.variants[index]) {
            let is_of = |(_, known): &Matched| new.variants[*known].ty == form.ty;
            let rule = if matches!(form.ty, TypeRef::Named(_)) && matched.iter().any(is_of) {
                &rules::FORM_OF_A_KNOWN_TYPE_ADDED
            } else if loses_eq && !self.is_total(&form.ty) {
                &rules::FORM_WITH_NUMBERS_ADDED
            } else {
                &rules::FORM_ADDED
            };
            let places = [at.places[0].clone(), self.new.form(&at.places[1], form)];
            self.added(&At { places, ..at.clone() }, rule, title(form));
        }
        self.openness(at, old.other.as_deref(), new.other.as_deref());
    }

    fn distinctions(&mut self, at: &At, old: &Distinction, new: &Distinction) {
        use Distinction::{AtLeastOne, Discriminator, ExactlyOne};
        let word = |distinction: &Distinction| match distinction {
            Discriminator(name) => name.clone(),
            ExactlyOne { .. } => "exactly one".to_owned(),
            AtLeastOne => "at least one".to_owned(),
        };
        let rule = match (old, new) {
            (Discriminator(old), Discriminator(new)) if old == new => return,
            (ExactlyOne { .. }, ExactlyOne { .. }) | (AtLeastOne, AtLeastOne) => return,
            (ExactlyOne { .. }, AtLeastOne) => &rules::FORMS_LOOSENED,
            (AtLeastOne, ExactlyOne { .. }) => &rules::FORMS_TIGHTENED,
            _ => &rules::DISCRIMINATOR_CHANGED,
        };
        self.changed(at, rule, word(old), word(new));
    }

    /// Forms of one tag or, without tags, of one name belong together; then those that say the same.
    fn match_forms(&self, old: &Union, new: &Union) -> Matching {
        let key = |form: &Alternative| form.tag.clone().unwrap_or_else(|| form.name.clone());
        let (mut matched, removed, added) = match_by(&old.variants, &new.variants, |a, b| key(a) == key(b));
        let apis = [self.old.api, self.new.api];
        let (more, removed, added) =
            match_among(removed, added, |one, other| shape::same(apis, &old.variants[one].ty, &new.variants[other].ty));
        matched.extend(more);
        (matched, removed, added)
    }
}

/// A form, by its tag or its name; what it says stands at its type, where it has one.
fn form_at(at: &At, form: &Alternative, types: [Option<TypeId>; 2], apis: [&Api; 2]) -> At {
    let [old, new] = types;
    let origin =
        |api: &Api, id: Option<TypeId>, place: &Origin| id.map_or_else(|| place.clone(), |id| api[id].origin.clone());
    let places = [origin(apis[0], old, &at.places[0]), origin(apis[1], new, &at.places[1])];
    At { places, ..at.inside(&format!("<{}>", title(form))) }
}

fn title(form: &Alternative) -> String {
    form.tag.clone().unwrap_or_else(|| form.name.clone())
}
