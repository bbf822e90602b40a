//! Paths of operations: the part that is sent, and the places of parameters in it.

use std::collections::{HashMap, HashSet};

use indexmap::IndexSet;

use super::Described;
use crate::api::ParameterLocation;
use crate::document::Cursor;
use crate::lower::operations::OperationReader;
use crate::lower::schemas::Reported;
use crate::names;

/// A path as requests have it.
pub(crate) struct SentPath {
    /// The path, followed by a query if every request has the same one; parameters are written `{name}`.
    pub(crate) template: String,
    /// The names in it that no parameter has.
    pub(crate) undeclared: IndexSet<String>,
}

/// A path in pieces: each is a text and the expression in braces that follows it, if one does.
type Pieces<'p> = Vec<(&'p str, Option<&'p str>)>;

impl<'d> OperationReader<'_, 'd> {
    /// Finds the parameter of each expression in a path. Reports names without a parameter, and takes out the parameters
    /// without a place.
    pub(super) fn sent_path(
        &mut self,
        described: &mut Vec<Described<'d>>,
        operation: &Cursor<'d>,
        path: &'d str,
    ) -> Result<SentPath, Reported> {
        let sent = self.without_fragment(operation, path);
        let query_names = described.iter().filter(|parameter| parameter.part == ParameterLocation::Query);
        let query_names: HashSet<_> = query_names.map(|parameter| parameter.name).collect();
        let sent = self.stated_query(operation, sent, &query_names);
        let Some(pieces) = pieces(&sent) else {
            let help = "a path consists of `/`, names, and parameters such as `{id}`";
            self.schemas.diagnostics.unsupported(operation, &format!("the path `{path}`"), help);
            return Err(Reported);
        };
        let declared = Declared::of(described);
        let mut template = String::new();
        let (mut placed, mut undeclared) = (HashSet::new(), IndexSet::new());
        for (text, expression) in pieces {
            template.push_str(text);
            let Some(expression) = expression else { continue };
            let name = self.parameter_of(operation, expression, &declared);
            if name.is_none() && undeclared.insert(expression.to_owned()) {
                let nearest = names::nearest(expression, declared.names.iter().copied());
                self.schemas.diagnostics.missing_parameter(operation, expression, nearest);
            }
            placed.extend(name);
            template.extend(["{", name.unwrap_or(expression), "}"]);
        }
        let has_place =
            |parameter: &Described<'_>| parameter.part != ParameterLocation::Path || placed.contains(parameter.name);
        for parameter in described.iter().filter(|parameter| !has_place(parameter)) {
            self.schemas.diagnostics.parameter_not_in_path(&parameter.node, parameter.name, path);
        }
        described.retain(has_place);
        Ok(SentPath { template, undeclared })
    }

    /// The path without its fragment, which no request has: it only distinguishes operations of one path.
    fn without_fragment(&mut self, operation: &Cursor<'d>, path: &'d str) -> &'d str {
        let Some((sent, fragment)) = path.split_once('#') else { return path };
        self.schemas.diagnostics.path_with_fragment(operation, fragment);
        sent
    }

    /// The path with those pairs of its query that are the same in every request, and without those that query parameters
    /// write.
    fn stated_query(&mut self, operation: &Cursor<'d>, path: &str, parameters: &HashSet<&str>) -> String {
        let Some((path, query)) = path.split_once('?') else { return path.to_owned() };
        let is_parameter = |pair: &&str| {
            let expression = pair.split_once('=').map_or(*pair, |(_, value)| value);
            let name = expression.strip_prefix('{').and_then(|name| name.strip_suffix('}'));
            name.is_some_and(|name| parameters.contains(name))
        };
        let pairs: Vec<_> = query.split('&').filter(|pair| !pair.is_empty() && !is_parameter(pair)).collect();
        if pairs.is_empty() {
            self.schemas.diagnostics.path_with_parameters(operation, query);
            return path.to_owned();
        }
        let pairs = pairs.join("&");
        self.schemas.diagnostics.path_with_query(operation, &pairs);
        [path, "?", &pairs].concat()
    }

    /// The declared parameter of an expression: the one of this name, or the only one without the operators of RFC 6570 and with
    /// the same letters and digits.
    fn parameter_of(&mut self, operation: &Cursor<'d>, expression: &str, declared: &Declared<'d>) -> Option<&'d str> {
        if let Some(same) = declared.names.get(expression) {
            return Some(same);
        }
        let only = declared.by_letters.get(&letters(expression)).copied().flatten()?;
        self.schemas.diagnostics.parameter_spelt_otherwise(operation, expression, only);
        Some(only)
    }
}

/// The path parameters that are declared.
struct Declared<'d> {
    names: IndexSet<&'d str>,
    /// Their names by letters and digits alone; `None` for those of several.
    by_letters: HashMap<String, Option<&'d str>>,
}

impl<'d> Declared<'d> {
    fn of(described: &[Described<'d>]) -> Self {
        let in_path = described.iter().filter(|parameter| parameter.part == ParameterLocation::Path);
        let names: IndexSet<_> = in_path.map(|parameter| parameter.name).collect();
        let mut by_letters = HashMap::new();
        for name in &names {
            by_letters.entry(letters(name)).and_modify(|only| *only = None).or_insert(Some(*name));
        }
        Self { names, by_letters }
    }
}

fn letters(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>().to_lowercase()
}

/// The pieces of a path; `None` for an invalid one.
fn pieces(path: &str) -> Option<Pieces<'_>> {
    let mut pieces = Vec::new();
    let mut rest = path;
    while let Some((text, inner)) = rest.split_once('{') {
        let (expression, after) = inner.split_once('}')?;
        if text.contains('}') || expression.is_empty() || expression.contains(['/', '{', ',', '?', '&']) {
            return None;
        }
        pieces.push((text, Some(expression)));
        rest = after;
    }
    pieces.push((rest, None));
    (!rest.contains('}')).then_some(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_read() {
        #[track_caller]
        fn check(path: &str, expected: Option<&[&str]>) {
            let names = pieces(path).map(|pieces| pieces.into_iter().filter_map(|(_, name)| name).collect::<Vec<_>>());
            assert_eq!(names.as_deref(), expected);
        }
        check("/a/b", Some(&[]));
        check("/a/{b}", Some(&["b"]));
        check("/a/{b}.{c}/d", Some(&["b", "c"]));
        check("/a/{;b*}", Some(&[";b*"]));
        check("/a/{b", None);
        check("/a}b", None);
        check("/a/{}/b", None);
        check("/a/{{b}}", None);
        check("/a/{b/c}", None);
        check("/a{?b,c}", None);
    }
}
