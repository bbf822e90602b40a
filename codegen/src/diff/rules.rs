//! The rules: every kind of change that is told, and whom it breaks.
//!
//! A row says what changed; whom that breaks on the wire, where the value is sent to the service and where it is received
//! from it; whom it breaks in Rust; and why. *Breaking* is what may fail for somebody who did everything right before,
//! *compatible* is what offers more, *informational* is what nobody can notice in a value or in a type. What is both sent
//! and received has the worse of both. A member is a property of an object or a parameter.
//!
//! The service is told apart from its clients: what is sent may be refused by a service that asks for more, so tighter
//! limits break. What is received is read tolerantly by the emitted crate: no limit is checked, unknown members and values
//! are kept, so a reply breaks only where what was there may be absent or of another type.

use serde::{Serialize, Serializer};

use Api::{Always, Closed, Sent};
use Level::{Breaking, Compatible, Informational};

/// How much a change matters to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// It may fail for somebody who did everything right before.
    Breaking,
    /// There is more than before, and everything from before still works.
    Compatible,
    /// No value and no type tells.
    Informational,
}

/// Whom a change breaks in Rust.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Api {
    /// The same for every type.
    Always(Level),
    /// The first for what is sent, which has a builder; the second for what is only received.
    Sent(Level, Level),
    /// The first for what is only sent, which is closed: a `match` has an arm for each. The second for what is received,
    /// which is open.
    Closed(Level, Level),
}

