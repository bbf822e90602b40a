//! Security schemes to constructors of credentials.

use indexmap::IndexMap;
use openapiv3::{APIKeyLocation, SecurityScheme};

use super::Lowering;
use crate::api::{Credential, Scheme};
use crate::names;
use crate::node::Node;
use crate::pointer::Origin;

impl Lowering<'_, '_> {
    /// The names of the credentials that an operation accepts, each alone; combinations of several are a finding.
    pub(super) fn accepted_credentials(&mut self, origin: &Origin, operation: &Node) -> Vec<String> {
        // Requirements name schemes of the file that was asked for, wherever the operation stands.
        let entry = self.entries.last().cloned().unwrap_or_else(|| Origin::file(&origin.file));
        let holder = if operation.get("security").is_some() { origin.clone() } else { entry.clone() };
        let place = holder.child("security");
        let Some(alternatives) = self.resolved.node(&place).and_then(Node::as_array) else { return Vec::new() };
        let mut accepted = Vec::new();
        for (index, alternative) in alternatives.iter().enumerate() {
            let place = place.child(index.to_string());
            let Some(schemes) = alternative.as_object() else { continue };
            if schemes.len() > 1 {
                let help = "let each alternative name one scheme";
                self.diagnostics.unsupported(place.clone(), "a combination of security schemes", help);
            }
            for name in schemes.keys() {
                self.require_scheme(&entry, &place, name);
                // A scheme without a name in Rust is a finding where the scheme is read.
                accepted.extend(Some(names::snake_name(name)).filter(|name| !accepted.contains(name)));
            }
        }
        accepted
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
            self.diagnostics.unknown_security_scheme(place.clone(), name, nearest);
        }
    }

    fn credential(&mut self, place: &Origin, wire_name: &str) -> Option<Credential> {
        let origin = self.resolved.follow(place);
        let read: SecurityScheme = self.resolved.read(&origin, self.diagnostics)?;
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
                self.diagnostics.unsupported(origin, &format!("the kind of the security scheme `{wire_name}`"), help);
                return None;
            }
        };
        let name = names::snake_name(wire_name);
        Some(Credential { origin, wire_name: wire_name.to_owned(), name, description, scheme, variables: Vec::new() })
    }

    fn prefix(&mut self, origin: &Origin) -> Option<String> {
        const EXTENSION: &str = "x-authorization-prefix";
        let node = self.resolved.node(origin)?.get(EXTENSION)?;
        let word = node.as_str().filter(|word| word.bytes().all(|byte| byte.is_ascii_graphic()) && !word.is_empty());
        if word.is_none() {
            self.diagnostics
                .bad_extension(origin.child(EXTENSION), "one word of visible ASCII characters, such as `App`");
        }
        word.map(str::to_owned)
    }
}

/// The schemes that operations accept, in the order of first use; one that several files share is one.
pub(super) fn lower_security(lowering: &mut Lowering<'_, '_>) -> Vec<Credential> {
    let mut credentials: IndexMap<String, Credential> = IndexMap::new();
    for place in std::mem::take(&mut lowering.schemes) {
        let wire_name = place.pointer.last().unwrap_or_default();
        let Some(credential) = lowering.credential(&place, &wire_name) else { continue };
        match credentials.get(&credential.name) {
            Some(known) if known.origin == credential.origin || known.scheme == credential.scheme => {}
            Some(known) => lowering.diagnostics.name_clash(credential.origin, &credential.name, &known.origin),
            None => {
                credentials.insert(credential.name.clone(), credential);
            }
        }
    }
    credentials.into_values().collect()
}
