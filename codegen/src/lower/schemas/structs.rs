//! Objects: structs with named properties, and maps.

use std::collections::{HashMap, HashSet};

use super::json_type::JsonType;
use super::keywords::{DECLINED, KeywordContext};
use super::sets::{DescribedProperty, SchemaSet};
use super::{LoweredType, SchemaReader};
use crate::Severity;
use crate::api::{AdditionalField, Bounds, Check, Docs, TypeRef, UnknownProperties};
use crate::document::{Cursor, Value};
use crate::lower::draft::{DraftField, DraftStruct};
use crate::names::{self, Taken};

/// The name of the field for properties that the description does not name.
const ADDITIONAL: &str = "additional_properties";

/// A property before the case of the struct is known.
struct Property<'d> {
    at: Cursor<'d>,
    name: String,
    wire_name: &'d str,
    required: bool,
    lowered: LoweredType,
}

impl<'d> Property<'d> {
    /// Returns `true` if the name in JSON is the camel case of the Rust name, and differs from it.
    fn is_camel_case(&self) -> bool {
        self.name != self.wire_name && names::camel_case(&self.name) == self.wire_name
    }

    fn into_field(self, camel_case: bool) -> DraftField<'d> {
        let Self { at, name, wire_name, required, lowered } = self;
        let plain = if camel_case { names::camel_case(&name) } else { name.clone() };
        // A trailing `_` escapes a keyword; the name in JSON is then written out for the reader.
        // Serde assumes that the first letter is one byte long, unless the name is written out.
        let is_ascii = name.starts_with(|first: char| first.is_ascii());
        DraftField {
            renamed: plain != wire_name || name.ends_with('_') || !is_ascii,
            at,
            name,
            wire_name: wire_name.to_owned(),
            docs: Docs { summary: None, description: lowered.description },
            ty: lowered.ty,
            required,
            sensitive: lowered.sensitive,
            deprecated: lowered.deprecated,
            read_only: lowered.read_only,
            write_only: lowered.write_only,
            default: lowered.default,
            format: lowered.format,
            checks: lowered.checks,
        }
    }
}

/// The schemas of properties that the description does not name.
enum AdditionalProperties<'d> {
    /// The description does not mention them.
    Unspecified,
    /// There must be none.
    Forbidden,
    /// They must fit these schemas.
    Schemas(Vec<Cursor<'d>>),
}

