//! Objects: members with names, and members without.

use super::SchemaReader;
use super::Use;
use super::definitions::Outline;
use super::json_type::JsonType;
use super::keywords::KeywordContext;
use super::places::{Member, Places};
use crate::api::{Additional, Bounds, Check, Docs, Kept, TypeRef};
use crate::document::{Origin, Value};
use crate::lower::draft::{DraftField, DraftStruct};
use crate::names;

/// The name of the field that keeps members without a name of their own.
const ADDITIONAL: &str = "additional_properties";

/// A property before the case of the struct is known.
struct Property<'a> {
    origin: Origin,
    name: String,
    wire_name: &'a str,
    required: bool,
    used: Use,
}

impl Property<'_> {
    /// Whether the name in JSON is the camel case of the Rust name, and not the same.
    fn is_camel_case(&self) -> bool {
        self.name != self.wire_name && names::camel_case(&self.name) == self.wire_name
    }

    fn into_field(self, camel_case: bool) -> DraftField {
        let Self { origin, name, wire_name, required, used } = self;
        let plain = if camel_case { names::camel_case(&name) } else { name.clone() };
        // A trailing `_` escapes a keyword; the name in JSON is then written out for the reader.
        // Serde takes the first letter for a byte long, unless the name is written out.
        let is_ascii = name.starts_with(|first: char| first.is_ascii());
        DraftField {
            renamed: plain != wire_name || name.ends_with('_') || !is_ascii,
            origin,
            name,
            wire_name: wire_name.to_owned(),
            docs: Docs { summary: None, description: used.description },
            ty: used.ty,
            required,
            sensitive: used.sensitive,
            deprecated: used.deprecated,
            read_only: used.read_only,
            write_only: used.write_only,
            default: used.default,
            format: used.format,
            checks: used.checks,
        }
    }
}

/// What a description says of the members that it does not name.
enum Others {
    /// Nothing.
    Unsaid,
    /// There are none.
    None,
    /// They fit these schemas.
    Some(Vec<Origin>),
}

impl SchemaReader<'_, '_> {
    pub(crate) fn use_object(&mut self, places: &Places, name: &str) -> Option<Use> {
        let supported = &[
            "properties",
            "required",
            "additionalProperties",
            "unevaluatedProperties",
            "minProperties",
            "maxProperties",
        ];
        self.refuse_unevaluated(places);
        self.refuse_keywords(places, KeywordContext::Type(JsonType::Object), supported);
        let count = self.bounds(places, "minProperties", "maxProperties").ok()?;
        // The tag is a member as well, which the union has.
        let tags = usize::from(places.is_tagged());
        let less = |Bounds { min, max }| Bounds {
            min: min.saturating_sub(tags),
            max: max.map(|max: usize| max.saturating_sub(tags)),
        };
        let count = count.map(less);
        let others = self.others(places);
        let is_empty = self.members(places).is_empty() && !places.is_tagged();
        match others {
            Others::Unsaid if is_empty => self.use_map(&[], count, name),
            Others::Some(roots) if is_empty => self.use_map(&roots, count, name),
            _ => {
                let id = self.define_later(places, name, Outline::Struct { property_count: count });
                Some(Use::of(TypeRef::Named(id)))
            }
        }
    }

    fn use_map(&mut self, roots: &[Origin], count: Option<Bounds>, name: &str) -> Option<Use> {
        let value = self.use_schemas_at(roots, &format!("{name}Value"))?;
        let mut checks: Vec<_> = count.map(Check::PropertyCount).into_iter().collect();
        if !value.checks.is_empty() {
            checks.push(Check::Values(value.checks));
        }
        Some(Use { checks, sensitive: value.sensitive, ..Use::of(TypeRef::Map(Box::new(value.ty))) })
    }

