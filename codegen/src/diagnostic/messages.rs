//! One constructor per finding, so that wordings live beside their siblings and every place that raises one can be found.

use std::fmt::Display;

use super::{Diagnostics, Place};
use crate::load::{BadReference, Table};
use crate::names::nearest;
use crate::pointer::Origin;
use crate::source::Span;

/// Extensions that have a meaning here; others pass.
pub(crate) const EXTENSIONS: &[&str] =
    &["x-authorization-prefix", "x-codegen-request-body-name", "x-scopes", "x-sensitive", "x-throttling-info"];

/// The text itself.
impl Diagnostics {
    pub(crate) fn syntax_error(&mut self, file: Origin, span: Span, problem: &str) {
        let mut problem = problem.to_owned();
        if let Some(first) = problem.get_mut(..1) {
            first.make_ascii_lowercase();
        }
        self.error("syntax", Place::Text(file, span), problem).help("the file is read as JSON or YAML by its ending");
    }

    pub(crate) fn empty_document(&mut self, file: Origin) {
        self.error("empty-document", Place::Text(file, Span::default()), "the document is empty")
            .help("a description starts with `openapi: 3.0.3`, an overlay with `overlay: 1.1.0`");
    }

    pub(crate) fn several_documents(&mut self, origin: Origin, span: Span) {
        self.error("several-documents", Place::Text(origin, span), "a second YAML document starts here")
            .help("put each description into a file of its own");
    }

    pub(crate) fn too_large(&mut self, file: Origin) {
        self.error("too-large", Place::Text(file, Span::default()), "the file is larger than 4 GiB");
    }

    pub(crate) fn too_deep(&mut self, origin: Origin, span: Span) {
        self.error("too-deep", Place::Text(origin, span), "values nest too deeply here")
            .help("at most 128 levels, and a million values by aliases or overlays, are read");
    }

    pub(crate) fn not_a_json_number(&mut self, origin: Origin, span: Span, text: &str) {
        self.error(
            "not-a-json-number",
            Place::Text(origin, span),
            format!("`{text}` is not a number that JSON can hold"),
        )
        .help("quote it if it is meant as text");
    }

    pub(crate) fn duplicate_key(&mut self, origin: Origin, span: Span, key: &str) {
        self.error("duplicate-key", Place::Text(origin, span), format!("`{key}` is given twice in the same object"))
            .help("keep one of them; which one counts is not defined");
    }

    pub(crate) fn key_is_not_text(&mut self, origin: Origin, span: Span) {
        self.error("key-is-not-text", Place::Text(origin, span), "a list or an object cannot name a member")
            .help("write the name as text");
    }

    pub(crate) fn alias_of_itself(&mut self, origin: Origin, span: Span) {
        self.error("alias-of-itself", Place::Text(origin, span), "this alias stands inside the value that it names")
            .help("use a `$ref` where a schema contains itself");
    }
}

