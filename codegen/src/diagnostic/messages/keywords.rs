//! Findings about keywords and the kinds of their values.

use std::fmt::Display;

use super::{Diagnostics, article, keyword, list};
use crate::Severity;
use crate::document::Location;
use crate::grammar::Table;
use crate::names::nearest;

impl Diagnostics {
    pub(crate) fn unsupported_version(&mut self, at: impl Into<Location>, version: &str) {
        self.error("unsupported-version", at, format!("OpenAPI version `{version}` is not supported"))
            .help("include the patch version, as in `openapi: 3.0.3`; versions 3.0 and 3.1 are supported");
    }

    /// `instead` is the equivalent in this version of a keyword of another version.
    pub(crate) fn unknown_keyword(
        &mut self,
        at: impl Into<Location>,
        found: &str,
        table: &Table,
        version: impl Display,
        instead: Option<&str>,
    ) {
        let names = table.keywords.iter().map(|keyword| keyword.name);
        let nearest = if self.has_room(Severity::Error) { nearest(found, names) } else { None };
        let help = match (instead, nearest) {
            (Some(help), _) => help.to_owned(),
            (None, Some(name)) => format!("did you mean `{name}`?"),
            (None, None) if table.keywords.is_empty() => {
                format!("`{found}` is not a valid name in {}", article(table.name))
            }
            (None, None) => format!(
                "`{found}` is not a keyword of the {} in {version}; extension names start with `x-`",
                table.name
            ),
        };
        let message = format!("unknown keyword `{found}`");
        self.error("unknown-keyword", at, message).help(help);
    }

    /// A keyword that exists but is not supported; the location is that of its value.
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
        self.error("missing-keyword", at, format!("the {table} is missing `{name}`"))
            .help(format!("{specification} requires `{name}` here"));
    }

    pub(crate) fn missing_all_of(&mut self, at: impl Into<Location>, table: &str, names: &[&str]) {
        self.error("missing-keyword", at, format!("the {table} must contain at least one of {}", list(names)))
            .help("add one of them");
    }

    pub(crate) fn wrong_kind(&mut self, at: impl Into<Location>, expected: &str, found: &str, help: Option<&str>) {
        let at = at.into();
        let message = match &*at.name() {
            "" => format!("expected {expected}, found {found}"),
            name => format!("`{name}` must be {expected}, found {found}"),
        };
        let help = help.map_or_else(|| format!("change it to {expected}"), str::to_owned);
        self.error("wrong-kind", at, message).help(help);
    }

    pub(crate) fn unknown_value(&mut self, at: impl Into<Location>, found: &str, allowed: &[&str]) {
        let at = at.into();
        let message = format!("unknown value `{found}` for `{}`", keyword(&at));
        let help = match nearest(found, allowed.iter().copied()) {
            Some(word) => format!("did you mean `{word}`?"),
            None => format!("use one of {}", list(allowed)),
        };
        self.error("unknown-value", at, message).help(help);
    }

    pub(crate) fn constant_outside_enum(&mut self, at: impl Into<Location>) {
        self.error("constant-outside-enum", at, "`const` is not one of the values of `enum`")
            .help("no value can satisfy both; correct or remove one of them");
    }

    pub(crate) fn unreadable_object(&mut self, at: impl Into<Location>, problem: &str) {
        self.error("unreadable-object", at, format!("this object is invalid: {problem}"))
            .help("compare it with the OpenAPI specification");
    }
}
