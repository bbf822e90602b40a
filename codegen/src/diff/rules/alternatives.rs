//! Values of enumerations, and alternatives of unions.

use super::Level::{Breaking, Compatible, Informational};
use super::RustImpact::{Always, Closed};

rules! { ALTERNATIVES:
    VALUE_ADDED: "value-added", "a value was added to the enumeration";
    Compatible Compatible Closed(Breaking, Compatible); "a client keeps it as unknown; an enum that is only sent is exhaustive, so that a `match` on it needs one more arm"

    VALUE_OF_ANOTHER_KIND_ADDED: "value-of-another-kind-added", "a value that is not a string was added to the enumeration of strings";
    Compatible Compatible Always(Breaking); "as above, but only an enum of strings has `as_str`"

    VALUE_REMOVED: "value-removed", "a value was removed from the enumeration";
    Breaking Compatible Always(Breaking); "requests with it are rejected; a client receives fewer; its variant is gone"

    ALTERNATIVE_ADDED: "alternative-added", "an alternative was added";
    Compatible Compatible Closed(Breaking, Compatible); "a client keeps it as unknown; an enum that is only sent is exhaustive, so that a `match` on it needs one more arm"

    ALTERNATIVE_WITH_NUMBERS_ADDED: "alternative-with-numbers-added", "an alternative with floating-point numbers was added";
    Compatible Compatible Always(Breaking); "as above, and the type is no longer `Eq`, and neither are the types that contain it"

    ALTERNATIVE_OF_A_KNOWN_TYPE_ADDED: "alternative-of-a-known-type-added", "an alternative of the same type as another was added";
    Compatible Compatible Always(Breaking); "as above, and `From` no longer converts that type into the union: it could be either alternative"

    ALTERNATIVE_REMOVED: "alternative-removed", "an alternative was removed";
    Breaking Compatible Always(Breaking); "requests with it are rejected; a client receives fewer; its variant is gone"

    TAG_CHANGED: "tag-changed", "the tag of an alternative changed";
    Breaking Breaking Always(Breaking); "neither side knows the old tag, and the variant is named after it"

    TAG_BECAME_OPTIONAL: "tag-became-optional", "the discriminating property is optional now";
    Compatible Breaking Always(Informational); "requests may still have it; a client relies on it; the crate keeps values without it as unknown"

    TAG_BECAME_REQUIRED: "tag-became-required", "the discriminating property is required now";
    Breaking Compatible Always(Informational); "requests without it are rejected; the crate always sends it"

    TAG_VALUE_ADDED: "tag-value-added", "a value was added to the discriminating property";
    Compatible Compatible Always(Informational); "the others stay; a client keeps values of unknown alternatives"

    TAG_VALUE_REMOVED: "tag-value-removed", "a value was removed from the discriminating property";
    Breaking Compatible Always(Informational); "requests with it are rejected; a client receives fewer; the variant stays"

    DISCRIMINATOR_CHANGED: "discriminator-changed", "the discriminating property changed";
    Breaking Breaking Always(Informational); "neither side finds the tag in the old property"

    DISCRIMINATOR_ADDED: "discriminator-added", "a property distinguishes the alternatives now";
    Breaking Compatible Always(Informational); "the service rejects other values of the property; responses stay the same"

    DISCRIMINATOR_REMOVED: "discriminator-removed", "no property distinguishes the alternatives now";
    Compatible Compatible Always(Informational); "old values still fit; a client keeps others as unknown"

    PROPERTY_BECAME_TAG: "property-became-tag", "the property distinguishes the alternatives of a union now";
    Informational Informational Always(Breaking); "JSON stays the same, because the union encodes it, but the field is gone"

    TAG_BECAME_PROPERTY: "tag-became-property", "the property no longer distinguishes the alternatives of a union";
    Informational Informational Always(Breaking); "JSON stays the same, but the type has a field for it, and the union no longer encodes it"

    ALTERNATIVES_TIGHTENED: "alternatives-tightened", "exactly one alternative must fit now";
    Breaking Compatible Always(Informational); "the service rejects values that fit several"

    ALTERNATIVES_LOOSENED: "alternatives-loosened", "several alternatives may fit now";
    Compatible Compatible Always(Informational); "values that fit one still do"

    OPENED: "opened", "the type is received as well now, and keeps values that the description does not list";
    Informational Informational Always(Breaking); "JSON stays the same, but there is one more variant, and a `match` needs an arm for unknown values"

    CLOSED: "closed", "the type is only sent now, and has only values that the description lists";
    Informational Informational Always(Breaking); "JSON stays the same, but the variant for unknown values is gone"
}