/// A kind of change.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name, such as `limit-tightened`.
    pub name: &'static str,
    /// What changed.
    pub what: &'static str,
    /// Whom it breaks on the wire where the value is sent.
    pub sent: Level,
    /// Whom it breaks on the wire where the value is received.
    pub received: Level,
    /// Whom it breaks in Rust.
    pub api: Api,
    /// Why.
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
    // Operations. What is sent and what is received are the same here.

    OPERATION_ADDED: "operation-added", "the operation was added";
    Compatible Compatible Always(Compatible); "who does not call it notices nothing"

    OPERATION_REMOVED: "operation-removed", "the operation was removed";
    Breaking Breaking Always(Breaking); "its callers have nothing to call, and its method is gone"

    OPERATION_RENAMED: "operation-renamed", "the operation has another id";
    Informational Informational Always(Breaking); "the id never travels, but the method is named after it"

    OPERATION_ID_CHANGED: "operation-id-changed", "the id of the operation is spelt otherwise";
    Informational Informational Always(Informational); "the id never travels, and the method keeps its name"

    PATH_CHANGED: "path-changed", "the operation has another path";
    Breaking Breaking Always(Informational); "what goes to the old path is not found; the method stays as it was"

    METHOD_CHANGED: "method-changed", "the operation has another HTTP method";
    Breaking Breaking Always(Informational); "the old method is not allowed; the method of the client stays as it was"

    OPERATION_DEPRECATED: "operation-deprecated", "the operation is deprecated";
    Informational Informational Always(Compatible); "it still works; who calls it gets a warning of the compiler"

    OPERATION_NO_LONGER_DEPRECATED: "operation-no-longer-deprecated", "the operation is no longer deprecated";
    Informational Informational Always(Informational); "a warning of the compiler is gone"

    FIRST_PARAMETER_ADDED: "first-parameter-added", "the operation takes parameters now";
    Compatible Compatible Always(Breaking); "requests may stay as they are, but the method has one more argument"

    FIRST_REQUIRED_PARAMETER_ADDED: "first-required-parameter-added", "the operation asks for parameters now";
    Breaking Breaking Always(Breaking); "requests without them are refused, and the method has one more argument"

    PARAMETERS_REMOVED: "parameters-removed", "the operation takes no parameters any more";
    Breaking Breaking Always(Breaking); "what they asked for cannot be asked for, and the method has one argument less"

    PARAMETER_MOVED: "parameter-moved", "the parameter stands in another part of the request";
    Breaking Breaking Always(Informational); "the service does not look where it stood; its setter stays as it was"

    PARAMETER_STYLE_CHANGED: "parameter-style-changed", "the list is written with other separators";
    Breaking Breaking Always(Informational); "the service takes the old form for one text; its setter stays as it was"

    BODY_ADDED: "body-added", "the operation asks for a body";
    Breaking Breaking Always(Breaking); "requests without it are refused, and the method has one more argument"

    OPTIONAL_BODY_ADDED: "optional-body-added", "the operation takes a body";
    Compatible Compatible Always(Breaking); "requests may stay as they are, but the method has one more argument"

    BODY_REMOVED: "body-removed", "the operation takes no body any more";
    Breaking Breaking Always(Breaking); "what was said there cannot be said, and the method has one argument less"

    BODY_BECAME_REQUIRED: "body-became-required", "the body is required";
    Breaking Breaking Always(Breaking); "requests without it are refused; the argument is no `Option` any more"

    BODY_BECAME_OPTIONAL: "body-became-optional", "the body is optional";
    Compatible Compatible Always(Breaking); "requests may stay as they are, but the argument is an `Option`"

    BODY_FORMAT_CHANGED: "body-format-changed", "the body is written in another format";
    Breaking Breaking Always(Breaking); "the service reads another format, and the type is written otherwise"

    MEDIA_TYPE_ADDED: "media-type-added", "a media type was added";
    Compatible Compatible Always(Informational); "the others stay; the crate uses one of them"

    MEDIA_TYPE_REMOVED: "media-type-removed", "a media type was removed";
    Breaking Breaking Always(Informational); "who speaks it is refused; the crate uses one of those that are left"

    MEDIA_TYPE_CHANGED: "media-type-changed", "a media type took the place of another";
    Breaking Breaking Always(Informational); "who speaks the old one is refused; the crate says the new one"

    REPLY_ADDED: "reply-added", "a success brings a body";
    Compatible Compatible Always(Breaking); "a reader may leave it alone, but the method returns another type"

    REPLY_REMOVED: "reply-removed", "a success brings no body any more";
    Breaking Breaking Always(Breaking); "who reads it finds nothing, and the method returns another type"

    REPLY_MAY_BE_EMPTY: "reply-may-be-empty", "a success may come without a body";
    Breaking Breaking Always(Breaking); "who reads it may find nothing, and the method returns an `Option`"

    REPLY_IS_ALWAYS_THERE: "reply-is-always-there", "a success always brings its body";
    Compatible Compatible Always(Breaking); "a reader may leave it alone, but the method returns no `Option` any more"

    REPLY_FORMAT_CHANGED: "reply-format-changed", "a success brings a body of another format";
    Breaking Breaking Always(Breaking); "who reads the old format cannot read this one, and the method returns another type"

    STATUS_ADDED: "status-added", "a status is described";
    Compatible Compatible Always(Informational); "clients are prepared for any status"

    SUCCESS_CHANGED: "success-changed", "a success has another status";
    Breaking Breaking Always(Informational); "who waits for the old one waits for ever; the crate takes any 2xx for a success"

    SUCCESS_REMOVED: "success-removed", "one status of a success less is described";
    Compatible Compatible Always(Informational); "those that are left were described before"

    FAILURE_REMOVED: "failure-removed", "a status of a failure is no longer described";
    Compatible Compatible Always(Informational); "clients are prepared for any status"

    CREDENTIAL_ACCEPTED: "credential-accepted", "the operation accepts further credentials";
    Compatible Compatible Always(Informational); "those that were accepted still are"

    CREDENTIAL_REFUSED: "credential-refused", "the operation no longer accepts credentials of a kind";
    Breaking Breaking Always(Informational); "who has none of another kind is refused; the constructor belongs to the client"

    SECURITY_ADDED: "security-added", "the operation asks for credentials";
    Breaking Breaking Always(Informational); "who sends none is refused"

    SECURITY_REMOVED: "security-removed", "the operation asks for no credentials any more";
    Compatible Compatible Always(Informational); "who sends some sends them in vain"

    CERTIFICATE_ASKED_FOR: "certificate-asked-for", "the service may ask for a certificate of the client";
    Breaking Breaking Always(Informational); "who has none is refused; the HTTP client brings it"

    CERTIFICATE_NOT_ASKED_FOR: "certificate-not-asked-for", "the service asks for no certificate of the client any more";
    Compatible Compatible Always(Informational); "who has one brings it in vain"

    SCOPES_CHANGED: "scopes-changed", "other scopes belong to the operation";
    Informational Informational Always(Informational); "the description does not say which of them are needed"

    RATE_LIMIT_LOWERED: "rate-limit-lowered", "the operation may be called less often";
    Breaking Breaking Always(Informational); "who calls as often as before is told 429; the crate keeps the new rate"

    RATE_LIMIT_RAISED: "rate-limit-raised", "the operation may be called more often";
    Compatible Compatible Always(Informational); "who calls as often as before stays within it"

    RATE_LIMIT_CHANGED: "rate-limit-changed", "the operation has other rate limits";
    Breaking Breaking Always(Informational); "neither contains the other: who keeps the old one may be told 429"

    // What the crate holds for all operations.

    SERVER_ADDED: "server-added", "a server was added";
    Compatible Compatible Always(Informational); "the others stay; the caller gives the base URL"

    SERVER_REMOVED: "server-removed", "a server was removed";
    Breaking Breaking Always(Informational); "who calls it may find nobody; the caller gives the base URL"

    SERVER_CHANGED: "server-changed", "a server took the place of another";
    Breaking Breaking Always(Informational); "who calls the old one may find nobody; the caller gives the base URL"

    CREDENTIAL_ADDED: "credential-added", "there is a further kind of credentials";
    Compatible Compatible Always(Compatible); "the others stay, and there is one more constructor"

    FIRST_CREDENTIAL_ADDED: "first-credential-added", "there are credentials now";
    Breaking Breaking Always(Breaking); "a client without them is refused, by the service and by the compiler"

    CREDENTIAL_REMOVED: "credential-removed", "a kind of credentials was removed";
    Breaking Breaking Always(Breaking); "who has no others is refused, and the constructor is gone"

    CREDENTIAL_RENAMED: "credential-renamed", "a kind of credentials has another name";
    Informational Informational Always(Breaking); "the name never travels, but the constructor is named after it"

    CREDENTIAL_CHANGED: "credential-changed", "a kind of credentials is sent otherwise";
    Breaking Breaking Always(Breaking); "the service reads another header, and the constructor takes other arguments"

    AUTHORIZATION_PREFIX_CHANGED: "authorization-prefix-changed", "another word stands before the secret";
    Breaking Breaking Always(Informational); "the service does not know the old word; the constructor stays as it was"

    ERROR_BODY_ADDED: "error-body-added", "there is a further form of errors";
    Compatible Compatible Always(Compatible); "`ErrorBody` is open; the others stay"

    FIRST_ERROR_BODY_ADDED: "first-error-body-added", "errors have a described body now";
    Compatible Compatible Always(Breaking); "`Error` has another type in it"

    ERROR_BODY_REMOVED: "error-body-removed", "a form of errors is no longer described";
    Breaking Breaking Always(Breaking); "who reads it may find another, and its variant is gone"

    EVENT_ADDED: "event-added", "the service posts a further kind of event";
    Compatible Compatible Always(Compatible); "who does not know it keeps it as unknown; there is one more variant"

    EVENT_REMOVED: "event-removed", "the service posts a kind of event no more";
    Breaking Breaking Always(Breaking); "who waits for it waits for ever, and its variant is gone"

    CALLBACK_ADDED: "callback-added", "a known kind of event is posted on a further occasion";
    Compatible Compatible Always(Informational); "the event is known already"

    CALLBACK_REMOVED: "callback-removed", "a kind of event is posted on one occasion less";
    Breaking Breaking Always(Informational); "who waits for it waits for ever; the variant stays"

    CALLBACK_ADDRESS_CHANGED: "callback-address-changed", "an event goes to another address";
    Breaking Breaking Always(Informational); "who listens at the old one hears nothing"

    // Types.

    TYPE_RENAMED: "type-renamed", "the type has another name";
    Informational Informational Always(Breaking); "the name never travels, but code names it"

    TYPE_REPLACED: "type-replaced", "the value has another named type";
    Informational Informational Always(Breaking); "what differs on the wire is told apart; code names the old type"

    TYPE_CHANGED: "type-changed", "the value has another type";
    Breaking Breaking Always(Breaking); "values of the old type do not fit"

    TYPE_WIDENED: "type-widened", "the type takes more values";
    Compatible Breaking Always(Breaking); "old values fit, but a reader may meet others; the type in Rust is another"

    TYPE_NARROWED: "type-narrowed", "the type takes fewer values";
    Breaking Compatible Always(Breaking); "some old values do not fit, but a reader knows all that come; the type in Rust is another"

    BECAME_NULLABLE: "became-nullable", "the value may be `null`";
    Compatible Breaking Always(Breaking); "old values fit, but a reader may meet `null`; the type is `Nullable` now"

    NO_LONGER_NULLABLE: "no-longer-nullable", "the value may not be `null` any more";
    Breaking Compatible Always(Breaking); "`null` is refused; the type is not `Nullable` any more"

    NAME_IN_RUST_CHANGED: "name-in-rust-changed", "the name in Rust is another";
    Informational Informational Always(Breaking); "the name on the wire stays, but another name took the one in Rust"

    BOXED: "boxed", "the value stands behind a `Box` or no longer does";
    Informational Informational Always(Breaking); "JSON is the same, but the type in Rust is another"

    // Members: properties of objects, and parameters.

    MEMBER_ADDED: "member-added", "an optional member was added";
    Compatible Compatible Always(Compatible); "who does not know it leaves it out or skips it; structs are `#[non_exhaustive]`"

    MEMBER_WITH_NUMBERS_ADDED: "member-with-numbers-added", "an optional member with floating-point numbers in it was added";
    Compatible Compatible Always(Breaking); "as above, but the type is no longer `Eq`, nor is what holds it"

    REQUIRED_MEMBER_ADDED: "required-member-added", "a required member was added";
    Breaking Compatible Sent(Breaking, Compatible); "what is sent without it is refused, and does not build; a reader skips it"

    FIRST_REQUIRED_MEMBER_ADDED: "first-required-member-added", "a required member was added where none was required";
    Breaking Compatible Always(Breaking); "as above, and the type is no longer `Default`"

    REQUIRED_MEMBER_WITH_NUMBERS_ADDED: "required-member-with-numbers-added", "a required member with floating-point numbers in it was added";
    Breaking Compatible Always(Breaking); "as above, and the type is no longer `Eq`, nor is what holds it"

    MEMBER_REMOVED: "member-removed", "an optional member was removed";
    Breaking Compatible Always(Breaking); "the service does not know it any more; a reader had to be prepared for its absence; the field is gone"

    REQUIRED_MEMBER_REMOVED: "required-member-removed", "a required member was removed";
    Breaking Breaking Always(Breaking); "the service does not know it any more; a reader misses it; the field is gone"

    MEMBER_RENAMED: "member-renamed", "a member has another name";
    Breaking Breaking Always(Breaking); "neither side knows the old name; nor does the compiler"

    BECAME_REQUIRED: "became-required", "the member is required";
    Breaking Compatible Always(Breaking); "what is sent without it is refused; a reader finds it always; the field is no `Option` any more"

    BECAME_OPTIONAL: "became-optional", "the member is optional";
    Compatible Breaking Always(Breaking); "it may still be sent; a reader may miss it; the field is an `Option`"

    BECAME_READ_ONLY: "became-read-only", "only the service sets the member";
    Breaking Informational Sent(Breaking, Informational); "the service refuses it or leaves it aside, and the builder has no setter for it"

    NO_LONGER_READ_ONLY: "no-longer-read-only", "the member may be sent as well";
    Compatible Informational Sent(Compatible, Informational); "nobody has to send it; the builder has a setter for it"

    BECAME_WRITE_ONLY: "became-write-only", "the service no longer gives the member back";
    Informational Compatible Always(Informational); "it may still be sent; where it was required, it is optional now, which is told apart"

    NO_LONGER_WRITE_ONLY: "no-longer-write-only", "the service gives the member back as well";
    Informational Compatible Always(Informational); "a reader that does not know it skips it"

    DEFAULT_CHANGED: "default-changed", "another value is meant where the member is absent";
    Breaking Informational Always(Informational); "what is left out means something else now"

    DEFAULT_ADDED: "default-added", "the description says what is meant where the member is absent";
    Informational Informational Always(Informational); "defaults are never sent unasked"

    DEFAULT_REMOVED: "default-removed", "the description no longer says what is meant where the member is absent";
    Informational Informational Always(Informational); "defaults are never sent unasked"

    FORMAT_CHANGED: "format-changed", "the text or number has another format";
    Informational Informational Always(Informational); "a format that no type stands for is an annotation"

    DEPRECATION_CHANGED: "deprecation-changed", "the description advises against the member, or no longer does";
    Informational Informational Always(Informational); "it works as before, and its docs say it"

    SENSITIVITY_CHANGED: "sensitivity-changed", "`Debug` shows the value, or no longer does";
    Informational Informational Always(Informational); "no value and no type tells"

    OTHERS_KEPT: "others-kept", "members that the description does not name are kept";
    Compatible Compatible Always(Compatible); "they may come and go; there is one more field"

    OTHERS_NOT_KEPT: "others-not-kept", "members that the description does not name are no longer kept";
    Informational Informational Always(Breaking); "they may still come, but the field is gone"

    OTHERS_ALLOWED: "others-allowed", "members that the description does not name are allowed";
    Compatible Compatible Always(Informational); "they were refused before"

    OTHERS_REFUSED: "others-refused", "members that the description does not name are refused";
    Breaking Compatible Always(Informational); "who sends some is refused"

    KEPT_OTHERS_REFUSED: "kept-others-refused", "members that the description does not name are refused, and no longer kept";
    Breaking Compatible Always(Breaking); "who sends some is refused, and the field is gone"

    // Limits: lengths, numbers of items and members, ranges, steps, patterns, repeated items.

    LIMIT_TIGHTENED: "limit-tightened", "a limit is tighter";
    Breaking Compatible Always(Informational); "values that were fine are refused; a reader meets fewer"

    LIMIT_LOOSENED: "limit-loosened", "a limit is looser";
    Compatible Compatible Always(Informational); "values that were fine still are; a reader checks no limits"

    LIMIT_CHANGED: "limit-changed", "a limit is another";
    Breaking Compatible Always(Informational); "neither contains the other, as far as can be told: values that were fine may be refused"

    FIRST_LIMIT_ADDED: "first-limit-added", "a limit stands where the type had none";
    Breaking Compatible Always(Compatible); "values that were fine are refused, and the type has a `validate`"

    LAST_LIMIT_REMOVED: "last-limit-removed", "the type has no limit any more";
    Compatible Compatible Always(Breaking); "values that were fine still are, but the type has no `validate` any more"

    // Enumerations and unions.

    VALUE_ADDED: "value-added", "the enumeration lists a further value";
    Compatible Compatible Closed(Breaking, Compatible); "a reader keeps it as unknown; what is only sent is a closed enum, which a `match` takes apart"

    VALUE_OF_ANOTHER_KIND_ADDED: "value-of-another-kind-added", "the enumeration of texts lists a value that is none";
    Compatible Compatible Always(Breaking); "as above, but only an enum of texts has `as_str`"

    VALUE_REMOVED: "value-removed", "the enumeration lists one value less";
    Breaking Compatible Always(Breaking); "who sends it is refused; a reader meets fewer; its variant is gone"

    FORM_ADDED: "form-added", "the value may have a further form";
    Compatible Compatible Closed(Breaking, Compatible); "a reader keeps it as unknown; what is only sent is a closed enum, which a `match` takes apart"

    FORM_WITH_NUMBERS_ADDED: "form-with-numbers-added", "the value may have a further form, with floating-point numbers in it";
    Compatible Compatible Always(Breaking); "as above, and the type is no longer `Eq`, nor is what holds it"

    FORM_OF_A_KNOWN_TYPE_ADDED: "form-of-a-known-type-added", "the value may have a further form, of the type of another";
    Compatible Compatible Always(Breaking); "as above, and `From` no longer makes the union of that type: it could be either form"

    FORM_REMOVED: "form-removed", "the value may have one form less";
    Breaking Compatible Always(Breaking); "who sends it is refused; a reader meets fewer; its variant is gone"

    TAG_CHANGED: "tag-changed", "a form has another tag";
    Breaking Breaking Always(Breaking); "neither side knows the old tag, and the variant is named after it"

    DISCRIMINATOR_CHANGED: "discriminator-changed", "another member tells the forms apart";
    Breaking Breaking Always(Informational); "neither side finds the tag where it was"

    FORMS_TIGHTENED: "forms-tightened", "exactly one form must fit";
    Breaking Compatible Always(Informational); "values that fit several are refused"

    FORMS_LOOSENED: "forms-loosened", "several forms may fit";
    Compatible Compatible Always(Informational); "values that fit one still do"

    OPENED: "opened", "the type comes back as well, so that it keeps what the description does not list";
    Informational Informational Always(Breaking); "JSON is the same, but there is one more variant, and a `match` needs an arm for others"

    CLOSED: "closed", "the type is only sent, so that it holds what the description lists alone";
    Informational Informational Always(Breaking); "JSON is the same, but the variant of what is not listed is gone"

    // Words.

    DESCRIPTION_CHANGED: "description-changed", "the description says it in other words";
    Informational Informational Always(Informational); "words limit nothing"
}

impl Serialize for Rule {
    /// By its name.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name)
    }
}

impl Rule {
    /// The level on the wire of what travels in these directions; nothing travels where both are false.
    pub(super) fn wire(&self, sent: bool, received: bool) -> Level {
        let sent = if sent { self.sent } else { Informational };
        let received = if received { self.received } else { Informational };
        sent.min(received)
    }

    /// The level in Rust for a type that is used in these directions.
    pub(super) fn api(&self, sent: bool, received: bool) -> Level {
        match self.api {
            Sent(level, _) if sent => level,
            Closed(level, _) if !received => level,
            Always(level) | Sent(_, level) | Closed(_, level) => level,
        }
    }
}
