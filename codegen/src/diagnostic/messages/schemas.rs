//! Findings about schemas.

use super::Diagnostics;
use crate::document::{Location, Origin};

impl Diagnostics {
    pub(crate) fn unsupported_keyword(&mut self, at: impl Into<Location>, keyword: &str, context: &str) {
        let message = format!("`{keyword}` is not supported {context}");
        self.error("unsupported-keyword", at, message)
            .help("remove it from the description; unsupported keywords are never silently ignored");
    }

    pub(crate) fn keyword_without_effect(&mut self, at: impl Into<Location>, keyword: &str, context: &str) {
        let message = format!("`{keyword}` has no effect {context}");
        self.warning("ineffective-keyword", at, message)
            .help("it does not apply to values of this type; correct the keyword or `type`");
    }

    pub(crate) fn required_without_property(&mut self, at: impl Into<Location>, name: &str, nearest: Option<&str>) {
        let help = match nearest {
            Some(property) => format!("did you mean `{property}`?"),
            None => format!("add `{name}` to `properties`"),
        };
        let message = format!("the required property `{name}` is not defined");
        self.warning("required-without-property", at, message).help(help);
    }

    pub(crate) fn required_but_forbidden(
        &mut self,
        at: impl Into<Location>,
        name: &str,
        nearest: Option<&str>,
        closed: &Origin,
    ) {
        let help = match nearest {
            Some(property) => format!("did you mean `{property}`?"),
            None => format!("add `{name}` to `properties`"),
        };
        let message = format!("the required property `{name}` is not defined, and is forbidden by `{closed}`");
        self.error("contradiction", at, message).help(help);
    }

    pub(crate) fn empty_range(&mut self, at: impl Into<Location>, low: &str, high: &str) {
        self.error("empty-range", at, format!("`{low}` is greater than `{high}`"))
            .help("no value can satisfy both; correct one of them");
    }

    pub(crate) fn bound_beyond_64_bits(&mut self, at: impl Into<Location>) {
        self.warning("unchecked", at, "a bound beyond 64 bits is not checked")
            .help("only the service checks it; use a bound of at most 64 bits");
    }

    pub(crate) fn contradiction(&mut self, at: impl Into<Location>, keyword: &str, other: &Origin) {
        let message = format!("`{keyword}` conflicts with `{keyword}` in `{other}`");
        self.error("contradiction", at, message).help("no value can satisfy both; correct one of them");
    }

    pub(crate) fn bad_step(&mut self, at: impl Into<Location>) {
        self.error("bad-step", at, "`multipleOf` must be greater than 0, in decimal notation")
            .help("write it as in `0.01`");
    }

    pub(crate) fn unchecked_pattern(&mut self, at: impl Into<Location>, reason: &str) {
        self.warning("unchecked", at, format!("this pattern is not checked: {reason}"))
            .help("only the service checks it; rewrite the pattern to check values before they are sent");
    }

    pub(crate) fn empty_enum(&mut self, at: impl Into<Location>) {
        self.error("empty-enum", at, "the enumeration has no values").help("add at least one value");
    }

    pub(crate) fn null_not_listed(&mut self, at: impl Into<Location>) {
        self.warning(
            "null-not-listed",
            at,
            "`nullable: true` is used with an `enum` that does not contain null; null is accepted",
        )
        .help("add `null` to the `enum`, or remove `nullable`");
    }

    pub(crate) fn enum_value_of_other_type(&mut self, at: impl Into<Location>, found: &str) {
        let message = format!("the enumeration contains {found}, which does not match its type");
        self.warning("enum-value-of-other-type", at, message).help("the value is omitted; correct the value or `type`");
    }

    pub(crate) fn enum_value_out_of_bounds(&mut self, at: impl Into<Location>) {
        let message = "the enumeration contains a value that violates a constraint next to it";
        self.warning("enum-value-out-of-bounds", at, message)
            .help("the value is omitted; correct the value or the constraint");
    }

    pub(crate) fn default_of_other_type(&mut self, at: impl Into<Location>, found: &str) {
        let message = format!("the default is {found}, which does not match the type");
        self.warning("invalid-default", at, message).help("correct the default or `type`");
    }

    pub(crate) fn default_not_listed(&mut self, at: impl Into<Location>) {
        self.warning("invalid-default", at, "the default is not one of the values of `enum`")
            .help("correct the default, or add it to `enum`");
    }

    /// A type that is renamed because another one has its name.
    pub(crate) fn name_taken(&mut self, at: impl Into<Location>, name: &str, other: &Origin, instead: &str) {
        let message = format!("the name `{name}` is used by `{other}`, so this type is named `{instead}`");
        self.warning("name-taken", at, message)
            .help("rename one of the schemas; otherwise, adding a schema or a file may rename a public type");
    }

    pub(crate) fn enum_value_without_quotes(&mut self, at: impl Into<Location>, text: &str) {
        self.warning("enum-value-without-quotes", at, format!("`{text}` in an enumeration of strings is read as text"))
            .help(format!("write `\"{text}\"`"));
    }

    pub(crate) fn name_clash(&mut self, at: impl Into<Location>, name: &str, other: &Origin) {
        self.error("name-clash", at, format!("the Rust name `{name}` is already used by `{other}`")).help(format!(
            "rename one of them, for example to `{name}2`, or refer to the same definition in both places"
        ));
    }

    pub(crate) fn schema_in_itself(&mut self, at: impl Into<Location>) {
        self.error("schema-in-itself", at, "this schema contains itself without an object in between")
            .help("make the recursive schema an object with `type: object` and `properties`");
    }

    pub(crate) fn infinite_type(&mut self, at: impl Into<Location>, name: &str) {
        self.error("infinite-type", at, format!("every value of the recursive type `{name}` would be infinite"))
            .help("make a property in the cycle optional, or turn it into a list");
    }

    pub(crate) fn duplicate_tag(&mut self, at: impl Into<Location>, tag: &str, other: &Origin) {
        self.error("duplicate-tag", at, format!("the discriminator value `{tag}` is already used by `{other}`"))
            .help("map each value to only one alternative");
    }

    pub(crate) fn name_is_not_a_tag(&mut self, at: impl Into<Location>, name: &str, similar: Option<&str>) {
        let used = similar.map_or_else(String::new, |tag| format!("; `{tag}` is used"));
        let message = format!("the schema name `{name}` is not one of the discriminator values of this variant{used}");
        self.warning("tag-not-listed", at, message)
            .help("without a `mapping` the schema names are the values; add a `mapping`");
    }

    pub(crate) fn tag_not_listed(&mut self, at: impl Into<Location>, tag: &str) {
        let message = format!("`{tag}` is not one of the discriminator values of this variant");
        self.warning("tag-not-listed", at, message)
            .help("no value can match this variant; correct the mapping or the variant");
    }
}
