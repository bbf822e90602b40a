//! The property that distinguishes the alternatives of a union.

use std::collections::BTreeSet;

use super::types::Matched;
use super::{At, Comparison, Direction, rules};
use crate::api::{Alternative, Distinction, Struct, TypeId, TypeRef, Union};

impl Comparison<'_> {
    /// Compares the discriminating property of two unions as their alternatives describe it.
    pub(super) fn tags(&mut self, at: &At, old: &Union, new: &Union, matched: &[Matched]) {
        match (tag_of(old), tag_of(new)) {
            (Some(before), Some(now)) if before == now => {
                self.required_tags(at, old, new, matched);
                self.tag_values(at, old, new, matched);
            }
            (Some(_), Some(_)) | (None, None) => {}
            (before, now) => self.remember_tags([before, now], old, new, matched),
        }
    }

    fn required_tags(&mut self, at: &At, old: &Union, new: &Union, matched: &[Matched]) {
        for (one, other) in matched {
            let tags = (&old.variants[*one].tag_property, &new.variants[*other].tag_property);
            let (Some(before), Some(now)) = tags else { continue };
            let rule = match (before.required, now.required) {
                (true, false) => &rules::TAG_BECAME_OPTIONAL,
                (false, true) => &rules::TAG_BECAME_REQUIRED,
                _ => continue,
            };
            let origins = [before.origin.clone(), now.origin.clone()];
            let at = At { origins, ..at.inside(&format!(".{}", tag_of(new).unwrap_or_default())) };
            self.noted(&at, rule);
        }
    }

    /// Compares the values that the alternatives list. Those of alternatives that only one side has, or that have another tag,
    /// are left out.
    fn tag_values(&mut self, at: &At, old: &Union, new: &Union, matched: &[Matched]) {
        let (before, now) = (listed(old), listed(new));
        let is_kept = |(one, other): &&Matched| old.variants[*one].tag == new.variants[*other].tag;
        let kept: Vec<_> = matched.iter().filter(is_kept).collect();
        let is_of_rest = |union: &Union, value: &str, is_known: &dyn Fn(usize) -> bool| {
            let mut alternatives = union.variants.iter().enumerate();
            alternatives.any(|(index, alternative)| alternative.tag.as_deref() == Some(value) && !is_known(index))
        };
        let at = at.inside(&format!(".{}", tag_of(new).unwrap_or_default()));
        for value in before.difference(&now) {
            if !is_of_rest(old, value, &|index| kept.iter().any(|(one, _)| *one == index)) {
                self.removed(&at, &rules::TAG_VALUE_REMOVED, *value);
            }
        }
        for value in now.difference(&before) {
            if !is_of_rest(new, value, &|index| kept.iter().any(|(_, other)| *other == index)) {
                self.added(&at, &rules::TAG_VALUE_ADDED, *value);
            }
        }
    }

    /// Remembers a discriminating property of one side alone, until the types of the alternatives are compared.
    fn remember_tags(&mut self, tags: [Option<&str>; 2], old: &Union, new: &Union, matched: &[Matched]) {
        for (one, other) in matched {
            if let (TypeRef::Named(old), TypeRef::Named(new)) = (&old.variants[*one].ty, &new.variants[*other].ty) {
                let index = self.pair_index(*old, *new);
                self.tag_properties.insert(index, tags.map(|tag| tag.map(str::to_owned)));
            }
        }
    }

    /// Reports a property that a discriminating one replaces, or that replaces it, and returns the other properties of one side.
    pub(super) fn without_tags(
        &mut self,
        at: &At,
        pair: usize,
        old: &Struct,
        new: &Struct,
        (mut removed, mut added): (Vec<usize>, Vec<usize>),
    ) -> (Vec<usize>, Vec<usize>) {
        let Some([before, now]) = self.tag_properties.get(&pair).cloned() else { return (removed, added) };
        let at = at.inside(&format!(".{}", before.as_ref().or(now.as_ref()).map_or("", String::as_str)));
        if let Some(tag) = now {
            match removed.iter().position(|one| old.fields[*one].wire_name == tag) {
                Some(position) => {
                    let field = &old.fields[removed.remove(position)];
                    self.noted(&at, &rules::PROPERTY_BECAME_TAG);
                    if !field.listed_as_required {
                        self.noted(&at.travelling(Direction::SENT), &rules::TAG_BECAME_REQUIRED);
                    }
                }
                None => self.added(&at, &rules::REQUIRED_PROPERTY_ADDED, "string"),
            }
        }
        if let Some(tag) = before {
            match added.iter().position(|other| new.fields[*other].wire_name == tag) {
                Some(position) => {
                    let field = &new.fields[added.remove(position)];
                    self.noted(&at, &rules::TAG_BECAME_PROPERTY);
                    if !field.listed_as_required {
                        self.noted(&at, &rules::TAG_BECAME_OPTIONAL);
                    }
                }
                None => self.removed(&at, &rules::REQUIRED_PROPERTY_REMOVED, "string"),
            }
        }
        (removed, added)
    }
}

/// The name of the discriminating property.
pub(super) fn tag_of(union: &Union) -> Option<&str> {
    match &union.distinction {
        Distinction::Discriminator { property, .. } => Some(property),
        _ => None,
    }
}

/// The values that the discriminating property may have: the tags that the alternatives list or do not restrict, and the other
/// values that they list.
fn listed(union: &Union) -> BTreeSet<&str> {
    let tags: BTreeSet<&str> = union.variants.iter().filter_map(|alternative| alternative.tag.as_deref()).collect();
    let mut listed = BTreeSet::new();
    for alternative in &union.variants {
        let Some(tag) = alternative.tag.as_deref() else { continue };
        match alternative.tag_property.as_ref().and_then(|tag| tag.values.as_ref()) {
            Some(values) => {
                let is_own = |value: &&str| *value == tag || !tags.contains(value);
                listed.extend(values.iter().map(String::as_str).filter(is_own));
            }
            None => drop(listed.insert(tag)),
        }
    }
    listed
}

/// Returns `true` if the structs of two alternatives are those of one alternative under another name. Alternatives with tags
/// have one more property in common.
pub(super) fn is_similar(old: &Struct, new: &Struct, have_tags: bool) -> bool {
    let tag = have_tags.then_some("");
    let names = |shape: &'_ Struct| -> BTreeSet<String> {
        let names = shape.fields.iter().map(|field| &*field.wire_name);
        names.chain(tag).map(str::to_owned).collect()
    };
    let (old, new) = (names(old), names(new));
    let (common, all) = (old.intersection(&new).count(), old.union(&new).count());
    let (fewer, more) = (old.len().min(new.len()), old.len().max(new.len()));
    common > 0 && (common == fewer && 2 * fewer >= more || 2 * common > all)
}

/// The id of the type that an alternative names directly.
pub(super) fn type_of(alternative: &Alternative) -> Option<TypeId> {
    match alternative.ty {
        TypeRef::Named(id) => Some(id),
        _ => None,
    }
}