    fn others(&self, places: &Places) -> Others {
        let mut said: Vec<_> = self.said(places, "additionalProperties").collect();
        let mut keyword = "additionalProperties";
        if said.is_empty() {
            keyword = "unevaluatedProperties";
            said = self.said(places, keyword).collect();
        }
        if said.is_empty() {
            return Others::Unsaid;
        }
        if said.iter().any(|(_, node)| node.value == Value::Bool(false)) {
            return Others::None;
        }
        let schemas = said.into_iter().filter(|(_, node)| node.value != Value::Bool(true));
        Others::Some(schemas.map(|(place, _)| place.child(keyword)).collect())
    }

    /// A schema that others build upon cannot see their members, and would refuse them.
    fn refuse_unevaluated(&mut self, places: &Places) {
        const KEYWORD: &str = "unevaluatedProperties";
        let inherited: Vec<_> = self.said(places, KEYWORD).filter(|(place, _)| *place != places.own()).collect();
        for (place, _) in inherited {
            self.diagnostics.unsupported_keyword(place.clone(), KEYWORD, "of a schema that is built upon");
        }
    }

    /// Reads the properties of a struct.
    pub(crate) fn lower_struct(&mut self, parent: &str, places: &Places, count: Option<Bounds>) -> DraftStruct {
        let required = self.required(places);
        let members = self.members(places);
        self.report_unknown_required(&members, &required);
        let mut properties: Vec<Property<'_>> = Vec::new();
        for Member { name: wire_name, roots } in &members {
            let place = required.iter().find(|(name, _)| name == wire_name).map(|(_, place)| place);
            let Some(used) = self.lower_property(roots, parent, wire_name) else { continue };
            let wanted = names::member(names::snake_name(wire_name));
            let name = names::free(&wanted, |name| properties.iter().all(|other| other.name != name));
            let origin = roots.last().or(place).unwrap_or(places.own()).clone();
            properties.push(Property { origin, name, wire_name, required: place.is_some(), used });
        }
        let camel_case = properties.iter().any(Property::is_camel_case);
        let fields: Vec<_> = properties.into_iter().map(|property| property.into_field(camel_case)).collect();
        let additional = self.additional(places, parent, &fields, count);
        DraftStruct { fields, camel_case, additional, property_count: count }
    }

    fn report_unknown_required(&mut self, members: &[Member<'_>], required: &[(&str, Origin)]) {
        for (name, place) in required {
            if members.iter().any(|member| member.name == *name && member.roots.is_empty()) {
                let known = members.iter().filter(|member| !member.roots.is_empty()).map(|member| member.name);
                let nearest = names::nearest(name, known);
                self.diagnostics.required_without_property(place.clone(), name, nearest);
            }
        }
    }

    fn lower_property(&mut self, roots: &[Origin], parent: &str, wire_name: &str) -> Option<Use> {
        // What a place adds to what it is built upon comes last, and says more.
        let type_name = || format!("{parent}{}", names::type_name(wire_name));
        let of_place = match roots {
            [root] => self.place_name(root),
            _ => None,
        };
        self.use_schemas_at(roots, &of_place.unwrap_or_else(type_name))
    }

    /// What becomes of members that no place names. Where all members are counted, and where none is described, none may
    /// get lost.
    fn additional(
        &mut self,
        places: &Places,
        parent: &str,
        fields: &[DraftField],
        count: Option<Bounds>,
    ) -> Additional {
        let roots = match self.others(places) {
            Others::None => return Additional::Refused,
            Others::Unsaid if count.is_none() && self.says(places, "properties") => return Additional::Ignored,
            Others::Unsaid => Vec::new(),
            Others::Some(roots) => roots,
        };
        let Some(used) = self.use_schemas_at(&roots, &format!("{parent}Value")) else { return Additional::Ignored };
        let name = names::free(ADDITIONAL, |name| fields.iter().all(|field| field.name != name));
        Additional::Kept(Kept { name, ty: used.ty, checks: used.checks })
    }
}