/// Keywords and references.
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

    pub(crate) fn ignored_beside_reference(&mut self, origin: Origin, name: &str) {
        let message = format!("`{name}` is ignored beside `$ref`");
        self.warning("ignored-beside-reference", Place::Key(origin, name.to_owned()), message)
            .help("put the reference into an `allOf` of one, and this beside the `allOf`");
    }

    pub(crate) fn bad_reference(&mut self, holder: &Origin, text: &str, problem: BadReference) {
        let (problem, help) = match problem {
            BadReference::Url => ("names another host", "copy the file into the folder of the description"),
            BadReference::OutsideFolder => {
                ("leaves the folder of the description", "move the file into the folder; nothing outside is read")
            }
            BadReference::NotAPointer => ("has no JSON Pointer behind `#`", "write it as `#/components/schemas/Name`"),
        };
        self.error("bad-reference", Place::Value(holder.child("$ref")), format!("the reference `{text}` {problem}"))
            .help(help);
    }

    pub(crate) fn unreadable_file(&mut self, holder: &Origin, name: &str, problem: &str) {
        self.error("unreadable-file", Place::Value(holder.child("$ref")), format!("cannot read `{name}`: {problem}"))
            .help("the path is relative to the file that holds the reference");
    }

    pub(crate) fn dangling_reference(&mut self, holder: &Origin, text: &str, nearest: Option<&str>) {
        let help = match nearest {
            Some(pointer) => format!("did you mean `{pointer}`?"),
            None => "define it, or correct the reference".to_owned(),
        };
        self.error(
            "dangling-reference",
            Place::Value(holder.child("$ref")),
            format!("the reference `{text}` leads nowhere"),
        )
        .help(help);
    }

    pub(crate) fn dangling_mapping(&mut self, origin: Origin) {
        self.error("dangling-mapping", Place::Value(origin), "the schema that the discriminator names does not exist")
            .help("name a schema of `components.schemas`, or a place in a file that something refers to");
    }

    pub(crate) fn duplicate_tag(&mut self, origin: Origin, tag: &str, other: &Origin) {
        self.error("duplicate-tag", Place::Value(origin), format!("the tag `{tag}` is that of `{other}`, too"))
            .help("let each alternative have tags of its own");
    }

    pub(crate) fn tag_not_listed(&mut self, origin: Origin, tag: &str) {
        let message = format!("the variant lists the values of its tag, and `{tag}` is none of them");
        self.warning("tag-not-listed", Place::Value(origin), message)
            .help("no value can be that variant; correct the mapping or the variant");
    }

    pub(crate) fn reference_to_other_kind(&mut self, holder: &Origin, text: &str, expected: &str, found: Option<&str>) {
        let message = match found {
            Some(found) => format!("the reference `{text}` leads to a {found}, not to a {expected}"),
            None => format!("the reference `{text}` does not lead to a {expected}"),
        };
        self.error("reference-to-other-kind", Place::Value(holder.child("$ref")), message)
            .help(format!("refer to a {expected}"));
    }

    pub(crate) fn reference_cycle(&mut self, holder: &Origin, text: &str) {
        self.error(
            "reference-cycle",
            Place::Value(holder.child("$ref")),
            format!("the reference `{text}` leads back to itself"),
        )
        .help("let one of the references end at a definition");
    }

    pub(crate) fn unreadable_object(&mut self, origin: Origin, problem: &str) {
        self.error("unreadable-object", Place::Value(origin), format!("this object cannot be read: {problem}"))
            .help("compare it with the OpenAPI specification");
    }
}

/// Overlays. What an action does is found where its text stands in the overlay, which the caller knows.
impl Diagnostics {
    pub(crate) fn unsupported_overlay(&mut self, origin: Origin, version: &str) {
        let message = format!("version `{version}` of overlays is not supported");
        self.error("unsupported-version", Place::Value(origin), message)
            .help("overlays of 1.0 and 1.1 are read, for example `overlay: 1.1.0`");
    }

    pub(crate) fn no_actions(&mut self, origin: Origin) {
        self.error("no-actions", Place::Value(origin), "the overlay has no action")
            .help("list at least one, with a `target` and what to do there");
    }

    pub(crate) fn repeated_action(&mut self, origin: Origin, other: &Origin) {
        let message = format!("this action is the same as `{}`", other.pointer);
        self.error("repeated-action", Place::Value(origin), message).help("take one of them out");
    }

    pub(crate) fn action_without_effect(&mut self, origin: Origin) {
        self.warning("action-without-effect", Place::Value(origin), "this action changes nothing")
            .help("say what to do: `update`, `copy`, or `remove: true`");
    }

    pub(crate) fn update_and_copy(&mut self, origin: Origin) {
        let message = "`update` and `copy` stand in one action, where neither has an effect";
        self.error("update-and-copy", Place::Key(origin, "copy".to_owned()), message).help("make two actions of it");
    }

    pub(crate) fn ignored_beside_remove(&mut self, origin: Origin, name: &str) {
        let message = format!("`{name}` has no effect beside `remove: true`");
        self.warning("ignored-beside-remove", Place::Key(origin, name.to_owned()), message)
            .help("take one of them out; to replace a value, remove it in one action and add it in the next");
    }

