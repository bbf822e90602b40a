//! The parts of the crate that all operations share: servers, error bodies, events.

use super::Level::{Breaking, Compatible, Informational};
use super::RustImpact::Always;

rules! { CRATE_WIDE:
    SERVER_ADDED: "server-added", "a server was added";
    Compatible Compatible Always(Informational); "the others stay; the caller sets the base URL"

    SERVER_REMOVED: "server-removed", "a server was removed";
    Breaking Breaking Always(Informational); "clients that use it may fail; the caller sets the base URL"

    SERVER_CHANGED: "server-changed", "a server was replaced by another";
    Breaking Breaking Always(Informational); "clients that use the old one may fail; the caller sets the base URL"

    SERVER_SPELLING_CHANGED: "server-spelling-changed", "the spelling of the URL of a server changed";
    Informational Informational Always(Informational); "it is the same server"

    SERVER_DEFAULT_CHANGED: "server-default-changed", "the default of a variable in the URL of a server changed";
    Informational Informational Always(Informational); "the old value is still allowed; the caller sets the base URL"

    SERVER_VALUE_ADDED: "server-value-added", "a value was added to a variable in the URL of a server";
    Compatible Compatible Always(Informational); "the others stay; the caller sets the base URL"

    SERVER_VALUE_REMOVED: "server-value-removed", "a value was removed from a variable in the URL of a server";
    Breaking Breaking Always(Informational); "clients that use it may fail; the caller sets the base URL"

    ERROR_BODY_ADDED: "error-body-added", "a further type of error bodies was added";
    Compatible Compatible Always(Compatible); "`ErrorBody` is non-exhaustive; the others stay"

    FIRST_ERROR_BODY_ADDED: "first-error-body-added", "errors have a described body now";
    Compatible Compatible Always(Breaking); "`Error` contains another type"

    ERROR_BODY_REMOVED: "error-body-removed", "a type of error bodies was removed";
    Breaking Breaking Always(Breaking); "a client that reads it may get another one, and its variant is gone"

    EVENT_ADDED: "event-added", "the service posts a further event";
    Compatible Compatible Always(Compatible); "older receivers keep it as unknown; there is one more variant"

    EVENT_REMOVED: "event-removed", "the service no longer posts an event";
    Breaking Breaking Always(Breaking); "a receiver that waits for it never gets it, and its variant is gone"

    CALLBACK_ADDED: "callback-added", "a known event is posted by a further callback";
    Compatible Compatible Always(Informational); "receivers know the event already"

    CALLBACK_REMOVED: "callback-removed", "a callback was removed";
    Breaking Breaking Always(Informational); "a receiver that waits for it never gets it; the variant stays"

    CALLBACK_ADDRESS_CHANGED: "callback-address-changed", "the address of a callback changed";
    Breaking Breaking Always(Informational); "a receiver at the old address never gets it"
}
