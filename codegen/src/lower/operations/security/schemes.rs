//! Security schemes, which become constructors of credentials.

use indexmap::IndexMap;
use openapiv3::{APIKeyLocation, SecurityScheme};

use crate::api::{AUTHORIZATION, Scheme};
use crate::document::Cursor;
use crate::lower::draft::DraftCredential;
use crate::lower::operations::OperationReader;
use crate::lower::operations::parameters::WRITTEN_BY_HTTP_LIBRARY;
use crate::names;

/// The security schemes that operations name, in the order of first use; `None` for those that cannot be read.
pub(crate) type Schemes<'d> = IndexMap<Cursor<'d>, Option<DraftCredential<'d>>>;

/// The name of the method that joins credentials, which no constructor can have.
const JOINS: &str = "and";

impl<'d> OperationReader<'_, 'd> {
    /// Reads a security scheme, once; `None` if it cannot be read or is a certificate.
    pub(super) fn credential(&mut self, scheme: &Cursor<'d>) -> Option<&DraftCredential<'d>> {
        if !self.schemes.contains_key(scheme) {
            let read = self.read_scheme(scheme);
            self.schemes.insert(scheme.clone(), read);
        }
        self.schemes.get(scheme)?.as_ref()
    }

    /// The name of the constructor for a scheme.
    pub(super) fn constructor(&self, wire_name: &str) -> String {
        names::free(&self.casing.snake_name(wire_name), |name| name != JOINS)
    }

    /// The schemes that operations name; equal schemes of several files become one.
    pub(crate) fn credentials(&mut self) -> Vec<DraftCredential<'d>> {
        let mut credentials: IndexMap<String, DraftCredential<'d>> = IndexMap::new();
        for credential in std::mem::take(&mut self.schemes).into_values().flatten() {
            match credentials.get(&credential.name) {
                Some(known) if known.at == credential.at || known.scheme.sends_like(&credential.scheme) => {}
                Some(known) => self.schemas.diagnostics.name_clash(credential.at, &credential.name, &known.at.origin()),
                None => {
                    credentials.insert(credential.name.clone(), credential);
                }
            }
        }
        credentials.into_values().collect()
    }

    fn read_scheme(&mut self, scheme: &Cursor<'d>) -> Option<DraftCredential<'d>> {
        let wire_name = scheme.name().unwrap_or_default().to_owned();
        let object = self.resolved.follow(scheme);
        if is_certificate(&object) {
            return None;
        }
        let typed = object.node().read().map_err(|error| error.to_string());
        let typed = typed.map_err(|problem| self.schemas.diagnostics.unreadable_object(&object, &problem)).ok()?;
        let (scheme, description) = match typed {
            SecurityScheme::APIKey { location, name, description, .. } => {
                (self.key(&object, &location, name)?, description)
            }
            SecurityScheme::HTTP { scheme, description, .. } => (self.http(&object, scheme)?, description),
            SecurityScheme::OAuth2 { description, .. } | SecurityScheme::OpenIDConnect { description, .. } => {
                (Scheme::Bearer, description)
            }
        };
        if let Some(prefix) = object.get("x-authorization-prefix")
            && !matches!(&scheme, Scheme::Header { name, .. } if name == AUTHORIZATION)
        {
            let help = "it belongs to an API key in the header `Authorization`";
            self.schemas.diagnostics.warn_not_used(prefix, "`x-authorization-prefix`", help);
        }
        let (name, flows) = (self.constructor(&wire_name), flows(&object));
        Some(DraftCredential { at: object, wire_name, name, description, scheme, flows })
    }

    /// The scheme of an API key, if a request can have it.
    fn key(&mut self, object: &Cursor<'d>, location: &APIKeyLocation, name: String) -> Option<Scheme> {
        let (what, help) = match location {
            APIKeyLocation::Query => return Some(Scheme::Query { name }),
            APIKeyLocation::Header if name.eq_ignore_ascii_case(AUTHORIZATION) => {
                return Some(Scheme::Header { name: AUTHORIZATION.to_owned(), prefix: self.prefix(object) });
            }
            APIKeyLocation::Header if is_set_by_client(&name) => {
                (format!("an API key in the header `{name}`"), "use another header; the client sets this one itself")
            }
            APIKeyLocation::Header if is_token(&name) => return Some(Scheme::Header { name, prefix: None }),
            APIKeyLocation::Cookie if is_token(&name) => return Some(Scheme::Cookie { name }),
            APIKeyLocation::Header | APIKeyLocation::Cookie => {
                (format!("the name `{name}`"), "use letters, digits, and the characters ``!#$%&'*+-.^_`|~``")
            }
        };
        self.schemas.diagnostics.unsupported_security(object.location_of("name"), &what, help);
        None
    }

    /// A scheme in the header `Authorization`.
    fn http(&mut self, object: &Cursor<'d>, scheme: String) -> Option<Scheme> {
        match scheme.to_ascii_lowercase().as_str() {
            "basic" => Some(Scheme::Basic),
            "bearer" => Some(Scheme::Bearer),
            _ if is_token(&scheme) => Some(Scheme::Http { scheme }),
            _ => {
                let help = "use a scheme such as `basic`, `bearer`, or `digest`";
                let what = format!("the HTTP authentication scheme `{scheme}`");
                self.schemas.diagnostics.unsupported_security(object.location_of("scheme"), &what, help);
                None
            }
        }
    }

    fn prefix(&mut self, scheme: &Cursor<'d>) -> Option<String> {
        let node = scheme.get("x-authorization-prefix")?;
        let word = node.as_str().filter(|word| word.bytes().all(|byte| byte.is_ascii_graphic()) && !word.is_empty());
        if word.is_none() {
            self.schemas.diagnostics.bad_extension(node, "one word of visible ASCII characters, such as `App`");
        }
        word.map(str::to_owned)
    }
}

/// Returns `true` for a certificate of the client, which belongs to the connection.
pub(super) fn is_certificate(scheme: &Cursor<'_>) -> bool {
    scheme.text("type") == Some("mutualTLS")
}

/// Returns `true` for a name of a header, a cookie, or an HTTP authentication scheme (RFC 9110).
fn is_token(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// Returns `true` for a header that formats or the HTTP library define.
fn is_set_by_client(header: &str) -> bool {
    let mut names = ["accept", "content-type"].iter().chain(WRITTEN_BY_HTTP_LIBRARY);
    names.any(|name| name.eq_ignore_ascii_case(header))
}

/// The URLs and the names of scopes of the flows of a scheme, and its discovery URL, each with its keyword.
fn flows(scheme: &Cursor<'_>) -> Vec<(String, String)> {
    let urls = |(flow, object): (&str, Cursor<'_>)| -> Vec<(String, String)> {
        let in_words = |value: &Cursor<'_>| match value.as_str() {
            Some(url) => url.to_owned(),
            None => value.properties().map(|(scope, _)| scope).collect::<Vec<_>>().join(", "),
        };
        object.properties().map(|(keyword, value)| (format!("{flow}.{keyword}"), in_words(&value))).collect()
    };
    let discovery = scheme.text("openIdConnectUrl").map(|url| ("openIdConnectUrl".to_owned(), url.to_owned()));
    scheme.object("flows").flat_map(urls).chain(discovery).collect()
}
