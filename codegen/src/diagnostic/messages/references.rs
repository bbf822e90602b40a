//! Findings about references.

use super::{Diagnostics, article};
use crate::document::{BadReference, Location};

impl Diagnostics {
    pub(crate) fn ignored_beside_reference(&mut self, at: impl Into<Location>, name: &str) {
        let message = format!("`{name}` is ignored next to `$ref`");
        self.warning("ignored-beside-reference", at, message)
            .help(format!("move the reference into an `allOf` with one item, and put `{name}` next to the `allOf`"));
    }

    pub(crate) fn bad_reference(&mut self, at: impl Into<Location>, text: &str, problem: BadReference) {
        let (problem, help) = match problem {
            BadReference::Url => ("points to another host", "copy the file into the folder of the description"),
            BadReference::OutsideFolder => (
                "points outside the folder of the description",
                "move the file into the folder; other files are not read",
            ),
            BadReference::NotAPointer => ("has no JSON Pointer after `#`", "write it as `#/components/schemas/Name`"),
        };
        self.error("bad-reference", at, format!("the reference `{text}` {problem}")).help(help);
    }

    pub(crate) fn unreadable_file(&mut self, at: impl Into<Location>, name: &str, problem: &str) {
        self.error("unreadable-file", at, format!("cannot read `{name}`: {problem}"))
            .help("paths are relative to the file that contains the reference");
    }

    pub(crate) fn dangling_reference(&mut self, at: impl Into<Location>, text: &str, nearest: Option<&str>) {
        let help = match nearest {
            Some(pointer) => format!("did you mean `{pointer}`?"),
            None => "define the target or correct the reference".to_owned(),
        };
        self.error("dangling-reference", at, format!("the target of the reference `{text}` does not exist")).help(help);
    }

    pub(crate) fn reference_to_other_kind(
        &mut self,
        at: impl Into<Location>,
        text: &str,
        expected: &str,
        found: Option<&str>,
    ) {
        let expected = article(expected);
        let message = match found {
            Some(found) => format!("the reference `{text}` points to {}, not to {expected}", article(found)),
            None => format!("the reference `{text}` does not point to {expected}"),
        };
        self.error("reference-to-other-kind", at, message).help(format!("refer to {expected}"));
    }

    pub(crate) fn reference_cycle(&mut self, at: impl Into<Location>, text: &str) {
        self.error("reference-cycle", at, format!("the reference `{text}` is part of a cycle"))
            .help("make one of the references in the cycle point to a definition");
    }

    pub(crate) fn dangling_mapping(&mut self, at: impl Into<Location>) {
        self.error("dangling-mapping", at, "the schema in this entry of the discriminator mapping does not exist").help(
            "use the name of a schema in `components.schemas`, or a reference to a file that is also referenced elsewhere",
        );
    }
}
