//! Values of several forms: `oneOf`, `anyOf`, a base that maps tags to its variants, and lists of types.

mod alternatives;
mod discriminator;

use super::definitions::Outline;
use super::json_type::JsonType;
use super::sets::{Chosen, SchemaSet};
use super::{LoweredType, Reported, SchemaReader};
use crate::api::{Docs, TypeRef};
use crate::document::{Node, Origin};
use crate::lower::draft::DraftUnion;

/// Where the forms of a value part.
#[derive(Clone, Debug)]
pub(crate) enum UnionSource {
    /// By the types of JSON.
    Types(Vec<JsonType>),
    /// By the alternatives of `oneOf` or `anyOf`.
    Alternatives {
        /// The schema with the keyword.
        holder: Origin,
        keyword: &'static str,
        /// The alternatives but for `null`.
        alternatives: Vec<Origin>,
    },
    /// By the variants that a base names.
    Mapping { base: Origin, tag: String, variants: Vec<(String, Origin)> },
}

impl SchemaReader<'_, '_> {
    /// The first point where the forms of a value part, if there is one.
    pub(crate) fn union_source(
        &mut self,
        set: &SchemaSet,
        types: &[JsonType],
    ) -> Result<Option<UnionSource>, Reported> {
        for keyword in ["oneOf", "anyOf"] {
            let holders: Vec<_> = self.occurrences(set, keyword).map(|(place, _)| place.clone()).collect();
            for holder in holders {
                let list = holder.child(keyword);
                if set.has_chosen(&Chosen::Alternative(list.clone())) {
                    continue;
                }
                let all = (0..self.length(&list)).map(|index| list.child(index.to_string()));
                let alternatives: Vec<_> = all.filter(|place| !self.is_null(place)).collect();
                return Ok(Some(UnionSource::Alternatives { holder, keyword, alternatives }));
            }
        }
        if let Some(source) = self.mapping(set)? {
            return Ok(Some(source));
        }
        let is_open = types.len() > 1 && !self.has_keyword(set, "enum");
        Ok(is_open.then(|| UnionSource::Types(types.to_vec())))
    }

    /// The variants of a base, unless the value is one of them or built upon the base.
    fn mapping(&mut self, set: &SchemaSet) -> Result<Option<UnionSource>, Reported> {
        let base = set.own().clone();
        let discriminator = base.child("discriminator");
        let Some(tag) = self.tag_name(&base).filter(|tag| !set.hides(tag)) else { return Ok(None) };
        let mapping = discriminator.child("mapping");
        let entries = self.resolved.node(&mapping).and_then(Node::as_object).filter(|entries| !entries.is_empty());
        let Some(entries) = entries else {
            let variants = self.derived_schemas(&base);
            let is_variant = variants.iter().any(|(_, target)| set.contains(target));
            if variants.is_empty() && set.iter().len() == 1 {
                let help = "map its values to variants, or let schemas build upon this one";
                self.diagnostics.not_used(discriminator, "the discriminator", help);
            }
            return Ok((!variants.is_empty() && !is_variant).then_some(UnionSource::Mapping { base, tag, variants }));
        };
        let mut variants = Vec::new();
        let mut is_sound = true;
        for (value, member) in entries {
            if let Some(target) = member.node.as_str().and_then(|text| self.mapped_schema(&discriminator, text)) {
                variants.push((value.clone(), target));
            } else {
                self.diagnostics.dangling_mapping(mapping.child(value));
                is_sound = false;
            }
        }
        if !is_sound {
            return Err(Reported);
        }
        let is_variant = variants.iter().any(|(_, target)| set.contains(target));
        Ok((!variants.is_empty() && !is_variant).then_some(UnionSource::Mapping { base, tag, variants }))
    }

    pub(crate) fn define_union(&mut self, set: &SchemaSet, source: UnionSource, name: &str) -> Option<LoweredType> {
        if let UnionSource::Alternatives { holder, keyword, alternatives } = &source {
            match alternatives.as_slice() {
                [] => return Some(LoweredType::of(TypeRef::Never)),
                [only] => return self.lower_alternative(set, holder, keyword, only, None, name),
                _ => {}
            }
        }
        let id = self.define_later(set, name, Outline::Union { source });
        Some(LoweredType::of(TypeRef::Named(id)))
    }

    /// What one alternative means together with all that is said beside the alternatives.
    fn lower_alternative(
        &mut self,
        set: &SchemaSet,
        holder: &Origin,
        keyword: &str,
        alternative: &Origin,
        tag: Option<&str>,
        name: &str,
    ) -> Option<LoweredType> {
        let is_alone = self.stands_alone(set, holder, keyword, alternative);
        if is_alone && tag.is_none() {
            return self.lower_schema(alternative, name);
        }
        let target = self.target(alternative);
        let own_name = if target == *alternative { name.to_owned() } else { self.own_name(&target) };
        let mut form = if is_alone {
            self.schema_set(std::slice::from_ref(alternative))?
        } else {
            let mut form = set.clone();
            form.choose(Chosen::Alternative(holder.child(keyword)));
            self.add_schemas(&mut form, std::slice::from_ref(alternative))?;
            form
        };
        if let Some(tag) = tag {
            form.choose(Chosen::Tag(tag.to_owned()));
        }
        let name = if is_alone { own_name } else { name.to_owned() };
        self.lower_set(&form, &name)
    }

    /// Whether nothing is said beside the alternatives that the alternative does not say itself.
    fn stands_alone(&mut self, set: &SchemaSet, holder: &Origin, keyword: &str, alternative: &Origin) -> bool {
        let mut others = set.iter().filter(|place| *place != holder);
        let is_alone = others.all(|place| self.has_only(place, &[]))
            && set.chosen_type().is_none()
            && !set.is_tagged()
            && self.has_only(holder, &[keyword, "discriminator"]);
        let outer = self.json_types(set).unwrap_or_default();
        if !is_alone || outer.is_empty() {
            return is_alone;
        }
        let Some(inner) = self.schema_set(std::slice::from_ref(alternative)) else { return false };
        let inner = self.json_types(&inner).unwrap_or_default();
        !inner.is_empty() && inner.iter().all(|ty| outer.iter().any(|outer| ty.meet(*outer) == Some(*ty)))
    }

    /// Reads the alternatives of a union. `docs` are those of the union.
    pub(crate) fn lower_union(&mut self, name: &str, docs: &Docs, set: &SchemaSet, source: UnionSource) -> DraftUnion {
        let mut lowered = match source {
            UnionSource::Types(types) => self.lower_types(name, set, &types),
            UnionSource::Alternatives { holder, keyword, alternatives } => {
                self.lower_alternatives(name, set, &holder, keyword, &alternatives)
            }
            UnionSource::Mapping { base, tag, variants } => self.lower_mapping(name, set, &base, tag, &variants),
        };
        // An alternative without a description of its own has that of its base, which stands at the union.
        let alternatives = lowered.alternatives.iter_mut();
        for alternative in alternatives.filter(|alternative| alternative.docs.description == docs.description) {
            alternative.docs.description = None;
        }
        lowered
    }
}
