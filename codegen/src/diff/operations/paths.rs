//! Paths of operations. The names of their parameters are not transmitted.

/// The path with `{}` in place of each parameter.
pub(super) fn template(path: &str) -> String {
    pieces(path)
        .into_iter()
        .map(|(text, name)| if name.is_some() { format!("{text}{{}}") } else { text.to_owned() })
        .collect()
}

/// The old and new names of the parameters that were renamed, by their position in the path; none if the paths differ.
pub(super) fn renamed(old: &str, new: &str) -> Vec<(String, String)> {
    if template(old) != template(new) {
        return Vec::new();
    }
    let names = |path| pieces(path).into_iter().filter_map(|(_, name)| name);
    let both = names(old).zip(names(new)).filter(|(old, new)| old != new);
    both.map(|(old, new)| (old.to_owned(), new.to_owned())).collect()
}

/// The texts of a path, each with the name of the parameter that follows it.
fn pieces(path: &str) -> Vec<(&str, Option<&str>)> {
    let mut pieces = Vec::new();
    let mut rest = path;
    while let Some((text, inner)) = rest.split_once('{') {
        let Some((name, after)) = inner.split_once('}') else { break };
        pieces.push((text, Some(name)));
        rest = after;
    }
    pieces.push((rest, None));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_parameters_do_not_matter() {
        assert_eq!(template("/a/{b}.{c}/d"), "/a/{}.{}/d");
        assert_eq!(template("/a"), "/a");
        assert_ne!(template("/a/{b}"), template("/a/{b}/"));
        assert_eq!(renamed("/a/{b}/{c}", "/a/{x}/{c}"), [("b".to_owned(), "x".to_owned())]);
        assert_eq!(renamed("/a/{b}", "/c/{x}"), []);
    }
}
