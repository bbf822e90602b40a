//! Findings about keywords and the kinds of their values.

use std::borrow::Cow;
use std::fmt::Display;

use super::{Diagnostics, list};
use crate::document::Location;
use crate::grammar::Table;
use crate::names::nearest;

impl Diagnostics {
    pub(crate) fn unsupported_version(&mut self, at: impl Into<Location>, version: &str) {
        self.error("unsupported-version", at, format!("version `{version}` of OpenAPI is not supported"))
            .help("descriptions in OpenAPI 3.0 and 3.1 are read, for example `openapi: 3.0.3`");
    }

    /// `instead` tells how this version says it, where the keyword is one of another version.
    pub(crate) fn unknown_keyword(
        &mut self,
        at: impl Into<Location>,
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
        self.error("unknown-keyword", at, message).help(help);
    }

    /// A keyword that is known and has no meaning here; the origin is that of its value.
    pub(crate) fn refused_keyword(&mut self, at: impl Into<Location>, help: &str) {
        let at = at.into();
        let message = format!("`{}` is not supported", at.name());
        self.error("unsupported-keyword", at, message).help(help);
    }

    pub(crate) fn misspelt_extension(&mut self, at: impl Into<Location>, found: &str, name: &str) {
        let message = format!("unknown extension `{found}`");
        self.warning("unknown-extension", at, message).help(format!("did you mean `{name}`?"));
    }

    pub(crate) fn missing_keyword(
        &mut self,
        at: impl Into<Location>,
        specification: impl Display,
        table: &str,
        name: &str,
    ) {
        self.error("missing-keyword", at, format!("the {table} lacks `{name}`"))
            .help(format!("{specification} requires `{name}` here"));
    }

    pub(crate) fn missing_all_of(&mut self, at: impl Into<Location>, table: &str, names: &[&str]) {
        self.error("missing-keyword", at, format!("the {table} has none of {}", list(names)))
            .help("OpenAPI requires one of them here");
    }

    pub(crate) fn wrong_kind(&mut self, at: impl Into<Location>, expected: &str, found: &str, help: Option<&str>) {
        let at = at.into();
        let message = match &*at.name() {
            "" => format!("expected {expected}, found {found}"),
            name => format!("`{name}` must be {expected}, not {found}"),
        };
        let help = help.map_or_else(|| format!("write {expected}"), str::to_owned);
        self.error("wrong-kind", at, message).help(help);
    }

    pub(crate) fn unknown_value(&mut self, at: impl Into<Location>, found: &str, allowed: &[&str]) {
        let at = at.into();
        // An item of a list is named by the keyword that holds the list.
        let is_name = |token: &Cow<'_, str>| token.bytes().any(|byte| !byte.is_ascii_digit());
        let name = at.origin.pointer.tokens().filter(is_name).last().unwrap_or_default();
        let message = format!("unknown `{name}`: `{found}`");
        let help = match nearest(found, allowed.iter().copied()) {
            Some(word) => format!("did you mean `{word}`?"),
            None => format!("one of {}", list(allowed)),
        };
        self.error("unknown-value", at, message).help(help);
    }

    pub(crate) fn constant_outside_enum(&mut self, at: impl Into<Location>) {
        self.error("constant-outside-enum", at, "`const` is not among the values of `enum`")
            .help("no value can fit; correct one of them, or take one out");
    }

    pub(crate) fn unreadable_object(&mut self, at: impl Into<Location>, problem: &str) {
        self.error("unreadable-object", at, format!("this object cannot be read: {problem}"))
            .help("compare it with the OpenAPI specification");
    }
}
