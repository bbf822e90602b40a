use super::*;

/// The secret of credentials for one scheme.
fn secret(credentials: Credentials) -> Result<Secret, CredentialsError> {
    let [(_, secret)] = <[_; 1]>::try_from(credentials.secrets).unwrap_or_else(|_| panic!("there is one secret"));
    secret
}

#[track_caller]
fn check_header(credentials: Credentials, name: &str, expected: &str) {
    let Ok(Secret::Header(found, value)) = secret(credentials) else { panic!("{expected} is a header") };
    assert!(value.is_sensitive());
    assert_eq!((found.as_str(), value.as_bytes()), (name, expected.as_bytes()));
}

#[track_caller]
fn check_refused(credentials: Credentials, expected: CredentialsError) {
    assert_eq!(secret(credentials).err(), Some(expected));
}

#[test]
fn makes_headers() {
    let check = |credentials, expected| check_header(credentials, "authorization", expected);
    check(Credentials::with_prefix("key", "App", "key-1"), "App key-1");
    check(Credentials::with_prefix("key", "Token", "token"), "Token token");
    check(Credentials::bearer("key", "eyJ.x.y"), "Bearer eyJ.x.y");
    check(Credentials::header("key", "Authorization", "key"), "key");
    check(Credentials::header("key", "Authorization", "Bearer key"), "Bearer key");
    check(
        Credentials::http("key", "Signature", r#"keyId="a", signature="b""#),
        r#"Signature keyId="a", signature="b""#,
    );
    check(Credentials::basic("key", "Aladdin", "open sesame"), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    check(Credentials::basic("key", "test", "123\u{a3}"), "Basic dGVzdDoxMjPCow==");
    check(Credentials::basic("key", "user", "a:b"), "Basic dXNlcjphOmI=");
    check(Credentials::basic("key", "sk_test", ""), "Basic c2tfdGVzdDo=");
    check(Credentials::basic("key", "", "token"), "Basic OnRva2Vu");
    check_header(Credentials::header("key", "X-API-Key", "abc"), "x-api-key", "abc");
}

#[test]
fn refuses_texts_that_are_not_a_secret() {
    check_refused(Credentials::bearer("key", ""), CredentialsError::Empty);
    check_refused(Credentials::query("key", "q", ""), CredentialsError::Empty);
    check_refused(Credentials::basic("key", "", ""), CredentialsError::Empty);
    check_refused(Credentials::basic("key", "us:er", "password"), CredentialsError::ColonInUserName);
    check_refused(Credentials::basic("key", "user", "pass\nword"), CredentialsError::Invisible);
    for secret in ["key\r\nHost: x", "key ", " key", "k\u{e9}y", "key\0", "key\u{7f}", "key\t"] {
        check_refused(Credentials::with_prefix("key", "App", secret), CredentialsError::Invisible);
        check_refused(Credentials::header("key", "X-Key", secret), CredentialsError::Invisible);
        check_refused(Credentials::http("key", "Digest", secret), CredentialsError::Invisible);
        check_refused(Credentials::query("key", "q", secret), CredentialsError::Invisible);
        check_refused(Credentials::cookie("key", "c", secret), CredentialsError::Invisible);
    }
    check_refused(Credentials::with_prefix("key", "App", "two words"), CredentialsError::Invisible);
    for secret in ["a;b", "a,b", "a\"b", "a\\b"] {
        check_refused(Credentials::cookie("key", "c", secret), CredentialsError::Delimiter);
    }
    check_refused(Credentials::cookie("key", "a b", "x"), CredentialsError::Name);
    check_refused(Credentials::header("key", "a b", "x"), CredentialsError::Name);
}

#[test]
fn debug_prints_nothing_of_it() {
    let credentials = Credentials::with_prefix("key", "App", "secret-key").and(Credentials::query("q", "q", "secret"));
    assert_eq!(format!("{credentials:?}"), "Credentials([redacted])");
}

#[test]
fn queries_are_encoded_and_cookies_are_not() {
    let credentials = Credentials::query("q", "api key", "a+b&c").and(Credentials::cookie("c", "session", "a=b"));
    let Secrets(secrets) = credentials.and(Credentials::header("d", "Cookie", "x=y")).into_secrets().expect("valid");
    let [("q", Secret::Query(query)), ("c", Secret::Cookie(cookie)), ("d", Secret::Cookie(other))] = &secrets[..]
    else {
        panic!("each secret has its place")
    };
    assert_eq!([&**query, &**cookie, &**other], ["api%20key=a%2Bb%26c", "session=a=b", "x=y"]);
}

#[test]
fn later_credentials_replace_those_of_the_same_scheme() {
    let credentials = Credentials::bearer("key", "\n").and(Credentials::bearer("key", "new"));
    check_header(credentials, "authorization", "Bearer new");
}
