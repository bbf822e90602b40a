//! Values of several forms: `oneOf`, `anyOf`, a base that maps tags to its variants, and lists of types.

use std::collections::{HashMap, HashSet};

use super::definitions::Outline;
use super::json_type::JsonType;
use super::places::{Chosen, Places};
use super::{Reported, SchemaReader, ShapeKind, Use};
use crate::api::{Docs, TypeRef};
use crate::document::{Node, Origin, Value, locate};
use crate::lower::draft::{DraftAlternative, DraftUnion, UnionKeyword};
use crate::names;

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

/// How many unions may stand inside one another without an object between.
const MAX_DEPTH: usize = 16;

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

    /// The schemas that build upon one directly, each with its name: what a discriminator without a mapping means.
    fn heirs(&mut self, base: &Origin) -> Vec<(String, Origin)> {
        let schemas = Origin::file(&base.file).descend(["components", "schemas"]);
        let names = self.resolved.node(&schemas).and_then(Node::as_object).into_iter().flat_map(|all| all.keys());
        let mut heirs = Vec::new();
        for name in names {
            let heir = schemas.child(name);
            let parts = heir.child("allOf");
            let mut parts = (0..self.length(&parts)).map(|index| parts.child(index.to_string()));
            if parts.any(|part| self.resolved.follow(&part) == *base) {
                heirs.push((name.clone(), self.target(&heir)));
            }
        }
        heirs
    }

    fn tag_name(&self, holder: &Origin) -> Option<String> {
        let discriminator = self.resolved.node(holder)?.get("discriminator")?;
        discriminator.get("propertyName")?.as_str().map(str::to_owned)
    }

    /// The schema that a mapping names: by a reference, or by its name alone.
    fn mapped(&mut self, discriminator: &Origin, text: &str) -> Option<Origin> {
        let named = Origin::file(&discriminator.file).descend(["components", "schemas", text]);
        if self.resolved.node(&named).is_some() {
            return Some(self.target(&named));
        }
        let place = locate(discriminator, text).ok().filter(|place| self.resolved.node(place).is_some())?;
        Some(self.target(&place))
    }

    /// Whether `null` is all that fits.
    fn is_null(&self, place: &Origin) -> bool {
        let place = self.resolved.follow(place);
        let values = self.resolved.node(&place).and_then(|schema| schema.get("enum")).and_then(Node::as_array);
        values.is_some_and(|values| !values.is_empty() && values.iter().all(|value| value.value == Value::Null))
    }

    /// Whether the alternatives of a schema let `null` through: some of them, or exactly one where it must be one.
    pub(crate) fn forks_allow_null(&mut self, place: &Origin, depth: usize) -> bool {
        // Beside alternatives alone, the word can only mean that the value may be null.
        let schema = self.resolved.node(place);
        if schema.is_some_and(|schema| {
            schema.get("type").is_none() && schema.get("nullable").is_some_and(|node| node.value == Value::Bool(true))
        }) {
            return true;
        }
        ["oneOf", "anyOf"].into_iter().all(|keyword| {
            let list = place.child(keyword);
            let count = self.length(&list);
            let fitting = (0..count)
                .filter(|index| {
                    let roots = [list.child(index.to_string())];
                    depth < MAX_DEPTH
                        && self.places(&roots).is_some_and(|places| self.allows_null_within(&places, depth + 1))
                })
                .count();
            count == 0 || fitting == 1 || keyword == "anyOf" && fitting > 0
        })
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

    fn lower_types(&mut self, name: &str, places: &Places, types: &[JsonType]) -> DraftUnion {
        let mut variants = Vec::new();
        for ty in types {
            let mut form = places.clone();
            form.choose(Chosen::Type(*ty));
            let Some(used) = self.use_known_places(&form, &format!("{name}{}", ty.name())) else { continue };
            variants.push(DraftAlternative::new(ty.name().to_owned(), None, Use { description: None, ..used }));
        }
        DraftUnion { keyword: UnionKeyword::OneOf, alternatives: variants }
    }

    fn lower_alternatives(
        &mut self,
        name: &str,
        places: &Places,
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
            let word = self.form_name(alternative, index, values.first().copied().flatten());
            let type_name = format!("{name}{word}");
            let Some(used) = self.use_alternative(places, holder, keyword, alternative, tag, &type_name) else {
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

    fn lower_mapping(
        &mut self,
        name: &str,
        places: &Places,
        base: &Origin,
        tag: String,
        mapping: &[(String, Origin)],
    ) -> DraftUnion {
        let mut variants: Vec<DraftAlternative> = Vec::new();
        for (value, target) in mapping {
            let wanted = names::type_name(value);
            let Some(mut form) = self.places(std::slice::from_ref(target)) else { continue };
            let mut type_name = self.own_name(target);
            if !form.contains(base) {
                // The variant does not say itself that it is built upon the base.
                form = places.clone();
                let Some(()) = self.add_places(&mut form, std::slice::from_ref(target)) else { continue };
                type_name = format!("{name}{wanted}");
            }
            if self.listed_tags(target, &tag).is_some_and(|listed| !listed.is_empty() && !listed.contains(value)) {
                self.diagnostics.tag_not_listed(base.descend(["discriminator", "mapping", value]), value);
            }
            form.choose(Chosen::Tag(tag.clone()));
            let Some(used) = self.use_known_places(&form, &type_name) else { continue };
            self.require_object(&used, Some(&tag), target);
            let name = names::free(&wanted, |name| variants.iter().all(|variant| variant.name != name));
            variants.push(DraftAlternative::new(name, Some(value.clone()), used));
        }
        DraftUnion { keyword: UnionKeyword::Discriminator(tag), alternatives: variants }
    }

    /// A tag needs an object to stand in.
    fn require_object(&mut self, used: &Use, tag: Option<&str>, place: &Origin) {
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
    fn form_name(&mut self, alternative: &Origin, index: usize, tag: Option<&String>) -> String {
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
        let places = self.places(std::slice::from_ref(&target));
        let types = places.and_then(|places| self.json_types(&places).ok()).unwrap_or_default();
        match types.as_slice() {
            [ty] if *ty != JsonType::Object => ty.name().to_owned(),
            _ => format!("Variant{}", index + 1),
        }
    }

    /// The member that tells the alternatives apart, and its values for each of them: what the discriminator says, or a
    /// member that each of them requires with a value of its own.
    fn tags(&mut self, holder: &Origin, alternatives: &[Origin]) -> Option<(String, Vec<Vec<String>>)> {
        let Some(tag) = self.tag_name(holder) else { return self.implied_tags(alternatives) };
        let discriminator = holder.child("discriminator");
        let mapping = discriminator.child("mapping");
        let entries = self.resolved.node(&mapping).and_then(Node::as_object);
        let entries: Vec<(String, Option<Origin>)> = entries
            .into_iter()
            .flatten()
            .map(|(value, member)| {
                (value.clone(), member.node.as_str().and_then(|text| self.mapped(&discriminator, text)))
            })
            .collect();
        for (value, _) in entries.iter().filter(|(_, target)| target.is_none()) {
            self.diagnostics.dangling_mapping(mapping.child(value));
        }
        let targets: Vec<Origin> = alternatives.iter().map(|alternative| self.target(alternative)).collect();
        for (value, _) in
            entries.iter().filter(|(_, place)| place.as_ref().is_some_and(|place| !targets.contains(place)))
        {
            let help = "add the schema to the alternatives, or take the tag out";
            self.diagnostics.not_used(mapping.child(value), &format!("the tag `{value}`"), help);
        }
        let mut values = Vec::new();
        let mut seen: HashMap<String, &Origin> = HashMap::new();
        for (alternative, target) in alternatives.iter().zip(&targets) {
            let mapped = entries.iter().filter(|(_, place)| place.as_ref() == Some(target));
            let mut own: Vec<String> = mapped.map(|(value, _)| value.clone()).collect();
            let listed = self.listed_tags(alternative, &tag);
            for value in own.iter().filter(|value| listed.as_ref().is_some_and(|listed| !listed.contains(value))) {
                self.diagnostics.tag_not_listed(mapping.child(value), value);
            }
            if own.is_empty() {
                own.extend(listed.unwrap_or_default());
            }
            if own.is_empty() && target != alternative {
                own.push(target.pointer.last().unwrap_or_default());
            }
            if own.is_empty() {
                let help = "name it in the `mapping`, or move it to `components.schemas`";
                self.diagnostics.unsupported(alternative.clone(), "an alternative whose tag nothing tells", help);
            }
            for value in &own {
                if let Some(other) = seen.insert(value.clone(), alternative) {
                    self.diagnostics.duplicate_tag(alternative.clone(), value, other);
                }
            }
            values.push(own);
        }
        Some((tag, values))
    }

    /// The texts that a schema lists for its tag; `None` where it lists none. A tag that is no text is refused.
    fn listed_tags(&mut self, schema: &Origin, tag: &str) -> Option<Vec<String>> {
        let places = self.places(std::slice::from_ref(schema))?;
        let member = self.members(&places).into_iter().find(|member| member.name == tag)?;
        let member = self.places(&member.roots).filter(|_| !member.roots.is_empty())?;
        let types = self.json_types(&member).unwrap_or_default();
        let (_, values) = self.said(&member, "enum").last()?;
        let values = values.as_array()?;
        let texts: Vec<String> = values.iter().filter_map(|value| value.as_str().map(str::to_owned)).collect();
        let is_text = types.is_empty() || types.contains(&JsonType::String);
        if !is_text || texts.is_empty() {
            let help = "let the values of the discriminator be strings";
            self.diagnostics.unsupported(member.own().clone(), "a discriminator that is no string", help);
        }
        Some(texts)
    }

    fn implied_tags(&mut self, alternatives: &[Origin]) -> Option<(String, Vec<Vec<String>>)> {
        let constants: Vec<_> = alternatives.iter().map(|alternative| self.constants(alternative)).collect();
        let (first, others) = constants.split_first()?;
        let tells = |name: &&&'d str| {
            let values: HashSet<_> = constants.iter().filter_map(|constants| constants.get(**name)).collect();
            values.len() == constants.len()
        };
        let name = first.keys().find(|name| !others.is_empty() && tells(name))?;
        let values = constants.iter().filter_map(|constants| Some(vec![constants.get(name)?.clone()])).collect();
        Some(((*name).to_owned(), values))
    }

    /// The members that an object must have with one certain text each.
    fn constants(&mut self, schema: &Origin) -> indexmap::IndexMap<&'d str, String> {
        let Some(places) = self.places(std::slice::from_ref(schema)) else { return indexmap::IndexMap::new() };
        if self.json_types(&places).unwrap_or_default() != [JsonType::Object] {
            return indexmap::IndexMap::new();
        }
        let required: HashSet<&str> = self.required(&places).into_iter().map(|(name, _)| name).collect();
        let members = self.members(&places).into_iter().filter(|member| required.contains(member.name));
        let constant = |roots: &[Origin]| {
            roots.iter().find_map(|root| {
                let schema = self.resolved.node(&self.resolved.follow(root))?;
                match schema.get("enum")?.as_array()? {
                    [only] => only.as_str().map(str::to_owned),
                    _ => None,
                }
            })
        };
        members.filter_map(|member| Some((member.name, constant(&member.roots)?))).collect()
    }
}

impl DraftAlternative {
    fn new(name: String, tag: Option<String>, used: Use) -> Self {
        let docs = Docs { summary: None, description: used.description };
        Self { name, tag, docs, ty: used.ty, checks: used.checks }
    }
}