impl<'d> SchemaReader<'_, 'd> {
    pub(crate) fn lower_object(&mut self, set: &SchemaSet<'d>, name: &str) -> Option<LoweredType> {
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
        // The discriminating property counts as well, and the union has it.
        let tags = usize::from(set.is_tagged());
        let less = |Bounds { min, max }| Bounds {
            min: min.saturating_sub(tags),
            max: max.map(|max: usize| max.saturating_sub(tags)),
        };
        let count = count.map(less);
        let additional = additional_properties(set);
        let is_empty = !set.has_properties() && !set.is_tagged();
        match additional {
            AdditionalProperties::Unspecified if is_empty => self.lower_map(&[], count, name),
            AdditionalProperties::Schemas(roots) if is_empty => self.lower_map(&roots, count, name),
            _ => {
                let id = self.define_struct(set, name, count);
                Some(LoweredType::of(TypeRef::Named(id)))
            }
        }
    }

    fn lower_map(&mut self, roots: &[Cursor<'d>], count: Option<Bounds>, name: &str) -> Option<LoweredType> {
        let value = self.lower_schemas(roots, &format!("{name}Value"))?;
        let mut checks: Vec<_> = count.map(Check::PropertyCount).into_iter().collect();
        if !value.checks.is_empty() {
            checks.push(Check::Values(value.checks));
        }
        Some(LoweredType { checks, sensitive: value.sensitive, ..LoweredType::of(TypeRef::Map(Box::new(value.ty))) })
    }

    /// A schema that others build upon does not know their properties, and would refuse them.
    fn refuse_unevaluated(&mut self, set: &SchemaSet<'d>) {
        const KEYWORD: &str = "unevaluatedProperties";
        for schema in set.iter().filter(|schema| *schema != set.own() && schema.has(KEYWORD)) {
            self.diagnostics.unsupported_keyword(
                schema.key(KEYWORD),
                KEYWORD,
                "on a schema that is included with `allOf`",
            );
        }
    }

    /// Reads the properties of a struct.
    pub(crate) fn lower_struct(&mut self, parent: &str, set: &SchemaSet<'d>, count: Option<Bounds>) -> DraftStruct<'d> {
        let required = set.required();
        let described = set.properties();
        self.report_unknown_required(set, &described, &required);
        let required: HashMap<&str, &Cursor<'d>> = required.iter().map(|(name, item)| (*name, item)).collect();
        let mut properties: Vec<Property<'_>> = Vec::new();
        let mut names = Taken::default();
        if !self.has_room(set.own(), described.len()) {
            return DraftStruct::empty();
        }
        for DescribedProperty { name: wire_name, schemas } in &described {
            let item = required.get(wire_name).copied();
            let Some(lowered) = self.lower_property(schemas, parent, wire_name) else { continue };
            let name = names.take(&names::field(self.casing.snake_name(wire_name)));
            let at = schemas.last().or(item).unwrap_or(set.own()).clone();
            properties.push(Property { at, name, wire_name, required: item.is_some(), lowered });
        }
        let camel_case = properties.iter().any(Property::is_camel_case);
        let fields: Vec<_> = properties.into_iter().map(|property| property.into_field(camel_case)).collect();
        let unknown_properties = self.unknown_properties(set, parent, &fields, count);
        let declined = set.annotation(DECLINED);
        DraftStruct { fields, camel_case, unknown_properties, property_count: count, declined }
    }

    /// Reports required properties without a schema. If the properties are closed, no value can have them.
    fn report_unknown_required(
        &mut self,
        set: &SchemaSet<'d>,
        described: &[DescribedProperty<'_>],
        required: &[(&str, Cursor<'d>)],
    ) {
        let is_unknown = |property: &&DescribedProperty<'_>| property.schemas.is_empty();
        let unknown: HashSet<&str> = described.iter().filter(is_unknown).map(|property| property.name).collect();
        for (name, item) in required {
            if unknown.contains(name) {
                let known = described.iter().map(|property| property.name).filter(|name| !unknown.contains(name));
                let is_shown = self.diagnostics.has_room(Severity::Warning);
                let nearest = if is_shown { names::nearest(name, known) } else { None };
                match set.closed() {
                    Some(closed) => self.diagnostics.required_but_forbidden(item, name, nearest, &closed.origin()),
                    None => self.diagnostics.required_without_property(item, name, nearest),
                }
            }
        }
    }

    fn lower_property(&mut self, roots: &[Cursor<'d>], parent: &str, wire_name: &str) -> Option<LoweredType> {
        let type_name = || format!("{parent}{}", self.casing.type_name(wire_name));
        let of_location = match roots {
            [root] => self.location_name(root),
            _ => None,
        };
        self.lower_schemas(roots, &of_location.unwrap_or_else(type_name))
    }

    /// The treatment of properties that no schema names. They are kept if all properties are counted, or if none is
    /// described.
    fn unknown_properties(
        &mut self,
        set: &SchemaSet<'d>,
        parent: &str,
        fields: &[DraftField],
        count: Option<Bounds>,
    ) -> UnknownProperties {
        let roots = match additional_properties(set) {
            AdditionalProperties::Forbidden => return UnknownProperties::Rejected,
            AdditionalProperties::Unspecified if count.is_none() && set.has_keyword("properties") => {
                return UnknownProperties::Ignored;
            }
            AdditionalProperties::Unspecified => Vec::new(),
            AdditionalProperties::Schemas(roots) => roots,
        };
        let Some(lowered) = self.lower_schemas(&roots, &format!("{parent}Value")) else {
            return UnknownProperties::Ignored;
        };
        let name = names::free(ADDITIONAL, |name| fields.iter().all(|field| field.name != name));
        UnknownProperties::Kept(AdditionalField { name, ty: lowered.ty, checks: lowered.checks })
    }
}

fn additional_properties<'d>(set: &SchemaSet<'d>) -> AdditionalProperties<'d> {
    let occurrences = ["additionalProperties", "unevaluatedProperties"].map(|keyword| {
        let schemas: Vec<_> = set.occurrences(keyword).map(|(_, schema)| schema).collect();
        (!schemas.is_empty()).then_some(schemas)
    });
    match occurrences.into_iter().flatten().next() {
        None => AdditionalProperties::Unspecified,
        Some(schemas) if schemas.iter().any(|schema| *schema.value() == Value::Bool(false)) => {
            AdditionalProperties::Forbidden
        }
        Some(mut schemas) => {
            schemas.retain(|schema| *schema.value() != Value::Bool(true));
            AdditionalProperties::Schemas(schemas)
        }
    }
}
