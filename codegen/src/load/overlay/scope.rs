//! The scope of an overlay: the root files that it changes.

use super::Extends;
use crate::Diagnostics;
use crate::document::{Document, percent_decode};

/// The names of the files that an overlay changes, in order; `None` if `extends` is ambiguous.
///
/// Without `extends`, these are all root files. A relative reference whose last segment is the name of a file means that file,
/// so that `../spec/greeting.yaml` is found from any folder. Any other reference, such as the URL of the published document,
/// means the only root file, if there is only one.
pub(super) fn entries(
    document: &Document,
    extends: Option<&Extends>,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<String>> {
    let entries: Vec<&str> = document.files.keys().take(document.entries).map(String::as_str).collect();
    let Some(Extends { text, location }) = extends else {
        return Some(entries.into_iter().map(str::to_owned).collect());
    };
    let wanted = file_name(text);
    let named: Vec<_> = entries.iter().filter(|entry| wanted.as_deref() == last_segment(entry)).collect();
    match (named.as_slice(), entries.as_slice()) {
        ([entry], _) => Some(vec![(**entry).to_owned()]),
        (_, [entry]) => {
            diagnostics.extends_another(location.clone(), entry);
            Some(vec![(*entry).to_owned()])
        }
        _ => {
            diagnostics.extends_none(location.clone(), &entries);
            None
        }
    }
}

/// The name of the file in a relative reference; `None` for a URL.
fn file_name(reference: &str) -> Option<String> {
    let path = reference.split(['?', '#']).next()?;
    // A scheme ends with the first colon; the first segment of a relative reference has none.
    let is_url = path.starts_with("//") || path.split('/').next().is_some_and(|first| first.contains(':'));
    if is_url { None } else { percent_decode(last_segment(path)?) }
}

fn last_segment(path: &str) -> Option<&str> {
    path.rsplit('/').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relative_reference_names_a_file() {
        let check = |reference: &str, expected: Option<&str>| {
            assert_eq!(file_name(reference).as_deref(), expected, "{reference}");
        };
        check("bakery.yaml", Some("bakery.yaml"));
        check("./bakery.yaml", Some("bakery.yaml"));
        check("../spec/bakery.yaml#/info", Some("bakery.yaml"));
        check("/srv/bakery.yaml?v=1", Some("bakery.yaml"));
        check("the%20bakery.yaml", Some("the bakery.yaml"));
        check("https://example.com/bakery.yaml", None);
        check("//example.com/bakery.yaml", None);
        check("urn:bakery.yaml", None);
        check("%zz", None);
        check("", Some(""));
    }
}
