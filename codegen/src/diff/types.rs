//! Pairs of types: members, values of enumerations, forms of unions.

use super::values::describe;
use super::{At, Comparison, Holder, Rule, Side, rules, shape};
use crate::api::{
    Additional, Alternative, Check, Distinction, Enum, Field, Kept, Parameter, Part, Struct, TypeDef, TypeId, TypeKind,
    TypeRef, Union, Writing,
};
use crate::pointer::Origin;

impl Side<'_> {
    /// Where a union says of a form what its tag is, or else where it tells its forms.
    fn form(&self, union: &Origin, form: &Alternative) -> Origin {
        let mapped = form.tag.as_ref().map(|tag| union.descend(["mapping", tag]));
        mapped.filter(|place| self.document.node(place).is_some()).unwrap_or_else(|| union.clone())
    }
}

/// Something on both sides, by its index in each.
type Matched = (usize, usize);

/// What is on both sides, what is only on the old one, and what is only on the new one.
pub(super) type Matching = (Vec<Matched>, Vec<usize>, Vec<usize>);

impl<'a> Comparison<'a> {
    /// Compares every pair of types that values led to, then those that have one name and stand in other places now.
    pub(super) fn pairs(&mut self) {
        self.compare_waiting();
        for (index, definition) in self.old.api.types.iter().enumerate() {
            if let Some(new) = self.new.names.get(&*definition.name).copied() {
                self.pair_index(&format!("models::{}", definition.name), TypeId(index), new);
            }
        }
        self.compare_waiting();
    }

    fn compare_waiting(&mut self) {
        while let Some(index) = self.waiting.pop_front() {
            self.compare_pair(index);
        }
    }

    fn definitions(&self, pair: usize) -> [&'a TypeDef; 2] {
        let pair = &self.pairs[pair];
        [&self.old.api[pair.old], &self.new.api[pair.new]]
    }

    fn compare_pair(&mut self, index: usize) {
        let [old, new] = self.definitions(index);
        let pair = &self.pairs[index];
        let places = [old.origin.clone(), new.origin.clone()];
        let at = At { holder: Holder::Pair(index), location: pair.location.clone(), places };
        if pair.is_one {
            if old.name != new.name && !self.follows(&old.origin) {
                self.changed(&at, &rules::TYPE_RENAMED, &*old.name, &*new.name);
                self.renamed.insert(old.origin.clone());
            }
            self.words(&at, "description", old.docs.description.as_ref(), new.docs.description.as_ref());
            self.words(&at, "title", old.docs.summary.as_ref(), new.docs.summary.as_ref());
        }
        match (&old.kind, &new.kind) {
            (TypeKind::Struct(old), TypeKind::Struct(new)) => self.structs(&at, index, old, new),
            (TypeKind::Enum(old), TypeKind::Enum(new)) => self.enums(&at, old, new),
            (TypeKind::Union(old), TypeKind::Union(new)) => self.unions(&at, index, old, new),
            (TypeKind::Wrapper(one), TypeKind::Wrapper(other)) => {
                self.values(&at, &one.ty, &other.ty);
                self.limits(&at, stated(old, 0), stated(new, 0));
            }
            _ => self.changed(&at, &rules::TYPE_CHANGED, kind(&old.kind), kind(&new.kind)),
        }
    }

    /// Whether a name comes from a place that has another name now.
    fn follows(&self, origin: &Origin) -> bool {
        let mut place = origin.clone();
        while place.pointer.last().is_some() {
            if self.renamed.contains(&place) {
                return true;
            }
            place.pointer.pop();
        }
        false
    }

    fn is_one(&self, at: &At) -> bool {
        match at.holder {
            Holder::Root(_) => true,
            Holder::Pair(pair) => self.pairs[pair].is_one,
        }
    }

    fn name_in_rust(&mut self, at: &At, old: &str, new: &str) {
        if old != new && self.is_one(at) {
            self.changed(at, &rules::NAME_IN_RUST_CHANGED, old, new);
        }
    }

