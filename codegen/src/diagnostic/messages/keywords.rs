//! Findings about keywords and the kinds of their values.

use std::fmt::Display;

use super::{Diagnostics, Place, list};
use crate::document::Origin;
use crate::grammar::Table;
use crate::names::nearest;

impl Diagnostics {
    pub(crate) fn unsupported_version(&mut self, origin: Origin, version: &str) {
        self.error(
            "unsupported-version",
            Place::Value(origin),
            format!("version `{version}` of OpenAPI is not supported"),
        )
        .help("descriptions in OpenAPI 3.0 and 3.1 are read, for example `openapi: 3.0.3`");
    }

    /// `instead` tells how this version says it, where the keyword is one of another version.
    pub(crate) fn unknown_keyword(
        &mut self,
        origin: Origin,
        found: &str,
        table: &Table,
        version: impl Display,
        instead: Option<&str>,
    ) {
        let names = table.members.iter().map(|keyword| keyword.name);
        let help = match (instead, nearest(found, names)) {
            (Some(help), _) => help.to_owned(),
            (None, Some(name)) => format!("did you mean `{name}`?"),
            (None, None) if table.members.is_empty() => format!("this name is not one that a {} can have", table.name),
            (None, None) => {
                let article = if table.name.starts_with(['A', 'E', 'I', 'O']) { "an" } else { "a" };
                format!("{article} {} of {version} has no such keyword; names of your own start with `x-`", table.name)
            }
        };
        let message = format!("unknown keyword `{found}`");
        self.error("unknown-keyword", Place::Key(origin, found.to_owned()), message).help(help);
    }

    /// A keyword that is known and has no meaning here; the origin is that of its value.
    pub(crate) fn refused_keyword(&mut self, origin: Origin, help: &str) {
        let name = origin.pointer.last().unwrap_or_default();
        self.error("unsupported-keyword", Place::Value(origin), format!("`{name}` is not supported")).help(help);
    }

    pub(crate) fn misspelt_extension(&mut self, origin: Origin, found: &str, name: &str) {
        let message = format!("unknown extension `{found}`");
        self.warning("unknown-extension", Place::Key(origin, found.to_owned()), message)
            .help(format!("did you mean `{name}`?"));
    }

    pub(crate) fn missing_keyword(&mut self, origin: Origin, specification: impl Display, table: &str, name: &str) {
        self.error("missing-keyword", Place::Value(origin), format!("the {table} lacks `{name}`"))
            .help(format!("{specification} requires `{name}` here"));
    }

    pub(crate) fn missing_all_of(&mut self, origin: Origin, table: &str, names: &[&str]) {
        self.error("missing-keyword", Place::Value(origin), format!("the {table} has none of {}", list(names)))
            .help("OpenAPI requires one of them here");
    }

    pub(crate) fn wrong_kind(&mut self, origin: Origin, expected: &str, found: &str, help: Option<&str>) {
        let name = origin.pointer.last().unwrap_or_default();
        let message = if name.is_empty() {
            format!("expected {expected}, found {found}")
        } else {
            format!("`{name}` must be {expected}, not {found}")
        };
        let help = help.map_or_else(|| format!("write {expected}"), str::to_owned);
        self.error("wrong-kind", Place::Value(origin), message).help(help);
    }

    pub(crate) fn unknown_value(&mut self, origin: Origin, found: &str, allowed: &[&str]) {
        // An item of a list is named by the keyword that holds the list.
        let is_index = |token: &String| token.bytes().all(|byte| byte.is_ascii_digit());
        let tokens: Vec<_> = origin.pointer.tokens().collect();
        let name = tokens.iter().rev().find(|token| !is_index(token)).cloned().unwrap_or_default();
        let help = match nearest(found, allowed.iter().copied()) {
            Some(word) => format!("did you mean `{word}`?"),
            None => format!("one of {}", list(allowed)),
        };
        self.error("unknown-value", Place::Value(origin), format!("unknown `{name}`: `{found}`")).help(help);
    }

    pub(crate) fn constant_outside_enum(&mut self, origin: Origin) {
        self.error("constant-outside-enum", Place::Value(origin), "`const` is not among the values of `enum`")
            .help("no value can fit; correct one of them, or take one out");
    }

    pub(crate) fn unreadable_object(&mut self, origin: Origin, problem: &str) {
        self.error("unreadable-object", Place::Value(origin), format!("this object cannot be read: {problem}"))
            .help("compare it with the OpenAPI specification");
    }
}
