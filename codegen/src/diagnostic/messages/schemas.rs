//! Findings about schemas.

use super::Diagnostics;
use crate::document::{Location, Origin};

impl Diagnostics {
    pub(crate) fn unsupported_keyword(&mut self, at: impl Into<Location>, keyword: &str, context: &str) {
        let message = format!("`{keyword}` is not supported {context}");
        self.error("unsupported-keyword", at, message)
            .help("nothing is generated rather than something that ignores it; take it out of the description");
    }

    pub(crate) fn keyword_without_effect(&mut self, at: impl Into<Location>, keyword: &str, context: &str) {
        let message = format!("`{keyword}` has no effect {context}");
        self.warning("keyword-without-effect", at, message)
            .help("no value is checked for it; correct the keyword or `type`");
    }

    pub(crate) fn required_without_property(&mut self, at: impl Into<Location>, name: &str, nearest: Option<&str>) {
        let help = match nearest {
            Some(property) => format!("did you mean `{property}`?"),
            None => format!("describe `{name}` in `properties`"),
        };
        let message = format!("`{name}` is required but not among the properties");
        self.warning("required-without-property", at, message).help(help);
    }

    pub(crate) fn empty_range(&mut self, at: impl Into<Location>, low: &str, high: &str) {
        self.error("empty-range", at, format!("`{low}` is greater than `{high}`"))
            .help("no value can fit; correct one of them");
    }

    pub(crate) fn contradiction(&mut self, at: impl Into<Location>, keyword: &str, other: &Origin) {
        let message = format!("`{keyword}` and that of `{other}`, which both apply, have no value in common");
        self.error("contradiction", at, message).help("no value can fit; correct one of them");
    }

    pub(crate) fn bad_step(&mut self, at: impl Into<Location>) {
        self.error("bad-step", at, "no number can be checked to be a multiple of this")
            .help("write a number above 0, in digits");
    }

    pub(crate) fn unsupported_pattern(&mut self, at: impl Into<Location>, reason: &str) {
        self.error("unsupported-pattern", at, format!("this pattern cannot be checked: {reason}"))
            .help("write it another way, or take it out and leave the check to the service");
    }

    pub(crate) fn empty_enum(&mut self, at: impl Into<Location>) {
        self.error("empty-enum", at, "the enumeration has no value").help("list at least one value");
    }

    pub(crate) fn enum_value_of_other_type(&mut self, at: impl Into<Location>, found: &str) {
        let message = format!("the enumeration holds {found}, which is not of its type");
        self.warning("enum-value-of-other-type", at, message)
            .help("it is left out, because no value can be it; correct it, or `type`");
    }

    pub(crate) fn name_clash(&mut self, at: impl Into<Location>, name: &str, other: &Origin) {
        self.error("name-clash", at, format!("the Rust name `{name}` is already that of `{other}`"))
            .help(format!("rename one of them, for example to `{name}2`, or refer to one definition from both places"));
    }

    pub(crate) fn schema_in_itself(&mut self, at: impl Into<Location>) {
        self.error("schema-in-itself", at, "this schema contains itself, with no object in between")
            .help("give the part that comes again `type: object` and `properties`; those may contain themselves");
    }

    pub(crate) fn infinite_type(&mut self, at: impl Into<Location>, name: &str) {
        self.error("infinite-type", at, format!("a value of `{name}` must contain another one, without end"))
            .help("make one of the properties on the way optional, or a list");
    }

    pub(crate) fn duplicate_tag(&mut self, at: impl Into<Location>, tag: &str, other: &Origin) {
        self.error("duplicate-tag", at, format!("the tag `{tag}` is that of `{other}`, too"))
            .help("let each alternative have tags of its own");
    }

    pub(crate) fn tag_not_listed(&mut self, at: impl Into<Location>, tag: &str) {
        let message = format!("the variant lists the values of its tag, and `{tag}` is none of them");
        self.warning("tag-not-listed", at, message)
            .help("no value can be that variant; correct the mapping or the variant");
    }
}
