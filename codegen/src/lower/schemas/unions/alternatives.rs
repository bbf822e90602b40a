//! The alternatives of a union, with their names and types.

use super::super::json_type::JsonType;
use super::super::sets::{Chosen, SchemaSet};
use crate::api::{Docs, TypeRef};
use crate::document::{Node, Origin};
use crate::lower::draft::{DraftAlternative, DraftUnion, UnionKeyword};
use crate::lower::schemas::{LoweredType, SchemaReader, ShapeKind};
use crate::names;

impl SchemaReader<'_, '_> {
    pub(crate) fn lower_types(&mut self, name: &str, set: &SchemaSet, types: &[JsonType]) -> DraftUnion {
        let mut variants = Vec::new();
        for ty in types {
            let mut form = set.clone();
            form.choose(Chosen::Type(*ty));
            let Some(used) = self.lower_set(&form, &format!("{name}{}", ty.name())) else { continue };
            variants.push(DraftAlternative::new(ty.name().to_owned(), None, LoweredType { description: None, ..used }));
        }
        DraftUnion { keyword: UnionKeyword::OneOf, alternatives: variants }
    }

    pub(crate) fn lower_alternatives(
        &mut self,
        name: &str,
        set: &SchemaSet,
        holder: &Origin,
        keyword: &str,
        alternatives: &[Origin],
    ) -> DraftUnion {
        let tags = self.tags(holder, alternatives);
        let mut variants: Vec<DraftAlternative> = Vec::new();
        for (index, alternative) in alternatives.iter().enumerate() {
            let (tag, values) = match &tags {
                Some((tag, values)) => (Some(tag.as_str()), values[index].iter().map(Some).collect()),
                None => (None, vec![None]),
            };
            let word = self.alternative_name(alternative, index, values.first().copied().flatten());
            let type_name = format!("{name}{word}");
            let Some(used) = self.lower_alternative(set, holder, keyword, alternative, tag, &type_name) else {
                continue;
            };
            self.require_object(&used, tag, alternative);
            for value in values {
                let wanted = value.map_or_else(|| word.clone(), |value| names::type_name(value));
                let name = names::free(&wanted, |name| variants.iter().all(|variant| variant.name != name));
                variants.push(DraftAlternative::new(name, value.cloned(), used.clone()));
            }
        }
        let keyword = match tags {
            Some((tag, _)) => UnionKeyword::Discriminator(tag),
            None if keyword == "oneOf" => UnionKeyword::OneOf,
            None => UnionKeyword::AnyOf,
        };
        DraftUnion { keyword, alternatives: variants }
    }

    pub(crate) fn lower_mapping(
        &mut self,
        name: &str,
        set: &SchemaSet,
        base: &Origin,
        tag: String,
        mapping: &[(String, Origin)],
    ) -> DraftUnion {
        let mut variants: Vec<DraftAlternative> = Vec::new();
        for (value, target) in mapping {
            let wanted = names::type_name(value);
            let Some(mut form) = self.schema_set(std::slice::from_ref(target)) else { continue };
            let mut type_name = self.own_name(target);
            if !form.contains(base) {
                // The variant does not say itself that it is built upon the base.
                form = set.clone();
                let Some(()) = self.add_schemas(&mut form, std::slice::from_ref(target)) else { continue };
                type_name = format!("{name}{wanted}");
            }
            if self.listed_tags(target, &tag).is_some_and(|listed| !listed.is_empty() && !listed.contains(value)) {
                self.diagnostics.tag_not_listed(base.descend(["discriminator", "mapping", value]), value);
            }
            form.choose(Chosen::Tag(tag.clone()));
            let Some(used) = self.lower_set(&form, &type_name) else { continue };
            self.require_object(&used, Some(&tag), target);
            let name = names::free(&wanted, |name| variants.iter().all(|variant| variant.name != name));
            variants.push(DraftAlternative::new(name, Some(value.clone()), used));
        }
        DraftUnion { keyword: UnionKeyword::Discriminator(tag), alternatives: variants }
    }

    /// A tag needs an object to stand in.
    pub(crate) fn require_object(&mut self, used: &LoweredType, tag: Option<&str>, place: &Origin) {
        let is_object = match &used.ty {
            TypeRef::Named(id) => matches!(self.kind(*id), ShapeKind::Struct | ShapeKind::Union),
            TypeRef::Map(_) => true,
            _ => false,
        };
        if tag.is_some() && !is_object {
            let help = "let every variant be an object, or take the discriminator out";
            self.diagnostics.unsupported(place.clone(), "a variant with a discriminator that is not an object", help);
        }
    }

    /// The name of an alternative: its own, that of its title, its tag, its type, or its number.
    pub(crate) fn alternative_name(&mut self, alternative: &Origin, index: usize, tag: Option<&String>) -> String {
        let target = self.target(alternative);
        if target != *alternative {
            return names::type_name(&self.own_name(&target));
        }
        let title = self.resolved.node(&target).and_then(|node| node.get("title")).and_then(Node::as_str);
        if let Some(title) = title.filter(|title| title.len() <= 40 && !title.trim().is_empty()) {
            return names::type_name(title);
        }
        if let Some(tag) = tag {
            return names::type_name(tag);
        }
        let set = self.schema_set(std::slice::from_ref(&target));
        let types = set.and_then(|set| self.json_types(&set).ok()).unwrap_or_default();
        match types.as_slice() {
            [ty] if *ty != JsonType::Object => ty.name().to_owned(),
            _ => format!("Variant{}", index + 1),
        }
    }
}

impl DraftAlternative {
    pub(crate) fn new(name: String, tag: Option<String>, used: LoweredType) -> Self {
        let docs = Docs { summary: None, description: used.description };
        Self { name, tag, docs, ty: used.ty, checks: used.checks }
    }
}