    fn structs(&mut self, at: &At, index: usize, old: &Struct, new: &Struct) {
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
            let at = At { places: [field.origin.clone(), new_origin(definitions)], ..member(at, definitions[0], *one) };
            self.removed(&at, rule, describe(self.old.api, &field.ty));
        }
        for other in added.iter().filter(|other| renamed.iter().all(|(_, renamed)| renamed != *other)) {
            let field = &new.fields[*other];
            let rule = self.rule_of_added(definitions, old, field);
            let at =
                At { places: [old_origin(definitions), field.origin.clone()], ..member(at, definitions[1], *other) };
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
        self.others(at, definitions, &old.additional, &new.additional);
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

    /// Whether values of a new type can be compared with `Eq`.
    fn is_total(&self, ty: &TypeRef) -> bool {
        ty.with_inner().all(|ty| match ty {
            TypeRef::F32 | TypeRef::F64 => false,
            TypeRef::Named(id) => self.new.api[*id].total_equality,
            _ => true,
        })
    }

    fn places_of_parameters(&mut self, at: &At, [old, new]: [&TypeDef; 2], (one, other): Matched) {
        let (Some(a), Some(b)) = (parameter(old, one), parameter(new, other)) else { return };
        if a.part != b.part {
            self.keyword(
                at,
                "in",
                &rules::PARAMETER_MOVED,
                Some(part(a.part).to_owned()),
                Some(part(b.part).to_owned()),
            );
        } else if a.separator != b.separator && is_list(old, one) && is_list(new, other) {
            let word = |separator: Option<&str>| separator.map_or("its name again".to_owned(), str::to_owned);
            self.keyword(
                at,
                "style",
                &rules::PARAMETER_STYLE_CHANGED,
                Some(word(a.separator)),
                Some(word(b.separator)),
            );
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
        let of_type = |api: &crate::Api, field: &Field| {
            field.ty.named().is_some_and(|id| api[id].docs.description == field.docs.description)
        };
        of_type(self.old.api, old) && of_type(self.new.api, new)
    }

    fn others(&mut self, at: &At, definitions: [&TypeDef; 2], old: &Additional, new: &Additional) {
        use Additional::{Ignored, Kept as Keeps, Refused};
        const KEYWORD: &str = "additionalProperties";
        let rule = match (old, new) {
            (Keeps(old), Keeps(new)) => return self.kept(at, definitions, old, new),
            (Ignored, Ignored) | (Refused, Refused) => return,
            (Ignored | Refused, Keeps(_)) => &rules::OTHERS_KEPT,
            (Keeps(_), Ignored) => &rules::OTHERS_NOT_KEPT,
            (Keeps(_), Refused) => &rules::KEPT_OTHERS_REFUSED,
            (Ignored, Refused) => &rules::OTHERS_REFUSED,
            (Refused, Ignored) => &rules::OTHERS_ALLOWED,
        };
        let word = |additional: &Additional| match additional {
            Ignored => "left aside".to_owned(),
            Refused => "refused".to_owned(),
            Keeps(_) => "kept".to_owned(),
        };
        let places = [self.old.keyword(&at.places[0], KEYWORD), self.new.keyword(&at.places[1], KEYWORD)];
        self.changed(&At { places, ..at.clone() }, rule, word(old), word(new));
    }

    fn kept(&mut self, at: &At, [one, other]: [&TypeDef; 2], old: &Kept, new: &Kept) {
        let at = at.inside(".*");
        self.name_in_rust(&at, &old.name, &new.name);
        self.values(&at, &old.ty, &new.ty);
        self.limits(&at, stated(one, one.fields().len()), stated(other, other.fields().len()));
    }

    fn enums(&mut self, at: &At, old: &Enum, new: &Enum) {
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

    fn unions(&mut self, at: &At, index: usize, old: &Union, new: &Union) {
        let [one, other] = self.definitions(index);
        let keyword = |union: &Union| match union.distinction {
            Distinction::Tag(_) => "discriminator",
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
        use Distinction::{AtLeastOne, ExactlyOne, Tag};
        let word = |distinction: &Distinction| match distinction {
            Tag(name) => name.clone(),
            ExactlyOne { .. } => "exactly one".to_owned(),
            AtLeastOne => "at least one".to_owned(),
        };
        let rule = match (old, new) {
            (Tag(old), Tag(new)) if old == new => return,
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

/// What belongs together in two lists, what is only in the old one, and what is only in the new one; by index.
pub(super) fn match_by<T>(old: &[T], new: &[T], same: impl Fn(&T, &T) -> bool) -> Matching {
    let (all_old, all_new) = ((0..old.len()).collect(), (0..new.len()).collect());
    match_among(all_old, all_new, |one, other| same(&old[one], &new[other]))
}

/// The same among some of each.
pub(super) fn match_among(old: Vec<usize>, mut new: Vec<usize>, same: impl Fn(usize, usize) -> bool) -> Matching {
    let (mut matched, mut removed) = (Vec::new(), Vec::new());
    for one in old {
        match new.iter().position(|other| same(one, *other)) {
            Some(position) => matched.push((one, new.remove(position))),
            None => removed.push(one),
        }
    }
    (matched, removed, new)
}

/// Members of one name belong together; of parameters those in one part of the request before others.
fn match_members([old, new]: [&TypeDef; 2]) -> Matching {
    let keys = |definition: &TypeDef| -> Vec<(String, Option<Part>)> {
        let fields = definition.fields().iter().enumerate();
        let key = |(index, field): (usize, &Field)| {
            let part = parameter(definition, index).map(|parameter| parameter.part);
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

fn old_origin([old, _]: [&TypeDef; 2]) -> Origin {
    old.origin.clone()
}

fn new_origin([_, new]: [&TypeDef; 2]) -> Origin {
    new.origin.clone()
}

/// A member, by its path.
fn member(at: &At, definition: &TypeDef, index: usize) -> At {
    let field = &definition.fields()[index];
    match parameter(definition, index) {
        Some(parameter) => At { location: format!("{}.{}", part(parameter.part), field.wire_name), ..at.clone() },
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

fn part(part: Part) -> &'static str {
    match part {
        Part::Path => "path",
        Part::Query => "query",
        Part::Header => "header",
    }
}

fn is_list(definition: &TypeDef, index: usize) -> bool {
    matches!(definition.fields()[index].ty, TypeRef::List(_))
}

/// A form, by its tag or its name; what it says stands at its type, where it has one.
fn form_at(at: &At, form: &Alternative, types: [Option<TypeId>; 2], apis: [&crate::Api; 2]) -> At {
    let [old, new] = types;
    let origin = |api: &crate::Api, id: Option<TypeId>, place: &Origin| {
        id.map_or_else(|| place.clone(), |id| api[id].origin.clone())
    };
    let places = [origin(apis[0], old, &at.places[0]), origin(apis[1], new, &at.places[1])];
    At { places, ..at.inside(&format!("<{}>", title(form))) }
}

fn title(form: &Alternative) -> String {
    form.tag.clone().unwrap_or_else(|| form.name.clone())
}

/// What the description states of a part, checked or not.
fn stated(definition: &TypeDef, part: usize) -> &[Check] {
    match definition.unchecked.parts.get(part) {
        Some(checks) => checks,
        None => definition.checks().get(part).map_or(&[], |checks| checks),
    }
}

fn property_count(definition: &TypeDef) -> Option<crate::api::Bounds> {
    definition.as_struct().and_then(|shape| shape.property_count).or(definition.unchecked.property_count)
}

fn kind(kind: &TypeKind) -> &'static str {
    match kind {
        TypeKind::Struct(_) => "object",
        TypeKind::Enum(_) => "enumeration",
        TypeKind::Union(_) => "one of several forms",
        TypeKind::Wrapper(_) => "value that contains itself",
    }
}
