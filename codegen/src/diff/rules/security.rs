//! Security requirements, rate limits and credentials. Directions do not matter here.

use super::Level::{Breaking, Compatible, Informational};
use super::RustImpact::Always;

rules! { SECURITY:
    CREDENTIAL_ACCEPTED: "credential-accepted", "the operation accepts a further kind of credentials";
    Compatible Compatible Always(Informational); "the others are still accepted"

    CREDENTIAL_REFUSED: "credential-refused", "the operation no longer accepts a kind of credentials";
    Breaking Breaking Always(Informational); "clients without another kind are rejected; the constructor belongs to the client"

    CREDENTIAL_NOT_USED: "credential-not-used", "the operation no longer uses a kind of credentials, and requires none";
    Compatible Compatible Always(Informational); "requests with them are still valid"

    SECURITY_ADDED: "security-added", "the operation requires credentials now";
    Breaking Breaking Always(Informational); "requests without them are rejected"

    SECURITY_REMOVED: "security-removed", "the operation no longer requires credentials";
    Compatible Compatible Always(Informational); "requests with credentials are still valid"

    SCOPE_REQUIRED: "scope-required", "the operation requires other scopes of a token";
    Breaking Breaking Always(Informational); "requests with tokens of the old scopes are rejected"

    SCOPE_NOT_REQUIRED: "scope-not-required", "the operation requires fewer scopes of a token";
    Compatible Compatible Always(Informational); "tokens of the old scopes are still accepted"

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

    CREDENTIAL_ADDED: "credential-added", "a further kind of credentials was added";
    Compatible Compatible Always(Compatible); "the others stay, and there is one more constructor"

    FIRST_CREDENTIAL_ADDED: "first-credential-added", "operations accept credentials now";
    Informational Informational Always(Breaking); "operations that require them are reported separately; a client without them does not compile"

    CREDENTIAL_REMOVED: "credential-removed", "a kind of credentials was removed";
    Informational Informational Always(Breaking); "operations that no longer accept it are reported separately; the constructor is gone"

    CREDENTIAL_RENAMED: "credential-renamed", "the name of a kind of credentials changed";
    Informational Informational Always(Breaking); "the name is not transmitted, but the constructor is named after it"

    CREDENTIAL_CHANGED: "credential-changed", "the scheme of a kind of credentials changed";
    Breaking Breaking Always(Breaking); "the service reads another header, and the constructor has other arguments"

    AUTHORIZATION_PREFIX_CHANGED: "authorization-prefix-changed", "the prefix of the secret changed";
    Breaking Breaking Always(Informational); "the service does not accept the old prefix; the constructor stays the same"

    AUTHORIZATION_FLOW_CHANGED: "authorization-flow-changed", "the way to get a token changed";
    Informational Informational Always(Informational); "requests stay the same; the caller gets the token"
}
