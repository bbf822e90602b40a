//! Operations, their parameters and the bodies of their requests. Directions do not matter here.

use super::Level::{Breaking, Compatible, Informational};
use super::RustImpact::Always;

rules! { OPERATIONS:
    OPERATION_ADDED: "operation-added", "the operation was added";
    Compatible Compatible Always(Compatible); "existing calls are not affected"

    OPERATION_REMOVED: "operation-removed", "the operation was removed";
    Breaking Breaking Always(Breaking); "it can no longer be called, and its method is removed"

    BODY_METHOD_ADDED: "body-method-added", "the operation now has a method for another media type of its body";
    Informational Informational Always(Compatible); "the media types themselves are reported separately; existing calls are not affected"

    BODY_METHOD_REMOVED: "body-method-removed", "the operation no longer has a method for this media type of its body";
    Informational Informational Always(Breaking); "the media types themselves are reported separately; the method is removed"

    OPERATION_LEFT_OUT: "operation-left-out", "the operation is no longer supported, and is left out of the crate";
    Informational Informational Always(Breaking); "the service still offers it, but its method is removed"

    OPERATION_NO_LONGER_LEFT_OUT: "operation-no-longer-left-out", "the operation is now supported, and is part of the crate";
    Informational Informational Always(Compatible); "the service already offered it; it now has a method"

    OPERATION_RENAMED: "operation-renamed", "the id of the operation changed";
    Informational Informational Always(Breaking); "the id is not transmitted, but the method is named after it"

    OPERATION_ID_CHANGED: "operation-id-changed", "the spelling of the operation id changed";
    Informational Informational Always(Informational); "the id is not transmitted, and the name of the method is unchanged"

    PATH_CHANGED: "path-changed", "the path of the operation changed";
    Breaking Breaking Always(Informational); "requests to the old path fail; the Rust method is unchanged"

    METHOD_CHANGED: "method-changed", "the HTTP method of the operation changed";
    Breaking Breaking Always(Informational); "requests with the old HTTP method fail; the Rust method is unchanged"

    OPERATION_DEPRECATED: "operation-deprecated", "the operation is deprecated";
    Informational Informational Always(Compatible); "it still works, but callers get a compiler warning"

    OPERATION_NO_LONGER_DEPRECATED: "operation-no-longer-deprecated", "the operation is no longer deprecated";
    Informational Informational Always(Informational); "callers no longer get a compiler warning"

    FIRST_PARAMETER_ADDED: "first-parameter-added", "the operation now has parameters";
    Compatible Compatible Always(Breaking); "existing requests are still valid, but the method has an additional argument"

    FIRST_REQUIRED_PARAMETER_ADDED: "first-required-parameter-added", "the operation now has required parameters";
    Breaking Breaking Always(Breaking); "requests without them are rejected, and the method has an additional argument"

    PARAMETERS_REMOVED: "parameters-removed", "the operation no longer has parameters";
    Breaking Breaking Always(Breaking); "the service ignores or rejects them, and the method has one fewer argument"

    PARAMETER_MOVED: "parameter-moved", "the parameter moved to a different part of the request";
    Breaking Breaking Always(Informational); "the service does not read the old part; the setter is unchanged"

    PATH_PARAMETER_RENAMED: "path-parameter-renamed", "the name of a path parameter changed";
    Informational Informational Always(Breaking); "the URL is unchanged, but the field is named after the parameter"

    NAME_SPELLING_CHANGED: "name-spelling-changed", "the spelling of a parameter or header name changed";
    Informational Informational Always(Informational); "header names are case-insensitive, path parameter names are not transmitted, and the field is unchanged"

    PARAMETER_STYLE_CHANGED: "parameter-style-changed", "the value is encoded in a different style";
    Breaking Breaking Always(Informational); "the service does not read the old encoding; the setter is unchanged"

    RESERVED_CHARACTERS_CHANGED: "reserved-characters-changed", "reserved characters are now percent-encoded, or no longer are";
    Informational Informational Always(Informational); "the service decodes both to the same text"

    EMPTY_VALUE_ALLOWED: "empty-value-allowed", "the parameter may now be empty";
    Compatible Compatible Always(Informational); "existing requests are still valid"

    EMPTY_VALUE_NOT_ALLOWED: "empty-value-not-allowed", "the parameter may no longer be empty";
    Breaking Breaking Always(Informational); "requests with an empty list are rejected; the crate now omits the parameter"

    PART_MEDIA_TYPE_CHANGED: "part-media-type-changed", "the media type of a part of a form changed";
    Breaking Breaking Always(Informational); "the service does not read the old one; the setter is unchanged"

    PART_MEDIA_TYPE_STATED: "part-media-type-stated", "the media type of a part of a form is now stated, or is no longer stated";
    Informational Informational Always(Informational); "it is the default of the part"

    BODY_ADDED: "body-added", "the operation now has a required body";
    Breaking Breaking Always(Breaking); "requests without it are rejected, and the method has an additional argument"

    OPTIONAL_BODY_ADDED: "optional-body-added", "the operation now has an optional body";
    Compatible Compatible Always(Breaking); "existing requests are still valid, but the method has an additional argument"

    BODY_REMOVED: "body-removed", "the operation no longer has a body";
    Breaking Breaking Always(Breaking); "the service ignores or rejects it, and the method has one fewer argument"

    BODY_BECAME_REQUIRED: "body-became-required", "the body is now required";
    Breaking Breaking Always(Breaking); "requests without it are rejected, and the argument is no longer an `Option`"

    BODY_BECAME_OPTIONAL: "body-became-optional", "the body is now optional";
    Compatible Compatible Always(Breaking); "existing requests are still valid, but the argument is now an `Option`"

    BODY_FORMAT_CHANGED: "body-format-changed", "the format of the body changed";
    Breaking Breaking Always(Breaking); "the service does not read the old format, and the type is encoded differently"

    PREFERRED_BODY_CHANGED: "preferred-body-changed", "the crate sends a different one of the media types";
    Informational Informational Always(Breaking); "the old one is still accepted, but the argument has a different type"

    MESSAGE_ID_ADDED: "message-id-added", "the request now has a message id, which `Retry::Ambiguous` requires";
    Informational Informational Always(Compatible); "calls with an id can be retried, and errors with an unknown outcome contain it"

    MESSAGE_ID_REMOVED: "message-id-removed", "the request no longer has a message id, which `Retry::Ambiguous` requires";
    Informational Informational Always(Breaking); "without an id, calls are only retried as with `Retry::Safe`, and errors with an unknown outcome do not contain an id"

    MEDIA_TYPE_ADDED: "media-type-added", "a media type was added";
    Compatible Compatible Always(Informational); "the others are still accepted; the crate uses one of them"

    MEDIA_TYPE_REMOVED: "media-type-removed", "a media type was removed";
    Breaking Breaking Always(Informational); "clients that use it fail; the crate uses one of the others"

    MEDIA_TYPE_CHANGED: "media-type-changed", "a media type was replaced by another";
    Breaking Breaking Always(Informational); "clients that use the old one fail; the crate uses the new one"

    MEDIA_TYPE_SPELLING_CHANGED: "media-type-spelling-changed", "the spelling of a media type changed";
    Informational Informational Always(Informational); "media types are case-insensitive, and the default of `charset` is UTF-8"
}
