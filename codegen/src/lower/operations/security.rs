//! Security requirements and schemes, which become constructors of credentials.

use indexmap::IndexMap;
use openapiv3::{APIKeyLocation, SecurityScheme};

use super::OperationReader;
use crate::api::{Scheme, TokenRequirement};
use crate::document::Cursor;
use crate::lower::draft::DraftCredential;
use crate::names;

impl<'d> OperationReader<'_, 'd> {
    /// The names of the credentials that an operation accepts, each alone; a combination of several is reported.
    ///
    /// A client certificate is not a credential here: it belongs to the connection, and may be required beside one.
    pub(crate) fn accepted_credentials(&mut self, operation: &Cursor<'d>) -> Vec<String> {
        let mut accepted = Vec::new();
        for alternative in self.requirements(operation) {
            let names = alternative.properties().map(|(name, _)| name);
            let names: Vec<_> = names.filter(|name| !self.is_certificate(name)).collect();
            if names.len() > 1 {
                let help = "use one scheme in each alternative";
                self.schemas.diagnostics.unsupported_security(&alternative, "a combination of security schemes", help);
            }
            for name in names {
                self.require_scheme(&alternative, name);
                // A scheme whose name gives no Rust name is reported when the scheme is read.
                accepted.extend(Some(self.casing.snake_name(name)).filter(|name| !accepted.contains(name)));
            }
        }
        accepted
    }

    /// Returns `true` if a request needs no credentials: no requirement is stated, or one of them names none.
    pub(crate) fn is_anonymous(&self, operation: &Cursor<'d>) -> bool {
        let requirements = self.requirements(operation);
        requirements.is_empty() || requirements.iter().any(|alternative| alternative.properties().next().is_none())
    }

    /// The scopes of OAuth tokens that an operation accepts, in the order of the description.
    pub(crate) fn token_requirements(&self, operation: &Cursor<'d>) -> Vec<TokenRequirement> {
        let requirements = self.requirements(operation);
        let stated = requirements.iter().flat_map(Cursor::properties);
        let requirement = |(name, scopes): (&str, Cursor<'_>)| {
            let mut scopes: Vec<_> = scopes.items().filter_map(|scope| scope.as_str().map(str::to_owned)).collect();
            scopes.sort();
            TokenRequirement { credential: self.casing.snake_name(name), scopes }
        };
        stated.filter(|(name, _)| !self.is_certificate(name)).map(requirement).collect()
    }

    /// Reports operations of the root file that neither state security requirements nor inherit any, if others state some.
    pub(crate) fn report_missing_security(&mut self, operations: &[Cursor<'d>]) {
        if self.entries.last().is_none_or(|root| root.has("security")) {
            return;
        }
        let has_requirement = |operation: &&Cursor<'d>| operation.array("security").next().is_some();
        let mut silent = operations.iter().filter(|operation| !operation.has("security"));
        if let Some(first) = silent.next()
            && operations.iter().any(|operation| has_requirement(&operation))
        {
            self.schemas.diagnostics.no_security(first, silent.count());
        }
    }

    /// Returns `true` if an operation may require a certificate of the client.
    pub(crate) fn asks_for_certificate(&mut self, operation: &Cursor<'d>) -> bool {
        let requirements = self.requirements(operation);
        let mut names = requirements.iter().flat_map(Cursor::properties).map(|(name, _)| name);
        let Some(name) = names.find(|name| self.is_certificate(name)) else { return false };
        if let Some(scheme) = self.scheme(name)
            && self.checked.insert(scheme.clone())
        {
            let what = format!("the security scheme `{name}` (a client certificate)");
            let help = "add the certificate to the builder of an HTTP client, and pass the builder to `ClientBuilder::http_client`";
            self.schemas.diagnostics.note_not_used(scheme, &what, help);
        }
        true
    }

    /// The alternatives of security requirements of an operation: its own, or those of the root file.
    fn requirements(&self, operation: &Cursor<'d>) -> Vec<Cursor<'d>> {
        let holder = if operation.has("security") { Some(operation) } else { self.entries.last() };
        holder.into_iter().flat_map(|holder| holder.array("security")).collect()
    }

    /// A security scheme by its name in the root file, even if the operation is in another file.
    fn scheme(&self, name: &str) -> Option<Cursor<'d>> {
        self.entries.last()?.descend(["components", "securitySchemes", name])
    }

    fn is_certificate(&self, name: &str) -> bool {
        let scheme = self.scheme(name).map(|scheme| self.resolved.follow(&scheme));
        scheme.is_some_and(|scheme| scheme.text("type") == Some("mutualTLS"))
    }

    fn require_scheme(&mut self, alternative: &Cursor<'d>, name: &str) {
        if let Some(scheme) = self.scheme(name) {
            if !self.schemes.contains(&scheme) {
                self.schemes.push(scheme);
            }
        } else {
            let known = self.entries.last().and_then(|entry| entry.descend(["components", "securitySchemes"]));
            let known = known.into_iter().flat_map(|known| known.properties()).map(|(name, _)| name);
            let nearest = names::nearest(name, known);
            self.schemas.diagnostics.unknown_security_scheme(alternative.key(name), name, nearest);
        }
    }

    fn credential(&mut self, scheme: &Cursor<'d>, wire_name: &str) -> Option<DraftCredential<'d>> {
        let object = self.resolved.follow(scheme);
        let typed = object.node().read().map_err(|error| error.to_string());
        let typed = typed.map_err(|problem| self.schemas.diagnostics.unreadable_object(&object, &problem)).ok()?;
        let (scheme, description) = match typed {
            SecurityScheme::APIKey { location: APIKeyLocation::Header, name, description, .. }
                if name.eq_ignore_ascii_case("Authorization") =>
            {
                (Scheme::Key { prefix: self.prefix(&object) }, description)
            }
            SecurityScheme::HTTP { scheme, description, .. } if scheme.eq_ignore_ascii_case("basic") => {
                (Scheme::Basic, description)
            }
            SecurityScheme::HTTP { scheme, description, .. } if scheme.eq_ignore_ascii_case("bearer") => {
                (Scheme::Bearer, description)
            }
            SecurityScheme::OAuth2 { description, .. } => (Scheme::Bearer, description),
            SecurityScheme::APIKey { .. } | SecurityScheme::HTTP { .. } | SecurityScheme::OpenIDConnect { .. } => {
                let help =
                    "an API key in the `Authorization` header, HTTP basic, HTTP bearer, and OAuth 2.0 are supported";
                let what = format!("the type of the security scheme `{wire_name}`");
                self.schemas.diagnostics.unsupported_security(object, &what, help);
                return None;
            }
        };
        let name = self.casing.snake_name(wire_name);
        let flows = flows(&object);
        Some(DraftCredential { at: object, wire_name: wire_name.to_owned(), name, description, scheme, flows })
    }

    fn prefix(&mut self, scheme: &Cursor<'d>) -> Option<String> {
        let node = scheme.get("x-authorization-prefix")?;
        let word = node.as_str().filter(|word| word.bytes().all(|byte| byte.is_ascii_graphic()) && !word.is_empty());
        if word.is_none() {
            self.schemas.diagnostics.bad_extension(node, "one word of visible ASCII characters, such as `App`");
        }
        word.map(str::to_owned)
    }

    /// The schemes that operations accept, in the order of first use; equal schemes of several files become one.
    pub(crate) fn credentials(&mut self) -> Vec<DraftCredential<'d>> {
        let mut credentials: IndexMap<String, DraftCredential<'d>> = IndexMap::new();
        for scheme in std::mem::take(&mut self.schemes) {
            let Some(credential) = self.credential(&scheme, scheme.name().unwrap_or_default()) else { continue };
            match credentials.get(&credential.name) {
                Some(known) if known.at == credential.at || known.scheme == credential.scheme => {}
                Some(known) => self.schemas.diagnostics.name_clash(credential.at, &credential.name, &known.at.origin()),
                None => {
                    credentials.insert(credential.name.clone(), credential);
                }
            }
        }
        credentials.into_values().collect()
    }
}

/// The URLs and the names of scopes of the flows of a scheme, each with its keyword.
fn flows(scheme: &Cursor<'_>) -> Vec<(String, String)> {
    let urls = |(flow, object): (&str, Cursor<'_>)| -> Vec<(String, String)> {
        let in_words = |value: &Cursor<'_>| match value.as_str() {
            Some(url) => url.to_owned(),
            None => value.properties().map(|(scope, _)| scope).collect::<Vec<_>>().join(", "),
        };
        object.properties().map(|(keyword, value)| (format!("{flow}.{keyword}"), in_words(&value))).collect()
    };
    scheme.object("flows").flat_map(urls).collect()
}
