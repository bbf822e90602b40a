//! Security requirements, rate limits and credentials. Directions do not matter here.

use super::Level::{Breaking, Compatible, Informational};
use super::RustImpact::Always;

rules! { SECURITY:
    CREDENTIAL_ACCEPTED: "credential-accepted", "the operation accepts another kind of credentials";
    Compatible Compatible Always(Informational); "the others are still accepted"

    CREDENTIAL_REFUSED: "credential-refused", "the operation no longer accepts a kind of credentials";
    Breaking Breaking Always(Informational); "clients without another kind are rejected; the constructor is shared by all operations"

    CREDENTIAL_ALSO_REQUIRED: "credential-also-required", "the operation requires further credentials beside the old ones";
    Breaking Breaking Always(Informational); "requests with the old credentials alone are rejected"

    CREDENTIAL_NO_LONGER_REQUIRED: "credential-no-longer-required", "the operation requires only a part of a combination of credentials";
    Compatible Compatible Always(Informational); "requests with all of them are still valid"

    CREDENTIAL_NOT_USED: "credential-not-used", "the operation no longer uses a kind of credentials, and requires none";
    Compatible Compatible Always(Informational); "requests with them are still valid"

    SECURITY_ADDED: "security-added", "the operation now requires credentials";
    Breaking Breaking Always(Informational); "requests without them are rejected"

    SECURITY_REMOVED: "security-removed", "the operation no longer requires credentials";
    Compatible Compatible Always(Informational); "requests with credentials are still valid"

    SCOPE_REQUIRED: "scope-required", "the operation requires a token with different scopes";
    Breaking Breaking Always(Informational); "requests with a token of the old scopes are rejected"

    SCOPE_NOT_REQUIRED: "scope-not-required", "the operation requires a token with fewer scopes";
    Compatible Compatible Always(Informational); "a token of the old scopes is still accepted"

    CERTIFICATE_ASKED_FOR: "certificate-requested", "the service may now request a client certificate";
    Breaking Breaking Always(Informational); "clients without a certificate are rejected; it is configured in the HTTP client"

    CERTIFICATE_NOT_ASKED_FOR: "certificate-not-requested", "the service no longer requests a client certificate";
    Compatible Compatible Always(Informational); "clients with a certificate still work"

    SCOPES_CHANGED: "scopes-changed", "the scopes of the operation changed";
    Informational Informational Always(Informational); "the description does not state which of them are required"

    RATE_LIMIT_LOWERED: "rate-limit-lowered", "the rate limit is lower";
    Breaking Breaking Always(Informational); "clients at the old rate get status 429; the crate enforces the new rate"

    RATE_LIMIT_RAISED: "rate-limit-raised", "the rate limit is higher";
    Compatible Compatible Always(Informational); "clients at the old rate stay within the new limit"

    RATE_LIMIT_CHANGED: "rate-limit-changed", "the rate limit changed";
    Breaking Breaking Always(Informational); "neither limit includes the other, so clients at the old rate may get status 429"

    CREDENTIAL_ADDED: "credential-added", "another kind of credentials was added";
    Compatible Compatible Always(Compatible); "the others remain, and there is an additional constructor"

    FIRST_CREDENTIAL_ADDED: "first-credential-added", "operations now accept credentials";
    Informational Informational Always(Breaking); "operations that require them are reported separately; clients without them do not compile"

    CREDENTIALS_REQUIRED: "credentials-required", "every operation now requires credentials";
    Informational Informational Always(Breaking); "operations that require them are reported separately; clients without them do not compile"

    CREDENTIAL_REMOVED: "credential-removed", "a kind of credentials was removed";
    Informational Informational Always(Breaking); "operations that no longer accept it are reported separately; the constructor is removed"

    CREDENTIAL_RENAMED: "credential-renamed", "the name of a kind of credentials changed";
    Informational Informational Always(Breaking); "the name is not transmitted, but the constructor is named after it"

    CREDENTIAL_CHANGED: "credential-changed", "the scheme of a kind of credentials changed";
    Breaking Breaking Always(Breaking); "the service reads a different header, and the constructor has different arguments"

    CREDENTIAL_MOVED: "credential-moved", "the secret is sent in another part of the request, or in another form";
    Breaking Breaking Always(Informational); "the service does not find it in the old part; the constructor is unchanged"

    AUTHORIZATION_PREFIX_CHANGED: "authorization-prefix-changed", "the prefix of the secret changed";
    Breaking Breaking Always(Informational); "the service does not accept the old prefix; the constructor is unchanged"

    AUTHORIZATION_FLOW_CHANGED: "authorization-flow-changed", "the flow for obtaining a token changed";
    Informational Informational Always(Informational); "requests are unchanged; the caller obtains the token"
}
