//! Operations, their parameters and the bodies of their requests. Directions do not matter here.

use super::Level::{Breaking, Compatible, Informational};
use super::RustImpact::Always;

rules! { OPERATIONS:
    OPERATION_ADDED: "operation-added", "the operation was added";
    Compatible Compatible Always(Compatible); "existing calls are not affected"

    OPERATION_REMOVED: "operation-removed", "the operation was removed";
    Breaking Breaking Always(Breaking); "it can no longer be called, and its method is gone"

    OPERATION_RENAMED: "operation-renamed", "the id of the operation changed";
    Informational Informational Always(Breaking); "the id is not transmitted, but the method is named after it"

    OPERATION_ID_CHANGED: "operation-id-changed", "the spelling of the operation id changed";
    Informational Informational Always(Informational); "the id is not transmitted, and the name of the method stays the same"

    PATH_CHANGED: "path-changed", "the path of the operation changed";
    Breaking Breaking Always(Informational); "requests to the old path fail; the method stays the same"

    METHOD_CHANGED: "method-changed", "the HTTP method of the operation changed";
    Breaking Breaking Always(Informational); "requests with the old HTTP method fail; the method of the client stays the same"

    OPERATION_DEPRECATED: "operation-deprecated", "the operation is deprecated";
    Informational Informational Always(Compatible); "it still works; callers get a compiler warning"

    OPERATION_NO_LONGER_DEPRECATED: "operation-no-longer-deprecated", "the operation is no longer deprecated";
    Informational Informational Always(Informational); "callers no longer get a compiler warning"

    FIRST_PARAMETER_ADDED: "first-parameter-added", "the operation has parameters now";
    Compatible Compatible Always(Breaking); "existing requests are still valid, but the method has one more argument"

    FIRST_REQUIRED_PARAMETER_ADDED: "first-required-parameter-added", "the operation has required parameters now";
    Breaking Breaking Always(Breaking); "requests without them are rejected, and the method has one more argument"

    PARAMETERS_REMOVED: "parameters-removed", "the operation no longer has parameters";
    Breaking Breaking Always(Breaking); "the service ignores or rejects them, and the method has one fewer argument"

    PARAMETER_MOVED: "parameter-moved", "the parameter is in another part of the request";
    Breaking Breaking Always(Informational); "the service does not read the old part; the setter stays the same"

    PATH_PARAMETER_RENAMED: "path-parameter-renamed", "the name of a path parameter changed";
    Informational Informational Always(Breaking); "the URL stays the same, but the field is named after the parameter"

    NAME_SPELLING_CHANGED: "name-spelling-changed", "the spelling of the name of a parameter or header changed";
    Informational Informational Always(Informational); "names of headers are not case-sensitive, names in a path are not transmitted, and the field stays the same"

    PARAMETER_STYLE_CHANGED: "parameter-style-changed", "the list is encoded with another separator";
    Breaking Breaking Always(Informational); "the service reads the old encoding as one item; the setter stays the same"

    PART_MEDIA_TYPE_CHANGED: "part-media-type-changed", "the media type of a part of the form changed";
    Breaking Breaking Always(Informational); "the service does not read the old one; the setter stays the same"

    BODY_ADDED: "body-added", "the operation has a required body now";
    Breaking Breaking Always(Breaking); "requests without it are rejected, and the method has one more argument"

    OPTIONAL_BODY_ADDED: "optional-body-added", "the operation has an optional body now";
    Compatible Compatible Always(Breaking); "existing requests are still valid, but the method has one more argument"

    BODY_REMOVED: "body-removed", "the operation no longer has a body";
    Breaking Breaking Always(Breaking); "the service ignores or rejects it, and the method has one fewer argument"

    BODY_BECAME_REQUIRED: "body-became-required", "the body is required now";
    Breaking Breaking Always(Breaking); "requests without it are rejected, and the argument is no longer an `Option`"

    BODY_BECAME_OPTIONAL: "body-became-optional", "the body is optional now";
    Compatible Compatible Always(Breaking); "existing requests are still valid, but the argument is an `Option`"

    BODY_FORMAT_CHANGED: "body-format-changed", "the format of the body changed";
    Breaking Breaking Always(Breaking); "the service does not read the old format, and the type is encoded differently"

    PREFERRED_BODY_CHANGED: "preferred-body-changed", "the crate sends another one of the media types";
    Informational Informational Always(Breaking); "the old one is still accepted, but the argument has another type"

    MESSAGE_ID_ADDED: "message-id-added", "the request has a message id now, which `Retry::Ambiguous` requires";
    Informational Informational Always(Compatible); "calls that have one can be repeated, and errors with an unknown outcome contain it"

    MESSAGE_ID_REMOVED: "message-id-removed", "the request no longer has a message id, which ends `Retry::Ambiguous`";
    Informational Informational Always(Breaking); "without an id it repeats no more than `Retry::Safe`, and errors with an unknown outcome no longer contain the id"

    MEDIA_TYPE_ADDED: "media-type-added", "a media type was added";
    Compatible Compatible Always(Informational); "the others are still accepted; the crate uses one of them"

    MEDIA_TYPE_REMOVED: "media-type-removed", "a media type was removed";
    Breaking Breaking Always(Informational); "clients that use it fail; the crate uses one of the others"

    MEDIA_TYPE_CHANGED: "media-type-changed", "a media type was replaced by another";
    Breaking Breaking Always(Informational); "clients that use the old one fail; the crate uses the new one"

    MEDIA_TYPE_SPELLING_CHANGED: "media-type-spelling-changed", "the spelling of a media type changed";
    Informational Informational Always(Informational); "names of media types are not case-sensitive, and UTF-8 is the character set without `charset`"
}
