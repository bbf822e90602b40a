//! The styles of the properties of URL-encoded forms.

use std::collections::BTreeSet;

use crate::api::{Api, BodyFormat, Field, FormStyle, RequestBody, TypeKind, TypeRef};
use crate::diff::{At, Comparison, rules};

impl Comparison<'_> {
    /// Compares the styles of the properties that both sides have.
    pub(super) fn form_styles(&mut self, at: &At, old: &RequestBody, new: &RequestBody) {
        let (BodyFormat::Form(before), BodyFormat::Form(now)) = (&old.format, &new.format) else { return };
        let names: BTreeSet<&str> = before.iter().chain(now).map(|(name, _)| &**name).collect();
        for name in names {
            let fields = [field(self.old.api, old, name), field(self.new.api, new, name)];
            let [Some((one, old_kind)), Some((other, new_kind))] = fields else { continue };
            let words = [old_kind.in_words(style(before, name)), new_kind.in_words(style(now, name))];
            if old_kind == new_kind && words[0] != words[1] {
                let origins = [one.origin.clone(), other.origin.clone()];
                let at = At { origins, ..at.inside(&format!(".{name}")) };
                self.changed(&at, &rules::PARAMETER_STYLE_CHANGED, words[0], words[1]);
            }
        }
    }
}

/// The kind of the value of a property, on which its encoding depends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Single,
    List,
    Object,
}

impl Kind {
    fn of(api: &Api, ty: &TypeRef) -> Self {
        match ty.non_null() {
            TypeRef::List(_) => Self::List,
            TypeRef::Map(_) | TypeRef::Any => Self::Object,
            TypeRef::Named(id) if !matches!(api[*id].kind, TypeKind::Enum(_)) => Self::Object,
            _ => Self::Single,
        }
    }

    /// The encoding of such a value.
    fn in_words(self, style: Option<FormStyle>) -> &'static str {
        match (self, style) {
            (_, Some(FormStyle::Json)) | (Self::Object, None) => "JSON",
            (Self::Single, _) => "text",
            (Self::List, None | Some(FormStyle::Exploded)) => "the repeated name",
            (Self::Object, Some(FormStyle::Exploded)) => "the names of its properties",
            (_, Some(FormStyle::Joined(separator))) => separator,
            (_, Some(FormStyle::Deep)) => "the paths of its values",
        }
    }
}

fn style(styles: &[(String, FormStyle)], name: &str) -> Option<FormStyle> {
    styles.iter().find(|(known, _)| known == name).map(|(_, style)| *style)
}

/// The field of a property, with the kind of its values.
fn field<'a>(api: &'a Api, body: &RequestBody, name: &str) -> Option<(&'a Field, Kind)> {
    let fields = api[body.ty.named()?].fields();
    let field = fields.iter().find(|field| field.wire_name == name)?;
    Some((field, Kind::of(api, &field.ty)))
}
