//! Servers of the description, and those of single operations.

use super::types::match_by;
use super::{At, Comparison, Direction, rules};
use crate::api::{Operation, Server, ServerVariable};
use crate::document::Origin;

impl Comparison<'_> {
    pub(super) fn servers(&mut self) {
        let [old, new] = [&self.old.api.servers, &self.new.api.servers];
        let at = self.at_crate("servers", Direction::SENT, self.roots_of_files());
        self.server_lists(&at, old, new);
    }

    /// Compares the servers of an operation if one side has some for it alone.
    pub(super) fn own_servers(&mut self, at: &At, old: &Operation, new: &Operation) {
        if old.servers.is_empty() && new.servers.is_empty() {
            return;
        }
        let [shared_old, shared_new] = [&self.old.api.servers, &self.new.api.servers];
        let before = if old.servers.is_empty() { shared_old } else { &old.servers };
        let now = if new.servers.is_empty() { shared_new } else { &new.servers };
        self.server_lists(at, before, now);
    }

    fn server_lists(&mut self, at: &At, old: &[Server], new: &[Server]) {
        let (matched, removed, added) = match_by(old, new, |a, b| normal(&a.url) == normal(&b.url));
        let place = |old: Option<&Server>, new: Option<&Server>| {
            let origin = |server: Option<&Server>, none: &Origin| server.map_or(none, |server| &server.origin).clone();
            At { origins: [origin(old, &at.origins[0]), origin(new, &at.origins[1])], ..at.clone() }
        };
        for (one, other) in matched {
            let (old, new) = (&old[one], &new[other]);
            self.server(&place(Some(old), Some(new)), old, new);
        }
        if let ([one], [other]) = (&*removed, &*added) {
            let (old, new) = (&old[*one], &new[*other]);
            return self.changed(&place(Some(old), Some(new)), &rules::SERVER_CHANGED, &*old.url, &*new.url);
        }
        for server in removed.into_iter().map(|index| &old[index]) {
            self.removed(&place(Some(server), None), &rules::SERVER_REMOVED, &*server.url);
        }
        for server in added.into_iter().map(|index| &new[index]) {
            self.added(&place(None, Some(server)), &rules::SERVER_ADDED, &*server.url);
        }
    }

    fn server(&mut self, at: &At, old: &Server, new: &Server) {
        if old.url != new.url {
            self.changed(at, &rules::SERVER_SPELLING_CHANGED, &*old.url, &*new.url);
        }
        for (before, now) in variables(old).zip(variables(new)) {
            if let (Some(before), Some(now)) = (before, now) {
                self.server_variable(at, before, now);
            }
        }
    }

    fn server_variable(&mut self, at: &At, old: &ServerVariable, new: &ServerVariable) {
        let origins = [old.origin.clone(), new.origin.clone()];
        let at = At { origins, ..at.inside(&format!(".{}", new.name)) };
        if old.default != new.default {
            self.changed(&at, &rules::SERVER_DEFAULT_CHANGED, &*old.default, &*new.default);
        }
        let any = || "any value".to_owned();
        match (old.values.is_empty(), new.values.is_empty()) {
            (true, true) => {}
            (true, false) => self.changed(&at, &rules::SERVER_VALUE_REMOVED, any(), new.values.join(", ")),
            (false, true) => self.changed(&at, &rules::SERVER_VALUE_ADDED, old.values.join(", "), any()),
            (false, false) => {
                for value in old.values.iter().filter(|value| !new.values.contains(value)) {
                    self.removed(&at, &rules::SERVER_VALUE_REMOVED, &**value);
                }
                for value in new.values.iter().filter(|value| !old.values.contains(value)) {
                    self.added(&at, &rules::SERVER_VALUE_ADDED, &**value);
                }
            }
        }
    }
}

/// The variables of a URL, in the order in which they stand there.
fn variables(server: &Server) -> impl Iterator<Item = Option<&ServerVariable>> {
    let names = server.url.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    names.map(|(name, _)| server.variables.iter().find(|variable| variable.name == name))
}

/// The URL without differences that do not matter: the case of scheme and host, the names of variables, slashes at the end.
fn normal(url: &str) -> String {
    let mut pieces = url.split('{');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let rest = piece.split_once('}').map_or(piece, |(_, rest)| rest);
        text.push_str("{}");
        text.push_str(rest);
    }
    let start = text.find("://").map_or(0, |scheme| scheme + 3);
    let end = text[start..].find('/').map_or(text.len(), |path| start + path);
    let path = text.split_off(end);
    text.make_ascii_lowercase();
    text + path.trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_server_are_equal() {
        for url in ["https://a.example", "https://a.example/", "HTTPS://A.example", "https://a.example//"] {
            assert_eq!(normal(url), "https://a.example", "{url}");
        }
        assert_eq!(normal("https://{h}.example/{v}/"), "https://{}.example/{}");
        assert_ne!(normal("https://a.example/V1"), normal("https://a.example/v1"));
        assert_eq!(normal("/"), "");
    }
}
