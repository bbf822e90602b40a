//! Media types of bodies.

use crate::diff::types::match_by;
use crate::diff::{At, Comparison, rules};

impl Comparison<'_> {
    pub(super) fn media_types(&mut self, at: &At, old: &[String], new: &[String]) {
        let (matched, mut removed, mut added) = match_by(old, new, |a, b| is_same(a, b));
        removed.retain(|one| !is_offered(&old[*one], new));
        added.retain(|other| !is_offered(&new[*other], old));
        for (one, other) in matched.into_iter().filter(|(one, other)| old[*one] != new[*other]) {
            self.changed(at, &rules::MEDIA_TYPE_SPELLING_CHANGED, &*old[one], &*new[other]);
        }
        if let ([one], [other]) = (&*removed, &*added) {
            return self.changed(at, &rules::MEDIA_TYPE_CHANGED, &*old[*one], &*new[*other]);
        }
        for index in removed {
            self.removed(at, &rules::MEDIA_TYPE_REMOVED, &*old[index]);
        }
        for index in added {
            self.added(at, &rules::MEDIA_TYPE_ADDED, &*new[index]);
        }
    }
}

/// Returns `true` if a media type is one of several.
pub(super) fn is_offered(name: &str, among: &[String]) -> bool {
    among.iter().any(|other| is_same(name, other))
}

/// Returns `true` if two names are those of the same media type.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    normal(one) == normal(other)
}

/// The media type in lower case, with its parameters in order. The character set is left out if it is UTF-8, which is the usual
/// one.
fn normal(name: &str) -> (String, Vec<(String, String)>) {
    let mut pieces = name.split(';').map(str::trim);
    let essence = pieces.next().unwrap_or_default().to_ascii_lowercase();
    let parameter = |piece: &str| {
        let (key, value) = piece.split_once('=')?;
        Some((key.trim().to_ascii_lowercase(), value.trim().trim_matches('"').to_owned()))
    };
    let mut parameters: Vec<_> = pieces.filter_map(parameter).collect();
    parameters.retain(|(key, value)| key != "charset" || !["utf-8", "utf8"].contains(&&*value.to_ascii_lowercase()));
    parameters.sort();
    (essence, parameters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_utf_8_do_not_matter() {
        for name in ["Application/JSON", "application/json; charset=UTF-8", "application/json;charset=\"utf-8\""] {
            assert!(is_same(name, "application/json"), "{name}");
        }
        for name in ["application/json; v=2", "text/json", "application/json; charset=latin1"] {
            assert!(!is_same(name, "application/json"), "{name}");
        }
        assert!(is_same("a/b; x=1; y=2", "a/b;Y=2;x=1"));
    }
}
