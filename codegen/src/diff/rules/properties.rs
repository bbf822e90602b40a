//! Properties of objects, and parameters.

use super::Level::{Breaking, Compatible, Informational};
use super::RustImpact::{Always, Sent};

rules! { PROPERTIES:
    PROPERTY_ADDED: "property-added", "an optional property was added";
    Compatible Compatible Always(Compatible); "older clients do not send it and ignore it; structs are `#[non_exhaustive]`"

    PROPERTY_WITH_NUMBERS_ADDED: "property-with-numbers-added", "an optional property with floating-point numbers was added";
    Compatible Compatible Always(Breaking); "as above, but the type is no longer `Eq`, and neither are the types that contain it"

    REQUIRED_PROPERTY_ADDED: "required-property-added", "a required property was added";
    Breaking Compatible Sent(Breaking, Compatible); "requests without it are rejected, and do not compile; clients ignore it in responses"

    FIRST_REQUIRED_PROPERTY_ADDED: "first-required-property-added", "a required property was added to a type without one";
    Breaking Compatible Always(Breaking); "as above, and the type is no longer `Default`"

    REQUIRED_PROPERTY_WITH_NUMBERS_ADDED: "required-property-with-numbers-added", "a required property with floating-point numbers was added";
    Breaking Compatible Always(Breaking); "as above, and the type is no longer `Eq`, and neither are the types that contain it"

    ONE_WAY_REQUIRED_PROPERTY_ADDED: "one-way-required-property-added", "a required property was added that travels in one direction only";
    Breaking Compatible Always(Compatible); "requests without it are rejected; the type travels in both directions, so that the field is an `Option`"

    PROPERTY_REMOVED: "property-removed", "an optional property was removed";
    Breaking Compatible Always(Breaking); "the service no longer accepts it; a client had to expect its absence; the field is gone"

    REQUIRED_PROPERTY_REMOVED: "required-property-removed", "a required property was removed";
    Breaking Breaking Always(Breaking); "the service no longer accepts it; a client relies on it; the field is gone"

    PROPERTY_RENAMED: "property-renamed", "the name of an optional property changed";
    Breaking Compatible Always(Breaking); "the service does not accept the old name; a client had to expect its absence; the field is gone"

    REQUIRED_PROPERTY_RENAMED: "required-property-renamed", "the name of a required property changed";
    Breaking Breaking Always(Breaking); "the service does not accept the old name; a client relies on it; the field is gone"

    BECAME_REQUIRED: "became-required", "the property is required now";
    Breaking Compatible Always(Breaking); "requests without it are rejected; responses always have it; the field is no longer an `Option`"

    BECAME_OPTIONAL: "became-optional", "the property is optional now";
    Compatible Breaking Always(Breaking); "it may still be sent; a client relies on it; the field is an `Option`"

    LISTED_AS_REQUIRED: "listed-as-required", "the property is required now, in a direction in which its field is an `Option`";
    Breaking Compatible Always(Informational); "requests without it are rejected; responses always have it; the field stays an `Option`"

    NO_LONGER_LISTED_AS_REQUIRED: "no-longer-listed-as-required", "the property is optional now; its field was an `Option` already";
    Compatible Breaking Always(Informational); "it may still be sent; a client relies on it"

    BECAME_READ_ONLY: "became-read-only", "only the service sets the property now";
    Breaking Informational Sent(Breaking, Informational); "the service rejects or ignores it, and the builder has no setter for it"

    NO_LONGER_READ_ONLY: "no-longer-read-only", "the property may be sent as well";
    Compatible Informational Sent(Compatible, Informational); "sending it is optional; the builder has a setter for it"

    BECAME_WRITE_ONLY: "became-write-only", "the service no longer returns the property";
    Informational Compatible Always(Informational); "it may still be sent; if it was required, the change to an optional one is reported separately"

    NO_LONGER_WRITE_ONLY: "no-longer-write-only", "the service returns the property as well";
    Informational Compatible Always(Informational); "older clients ignore it"

    DEFAULT_CHANGED: "default-changed", "the default of the property changed";
    Breaking Informational Always(Informational); "requests without the property have another meaning"

    DEFAULT_ADDED: "default-added", "the property has a default now";
    Informational Informational Always(Informational); "the crate never sends defaults by itself"

    DEFAULT_REMOVED: "default-removed", "the property no longer has a default";
    Informational Informational Always(Informational); "the crate never sends defaults by itself"

    FORMAT_CHANGED: "format-changed", "the format of the text or number changed";
    Informational Informational Always(Informational); "a format without a Rust type is an annotation"

    DEPRECATION_CHANGED: "deprecation-changed", "the property is deprecated now, or no longer is";
    Informational Informational Always(Informational); "it works as before; only its documentation changed"

    SENSITIVITY_CHANGED: "sensitivity-changed", "`Debug` shows the value now, or no longer does";
    Informational Informational Always(Informational); "values and types stay the same"

    UNKNOWN_PROPERTIES_KEPT: "unknown-properties-kept", "unknown properties are kept now";
    Compatible Compatible Always(Compatible); "they may be sent and received; there is one more field"

    UNKNOWN_PROPERTIES_NOT_KEPT: "unknown-properties-not-kept", "unknown properties are no longer kept";
    Informational Informational Always(Breaking); "they may still be received, but the field is gone"

    UNKNOWN_PROPERTIES_TYPED: "unknown-properties-typed", "unknown properties have a type now, and are kept";
    Breaking Compatible Always(Compatible); "requests with values of other types are rejected; there is one more field"

    UNKNOWN_PROPERTIES_NOT_TYPED: "unknown-properties-not-typed", "unknown properties no longer have a type, and are no longer kept";
    Compatible Breaking Always(Breaking); "values of other types may be received, and the field is gone"

    UNKNOWN_PROPERTIES_ALLOWED: "unknown-properties-allowed", "unknown properties are allowed now";
    Compatible Compatible Always(Informational); "they were rejected before"

    UNKNOWN_PROPERTIES_REFUSED: "unknown-properties-refused", "unknown properties are no longer allowed";
    Breaking Compatible Always(Informational); "requests with some are rejected"

    KEPT_UNKNOWN_PROPERTIES_REFUSED: "kept-unknown-properties-refused", "unknown properties are no longer allowed, and no longer kept";
    Breaking Compatible Always(Breaking); "requests with some are rejected, and the field is gone"
}
