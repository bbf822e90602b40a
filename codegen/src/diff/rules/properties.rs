//! Properties of objects, and parameters.

use super::Level::{Breaking, Compatible, Informational};
use super::RustImpact::{Always, Sent};

rules! { PROPERTIES:
    PROPERTY_ADDED: "property-added", "an optional property was added";
    Compatible Compatible Always(Compatible); "existing clients do not send it, and ignore it in responses; structs are `#[non_exhaustive]`"

    PROPERTY_WITH_NUMBERS_ADDED: "property-with-numbers-added", "an optional property with floating-point numbers was added";
    Compatible Compatible Always(Breaking); "existing clients are not affected, but neither the type nor the types that contain it are `Eq` any longer"

    REQUIRED_PROPERTY_ADDED: "required-property-added", "a required property was added";
    Breaking Compatible Sent(Breaking, Compatible); "requests without it are rejected, and do not compile; clients ignore it in responses"

    FIRST_REQUIRED_PROPERTY_ADDED: "first-required-property-added", "the first required property was added to a type";
    Breaking Compatible Always(Breaking); "requests without it are rejected, and the type is no longer `Default`"

    REQUIRED_PROPERTY_WITH_NUMBERS_ADDED: "required-property-with-numbers-added", "a required property with floating-point numbers was added";
    Breaking Compatible Always(Breaking); "requests without it are rejected, and neither the type nor the types that contain it are `Eq` any longer"

    ONE_WAY_REQUIRED_PROPERTY_ADDED: "one-way-required-property-added", "a required property was added that is only sent or only received";
    Breaking Compatible Always(Compatible); "requests without it are rejected; the type is both sent and received, so the field is an `Option`"

    PROPERTY_REMOVED: "property-removed", "an optional property was removed";
    Breaking Compatible Always(Breaking); "the service no longer accepts it; clients already had to handle its absence; the field is removed"

    REQUIRED_PROPERTY_REMOVED: "required-property-removed", "a required property was removed";
    Breaking Breaking Always(Breaking); "the service no longer accepts it, clients may rely on it, and the field is removed"

    PROPERTY_RENAMED: "property-renamed", "the name of an optional property changed";
    Breaking Compatible Always(Breaking); "the service does not accept the old name; clients already had to handle its absence; the field is removed"

    REQUIRED_PROPERTY_RENAMED: "required-property-renamed", "the name of a required property changed";
    Breaking Breaking Always(Breaking); "the service does not accept the old name, clients may rely on it, and the field is removed"

    BECAME_REQUIRED: "became-required", "the property is now required";
    Breaking Compatible Always(Breaking); "requests without it are rejected; responses always contain it; the field is no longer an `Option`"

    BECAME_OPTIONAL: "became-optional", "the property is now optional";
    Compatible Breaking Always(Breaking); "it may still be sent, but clients may rely on it; the field is now an `Option`"

    LISTED_AS_REQUIRED: "listed-as-required", "the property is now required, in a direction in which its field is an `Option`";
    Breaking Compatible Always(Informational); "requests without it are rejected; responses always contain it; the field is still an `Option`"

    NO_LONGER_LISTED_AS_REQUIRED: "no-longer-listed-as-required", "the property is now optional, and its field was already an `Option`";
    Compatible Breaking Always(Informational); "it may still be sent, but clients may rely on it"

    BECAME_READ_ONLY: "became-read-only", "only the service may now set the property";
    Breaking Informational Sent(Breaking, Informational); "the service rejects or ignores it, and the builder has no setter for it"

    NO_LONGER_READ_ONLY: "no-longer-read-only", "the property may now also be sent";
    Compatible Informational Sent(Compatible, Informational); "sending it is optional; the builder now has a setter for it"

    BECAME_WRITE_ONLY: "became-write-only", "the service no longer returns the property";
    Informational Compatible Always(Informational); "it may still be sent; if it was required, the change to an optional one is reported separately"

    NO_LONGER_WRITE_ONLY: "no-longer-write-only", "the service now also returns the property";
    Informational Compatible Always(Informational); "existing clients ignore it"

    DEFAULT_CHANGED: "default-changed", "the default of the property changed";
    Breaking Informational Always(Informational); "requests without the property have a different meaning"

    DEFAULT_ADDED: "default-added", "the property now has a default";
    Informational Informational Always(Informational); "the crate never sends defaults on its own"

    DEFAULT_REMOVED: "default-removed", "the property no longer has a default";
    Informational Informational Always(Informational); "the crate never sends defaults on its own"

    FORMAT_CHANGED: "format-changed", "the format of the text or number changed";
    Informational Informational Always(Informational); "a format without a Rust type is only an annotation"

    DEPRECATION_CHANGED: "deprecation-changed", "the property is now deprecated, or no longer is";
    Informational Informational Always(Informational); "it works as before, and only its documentation changed"

    SENSITIVITY_CHANGED: "sensitivity-changed", "`Debug` output now contains the value, or no longer does";
    Informational Informational Always(Informational); "values and types are unchanged"

    UNKNOWN_PROPERTIES_KEPT: "unknown-properties-kept", "unknown properties are now kept";
    Compatible Compatible Always(Compatible); "they may be sent and received; there is an additional field"

    UNKNOWN_PROPERTIES_NOT_KEPT: "unknown-properties-not-kept", "unknown properties are no longer kept";
    Informational Informational Always(Breaking); "they may still be received, but the field is removed"

    UNKNOWN_PROPERTIES_TYPED: "unknown-properties-typed", "unknown properties now have a type, and are kept";
    Breaking Compatible Always(Compatible); "requests with values of other types are rejected; there is an additional field"

    UNKNOWN_PROPERTIES_TYPED_AS_NUMBERS: "unknown-properties-typed-as-numbers", "unknown properties now have a type with floating-point numbers, and are kept";
    Breaking Compatible Always(Breaking); "requests with values of other types are rejected, and neither the type nor the types that contain it are `Eq` any longer"

    UNKNOWN_PROPERTIES_NOT_TYPED: "unknown-properties-not-typed", "unknown properties no longer have a type, and are no longer kept";
    Compatible Breaking Always(Breaking); "values of other types may be received, and the field is removed"

    UNKNOWN_PROPERTIES_ALLOWED: "unknown-properties-allowed", "unknown properties are now allowed";
    Compatible Compatible Always(Informational); "they were rejected before"

    UNKNOWN_PROPERTIES_REFUSED: "unknown-properties-refused", "unknown properties are no longer allowed";
    Breaking Compatible Always(Informational); "requests with unknown properties are rejected"

    KEPT_UNKNOWN_PROPERTIES_REFUSED: "kept-unknown-properties-refused", "unknown properties are no longer allowed, and no longer kept";
    Breaking Compatible Always(Breaking); "requests with unknown properties are rejected, and the field is removed"
}