    pub(crate) fn bad_query(&mut self, origin: Origin, text: &str, reason: &str) {
        self.error("bad-query", Place::Value(origin), format!("`{text}` is not a JSONPath expression: {reason}"))
            .help("an expression of RFC 9535 starts with `$`, as in `$.paths['/messages'].post`");
    }

    pub(crate) fn extends_another(&mut self, origin: Origin, span: Span, entry: &str) {
        let message = format!("`extends` names another document; `{entry}` is patched");
        self.note("extends-another", Place::Text(origin, span), message)
            .help("name the file, or take `extends` out, to say that it is meant");
    }

    pub(crate) fn extends_none(&mut self, origin: Origin, span: Span, entries: &[&str]) {
        let message = "`extends` names none of the descriptions";
        self.error("extends-none", Place::Text(origin, span), message)
            .help(format!("one of {}; without `extends` an overlay is for all of them", list(entries)));
    }

    pub(crate) fn no_match(&mut self, origin: Origin, span: Span, text: &str, entries: &[&str]) {
        let message = format!("`{text}` selects nothing in {}", list(entries));
        self.error("no-match", Place::Text(origin, span), message)
            .help("the description has changed, or the expression is wrong; correct the action, or take it out");
    }

    pub(crate) fn mixed_targets(&mut self, origin: Origin, span: Span, text: &str, kinds: &[&str]) {
        let message = format!("`{text}` selects {}", kinds.join(" and "));
        self.error("mixed-targets", Place::Text(origin, span), message)
            .help("the targets of one action must be all objects, all lists, or all neither");
    }

    pub(crate) fn not_one_source(&mut self, origin: Origin, span: Span, text: &str, entry: &str, count: usize) {
        let found = if count == 0 { "nothing".to_owned() } else { format!("{count} values") };
        let message = format!("`{text}` selects {found} in `{entry}`");
        self.error("not-one-source", Place::Text(origin, span), message).help("`copy` takes exactly one value");
    }

    /// The origin is that of the value in the overlay, `place` that of the target in the description.
    pub(crate) fn cannot_merge(&mut self, origin: Origin, span: Span, found: &str, place: &Origin, there: &str) {
        let message = format!("{found} cannot be merged into `{place}`, which is {there}");
        self.error("cannot-merge", Place::Text(origin, span), message).help(
            "objects merge with objects, lists with lists, other values with each other; remove the old value first",
        );
    }

    pub(crate) fn remove_everything(&mut self, origin: Origin, span: Span) {
        self.error("remove-everything", Place::Text(origin, span), "the whole description cannot be removed")
            .help("select what is to go, as in `$.paths['/messages']`");
    }
}

/// What the description means.
impl Diagnostics {
    pub(crate) fn unsupported_keyword(&mut self, origin: Origin, keyword: &str, context: &str) {
        let message = format!("`{keyword}` is not supported {context}");
        self.error("unsupported-keyword", Place::Key(origin, keyword.to_owned()), message)
            .help("nothing is generated rather than something that ignores it; take it out of the description");
    }

    pub(crate) fn keyword_without_effect(&mut self, origin: Origin, keyword: &str, context: &str) {
        let message = format!("`{keyword}` has no effect {context}");
        self.warning("keyword-without-effect", Place::Key(origin, keyword.to_owned()), message)
            .help("no value is checked for it; correct the keyword or `type`");
    }

    pub(crate) fn unsupported(&mut self, origin: Origin, what: &str, help: &str) {
        self.error("unsupported", Place::Value(origin), format!("{what} is not supported")).help(help);
    }

    pub(crate) fn not_used(&mut self, origin: Origin, what: &str, help: &str) {
        self.warning("not-used", Place::Value(origin), format!("{what} is not used")).help(help);
    }

    pub(crate) fn passed_over(&mut self, origin: Origin, what: &str, help: &str) {
        self.note("not-used", Place::Value(origin), format!("{what} is not used")).help(help);
    }

