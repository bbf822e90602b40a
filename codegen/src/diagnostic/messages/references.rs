//! Findings about references.

use super::Diagnostics;
use crate::document::{BadReference, Location};

impl Diagnostics {
    pub(crate) fn ignored_beside_reference(&mut self, at: impl Into<Location>, name: &str) {
        let message = format!("`{name}` is ignored beside `$ref`");
        self.warning("ignored-beside-reference", at, message)
            .help("put the reference into an `allOf` of one, and this beside the `allOf`");
    }

    pub(crate) fn bad_reference(&mut self, at: impl Into<Location>, text: &str, problem: BadReference) {
        let (problem, help) = match problem {
            BadReference::Url => ("names another host", "copy the file into the folder of the description"),
            BadReference::OutsideFolder => {
                ("leaves the folder of the description", "move the file into the folder; nothing outside is read")
            }
            BadReference::NotAPointer => ("has no JSON Pointer behind `#`", "write it as `#/components/schemas/Name`"),
        };
        self.error("bad-reference", at, format!("the reference `{text}` {problem}")).help(help);
    }

    pub(crate) fn unreadable_file(&mut self, at: impl Into<Location>, name: &str, problem: &str) {
        self.error("unreadable-file", at, format!("cannot read `{name}`: {problem}"))
            .help("the path is relative to the file that holds the reference");
    }

    pub(crate) fn dangling_reference(&mut self, at: impl Into<Location>, text: &str, nearest: Option<&str>) {
        let help = match nearest {
            Some(pointer) => format!("did you mean `{pointer}`?"),
            None => "define it, or correct the reference".to_owned(),
        };
        self.error("dangling-reference", at, format!("the reference `{text}` leads nowhere")).help(help);
    }

    pub(crate) fn reference_to_other_kind(
        &mut self,
        at: impl Into<Location>,
        text: &str,
        expected: &str,
        found: Option<&str>,
    ) {
        let message = match found {
            Some(found) => format!("the reference `{text}` leads to a {found}, not to a {expected}"),
            None => format!("the reference `{text}` does not lead to a {expected}"),
        };
        self.error("reference-to-other-kind", at, message).help(format!("refer to a {expected}"));
    }

    pub(crate) fn reference_cycle(&mut self, at: impl Into<Location>, text: &str) {
        self.error("reference-cycle", at, format!("the reference `{text}` leads back to itself"))
            .help("let one of the references end at a definition");
    }

    pub(crate) fn dangling_mapping(&mut self, at: impl Into<Location>) {
        self.error("dangling-mapping", at, "the schema that the discriminator names does not exist")
            .help("name a schema of `components.schemas`, or a place in a file that something refers to");
    }
}
