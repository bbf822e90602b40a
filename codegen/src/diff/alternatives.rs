//! Values of enumerations, and alternatives of unions.

use super::relation::Typed;
use super::tags::{is_similar, tag_of, type_of};
use super::types::{Matched, Matching, match_in_steps, stated};
use super::{At, Comparison, Side, rules, shape};
use crate::Api;
use crate::api::{Alternative, Distinction, Enum, TagType, TypeId, TypeRef, Union};
use crate::document::Origin;

impl Side<'_> {
    /// The origin of the tag of an alternative, or else that of the discriminator or the list of alternatives.
    fn alternative(&self, union: &Origin, alternative: &Alternative) -> Origin {
        let mapped = alternative.tag.as_ref().map(|tag| union.descend(["mapping", tag]));
        mapped.filter(|place| self.document.node(place).is_some()).unwrap_or_else(|| union.clone())
    }
}

impl Comparison<'_> {
    pub(super) fn enums(&mut self, at: &At, old: &Enum, new: &Enum) {
        let origins = [self.old.keyword(&at.origins[0], "enum"), self.new.keyword(&at.origins[1], "enum")];
        let at = &At { origins, ..at.clone() };
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
        self.enum_constraints(at, &old.constraints, &new.constraints);
        self.openness(at, old.other.as_deref(), new.other.as_deref());
    }

    fn openness(&mut self, at: &At, old: Option<&str>, new: Option<&str>) {
        match (old, new) {
            (None, Some(_)) if self.is_one(at) => self.noted(at, &rules::OPENED),
            (Some(_), None) if self.is_one(at) => self.noted(at, &rules::CLOSED),
            (Some(old), Some(new)) => self.name_in_rust(at, old, new),
            _ => {}
        }
    }

    pub(super) fn unions(&mut self, at: &At, index: usize, old: &Union, new: &Union) {
        let [one, other] = self.definitions(index);
        let keyword = |union: &Union| match union.distinction {
            Distinction::Discriminator { .. } => "discriminator",
            Distinction::ExactlyOne { .. } => "oneOf",
            Distinction::AtLeastOne => "anyOf",
        };
        let origins = [self.old.keyword(&at.origins[0], keyword(old)), self.new.keyword(&at.origins[1], keyword(new))];
        let at = &At { origins, ..at.clone() };
        self.distinctions(at, &old.distinction, &new.distinction);
        let (matched, removed, added) = self.match_alternatives(old, new);
        self.tags(at, old, new, &matched);
        for (before, now) in matched.iter().copied() {
            let (a, b) = (&old.variants[before], &new.variants[now]);
            let inner =
                at_alternative(at, b, [a, b].map(|alternative| alternative.ty.named()), [self.old.api, self.new.api]);
            if a.tag == b.tag || a.tag.is_none() || b.tag.is_none() {
                self.name_in_rust(&inner, &a.name, &b.name);
            } else {
                let tag = |alternative: &Alternative| alternative.tag.clone().unwrap_or_default();
                let origins = [self.old.alternative(&at.origins[0], a), self.new.alternative(&at.origins[1], b)];
                self.changed(&At { origins, ..inner.clone() }, &rules::TAG_CHANGED, tag(a), tag(b));
            }
            self.values(&inner, Typed::new(&a.ty, stated(one, before)), Typed::new(&b.ty, stated(other, now)));
            if a.boxed != b.boxed && self.is_one(at) {
                self.noted(&inner, &rules::BOXED);
            }
        }
        for alternative in removed.into_iter().map(|index| &old.variants[index]) {
            let origins = [self.old.alternative(&at.origins[0], alternative), at.origins[1].clone()];
            self.removed(&At { origins, ..at.clone() }, &rules::ALTERNATIVE_REMOVED, title(alternative));
        }
        let loses_eq = one.total_equality && !other.total_equality;
        for alternative in added.into_iter().map(|index| &new.variants[index]) {
            let is_of = |(_, known): &Matched| new.variants[*known].ty == alternative.ty;
            let rule = if matches!(alternative.ty, TypeRef::Named(_)) && matched.iter().any(is_of) {
                &rules::ALTERNATIVE_OF_A_KNOWN_TYPE_ADDED
            } else if loses_eq && !self.is_total(&alternative.ty) {
                &rules::ALTERNATIVE_WITH_NUMBERS_ADDED
            } else {
                &rules::ALTERNATIVE_ADDED
            };
            let origins = [at.origins[0].clone(), self.new.alternative(&at.origins[1], alternative)];
            self.added(&At { origins, ..at.clone() }, rule, title(alternative));
        }
        self.openness(at, old.other.as_deref(), new.other.as_deref());
    }

    fn distinctions(&mut self, at: &At, old: &Distinction, new: &Distinction) {
        use Distinction::{AtLeastOne, Discriminator, ExactlyOne};
        let word = |distinction: &Distinction| match distinction {
            Discriminator { property, tags: TagType::Text } => property.clone(),
            Discriminator { property, tags: TagType::Integer } => format!("{property} (integer)"),
            ExactlyOne { .. } => "exactly one".to_owned(),
            AtLeastOne => "at least one".to_owned(),
        };
        let rule = match (old, new) {
            (Discriminator { .. }, Discriminator { .. }) if old == new => return,
            (ExactlyOne { .. }, ExactlyOne { .. }) | (AtLeastOne, AtLeastOne) => return,
            (ExactlyOne { .. }, AtLeastOne) => &rules::ALTERNATIVES_LOOSENED,
            (AtLeastOne, ExactlyOne { .. }) => &rules::ALTERNATIVES_TIGHTENED,
            (Discriminator { .. }, Discriminator { .. }) => &rules::DISCRIMINATOR_CHANGED,
            (Discriminator { .. }, _) => &rules::DISCRIMINATOR_REMOVED,
            (_, Discriminator { .. }) => &rules::DISCRIMINATOR_ADDED,
        };
        self.changed(at, rule, word(old), word(new));
    }

    /// Matches alternatives of the same tag or, if one side has no tags, of the same name; then those of the same schema or
    /// structure, and finally those with similar properties. With tags, these must also have the same position.
    fn match_alternatives(&self, old: &Union, new: &Union) -> Matching {
        let apis = [self.old.api, self.new.api];
        let have_tags = tag_of(old).is_some() && tag_of(new).is_some();
        let schema =
            |api: &Api, alternative: &Alternative| type_of(alternative).map(|id| api[id].origin.pointer.clone());
        let place = |union: &Union, alternative: &Alternative| {
            union.variants.iter().position(|other| std::ptr::eq(other, alternative))
        };
        match_in_steps(
            &old.variants,
            &new.variants,
            &[
                &|a, b| if have_tags { a.tag == b.tag } else { a.name == b.name },
                &|a, b| type_of(a).is_some() && schema(apis[0], a) == schema(apis[1], b),
                &|a, b| shape::same(apis, &a.ty, &b.ty),
                &|a, b| self.are_similar(a, b, have_tags) && (!have_tags || place(old, a) == place(new, b)),
            ],
        )
    }

    fn are_similar(&self, old: &Alternative, new: &Alternative, have_tags: bool) -> bool {
        let [old, new] = [(self.old.api, old), (self.new.api, new)]
            .map(|(api, alternative)| type_of(alternative).and_then(|id| api[id].as_struct()));
        old.zip(new).is_some_and(|(old, new)| is_similar(old, new, have_tags))
    }
}

/// The location of an alternative, by its tag or its name. Its origin is that of its type, if it has one.
fn at_alternative(at: &At, alternative: &Alternative, types: [Option<TypeId>; 2], apis: [&Api; 2]) -> At {
    let [old, new] = types;
    let origin =
        |api: &Api, id: Option<TypeId>, place: &Origin| id.map_or_else(|| place.clone(), |id| api[id].origin.clone());
    let origins = [origin(apis[0], old, &at.origins[0]), origin(apis[1], new, &at.origins[1])];
    At { origins, ..at.inside(&format!("<{}>", title(alternative))) }
}

fn title(alternative: &Alternative) -> String {
    alternative.tag.clone().unwrap_or_else(|| alternative.name.clone())
}
