//! The parts of the crate that all operations share: servers, error bodies, events.

use super::Level::{Breaking, Compatible, Informational};
use super::RustImpact::Always;

rules! { CRATE_WIDE:
    SERVER_ADDED: "server-added", "a server was added";
    Compatible Compatible Always(Informational); "the others remain; the caller sets the base URL"

    SERVER_REMOVED: "server-removed", "a server was removed";
    Breaking Breaking Always(Informational); "clients that use it may fail; the caller sets the base URL"

    SERVER_CHANGED: "server-changed", "a server was replaced by another";
    Breaking Breaking Always(Informational); "clients that use the old one may fail; the caller sets the base URL"

    SERVER_SPELLING_CHANGED: "server-spelling-changed", "the spelling of a server URL changed";
    Informational Informational Always(Informational); "the server is the same"

    SERVER_DEFAULT_CHANGED: "server-default-changed", "the default of a variable in a server URL changed";
    Informational Informational Always(Informational); "the old value is still allowed; the caller sets the base URL"

    SERVER_VALUE_ADDED: "server-value-added", "a value was added to a variable in a server URL";
    Compatible Compatible Always(Informational); "the others remain; the caller sets the base URL"

    SERVER_VALUE_REMOVED: "server-value-removed", "a value was removed from a variable in a server URL";
    Breaking Breaking Always(Informational); "clients that use it may fail; the caller sets the base URL"

    ERROR_BODY_ADDED: "error-body-added", "another type of error body was added";
    Compatible Compatible Always(Compatible); "`ErrorBody` is non-exhaustive, and the others remain"

    FIRST_ERROR_BODY_ADDED: "first-error-body-added", "errors now have a described body";
    Compatible Compatible Always(Breaking); "`Error` contains a different type"

    ERROR_BODY_REMOVED: "error-body-removed", "a type of error body was removed";
    Breaking Breaking Always(Breaking); "clients that read it may get a different one, and its variant is removed"

    EVENT_ADDED: "event-added", "the service posts another event";
    Compatible Compatible Always(Compatible); "existing receivers keep it as unknown, and there is an additional variant"

    EVENT_REMOVED: "event-removed", "the service no longer posts an event";
    Breaking Breaking Always(Breaking); "receivers that wait for it never get it, and its variant is removed"

    CALLBACK_ADDED: "callback-added", "another callback posts a known event";
    Compatible Compatible Always(Informational); "receivers already know the event"

    CALLBACK_REMOVED: "callback-removed", "a callback was removed";
    Breaking Breaking Always(Informational); "receivers that wait for it never get it; the variant remains"

    CALLBACK_ADDRESS_CHANGED: "callback-address-changed", "the URL of a callback changed";
    Breaking Breaking Always(Informational); "receivers at the old URL never get it"
}
