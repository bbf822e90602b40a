//! Redaction: the values that the emitted `Debug` shows.

use crate::api::{Direction, TypeRef};
use crate::lower::draft::{ByType, DraftType, Shape, Types};
use crate::lower::passes::directions::Directions;

/// The values that `Debug` hides.
pub(crate) struct Redaction {
    /// The fields or alternatives of each type whose values are hidden.
    pub is_redacted: ByType<Vec<bool>>,
    /// `true` for a struct with a value that is hidden.
    pub hides_any: ByType<bool>,
}

/// Applies the policy to each type.
///
/// Logs outlive the values that they hold, and many people read them. A message is about a person, and a
/// description does not distinguish a harmless text from a name or a telephone number. Therefore:
///
/// 1. `x-sensitive` decides if the description has it: `false` shows the value and `true` hides it. The author of the
///    description knows what the value holds.
/// 2. A value that is **sent** is hidden, whatever its type: it was written by the caller, about the recipient.
/// 3. A value that is only **received** is shown if its type has no room for personal data: booleans, integers, points in
///    time and lengths of time. These are the codes, counts and times that operators need to understand a response.
///    Texts, dates (of birth), other numbers (such as coordinates), bytes, maps and arbitrary JSON are hidden.
/// 4. A value of a **type of its own** is shown, because the `Debug` of that type applies this policy again to its parts;
///    the values of an enumeration are listed in the description, and so are not personal. A list is shown if its items
///    are.
/// 5. Properties that the description does not name are hidden.
pub(crate) fn redaction(types: &Types, directions: &Directions) -> Redaction {
    let is_redacted = types.table(|(id, definition)| redacted_parts(definition, directions[id]));
    let hides_any = types.table(|(id, definition)| match &definition.shape {
        Shape::Struct(shape) => shape.unknown_properties.field().is_some() || is_redacted[id].contains(&true),
        _ => false,
    });
    Redaction { is_redacted, hides_any }
}

fn redacted_parts(definition: &DraftType, direction: Direction) -> Vec<bool> {
    match &definition.shape {
        Shape::Struct(shape) => {
            shape.fields.iter().map(|field| !is_field_shown(field.sensitive, &field.ty, direction)).collect()
        }
        Shape::Union(shape) => {
            let alternatives = shape.alternatives.iter();
            alternatives.map(|alternative| !is_shown_by_default(&alternative.ty, direction)).collect()
        }
        Shape::Enum(_) | Shape::Wrapper(_) => Vec::new(),
    }
}

/// Rule 1, and the others where it does not apply.
fn is_field_shown(sensitive: Option<bool>, ty: &TypeRef, direction: Direction) -> bool {
    sensitive.map_or_else(|| is_shown_by_default(ty, direction), |is_sensitive| !is_sensitive)
}

/// Rules 2 to 4.
pub(crate) fn is_shown_by_default(ty: &TypeRef, direction: Direction) -> bool {
    match ty {
        TypeRef::Named(_) => true,
        TypeRef::List(inner) | TypeRef::Nullable(inner) => is_shown_by_default(inner, direction),
        TypeRef::Bool
        | TypeRef::I32
        | TypeRef::I64
        | TypeRef::U64
        | TypeRef::I128
        | TypeRef::DateTime
        | TypeRef::IsoDuration
        | TypeRef::Never => !direction.sent,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::TypeId;

    const SENT: Direction = Direction { sent: true, returned: false, posted: false };
    const RECEIVED: Direction = Direction { sent: false, returned: true, posted: false };
    const BOTH: Direction = Direction { sent: true, returned: true, posted: false };

    #[track_caller]
    fn check(ty: &TypeRef, shown_in: &[Direction]) {
        for direction in [SENT, RECEIVED, BOTH] {
            assert_eq!(is_shown_by_default(ty, direction), shown_in.contains(&direction), "{ty:?} {direction:?}");
        }
    }

    fn list(ty: TypeRef) -> TypeRef {
        TypeRef::List(Box::new(ty))
    }

    #[test]
    fn texts_and_measurements_are_never_shown() {
        for ty in [TypeRef::String, TypeRef::Date, TypeRef::Uuid, TypeRef::Base64, TypeRef::F64, TypeRef::Any] {
            check(&ty, &[]);
            check(&list(ty.clone()), &[]);
            check(&TypeRef::Nullable(Box::new(ty)), &[]);
        }
        check(&TypeRef::Map(Box::new(TypeRef::Bool)), &[]);
    }

    #[test]
    fn codes_and_times_are_shown_if_they_are_only_received() {
        for ty in [TypeRef::Bool, TypeRef::I32, TypeRef::I64, TypeRef::U64, TypeRef::DateTime, TypeRef::IsoDuration] {
            check(&ty, &[RECEIVED]);
            check(&list(ty), &[RECEIVED]);
        }
    }

    #[test]
    fn types_of_their_own_redact_themselves() {
        check(&TypeRef::Named(TypeId(0)), &[SENT, RECEIVED, BOTH]);
        check(&list(TypeRef::Named(TypeId(0))), &[SENT, RECEIVED, BOTH]);
    }

    #[test]
    fn the_description_has_the_last_word() {
        #[track_caller]
        fn check(ty: &TypeRef, sensitive: Option<bool>, direction: Direction, expected: bool) {
            assert_eq!(is_field_shown(sensitive, ty, direction), expected);
        }
        check(&TypeRef::String, Some(false), SENT, true);
        check(&TypeRef::String, None, SENT, false);
        check(&TypeRef::I32, Some(true), RECEIVED, false);
        check(&TypeRef::Named(TypeId(0)), Some(true), RECEIVED, false);
    }
}
