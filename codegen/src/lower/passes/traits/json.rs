//! The encoding of each type as JSON: the implementations of serde's traits, and the treatment of properties that are absent
//! or not described.

use crate::api::{Availability, Direction, Presence, SerdeTraits, TypeId, TypeRef, UnknownProperties, Writing};
use crate::lower::draft::{ByType, DraftType, Shape, Types};
use crate::lower::passes::directions::Directions;
use crate::lower::passes::overlap::Overlap;

/// The encoding of each type.
pub(crate) struct Json {
    pub traits: ByType<SerdeTraits>,
    /// `true` if decoding fails for a value with a property that the description does not name.
    pub is_closed: ByType<bool>,
    /// The presence of each field.
    pub presence: ByType<Vec<Presence>>,
}

/// Derives the encoding from the directions, and from the alternatives that are found by trying.
pub(crate) fn json(types: &Types, directions: &Directions, overlap: &Overlap) -> Json {
    let fields = |(id, definition): (TypeId, &DraftType)| {
        let fields = definition.fields().iter();
        fields.map(|field| presence(field.is_required(directions[id]), &field.ty)).collect()
    };
    Json {
        traits: types
            .table(|(id, definition)| traits(&definition.writing, directions[id], overlap.decoded_to_check[id])),
        is_closed: types.table(|(id, definition)| is_closed(definition, directions[id], overlap.decoded_strictly[id])),
        presence: types.table(fields),
    }
}

fn traits(writing: &Writing, direction: Direction, is_decoded_to_check: bool) -> SerdeTraits {
    if matches!(writing, Writing::Parameters(_) | Writing::Multipart(_)) {
        return SerdeTraits { serialize: Availability::Never, deserialize: Availability::Never };
    }
    let availability = |is_used: bool| if is_used { Availability::Used } else { Availability::Symmetric };
    let deserialize = match availability(direction.received()) {
        Availability::Symmetric if is_decoded_to_check => Availability::ToCheck,
        availability => availability,
    };
    SerdeTraits { serialize: availability(direction.sent), deserialize }
}

/// A description may forbid further properties. A received value may have some nevertheless, because a service may grow;
/// but a value that does not fit one alternative of a union may fit another one, so there the description decides.
fn is_closed(definition: &DraftType, direction: Direction, is_decoded_strictly: bool) -> bool {
    let Shape::Struct(shape) = &definition.shape else { return false };
    let is_strict = is_decoded_strictly || !direction.received();
    shape.unknown_properties == UnknownProperties::Rejected && is_strict && definition.writing == Writing::Json
}

fn presence(is_required: bool, ty: &TypeRef) -> Presence {
    match (is_required, ty) {
        (true, TypeRef::Nullable(_)) => Presence::RequiredNullable,
        (true, _) => Presence::Required,
        (false, TypeRef::Nullable(_) | TypeRef::Any) => Presence::OptionalNullable,
        (false, _) => Presence::Optional,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENT: Direction = Direction { sent: true, returned: false, posted: false };
    const RECEIVED: Direction = Direction { sent: false, returned: true, posted: false };
    const BOTH: Direction = Direction { sent: true, returned: true, posted: false };

    #[test]
    fn traits_of_an_unused_direction_need_the_feature() {
        #[track_caller]
        fn check(direction: Direction, is_decoded_to_check: bool, serialize: Availability, deserialize: Availability) {
            let expected = SerdeTraits { serialize, deserialize };
            assert_eq!(traits(&Writing::Json, direction, is_decoded_to_check), expected);
        }
        check(SENT, false, Availability::Used, Availability::Symmetric);
        check(SENT, true, Availability::Used, Availability::ToCheck);
        check(RECEIVED, false, Availability::Symmetric, Availability::Used);
        check(BOTH, true, Availability::Used, Availability::Used);
    }

    #[test]
    fn parts_and_parameters_are_not_json() {
        let never = SerdeTraits { serialize: Availability::Never, deserialize: Availability::Never };
        for writing in [Writing::Parameters(Vec::new()), Writing::Multipart(Vec::new())] {
            assert_eq!(traits(&writing, BOTH, true), never);
        }
    }

    #[test]
    fn null_is_a_value_only_of_types_that_have_it() {
        let nullable = TypeRef::Nullable(Box::new(TypeRef::String));
        assert_eq!(presence(true, &TypeRef::String), Presence::Required);
        assert_eq!(presence(true, &TypeRef::Any), Presence::Required);
        assert_eq!(presence(true, &nullable), Presence::RequiredNullable);
        assert_eq!(presence(false, &TypeRef::String), Presence::Optional);
        assert_eq!(presence(false, &TypeRef::Any), Presence::OptionalNullable);
        assert_eq!(presence(false, &nullable), Presence::OptionalNullable);
    }
}
