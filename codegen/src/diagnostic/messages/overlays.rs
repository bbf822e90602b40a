//! Findings about overlays. Locations are in the text of the overlay.

use super::{Diagnostics, list};
use crate::document::{Location, Origin};

impl Diagnostics {
    pub(crate) fn unsupported_overlay(&mut self, at: impl Into<Location>, version: &str) {
        let message = format!("overlay version `{version}` is not supported");
        self.error("unsupported-version", at, message)
            .help("include the patch version, as in `overlay: 1.1.0`; versions 1.0 and 1.1 are supported");
    }

    pub(crate) fn no_actions(&mut self, at: impl Into<Location>) {
        self.error("no-actions", at, "the overlay has no actions")
            .help("add an action with `target` and one of `update`, `copy`, or `remove: true`");
    }

    pub(crate) fn repeated_action(&mut self, at: impl Into<Location>, other: &Origin) {
        let message = format!("this action is identical to `{}`", other.pointer);
        self.error("repeated-action", at, message).help("remove one of them");
    }

    pub(crate) fn action_without_effect(&mut self, at: impl Into<Location>) {
        self.warning("action-without-effect", at, "this action changes nothing")
            .help("add `update`, `copy`, or `remove: true`");
    }

    pub(crate) fn update_and_copy(&mut self, at: impl Into<Location>) {
        let message = "`update` and `copy` cannot be combined in one action";
        self.error("update-and-copy", at, message).help("split the action into two");
    }

    pub(crate) fn ignored_beside_remove(&mut self, at: impl Into<Location>, name: &str) {
        let message = format!("`{name}` has no effect next to `remove: true`");
        self.warning("ignored-beside-remove", at, message)
            .help("remove one of them; to replace a value, remove it in one action and add it in the next");
    }

    pub(crate) fn bad_query(&mut self, at: impl Into<Location>, text: &str, reason: &str) {
        self.error("bad-query", at, format!("`{text}` is not a valid JSONPath expression: {reason}"))
            .help("a JSONPath expression starts with `$`, for example `$.paths['/messages'].post`");
    }

    pub(crate) fn extends_another(&mut self, at: impl Into<Location>, entry: &str) {
        let message = format!("`extends` refers to another document, but the overlay is applied to `{entry}`");
        self.note("extends-another", at, message).help(format!("set `extends` to `{entry}`, or remove it"));
    }

    pub(crate) fn extends_none(&mut self, at: impl Into<Location>, entries: &[&str]) {
        let message = "`extends` matches none of the descriptions";
        self.error("extends-none", at, message)
            .help(format!("use one of {}; without `extends`, an overlay applies to all of them", list(entries)));
    }

    pub(crate) fn no_match(&mut self, at: impl Into<Location>, text: &str, entries: &[&str]) {
        let message = format!("`{text}` selects nothing in {}", list(entries));
        self.tolerable("no-match", at, message)
            .help("correct the expression, or remove the action if the description has changed");
    }

    pub(crate) fn mixed_targets(&mut self, at: impl Into<Location>, text: &str, kinds: &[&str]) {
        let message = format!("`{text}` selects both {}", kinds.join(" and "));
        self.error("mixed-targets", at, message)
            .help("the targets of an action must all be objects, all be lists, or all be strings, numbers, booleans, or nulls");
    }

    pub(crate) fn not_one_source(&mut self, at: impl Into<Location>, text: &str, entry: &str, count: usize) {
        let found = if count == 0 { "nothing".to_owned() } else { format!("{count} values") };
        let message = format!("`{text}` selects {found} in `{entry}`");
        self.error("not-one-source", at, message).help("`copy` must select exactly one value");
    }

    /// The location is that of the value in the overlay, `target` that of the target in the description.
    pub(crate) fn cannot_merge(&mut self, at: impl Into<Location>, found: &str, target: &Origin, there: &str) {
        let message = format!("{found} cannot be merged into `{target}`, which is {there}");
        self.error("cannot-merge", at, message)
            .help("objects can only be merged into objects, and lists into lists; to replace a value, remove it first");
    }

    pub(crate) fn remove_everything(&mut self, at: impl Into<Location>) {
        self.error("remove-everything", at, "cannot remove the entire description")
            .help("select the part to remove, for example `$.paths['/messages']`");
    }
}