    pub(crate) fn unused_media_types(&mut self, origin: Origin, names: &[String]) {
        let (plural, verb) = if names.len() > 1 { ("s", "are") } else { ("", "is") };
        let message = format!("the media type{plural} `{}` of this operation {verb} not used", names.join("`, `"));
        self.note("not-used", Place::Value(origin), message)
            .help("of several media types one is used, JSON where there is some");
    }

    pub(crate) fn missing_parameter(&mut self, origin: Origin, name: &str, nearest: Option<&str>) {
        let help = match nearest {
            Some(parameter) => format!("did you mean `{{{parameter}}}`?"),
            None => format!("describe a parameter with `name: {name}` and `in: path`"),
        };
        let message = format!("the path has `{{{name}}}`, and no parameter of this name is described");
        self.error("missing-parameter", Place::Value(origin), message).help(help);
    }

    pub(crate) fn parameter_without_place(&mut self, origin: Origin, name: &str, path: &str) {
        let message = format!("the parameter `{name}` has no place in the path `{path}`");
        self.error("parameter-without-place", Place::Value(origin), message)
            .help(format!("write `{{{name}}}` into the path, or let the parameter be `in: query`"));
    }

    pub(crate) fn duplicate_parameter(&mut self, origin: Origin, name: &str, part: &str, other: &Origin) {
        let message = format!("the parameter `{name}` in {part} is already described by `{other}`");
        self.error("duplicate-parameter", Place::Value(origin), message).help("keep one of them");
    }

    pub(crate) fn no_success(&mut self, origin: Origin) {
        self.warning("no-success", Place::Value(origin), "no status of a success is described").help(
            "any status from 200 to 299 is taken for one, and its body is not looked at; describe it, such as `200`",
        );
    }

    pub(crate) fn no_operation(&mut self, origin: Origin) {
        self.error("no-operation", Place::Value(origin), "the description has no operation")
            .help("add a path with a method to `paths`");
    }

    pub(crate) fn filter_without_effect(&mut self, origin: Origin, wanted: &str) {
        self.error(
            "filter-without-effect",
            Place::Value(origin),
            format!("{wanted} is asked for, and no operation has it"),
        )
        .help("correct the filter; names are compared letter by letter");
    }

    pub(crate) fn required_without_property(&mut self, origin: Origin, name: &str, nearest: Option<&str>) {
        let help = match nearest {
            Some(property) => format!("did you mean `{property}`?"),
            None => format!("describe `{name}` in `properties`"),
        };
        let message = format!("`{name}` is required but not among the properties");
        self.warning("required-without-property", Place::Value(origin), message).help(help);
    }

    pub(crate) fn empty_range(&mut self, origin: Origin, low: &str, high: &str) {
        self.error("empty-range", Place::Key(origin, low.to_owned()), format!("`{low}` is greater than `{high}`"))
            .help("no value can fit; correct one of them");
    }

    pub(crate) fn contradiction(&mut self, origin: Origin, keyword: &str, other: &Origin) {
        let message = format!("`{keyword}` and that of `{other}`, which both apply, have no value in common");
        self.error("contradiction", Place::Key(origin, keyword.to_owned()), message)
            .help("no value can fit; correct one of them");
    }

    pub(crate) fn bad_step(&mut self, origin: Origin) {
        self.error("bad-step", Place::Value(origin), "no number can be checked to be a multiple of this")
            .help("write a number above 0, in digits");
    }

    pub(crate) fn unsupported_pattern(&mut self, origin: Origin, reason: &str) {
        self.error("unsupported-pattern", Place::Value(origin), format!("this pattern cannot be checked: {reason}"))
            .help("write it another way, or take it out and leave the check to the service");
    }

    pub(crate) fn empty_enum(&mut self, origin: Origin) {
        self.error("empty-enum", Place::Value(origin), "the enumeration has no value").help("list at least one value");
    }

