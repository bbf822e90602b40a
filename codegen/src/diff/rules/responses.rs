//! Responses and their statuses. Directions do not matter here.

use super::Level::{Breaking, Compatible, Informational};
use super::RustImpact::Always;

rules! { RESPONSES:
    RESPONSE_BODY_ADDED: "response-body-added", "a success has a body now";
    Compatible Compatible Always(Breaking); "a client may ignore it, but the method returns another type"

    RESPONSE_BODY_REMOVED: "response-body-removed", "a success no longer has a body";
    Breaking Breaking Always(Breaking); "a client that reads it fails, and the method returns another type"

    RESPONSE_MAY_BE_EMPTY: "response-may-be-empty", "a success may have no body now";
    Breaking Breaking Always(Breaking); "a client that reads it may fail, and the method returns an `Option`"

    RESPONSE_IS_NEVER_EMPTY: "response-is-never-empty", "a success always has a body now";
    Compatible Compatible Always(Breaking); "existing clients are not affected, but the method no longer returns an `Option`"

    RESPONSE_FORMAT_CHANGED: "response-format-changed", "the format of the response changed";
    Breaking Breaking Always(Breaking); "a client that reads the old format fails, and the method returns another type"

    PREFERRED_RESPONSE_CHANGED: "preferred-response-changed", "the crate requests another one of the media types";
    Informational Informational Always(Breaking); "the old one is still available, but the method returns another type"

    STATUS_ADDED: "status-added", "a status was added";
    Compatible Compatible Always(Informational); "clients must accept any status"

    SUCCESS_CHANGED: "success-changed", "the status of a success changed";
    Breaking Breaking Always(Informational); "a client that expects the old status never sees it; the crate accepts every 2xx status"

    SUCCESS_REMOVED: "success-removed", "a status of a success was removed";
    Compatible Compatible Always(Informational); "the remaining ones were described before"

    FAILURE_REMOVED: "failure-removed", "a status of a failure was removed";
    Compatible Compatible Always(Informational); "clients must accept any status"

    FAILURE_BODY_ADDED: "failure-body-added", "a further type of bodies was added to the status of a failure";
    Compatible Compatible Always(Informational); "the others stay; the crate knows the type from other statuses"

    FAILURE_BODY_REMOVED: "failure-body-removed", "a type of bodies was removed from the status of a failure";
    Breaking Breaking Always(Informational); "a client that reads it gets another one; the crate knows the type from other statuses"

    RESPONSE_HEADER_ADDED: "response-header-added", "a header was added to a response";
    Compatible Compatible Always(Informational); "clients ignore it; the crate returns headers without types"

    RESPONSE_HEADER_REMOVED: "response-header-removed", "an optional header was removed from a response";
    Compatible Compatible Always(Informational); "a client had to expect its absence; the crate returns headers without types"

    REQUIRED_RESPONSE_HEADER_REMOVED: "required-response-header-removed", "a required header was removed from a response";
    Breaking Breaking Always(Informational); "a client relies on it; the crate returns headers without types"

    RESPONSE_HEADER_BECAME_OPTIONAL: "response-header-became-optional", "a header of a response is optional now";
    Breaking Breaking Always(Informational); "a client relies on it; the crate returns headers without types"

    RESPONSE_HEADER_BECAME_REQUIRED: "response-header-became-required", "a header of a response is required now";
    Compatible Compatible Always(Informational); "responses always have it"

    RESPONSE_HEADER_TYPE_CHANGED: "response-header-type-changed", "the type of a header of a response changed";
    Breaking Breaking Always(Informational); "a client that parses the old type fails; the crate returns headers without types"

    RESPONSE_HEADER_TYPE_NARROWED: "response-header-type-narrowed", "a header of a response has fewer types";
    Compatible Compatible Always(Informational); "all received values fit before"
}
