//! The rules for names of generated packages.

/// Reserved words of edition 2024, which paths in Rust cannot start with.
const KEYWORDS: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super",
    "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Crates that generated code depends on; a package with such a name would depend on itself or shadow the other crate.
const USED: &[&str] = &["alloc", "core", "wirecrate_runtime", "serde", "std", "test", "tokio"];

/// Accepts a name that is valid both for a package in Cargo and for a crate in Rust.
pub(super) fn parse(name: &str) -> Result<String, String> {
    let allowed = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_');
    if !name.starts_with(|first: char| first.is_ascii_alphabetic()) || !name.chars().all(allowed) {
        return Err("a package name must start with a letter and contain only letters, digits, `-` and `_`".to_owned());
    }
    let crate_name = name.replace('-', "_");
    if KEYWORDS.contains(&crate_name.as_str()) {
        return Err("this is a reserved word of Rust, which cannot be the name of a crate".to_owned());
    }
    if USED.contains(&crate_name.as_str()) {
        return Err("generated code depends on another crate with this name".to_owned());
    }
    Ok(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, accepted: bool) {
        assert_eq!(parse(name).is_ok(), accepted, "{name}");
    }

    #[test]
    fn names_that_cargo_and_rust_take() {
        check("probe", true);
        check("my-client_2", true);
        check("", false);
        check("2fast", false);
        check("-x", false);
        check("a b", false);
        check("a/b", false);
        check("é", false);
        check("type", false);
        check("wirecrate-runtime", false);
    }
}
