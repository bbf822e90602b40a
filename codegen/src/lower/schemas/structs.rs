//! Objects: members with names, and members without.

use super::json_type::JsonType;
use super::places::{Member, Places};
use super::{Kind, Use};
use crate::api::{Additional, Bounds, Check, Docs, Field, Kept, Struct, TypeId, TypeKind, TypeRef};
use crate::document::{Origin, Value};
use crate::lower::Lowering;
use crate::names;

/// The name of the field that keeps members without a name of their own.
const ADDITIONAL: &str = "additional_properties";

/// What a description says of the members that it does not name.
enum Others {
    /// Nothing.
    Unsaid,
    /// There are none.
    None,
    /// They fit these schemas.
    Some(Vec<Origin>),
}

impl Lowering<'_, '_> {
    pub(in crate::lower) fn use_object(&mut self, places: &Places, name: &str) -> Option<Use> {
        let supported = &[
            "properties",
            "required",
            "additionalProperties",
            "unevaluatedProperties",
            "minProperties",
            "maxProperties",
        ];
        self.refuse_unevaluated(places);
        self.refuse_keywords(places, Kind::Type(JsonType::Object), supported);
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
                let kind = TypeKind::Struct(Struct {
                    fields: Vec::new(),
                    camel_case: false,
                    additional: Additional::Ignored,
                    property_count: count,
                });
                let id = self.define(places, name, kind);
                self.wait(id, places, None);
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

    pub(in crate::lower) fn lower_struct(&mut self, id: TypeId, places: &Places, count: Option<Bounds>) -> Struct {
        let parent = self.types[id.0].name.clone();
        let required = self.required(places);
        let members = self.members(places);
        for (name, place) in &required {
            if members.iter().any(|member| member.name == *name && member.roots.is_empty()) {
                let known = members.iter().filter(|member| !member.roots.is_empty()).map(|member| member.name);
                let nearest = names::nearest(name, known);
                self.diagnostics.required_without_property(place.clone(), name, nearest);
            }
        }
        let mut fields: Vec<Field> = Vec::new();
        for Member { name: wire_name, roots } in &members {
            let place = required.iter().find(|(name, _)| name == wire_name).map(|(_, place)| place);
            let origin = roots.last().or(place).unwrap_or(places.own()).clone();
            let Some(mut field) = self.lower_field(&origin, roots, &parent, wire_name) else { continue };
            field.required = place.is_some();
            field.name = names::free(&field.name, |name| fields.iter().all(|other| other.name != name));
            field.binding = names::binding(&field.name);
            fields.push(field);
        }
        let camel_case = fields
            .iter()
            .any(|field| field.name != field.wire_name && names::camel_case(&field.name) == field.wire_name);
        for field in &mut fields {
            let plain = if camel_case { names::camel_case(&field.name) } else { field.name.clone() };
            // A trailing `_` escapes a keyword; the name in JSON is then written out for the reader.
            // Serde takes the first letter for a byte long, unless the name is written out.
            let is_ascii = field.name.starts_with(|first: char| first.is_ascii());
            field.renamed = plain != field.wire_name || field.name.ends_with('_') || !is_ascii;
        }
        Struct {
            additional: self.additional(places, &parent, &fields, count),
            camel_case,
            fields,
            property_count: count,
        }
    }

    fn lower_field(&mut self, origin: &Origin, roots: &[Origin], parent: &str, wire_name: &str) -> Option<Field> {
        // What a place adds to what it is built upon comes last, and says more.
        let type_name = || format!("{parent}{}", names::type_name(wire_name));
        let of_place = match roots {
            [root] => self.place_name(root),
            _ => None,
        };
        let used = self.use_schemas_at(roots, &of_place.unwrap_or_else(type_name))?;
        let name = names::member(names::snake_name(wire_name));
        Some(Field {
            origin: origin.clone(),
            binding: String::new(),
            name,
            wire_name: wire_name.to_owned(),
            renamed: false,
            docs: Docs { summary: None, description: used.description },
            ty: used.ty,
            required: false,
            boxed: false,
            sensitive: used.sensitive,
            shown: false,
            deprecated: used.deprecated,
            read_only: used.read_only,
            write_only: used.write_only,
            default: used.default,
            format: used.format,
            checks: used.checks,
            slot: None,
        })
    }

    /// What becomes of members that no place names. Where all members are counted, and where none is described, none may
    /// get lost.
    fn additional(&mut self, places: &Places, parent: &str, fields: &[Field], count: Option<Bounds>) -> Additional {
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
