//! The members of objects.

use super::Lowering;
use super::places::Places;
use crate::api::{Docs, Field, Struct, TypeId, TypeKind};
use crate::names;
use crate::node::Value;
use crate::pointer::Origin;

/// A definition whose members are still to be read.
#[derive(Debug)]
pub(super) struct Pending {
    pub(super) id: TypeId,
    pub(super) places: Places,
}

impl Lowering<'_, '_> {
    /// Reads the members of every definition, and of those that they bring along.
    pub(super) fn finish_types(&mut self) {
        while let Some(Pending { id, places }) = self.pending.pop() {
            let lowered = self.lower_struct(id, &places);
            self.types[id.0].kind = TypeKind::Struct(lowered);
        }
    }

    fn lower_struct(&mut self, id: TypeId, places: &Places) -> Struct {
        let parent = self.types[id.0].name.clone();
        let members = self.members(places);
        let required = self.required(places);
        for (name, place) in &required {
            if !members.iter().any(|(member, _)| member == name) {
                let nearest = names::nearest(name, members.iter().map(|(member, _)| *member));
                self.diagnostics.required_without_property(place.clone(), name, nearest);
            }
        }
        let mut fields: Vec<Field> = Vec::new();
        for (wire_name, roots) in &members {
            let is_required = required.iter().any(|(name, _)| name == wire_name);
            let Some(field) = self.lower_field(roots, &parent, wire_name, is_required) else { continue };
            match fields.iter().find(|other| other.name == field.name) {
                Some(other) => self.diagnostics.name_clash(field.origin, &field.name, &other.origin),
                None => fields.push(field),
            }
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
        Struct { additional: self.additional(places, &fields), camel_case, fields }
    }

    fn lower_field(&mut self, roots: &[Origin], parent: &str, wire_name: &str, required: bool) -> Option<Field> {
        // What a place adds to what it is built upon comes last, and says more.
        let origin = roots.last()?;
        let Some(name) = names::snake_name(wire_name) else {
            self.diagnostics.unnameable(origin.clone(), wire_name);
            return None;
        };
        let type_name = format!("{parent}{}", names::type_name(wire_name)?);
        let used = self.use_schemas_at(roots, &type_name)?;
        let name = names::member(name);
        Some(Field {
            origin: origin.clone(),
            binding: names::binding(&name),
            name,
            wire_name: wire_name.to_owned(),
            renamed: false,
            docs: Docs { summary: None, description: used.description },
            ty: used.ty,
            required,
            boxed: false,
            sensitive: used.sensitive,
            shown: false,
            deprecated: used.deprecated,
            default: used.default,
            format: used.format,
            checks: used.checks,
            slot: None,
        })
    }

    /// The field for members that no place names, where one says that there are some.
    fn additional(&mut self, places: &Places, fields: &[Field]) -> Option<String> {
        const NAME: &str = "additional_properties";
        let said: Vec<_> = self.said(places, "additionalProperties").collect();
        let mut additional = None;
        for (place, node) in said {
            if node.value != Value::Bool(true) {
                let context = "beside `properties`, but as `true`";
                self.diagnostics.unsupported_keyword(place.clone(), "additionalProperties", context);
                continue;
            }
            if let Some(field) = fields.iter().find(|field| field.name == NAME) {
                self.diagnostics.name_clash(place.child("additionalProperties"), NAME, &field.origin);
            }
            additional = Some(NAME.to_owned());
        }
        additional
    }
}