    pub(crate) fn enum_value_of_other_type(&mut self, origin: Origin, found: &str) {
        let message = format!("the enumeration holds {found}, which is not of its type");
        self.warning("enum-value-of-other-type", Place::Value(origin), message)
            .help("it is left out, because no value can be it; correct it, or `type`");
    }

    pub(crate) fn name_clash(&mut self, origin: Origin, name: &str, other: &Origin) {
        self.error("name-clash", Place::Value(origin), format!("the Rust name `{name}` is already that of `{other}`"))
            .help(format!("rename one of them, for example to `{name}2`, or refer to one definition from both places"));
    }

    pub(crate) fn duplicate_operation_id(&mut self, origin: Origin, id: &str, other: &Origin) {
        self.error(
            "duplicate-operation-id",
            Place::Value(origin),
            format!("the operation id `{id}` is already that of `{other}`"),
        )
        .help("give each operation an id of its own");
    }

    pub(crate) fn unknown_security_scheme(&mut self, origin: Origin, name: &str, nearest: Option<&str>) {
        let help = match nearest {
            Some(scheme) => format!("did you mean `{scheme}`?"),
            None => "define it in `components.securitySchemes`".to_owned(),
        };
        self.error(
            "unknown-security-scheme",
            Place::Key(origin, name.to_owned()),
            format!("unknown security scheme `{name}`"),
        )
        .help(help);
    }

    pub(crate) fn bad_extension(&mut self, origin: Origin, expected: &str) {
        let name = origin.pointer.last().unwrap_or_default();
        self.error("bad-extension", Place::Value(origin), format!("`{name}` cannot be understood"))
            .help(format!("expected {expected}"));
    }

    pub(crate) fn bad_rate_limit(&mut self, origin: Origin, found: &str) {
        self.error("bad-extension", Place::Value(origin), format!("a rate limit must be an object, not {found}"))
            .help("expected an object with `type`, or a list of such objects");
    }

    pub(crate) fn incomplete_rate_limit(&mut self, origin: Origin, name: &str) {
        self.error("bad-extension", Place::Value(origin), format!("the rate limit lacks `{name}`")).help(
            "`type: time` needs `numberOfRequests` and `timeUnit`; `type: bucket` needs these and `capacity`; \
             `numberOfTimeUnits` is 1 unless given",
        );
    }

    pub(crate) fn unused_in_rate_limit(&mut self, origin: Origin, name: &str, nearest: Option<&str>) {
        let help = match nearest {
            Some(member) => format!("did you mean `{member}`?"),
            None => "the limit is kept as its other members say".to_owned(),
        };
        let message = format!("the member `{name}` of the rate limit is not used");
        self.warning("not-used", Place::Key(origin, name.to_owned()), message).help(help);
    }

    pub(crate) fn limit_of_no_units(&mut self, origin: Origin, others: usize) {
        let elsewhere = match others {
            0 => String::new(),
            1 => "; so is the one of another rate limit".to_owned(),
            others => format!("; so are those of {others} other rate limits"),
        };
        let message = format!("`numberOfTimeUnits: 0` is read as 1{elsewhere}");
        self.note("limit-of-no-units", Place::Value(origin), message).help(
            "a limit in no time would let nothing through; `numberOfTimeUnits: 1` says the same without this note",
        );
    }

    pub(crate) fn example_does_not_fit(&mut self, origin: Origin, problem: &str) {
        self.warning(
            "example-does-not-fit",
            Place::Value(origin),
            format!("no program can be made of the example: {problem}"),
        )
        .help("compare the example with its schema");
    }

    pub(crate) fn schema_in_itself(&mut self, origin: Origin) {
        self.error("schema-in-itself", Place::Value(origin), "this schema contains itself, with no object in between")
            .help("give the part that comes again `type: object` and `properties`; those may contain themselves");
    }

    pub(crate) fn infinite_type(&mut self, origin: Origin, name: &str) {
        self.error(
            "infinite-type",
            Place::Value(origin),
            format!("a value of `{name}` must contain another one, without end"),
        )
        .help("make one of the properties on the way optional, or a list");
    }
}

fn list(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
