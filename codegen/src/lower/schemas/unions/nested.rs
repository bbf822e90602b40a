//! Unions inside alternatives of unions, where one property distinguishes the alternatives of both.
//!
//! A value has the property once. Therefore the outer union has the alternatives of the inner one as its own: the tag selects
//! them without a step in between, and an impossible pair of alternatives has no value.

use std::sync::Arc;

use super::{Alternatives, Tag, Tags, UnionSource};
use crate::api::TagType;
use crate::document::Cursor;
use crate::lower::schemas::SchemaReader;
use crate::lower::schemas::sets::SchemaSet;

/// The tags that select an alternative of an inner union.
pub(crate) struct InnerTags {
    pub tags: Arc<[String]>,
    /// `true` if no value has another tag. A base without an alternative for a tag is an alternative itself.
    pub is_complete: bool,
    pub tag_type: TagType,
}

impl InnerTags {
    pub(crate) fn select(&self, tag: &str) -> bool {
        self.tags.iter().any(|own| own == tag)
    }
}

impl<'d> SchemaReader<'_, 'd> {
    /// The tags of the union that a schema is, if the property distinguishes its alternatives.
    pub(crate) fn inner_tags(&mut self, schema: &Cursor<'d>, property: &str) -> Option<InnerTags> {
        let set = self.schema_set(std::slice::from_ref(schema))?;
        let types = self.json_types(&set).ok()?;
        match self.union_source(&set, &types).ok()?? {
            UnionSource::Alternatives(alternatives) if alternatives.schemas.len() > 1 => {
                let own = self.tags(&alternatives).filter(|own| own.property == property)?;
                Some(InnerTags { tags: own.values.concat().into(), is_complete: true, tag_type: own.tag_type })
            }
            UnionSource::Mapping(mapping) if mapping.property == property => {
                let tags = mapping.schemas.iter().map(|(tag, _)| (*tag).to_owned()).collect();
                let described = self.described_tag(&mapping.base, property);
                let tag_type = described.tag_type.unwrap_or(TagType::Text);
                Some(InnerTags { tags, is_complete: false, tag_type })
            }
            _ => None,
        }
    }

    /// Returns `true` if the tag of an alternative also selects an alternative inside it.
    pub(crate) fn selects_inside(&mut self, schema: &Cursor<'d>, Tag { property, value }: Tag<'_>) -> bool {
        value.is_some_and(|value| self.inner_tags(schema, property).is_some_and(|inner| inner.select(value)))
    }

    /// The alternatives that the tag of a set selects; all of them without a tag.
    pub(crate) fn narrowed(&mut self, set: &SchemaSet<'d>, alternatives: Alternatives<'d>) -> Alternatives<'d> {
        let Some(tag) = set.tag() else { return alternatives };
        let Some(Tags { property, values, .. }) = self.tags(&alternatives).filter(|own| set.hides(&own.property))
        else {
            return alternatives;
        };
        let has_tag = |index: &usize| values[*index].iter().any(|value| value == tag);
        let selected = (0..alternatives.schemas.len()).filter(has_tag);
        let schemas = selected.map(|index| alternatives.schemas[index].clone()).collect();
        Alternatives { schemas, selected_by: Some(property), ..alternatives }
    }
}
