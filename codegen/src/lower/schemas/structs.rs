//! Objects: members with names, and members without.

use super::LoweredType;
use super::SchemaReader;
use super::definitions::Outline;
use super::json_type::JsonType;
use super::keywords::KeywordContext;
use super::sets::{DescribedProperty, SchemaSet};
use crate::api::{AdditionalField, Bounds, Check, Docs, TypeRef, UnknownProperties};
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
    used: LoweredType,
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
enum AdditionalProperties {
    /// Nothing.
    Unspecified,
    /// There are none.
    Forbidden,
    /// They fit these schemas.
    Schemas(Vec<Origin>),
}

impl SchemaReader<'_, '_> {
    pub(crate) fn lower_object(&mut self, set: &SchemaSet, name: &str) -> Option<LoweredType> {
        let supported = &[
            "properties",
            "required",
            "additionalProperties",
            "unevaluatedProperties",
            "minProperties",
            "maxProperties",
        ];
        self.refuse_unevaluated(set);
        self.refuse_keywords(set, KeywordContext::Type(JsonType::Object), supported);
        let count = self.bounds(set, "minProperties", "maxProperties").ok()?;
        // The tag is a member as well, which the union has.
        let tags = usize::from(set.is_tagged());
        let less = |Bounds { min, max }| Bounds {
            min: min.saturating_sub(tags),
            max: max.map(|max: usize| max.saturating_sub(tags)),
        };
        let count = count.map(less);
        let others = self.others(set);
        let is_empty = self.properties(set).is_empty() && !set.is_tagged();
        match others {
            AdditionalProperties::Unspecified if is_empty => self.lower_map(&[], count, name),
            AdditionalProperties::Schemas(roots) if is_empty => self.lower_map(&roots, count, name),
            _ => {
                let id = self.define_later(set, name, Outline::Struct { property_count: count });
                Some(LoweredType::of(TypeRef::Named(id)))
            }
        }
    }

    fn lower_map(&mut self, roots: &[Origin], count: Option<Bounds>, name: &str) -> Option<LoweredType> {
        let value = self.lower_schemas(roots, &format!("{name}Value"))?;
        let mut checks: Vec<_> = count.map(Check::PropertyCount).into_iter().collect();
        if !value.checks.is_empty() {
            checks.push(Check::Values(value.checks));
        }
        Some(LoweredType { checks, sensitive: value.sensitive, ..LoweredType::of(TypeRef::Map(Box::new(value.ty))) })
    }

    fn others(&self, set: &SchemaSet) -> AdditionalProperties {
        let mut said: Vec<_> = self.occurrences(set, "additionalProperties").collect();
        let mut keyword = "additionalProperties";
        if said.is_empty() {
            keyword = "unevaluatedProperties";
            said = self.occurrences(set, keyword).collect();
        }
        if said.is_empty() {
            return AdditionalProperties::Unspecified;
        }
        if said.iter().any(|(_, node)| node.value == Value::Bool(false)) {
            return AdditionalProperties::Forbidden;
        }
        let schemas = said.into_iter().filter(|(_, node)| node.value != Value::Bool(true));
        AdditionalProperties::Schemas(schemas.map(|(place, _)| place.child(keyword)).collect())
    }

    /// A schema that others build upon cannot see their members, and would refuse them.
    fn refuse_unevaluated(&mut self, set: &SchemaSet) {
        const KEYWORD: &str = "unevaluatedProperties";
        let inherited: Vec<_> = self.occurrences(set, KEYWORD).filter(|(place, _)| *place != set.own()).collect();
        for (place, _) in inherited {
            self.diagnostics.unsupported_keyword(place.key(KEYWORD), KEYWORD, "of a schema that is built upon");
        }
    }

    /// Reads the properties of a struct.
    pub(crate) fn lower_struct(&mut self, parent: &str, set: &SchemaSet, count: Option<Bounds>) -> DraftStruct {
        let required = self.required(set);
        let described = self.properties(set);
        self.report_unknown_required(&described, &required);
        let mut properties: Vec<Property<'_>> = Vec::new();
        for DescribedProperty { name: wire_name, schemas: roots } in &described {
            let place = required.iter().find(|(name, _)| name == wire_name).map(|(_, place)| place);
            let Some(used) = self.lower_property(roots, parent, wire_name) else { continue };
            let wanted = names::member(names::snake_name(wire_name));
            let name = names::free(&wanted, |name| properties.iter().all(|other| other.name != name));
            let origin = roots.last().or(place).unwrap_or(set.own()).clone();
            properties.push(Property { origin, name, wire_name, required: place.is_some(), used });
        }
        let camel_case = properties.iter().any(Property::is_camel_case);
        let fields: Vec<_> = properties.into_iter().map(|property| property.into_field(camel_case)).collect();
        let unknown_properties = self.unknown_properties(set, parent, &fields, count);
        DraftStruct { fields, camel_case, unknown_properties, property_count: count }
    }

    fn report_unknown_required(&mut self, described: &[DescribedProperty<'_>], required: &[(&str, Origin)]) {
        for (name, place) in required {
            if described.iter().any(|property| property.name == *name && property.schemas.is_empty()) {
                let known =
                    described.iter().filter(|property| !property.schemas.is_empty()).map(|property| property.name);
                let nearest = names::nearest(name, known);
                self.diagnostics.required_without_property(place.clone(), name, nearest);
            }
        }
    }

    fn lower_property(&mut self, roots: &[Origin], parent: &str, wire_name: &str) -> Option<LoweredType> {
        // What a place adds to what it is built upon comes last, and says more.
        let type_name = || format!("{parent}{}", names::type_name(wire_name));
        let of_place = match roots {
            [root] => self.place_name(root),
            _ => None,
        };
        self.lower_schemas(roots, &of_place.unwrap_or_else(type_name))
    }

    /// What becomes of members that no place names. Where all members are counted, and where none is described, none may
    /// get lost.
    fn unknown_properties(
        &mut self,
        set: &SchemaSet,
        parent: &str,
        fields: &[DraftField],
        count: Option<Bounds>,
    ) -> UnknownProperties {
        let roots = match self.others(set) {
            AdditionalProperties::Forbidden => return UnknownProperties::Rejected,
            AdditionalProperties::Unspecified if count.is_none() && self.has_keyword(set, "properties") => {
                return UnknownProperties::Ignored;
            }
            AdditionalProperties::Unspecified => Vec::new(),
            AdditionalProperties::Schemas(roots) => roots,
        };
        let Some(used) = self.lower_schemas(&roots, &format!("{parent}Value")) else {
            return UnknownProperties::Ignored;
        };
        let name = names::free(ADDITIONAL, |name| fields.iter().all(|field| field.name != name));
        UnknownProperties::Kept(AdditionalField { name, ty: used.ty, checks: used.checks })
    }
}
