//! Values of several forms: `oneOf`, `anyOf`, a base that maps tags to its variants, and lists of types.

mod alternatives;
mod discriminator;

use super::definitions::Outline;
use super::json_type::JsonType;
use super::places::{Chosen, Places};
use super::{Reported, SchemaReader, Use};
use crate::api::{Docs, TypeRef};
use crate::document::{Node, Origin};
use crate::lower::draft::DraftUnion;

/// Where the forms of a value part.
#[derive(Clone, Debug)]
pub(crate) enum Fork {
    /// By the types of JSON.
    Types(Vec<JsonType>),
    /// By the alternatives of `oneOf` or `anyOf`.
    Alternatives {
        /// The schema with the keyword.
        holder: Origin,
        keyword: &'static str,
        /// The alternatives but for `null`.
        places: Vec<Origin>,
    },
    /// By the variants that a base names.
    Mapping { base: Origin, tag: String, variants: Vec<(String, Origin)> },
}

impl<'d> SchemaReader<'_, 'd> {
    /// The first point where the forms of a value part, if there is one.
    pub(crate) fn fork(&mut self, places: &Places, types: &[JsonType]) -> Result<Option<Fork>, Reported> {
        for keyword in ["oneOf", "anyOf"] {
            let holders: Vec<_> = self.said(places, keyword).map(|(place, _)| place.clone()).collect();
            for holder in holders {
                let list = holder.child(keyword);
                if places.has_chosen(&Chosen::Alternative(list.clone())) {
                    continue;
                }
                let all = (0..self.length(&list)).map(|index| list.child(index.to_string()));
                let alternatives: Vec<_> = all.filter(|place| !self.is_null(place)).collect();
                return Ok(Some(Fork::Alternatives { holder, keyword, places: alternatives }));
            }
        }
        if let Some(fork) = self.mapping(places)? {
            return Ok(Some(fork));
        }
        let is_open = types.len() > 1 && !self.says(places, "enum");
        Ok(is_open.then(|| Fork::Types(types.to_vec())))
    }

    /// The variants of a base, unless the value is one of them or built upon the base.
    fn mapping(&mut self, places: &Places) -> Result<Option<Fork>, Reported> {
        let base = places.own().clone();
        let discriminator = base.child("discriminator");
        let Some(tag) = self.tag_name(&base).filter(|tag| !places.hides(tag)) else { return Ok(None) };
        let mapping = discriminator.child("mapping");
        let entries = self.resolved.node(&mapping).and_then(Node::as_object).filter(|entries| !entries.is_empty());
        let Some(entries) = entries else {
            let variants = self.heirs(&base);
            let is_variant = variants.iter().any(|(_, target)| places.contains(target));
            if variants.is_empty() && places.iter().len() == 1 {
                let help = "map its values to variants, or let schemas build upon this one";
                self.diagnostics.not_used(discriminator, "the discriminator", help);
            }
            return Ok((!variants.is_empty() && !is_variant).then_some(Fork::Mapping { base, tag, variants }));
        };
        let mut variants = Vec::new();
        let mut is_sound = true;
        for (value, member) in entries {
            if let Some(target) = member.node.as_str().and_then(|text| self.mapped(&discriminator, text)) {
                variants.push((value.clone(), target));
            } else {
                self.diagnostics.dangling_mapping(mapping.child(value));
                is_sound = false;
            }
        }
        if !is_sound {
            return Err(Reported);
        }
        let is_variant = variants.iter().any(|(_, target)| places.contains(target));
        Ok((!variants.is_empty() && !is_variant).then_some(Fork::Mapping { base, tag, variants }))
    }

    pub(crate) fn use_fork(&mut self, places: &Places, fork: Fork, name: &str) -> Option<Use> {
        if let Fork::Alternatives { holder, keyword, places: alternatives } = &fork {
            match alternatives.as_slice() {
                [] => return Some(Use::of(TypeRef::Never)),
                [only] => return self.use_alternative(places, holder, keyword, only, None, name),
                _ => {}
            }
        }
        let id = self.define_later(places, name, Outline::Union { fork });
        Some(Use::of(TypeRef::Named(id)))
    }

    /// What one alternative means together with all that is said beside the alternatives.
    fn use_alternative(
        &mut self,
        places: &Places,
        holder: &Origin,
        keyword: &str,
        alternative: &Origin,
        tag: Option<&str>,
        name: &str,
    ) -> Option<Use> {
        let is_alone = self.stands_alone(places, holder, keyword, alternative);
        if is_alone && tag.is_none() {
            return self.use_schema_at(alternative, name);
        }
        let target = self.target(alternative);
        let own_name = if target == *alternative { name.to_owned() } else { self.own_name(&target) };
        let mut form = if is_alone {
            self.places(std::slice::from_ref(alternative))?
        } else {
            let mut form = places.clone();
            form.choose(Chosen::Alternative(holder.child(keyword)));
            self.add_places(&mut form, std::slice::from_ref(alternative))?;
            form
        };
        if let Some(tag) = tag {
            form.choose(Chosen::Tag(tag.to_owned()));
        }
        let name = if is_alone { own_name } else { name.to_owned() };
        self.use_known_places(&form, &name)
    }

    /// Whether nothing is said beside the alternatives that the alternative does not say itself.
    fn stands_alone(&mut self, places: &Places, holder: &Origin, keyword: &str, alternative: &Origin) -> bool {
        let mut others = places.iter().filter(|place| *place != holder);
        let is_alone = others.all(|place| self.says_only(place, &[]))
            && places.chosen_type().is_none()
            && !places.is_tagged()
            && self.says_only(holder, &[keyword, "discriminator"]);
        let outer = self.json_types(places).unwrap_or_default();
        if !is_alone || outer.is_empty() {
            return is_alone;
        }
        let Some(inner) = self.places(std::slice::from_ref(alternative)) else { return false };
        let inner = self.json_types(&inner).unwrap_or_default();
        !inner.is_empty() && inner.iter().all(|ty| outer.iter().any(|outer| ty.meet(*outer) == Some(*ty)))
    }

    /// Reads the alternatives of a union. `docs` are those of the union.
    pub(crate) fn lower_union(&mut self, name: &str, docs: &Docs, places: &Places, fork: Fork) -> DraftUnion {
        let mut lowered = match fork {
            Fork::Types(types) => self.lower_types(name, places, &types),
            Fork::Alternatives { holder, keyword, places: alternatives } => {
                self.lower_alternatives(name, places, &holder, keyword, &alternatives)
            }
            Fork::Mapping { base, tag, variants } => self.lower_mapping(name, places, &base, tag, &variants),
        };
        // An alternative without a description of its own has that of its base, which stands at the union.
        let alternatives = lowered.alternatives.iter_mut();
        for alternative in alternatives.filter(|alternative| alternative.docs.description == docs.description) {
            alternative.docs.description = None;
        }
        lowered
    }
}
