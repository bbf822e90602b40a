//! Security schemes to constructors of credentials.

use indexmap::IndexMap;
use openapiv3::{APIKeyLocation, SecurityScheme};

use super::OperationReader;
use crate::api::Scheme;
use crate::document::{Node, Origin};
use crate::lower::draft::DraftCredential;
use crate::names;

impl OperationReader<'_, '_> {
    /// The names of the credentials that an operation accepts, each alone; combinations of several are a finding.
    /// A client certificate is no credential here: it is the matter of the connection, and may stand beside one.
    pub(crate) fn accepted_credentials(&mut self, origin: &Origin, operation: &Node) -> Vec<String> {
        // Requirements name schemes of the file that was asked for, wherever the operation stands.
        let entry = self.entries.last().cloned().unwrap_or_else(|| Origin::file(&origin.file));
        let holder = if operation.get("security").is_some() { origin.clone() } else { entry.clone() };
        let place = holder.child("security");
        let Some(alternatives) = self.resolved.node(&place).and_then(Node::as_array) else { return Vec::new() };
        let mut accepted = Vec::new();
        for (index, alternative) in alternatives.iter().enumerate() {
            let place = place.child(index.to_string());
            let Some(schemes) = alternative.as_object() else { continue };
            let names = schemes.keys().filter(|name| !self.is_certificate(&entry, name)).collect::<Vec<_>>();
            if names.len() > 1 {
                let help = "let each alternative name one scheme";
                self.schemas.diagnostics.unsupported(place.clone(), "a combination of security schemes", help);
            }
            for name in names {
                self.require_scheme(&entry, &place, name);
                // A scheme without a name in Rust is a finding where the scheme is read.
                accepted.extend(Some(self.casing.snake_name(name)).filter(|name| !accepted.contains(name)));
            }
        }
        accepted
    }

    /// Whether an operation may ask for a certificate of the client.
    pub(crate) fn asks_for_certificate(&mut self, origin: &Origin, operation: &Node) -> bool {
        let entry = self.entries.last().cloned().unwrap_or_else(|| Origin::file(&origin.file));
        let holder = if operation.get("security").is_some() { origin } else { &entry };
        let alternatives = self.resolved.node(&holder.child("security")).and_then(Node::as_array).unwrap_or_default();
        let names: Vec<_> =
            alternatives.iter().filter_map(Node::as_object).flat_map(|schemes| schemes.keys()).collect();
        let Some(name) = names.into_iter().find(|name| self.is_certificate(&entry, name)) else { return false };
        let scheme = entry.descend(["components", "securitySchemes", name]);
        if self.checked_items.insert(scheme.clone()) {
            let help = "the HTTP client of the caller brings the certificate, with `ClientBuilder::http_client`";
            self.schemas.diagnostics.passed_over(
                scheme,
                &format!("the security scheme `{name}`, a certificate of the client,"),
                help,
            );
        }
        true
    }

    fn is_certificate(&self, entry: &Origin, name: &str) -> bool {
        let scheme = self.resolved.follow(&entry.descend(["components", "securitySchemes", name]));
        let ty = self.resolved.node(&scheme).and_then(|scheme| scheme.get("type"));
        ty.and_then(Node::as_str) == Some("mutualTLS")
    }

    fn require_scheme(&mut self, entry: &Origin, place: &Origin, name: &str) {
        let schemes = entry.descend(["components", "securitySchemes"]);
        let scheme = schemes.child(name);
        if self.resolved.node(&scheme).is_some() {
            if !self.schemes.contains(&scheme) {
                self.schemes.push(scheme);
            }
        } else {
            let known = self.resolved.node(&schemes).and_then(Node::as_object);
            let nearest = known.and_then(|known| names::nearest(name, known.keys().map(String::as_str)));
            self.schemas.diagnostics.unknown_security_scheme(place.key(name), name, nearest);
        }
    }

    fn credential(&mut self, place: &Origin, wire_name: &str) -> Option<DraftCredential> {
        let origin = self.resolved.follow(place);
        let read: SecurityScheme = self.resolved.read(&origin, self.schemas.diagnostics)?;
        let (scheme, description) = match read {
            SecurityScheme::APIKey { location: APIKeyLocation::Header, name, description, .. }
                if name.eq_ignore_ascii_case("Authorization") =>
            {
                (Scheme::Key { prefix: self.prefix(&origin) }, description)
            }
            SecurityScheme::HTTP { scheme, description, .. } if scheme.eq_ignore_ascii_case("basic") => {
                (Scheme::Basic, description)
            }
            SecurityScheme::HTTP { scheme, description, .. } if scheme.eq_ignore_ascii_case("bearer") => {
                (Scheme::Bearer, description)
            }
            SecurityScheme::OAuth2 { description, .. } => (Scheme::Bearer, description),
            _ => {
                let help = "a key in the header `Authorization`, HTTP basic, HTTP bearer and OAuth 2.0 are supported";
                self.schemas.diagnostics.unsupported(
                    origin,
                    &format!("the kind of the security scheme `{wire_name}`"),
                    help,
                );
                return None;
            }
        };
        let name = self.casing.snake_name(wire_name);
        Some(DraftCredential { origin, wire_name: wire_name.to_owned(), name, description, scheme })
    }

    fn prefix(&mut self, origin: &Origin) -> Option<String> {
        const EXTENSION: &str = "x-authorization-prefix";
        let node = self.resolved.node(origin)?.get(EXTENSION)?;
        let word = node.as_str().filter(|word| word.bytes().all(|byte| byte.is_ascii_graphic()) && !word.is_empty());
        if word.is_none() {
            self.schemas
                .diagnostics
                .bad_extension(origin.child(EXTENSION), "one word of visible ASCII characters, such as `App`");
        }
        word.map(str::to_owned)
    }

    /// The schemes that operations accept, in the order of first use; one that several files share is one.
    pub(crate) fn credentials(&mut self) -> Vec<DraftCredential> {
        let mut credentials: IndexMap<String, DraftCredential> = IndexMap::new();
        for place in std::mem::take(&mut self.schemes) {
            let wire_name = place.pointer.last().unwrap_or_default();
            let Some(credential) = self.credential(&place, &wire_name) else { continue };
            match credentials.get(&credential.name) {
                Some(known) if known.origin == credential.origin || known.scheme == credential.scheme => {}
                Some(known) => self.schemas.diagnostics.name_clash(credential.origin, &credential.name, &known.origin),
                None => {
                    credentials.insert(credential.name.clone(), credential);
                }
            }
        }
        credentials.into_values().collect()
    }
}
