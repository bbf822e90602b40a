//! Bodies of requests.

use super::media_types::{is_offered, is_same};
use crate::api::{Api, BodyFormat, Field, RequestBody};
use crate::diff::relation::Typed;
use crate::diff::values::describe;
use crate::diff::{At, Comparison, Direction, rules, shape};

impl Comparison<'_> {
    pub(super) fn bodies(&mut self, at: &At, old: Option<&RequestBody>, new: Option<&RequestBody>) {
        let at = self.at_value(at, "request", Direction::SENT, "requestBody");
        match (old, new) {
            (None, None) => {}
            (None, Some(new)) => {
                let rule = if new.required { &rules::BODY_ADDED } else { &rules::OPTIONAL_BODY_ADDED };
                self.added(&at, rule, describe(self.new.api, &new.ty));
            }
            (Some(old), None) => self.removed(&at, &rules::BODY_REMOVED, describe(self.old.api, &old.ty)),
            (Some(old), Some(new)) => self.body(&at, old, new),
        }
    }

    fn body(&mut self, at: &At, old: &RequestBody, new: &RequestBody) {
        match (old.required, new.required) {
            (false, true) => self.noted(at, &rules::BODY_BECAME_REQUIRED),
            (true, false) => self.noted(at, &rules::BODY_BECAME_OPTIONAL),
            _ => {}
        }
        if self.prefers_another_body(old, new) {
            // The schema of the old media type is not read on the new side.
            self.media_types(at, &old.media_types, &new.media_types);
            return self.changed(at, &rules::PREFERRED_BODY_CHANGED, &*old.media_type, &*new.media_type);
        }
        if is_alike(&old.format, &new.format) {
            self.media_types(at, &old.media_types, &new.media_types);
            self.form_styles(at, old, new);
        } else {
            self.changed(at, &rules::BODY_FORMAT_CHANGED, in_words(&old.format), in_words(&new.format));
        }
        self.message_ids(at, old, new);
        let stated = |body: &RequestBody| [&*body.checks, &*body.unchecked].concat();
        self.values(at, Typed::new(&old.ty, &stated(old)), Typed::new(&new.ty, &stated(new)));
    }

    /// Reports a message id of one side alone. The change of the property itself is reported with its type.
    fn message_ids(&mut self, at: &At, old: &RequestBody, new: &RequestBody) {
        let [old_at, new_at] = at.origins.clone();
        match (message_id(self.old.api, old), message_id(self.new.api, new)) {
            (Some(Field { wire_name, origin, .. }), None) => {
                let at = At { origins: [origin.clone(), new_at], ..at.inside(&format!(".{wire_name}")) };
                self.removed(&at, &rules::MESSAGE_ID_REMOVED, wire_name);
            }
            (None, Some(Field { wire_name, origin, .. })) => {
                let at = At { origins: [old_at, origin.clone()], ..at.inside(&format!(".{wire_name}")) };
                self.added(&at, &rules::MESSAGE_ID_ADDED, wire_name);
            }
            _ => {}
        }
    }

    /// Returns `true` if the body is of another type only because the crate sends a different one of the media types.
    fn prefers_another_body(&self, old: &RequestBody, new: &RequestBody) -> bool {
        let is_alike =
            || is_alike(&old.format, &new.format) && shape::same([self.old.api, self.new.api], &old.ty, &new.ty);
        !is_same(&old.media_type, &new.media_type) && is_offered(&old.media_type, &new.media_types) && !is_alike()
    }
}

/// The property of a body that is the id of the message.
fn message_id<'a>(api: &'a Api, body: &RequestBody) -> Option<&'a Field> {
    let (ty, message_id) = (body.ty.named()?, body.message_id.as_ref()?);
    api[ty].fields().iter().find(|field| field.name == message_id.field)
}

/// Returns `true` if a body has the same format, perhaps with other encodings of its properties.
fn is_alike(one: &BodyFormat, other: &BodyFormat) -> bool {
    in_words(one) == in_words(other)
}

fn in_words(format: &BodyFormat) -> &'static str {
    match format {
        BodyFormat::Json => "JSON",
        BodyFormat::Text => "text",
        BodyFormat::Bytes => "bytes",
        BodyFormat::Form(_) => "form",
        BodyFormat::Multipart | BodyFormat::Files | BodyFormat::Parts => "multipart form",
    }
}
