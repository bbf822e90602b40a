//! Values of enumerations, and alternatives of unions.

use super::Level::{Breaking, Compatible, Informational};
use super::RustImpact::{Always, Closed};

rules! { ALTERNATIVES:
    VALUE_ADDED: "value-added", "a value was added to the enumeration";
    Compatible Compatible Closed(Breaking, Compatible); "clients keep it as unknown; an enum that is only sent is exhaustive, so a `match` on it needs another arm"

    VALUE_OF_ANOTHER_KIND_ADDED: "value-of-another-kind-added", "a value that is not a string was added to an enumeration of strings";
    Compatible Compatible Always(Breaking); "clients keep it as unknown, but only an enum of strings has `as_str`"

    VALUE_REMOVED: "value-removed", "a value was removed from the enumeration";
    Breaking Compatible Always(Breaking); "requests with it are rejected; clients receive fewer values; its variant is removed"

    ALTERNATIVE_ADDED: "alternative-added", "an alternative was added";
    Compatible Compatible Closed(Breaking, Compatible); "clients keep it as unknown; an enum that is only sent is exhaustive, so a `match` on it needs another arm"

    ALTERNATIVE_WITH_NUMBERS_ADDED: "alternative-with-numbers-added", "an alternative with floating-point numbers was added";
    Compatible Compatible Always(Breaking); "clients keep it as unknown, but neither the type nor the types that contain it are `Eq` any longer"

    ALTERNATIVE_OF_A_KNOWN_TYPE_ADDED: "alternative-of-a-known-type-added", "an alternative of the same type as another was added";
    Compatible Compatible Always(Breaking); "clients keep it as unknown, but `From` no longer converts that type into the union, because it could be either alternative"

    ALTERNATIVE_REMOVED: "alternative-removed", "an alternative was removed";
    Breaking Compatible Always(Breaking); "requests with it are rejected; clients receive fewer values; its variant is removed"

    TAG_CHANGED: "tag-changed", "the tag of an alternative changed";
    Breaking Breaking Always(Breaking); "neither side recognizes the old tag, and the variant is named after it"

    TAG_BECAME_OPTIONAL: "tag-became-optional", "the discriminating property is now optional";
    Compatible Breaking Always(Informational); "requests may still contain it, but clients may rely on it; the crate keeps values without it as unknown"

    TAG_BECAME_REQUIRED: "tag-became-required", "the discriminating property is now required";
    Breaking Compatible Always(Informational); "requests without it are rejected; the crate always sends it"

    TAG_VALUE_ADDED: "tag-value-added", "a value was added to the discriminating property";
    Compatible Compatible Always(Informational); "the others remain; clients keep values of unknown alternatives"

    TAG_VALUE_REMOVED: "tag-value-removed", "a value was removed from the discriminating property";
    Breaking Compatible Always(Informational); "requests with it are rejected; clients receive fewer values; the variant remains"

    DISCRIMINATOR_CHANGED: "discriminator-changed", "the discriminating property changed";
    Breaking Breaking Always(Informational); "neither side finds the tag in the old property"

    DISCRIMINATOR_ADDED: "discriminator-added", "a property now distinguishes the alternatives";
    Breaking Compatible Always(Informational); "the service rejects other values of the property; responses are unchanged"

    DISCRIMINATOR_REMOVED: "discriminator-removed", "no property distinguishes the alternatives any longer";
    Compatible Compatible Always(Informational); "old values are still valid; clients keep others as unknown"

    PROPERTY_BECAME_TAG: "property-became-tag", "the property now distinguishes the alternatives of a union";
    Informational Informational Always(Breaking); "the JSON is unchanged because the union encodes the property, but the field is removed"

    TAG_BECAME_PROPERTY: "tag-became-property", "the property no longer distinguishes the alternatives of a union";
    Informational Informational Always(Breaking); "the JSON is unchanged, but the type now has a field for the property, and the union no longer encodes it"

    ALTERNATIVES_TIGHTENED: "alternatives-tightened", "exactly one alternative must now match";
    Breaking Compatible Always(Informational); "the service rejects values that match several alternatives"

    ALTERNATIVES_LOOSENED: "alternatives-loosened", "several alternatives may now match";
    Compatible Compatible Always(Informational); "values that match one alternative are still valid"

    OPENED: "opened", "the type is now also received, and keeps values that are not listed in the description";
    Informational Informational Always(Breaking); "the JSON is unchanged, but there is an additional variant, and a `match` needs an arm for unknown values"

    CLOSED: "closed", "the type is now only sent, and only has the values listed in the description";
    Informational Informational Always(Breaking); "the JSON is unchanged, but the variant for unknown values is removed"
}
