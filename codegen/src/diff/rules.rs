//! The rules: every kind of change that is reported, and its impact.
//!
//! A row has the change; its level on the wire, where the value is sent to the service and where it is received from it; its
//! level in Rust; and the reason. *Breaking* may fail for a client that was correct before, *compatible* offers more,
//! *informational* affects neither values nor types. A value that is both sent and received has the worse of both levels.
//! A property is a property of an object or a parameter.
//!
//! The service and its clients differ. The service may reject what is sent, so a tighter constraint breaks. The emitted crate
//! is tolerant of what it receives: it checks no constraints and keeps unknown properties and values, so that a response
//! breaks it only if a value may be absent or of another type.

use serde::{Serialize, Serializer};

use Level::{Breaking, Compatible, Informational};
use RustImpact::{Always, Closed, Sent};

/// The impact of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// It may fail for a client that was correct before.
    Breaking,
    /// There is more than before, and everything from before still works.
    Compatible,
    /// It affects neither values nor types.
    Informational,
}

/// The impact of a change on code that uses the crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RustImpact {
    /// The same for every type.
    Always(Level),
    /// The first for a type that is sent, which has a builder; the second for one that is only received.
    Sent(Level, Level),
    /// The first for a type that is only sent, which is exhaustive, so that a `match` has an arm for each value; the second
    /// for one that is received.
    Closed(Level, Level),
}

/// A kind of change.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name, such as `constraint-tightened`.
    pub name: &'static str,
    /// The change in words.
    pub what: &'static str,
    /// The level on the wire where the value is sent.
    pub sent: Level,
    /// The level on the wire where the value is received.
    pub received: Level,
    /// The level in Rust.
    pub api: RustImpact,
    /// The reason for the levels.
    pub reason: &'static str,
}

