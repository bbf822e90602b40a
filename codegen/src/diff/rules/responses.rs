//! Responses and their statuses. Directions do not matter here.

use super::Level::{Breaking, Compatible, Informational};
use super::RustImpact::Always;

rules! { RESPONSES:
    RESPONSE_BODY_ADDED: "response-body-added", "a successful response now has a body";
    Compatible Compatible Always(Breaking); "clients may ignore it, but the method returns a different type"

    RESPONSE_BODY_REMOVED: "response-body-removed", "a successful response no longer has a body";
    Breaking Breaking Always(Breaking); "clients that read it fail, and the method returns a different type"

    RESPONSE_MAY_BE_EMPTY: "response-may-be-empty", "a successful response may now be empty";
    Breaking Breaking Always(Breaking); "clients that read it may fail, and the method now returns an `Option`"

    RESPONSE_IS_NEVER_EMPTY: "response-is-never-empty", "a successful response now always has a body";
    Compatible Compatible Always(Breaking); "existing clients are not affected, but the method no longer returns an `Option`"

    RESPONSE_FORMAT_CHANGED: "response-format-changed", "the format of the response changed";
    Breaking Breaking Always(Breaking); "clients that read the old format fail, and the method returns a different type"

    PREFERRED_RESPONSE_CHANGED: "preferred-response-changed", "the crate requests a different one of the media types";
    Informational Informational Always(Breaking); "the old one is still available, but the method returns a different type"

    RESPONSE_BY_STATUS: "response-by-status", "a successful response now has one of several bodies, by its status";
    Breaking Breaking Always(Breaking); "clients that read the old body may receive another one, and the method now returns an enum"

    RESPONSE_NO_LONGER_BY_STATUS: "response-no-longer-by-status", "a successful response now has the same body with every status";
    Compatible Compatible Always(Breaking); "the other bodies are never received; the method no longer returns an enum"

    SUCCESS_VARIANT_ADDED: "success-variant-added", "a success status with a body of its own was added";
    Compatible Compatible Always(Compatible); "clients must accept any status; the new variant was received as unknown before"

    SUCCESS_VARIANT_WITH_NUMBERS_ADDED: "success-variant-with-numbers-added", "a success status whose body has floating-point numbers was added";
    Compatible Compatible Always(Breaking); "clients must accept any status, but the enum is no longer `Eq`"

    SUCCESS_VARIANT_REMOVED: "success-variant-removed", "a success status with a body of its own was removed";
    Compatible Compatible Always(Breaking); "the remaining statuses were already described, but code that names the variant does not compile"

    SUCCESS_VARIANT_CHANGED: "success-variant-changed", "all statuses that select the body of a successful response changed";
    Breaking Breaking Always(Breaking); "clients that expect the old statuses never receive them, and code that names the variants does not compile"

    SUCCESS_RANGE_CHANGED: "success-range-changed", "`2XX` beside several success statuses was added or removed";
    Compatible Compatible Always(Breaking); "clients must accept any status, but the variant for other statuses has another name and type"

    STATUS_ADDED: "status-added", "a status was added";
    Compatible Compatible Always(Informational); "clients must accept any status"

    SUCCESS_CHANGED: "success-changed", "the status of a successful response changed";
    Breaking Breaking Always(Informational); "clients that expect the old status never receive it; the crate accepts every 2xx status"

    SUCCESS_REMOVED: "success-removed", "a success status was removed";
    Compatible Compatible Always(Informational); "the remaining statuses were already described"

    FAILURE_REMOVED: "failure-removed", "an error status was removed";
    Compatible Compatible Always(Informational); "clients must accept any status"

    FAILURE_BODY_ADDED: "failure-body-added", "another type of body was added to an error status";
    Compatible Compatible Always(Informational); "the others remain; the crate knows the type from other statuses"

    FAILURE_BODY_REMOVED: "failure-body-removed", "a type of body was removed from an error status";
    Breaking Breaking Always(Informational); "clients that read it get a different one; the crate knows the type from other statuses"

    RESPONSE_HEADER_ADDED: "response-header-added", "a header was added to a response";
    Compatible Compatible Always(Informational); "clients ignore it"

    RESPONSE_HEADER_REMOVED: "response-header-removed", "an optional header was removed from a response";
    Compatible Compatible Always(Informational); "clients already had to handle its absence"

    REQUIRED_RESPONSE_HEADER_REMOVED: "required-response-header-removed", "a required header was removed from a response";
    Breaking Breaking Always(Informational); "clients may rely on it; in the crate, any header may be absent"

    RESPONSE_HEADER_BECAME_OPTIONAL: "response-header-became-optional", "a response header is now optional";
    Breaking Breaking Always(Informational); "clients may rely on it; in the crate, any header may be absent"

    RESPONSE_HEADER_BECAME_REQUIRED: "response-header-became-required", "a response header is now required";
    Compatible Compatible Always(Informational); "responses always contain it"

    RESPONSE_HEADER_TYPE_CHANGED: "response-header-type-changed", "the type of a response header changed";
    Breaking Breaking Always(Informational); "clients that parse the old type fail"

    RESPONSE_HEADER_TYPE_NARROWED: "response-header-type-narrowed", "a response header accepts fewer values";
    Compatible Compatible Always(Informational); "values received were always valid"

    HEADER_METHOD_ADDED: "header-method-added", "a header of responses now has a method";
    Informational Informational Always(Compatible); "existing code is not affected"

    HEADER_METHOD_REMOVED: "header-method-removed", "a header of responses no longer has a method";
    Informational Informational Always(Breaking); "code that calls it does not compile"

    HEADER_METHOD_CHANGED: "header-method-changed", "the method for a header of responses returns a different type";
    Informational Informational Always(Breaking); "code that uses the old type does not compile"
}