macro_rules! rules {
    ($($(#[$heading:meta])* $constant:ident: $name:literal, $what:literal; $sent:ident $received:ident $api:expr; $reason:literal)*) => {
        $($(#[$heading])* pub(super) static $constant: Rule = Rule {
            name: $name, what: $what, sent: $sent, received: $received, api: $api, reason: $reason,
        };)*

        /// Every rule, in the order of this file.
        pub static RULES: &[&Rule] = &[$(&$constant),*];
    };
}

rules! {
    // Operations. Their directions do not matter.

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

    PARAMETER_STYLE_CHANGED: "parameter-style-changed", "the list is encoded with another separator";
    Breaking Breaking Always(Informational); "the service reads the old encoding as one item; the setter stays the same"

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

    MEDIA_TYPE_ADDED: "media-type-added", "a media type was added";
    Compatible Compatible Always(Informational); "the others are still accepted; the crate uses one of them"

    MEDIA_TYPE_REMOVED: "media-type-removed", "a media type was removed";
    Breaking Breaking Always(Informational); "clients that use it fail; the crate uses one of the others"

    MEDIA_TYPE_CHANGED: "media-type-changed", "a media type was replaced by another";
    Breaking Breaking Always(Informational); "clients that use the old one fail; the crate uses the new one"

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

    STATUS_ADDED: "status-added", "a status was added";
    Compatible Compatible Always(Informational); "clients must accept any status"

    SUCCESS_CHANGED: "success-changed", "the status of a success changed";
    Breaking Breaking Always(Informational); "a client that expects the old status never sees it; the crate accepts every 2xx status"

    SUCCESS_REMOVED: "success-removed", "a status of a success was removed";
    Compatible Compatible Always(Informational); "the remaining ones were described before"

    FAILURE_REMOVED: "failure-removed", "a status of a failure was removed";
    Compatible Compatible Always(Informational); "clients must accept any status"

    CREDENTIAL_ACCEPTED: "credential-accepted", "the operation accepts a further kind of credentials";
    Compatible Compatible Always(Informational); "the others are still accepted"

    CREDENTIAL_REFUSED: "credential-refused", "the operation no longer accepts a kind of credentials";
    Breaking Breaking Always(Informational); "clients without another kind are rejected; the constructor belongs to the client"

    SECURITY_ADDED: "security-added", "the operation requires credentials now";
    Breaking Breaking Always(Informational); "requests without them are rejected"

    SECURITY_REMOVED: "security-removed", "the operation no longer requires credentials";
    Compatible Compatible Always(Informational); "requests with credentials are still valid"

    CERTIFICATE_ASKED_FOR: "certificate-requested", "the service may request a client certificate now";
    Breaking Breaking Always(Informational); "clients without one are rejected; it is configured in the HTTP client"

    CERTIFICATE_NOT_ASKED_FOR: "certificate-not-requested", "the service no longer requests a client certificate";
    Compatible Compatible Always(Informational); "clients with one still work"

    SCOPES_CHANGED: "scopes-changed", "the scopes of the operation changed";
    Informational Informational Always(Informational); "the description does not state which of them are required"

    RATE_LIMIT_LOWERED: "rate-limit-lowered", "the rate limit is lower";
    Breaking Breaking Always(Informational); "clients at the old rate get status 429; the crate keeps the new rate"

    RATE_LIMIT_RAISED: "rate-limit-raised", "the rate limit is higher";
    Compatible Compatible Always(Informational); "clients at the old rate stay within it"

    RATE_LIMIT_CHANGED: "rate-limit-changed", "the rate limit changed";
    Breaking Breaking Always(Informational); "neither contains the other: clients at the old rate may get status 429"

    // Parts of the crate that all operations share.

    SERVER_ADDED: "server-added", "a server was added";
    Compatible Compatible Always(Informational); "the others stay; the caller sets the base URL"

    SERVER_REMOVED: "server-removed", "a server was removed";
    Breaking Breaking Always(Informational); "clients that use it may fail; the caller sets the base URL"

    SERVER_CHANGED: "server-changed", "a server was replaced by another";
    Breaking Breaking Always(Informational); "clients that use the old one may fail; the caller sets the base URL"

    CREDENTIAL_ADDED: "credential-added", "a further kind of credentials was added";
    Compatible Compatible Always(Compatible); "the others stay, and there is one more constructor"

    FIRST_CREDENTIAL_ADDED: "first-credential-added", "the service requires credentials now";
    Breaking Breaking Always(Breaking); "a client without them is rejected, and does not compile"

    CREDENTIAL_REMOVED: "credential-removed", "a kind of credentials was removed";
    Breaking Breaking Always(Breaking); "clients without another kind are rejected, and the constructor is gone"

    CREDENTIAL_RENAMED: "credential-renamed", "the name of a kind of credentials changed";
    Informational Informational Always(Breaking); "the name is not transmitted, but the constructor is named after it"

    CREDENTIAL_CHANGED: "credential-changed", "the scheme of a kind of credentials changed";
    Breaking Breaking Always(Breaking); "the service reads another header, and the constructor has other arguments"

    AUTHORIZATION_PREFIX_CHANGED: "authorization-prefix-changed", "the prefix of the secret changed";
    Breaking Breaking Always(Informational); "the service does not accept the old prefix; the constructor stays the same"

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

    // Types.

    TYPE_RENAMED: "type-renamed", "the name of the type changed";
    Informational Informational Always(Breaking); "the name is not transmitted, but code refers to it"

    TYPE_REPLACED: "type-replaced", "the value has another named type";
    Informational Informational Always(Breaking); "differences on the wire are changes of their own; code refers to the old type"

    TYPE_CHANGED: "type-changed", "the type of the value changed";
    Breaking Breaking Always(Breaking); "values of the old type do not fit"

    TYPE_WIDENED: "type-widened", "the type accepts more values";
    Compatible Breaking Always(Breaking); "old values fit, but others may be received; the Rust type changed"

    TYPE_NARROWED: "type-narrowed", "the type accepts fewer values";
    Breaking Compatible Always(Breaking); "some old values do not fit, but all received values did; the Rust type changed"

    BECAME_NULLABLE: "became-nullable", "the value may be `null` now";
    Compatible Breaking Always(Breaking); "old values fit, but `null` may be received; the type is `Nullable`"

    NO_LONGER_NULLABLE: "no-longer-nullable", "the value may no longer be `null`";
    Breaking Compatible Always(Breaking); "`null` is rejected; the type is no longer `Nullable`"

    NAME_IN_RUST_CHANGED: "name-in-rust-changed", "the name in Rust changed";
    Informational Informational Always(Breaking); "the name on the wire stays the same, but its Rust name now belongs to another"

    BOXED: "boxed", "the value is behind a `Box` now, or no longer is";
    Informational Informational Always(Breaking); "JSON stays the same, but the Rust type changed"

    // Properties of objects, and parameters.

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

    PROPERTY_REMOVED: "property-removed", "an optional property was removed";
    Breaking Compatible Always(Breaking); "the service no longer accepts it; a client had to expect its absence; the field is gone"

    REQUIRED_PROPERTY_REMOVED: "required-property-removed", "a required property was removed";
    Breaking Breaking Always(Breaking); "the service no longer accepts it; a client relies on it; the field is gone"

    PROPERTY_RENAMED: "property-renamed", "the name of a property changed";
    Breaking Breaking Always(Breaking); "the service does not accept the old name, a client does not find it, and the field is gone"

    BECAME_REQUIRED: "became-required", "the property is required now";
    Breaking Compatible Always(Breaking); "requests without it are rejected; responses always have it; the field is no longer an `Option`"

    BECAME_OPTIONAL: "became-optional", "the property is optional now";
    Compatible Breaking Always(Breaking); "it may still be sent; a client relies on it; the field is an `Option`"

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

    UNKNOWN_PROPERTIES_ALLOWED: "unknown-properties-allowed", "unknown properties are allowed now";
    Compatible Compatible Always(Informational); "they were rejected before"

    UNKNOWN_PROPERTIES_REFUSED: "unknown-properties-refused", "unknown properties are no longer allowed";
    Breaking Compatible Always(Informational); "requests with some are rejected"

    KEPT_UNKNOWN_PROPERTIES_REFUSED: "kept-unknown-properties-refused", "unknown properties are no longer allowed, and no longer kept";
    Breaking Compatible Always(Breaking); "requests with some are rejected, and the field is gone"

    // Constraints: lengths, numbers of items and properties, ranges, multiples, patterns, unique items.

    CONSTRAINT_TIGHTENED: "constraint-tightened", "a constraint is tighter";
    Breaking Compatible Always(Informational); "the service rejects values that were valid; a client receives fewer"

    CONSTRAINT_LOOSENED: "constraint-loosened", "a constraint is looser";
    Compatible Compatible Always(Informational); "values that were valid still are; the crate does not check responses"

    CONSTRAINT_CHANGED: "constraint-changed", "a constraint changed";
    Breaking Compatible Always(Informational); "neither is known to contain the other: the service may reject values that were valid"

    FIRST_CONSTRAINT_ADDED: "first-constraint-added", "a constraint was added to a type without one";
    Breaking Compatible Always(Compatible); "the service rejects values that were valid, and the type has a `validate` method"

    LAST_CONSTRAINT_REMOVED: "last-constraint-removed", "the type no longer has a constraint";
    Compatible Compatible Always(Breaking); "values that were valid still are, but the type no longer has a `validate` method"

    // Enumerations and unions.

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

    DISCRIMINATOR_CHANGED: "discriminator-changed", "the discriminating property changed";
    Breaking Breaking Always(Informational); "neither side finds the tag in the old property"

    ALTERNATIVES_TIGHTENED: "alternatives-tightened", "exactly one alternative must fit now";
    Breaking Compatible Always(Informational); "the service rejects values that fit several"

    ALTERNATIVES_LOOSENED: "alternatives-loosened", "several alternatives may fit now";
    Compatible Compatible Always(Informational); "values that fit one still do"

    OPENED: "opened", "the type is received as well now, and keeps values that the description does not list";
    Informational Informational Always(Breaking); "JSON stays the same, but there is one more variant, and a `match` needs an arm for unknown values"

    CLOSED: "closed", "the type is only sent now, and has only values that the description lists";
    Informational Informational Always(Breaking); "JSON stays the same, but the variant for unknown values is gone"

    // Documentation.

    DESCRIPTION_CHANGED: "description-changed", "the text of the description changed";
    Informational Informational Always(Informational); "texts do not constrain values"
}

impl Serialize for Rule {
    /// Serializes its name.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name)
    }
}

impl Rule {
    /// The level on the wire of values that travel in these directions; informational if both are false.
    pub(super) fn wire(&self, sent: bool, received: bool) -> Level {
        let sent = if sent { self.sent } else { Informational };
        let received = if received { self.received } else { Informational };
        sent.min(received)
    }

    /// The level in Rust of a type that is used in these directions.
    pub(super) fn api(&self, sent: bool, received: bool) -> Level {
        match self.api {
            Sent(level, _) if sent => level,
            Closed(level, _) if !received => level,
            Always(level) | Sent(_, level) | Closed(_, level) => level,
        }
    }
}
