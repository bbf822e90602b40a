//! YAML, parsed by `saphyr-parser`; scalars have the types of the YAML 1.2 core schema. The merge key `<<` has its meaning of
//! YAML 1.1, because many descriptions use it.

use std::borrow::Cow;
use std::collections::HashSet;

use indexmap::map::Entry;
use saphyr_parser::{Event, Parser, ScalarStyle, Tag};

use super::{MAX_ADDED, MAX_DEPTH, MAX_POINTER, number};
use crate::Diagnostics;
use crate::document::{Location, Node, Object, Origin, Property, Source, Span, Value};

/// Parses YAML; syntax errors go to `diagnostics`.
pub(crate) fn parse_yaml(source: &Source, number: u32, diagnostics: &mut Diagnostics) -> Option<Node> {
    let offsets = Offsets::new(&source.text, number);
    let mut builder = Builder {
        diagnostics,
        origin: Origin::file(&source.name),
        stack: Vec::new(),
        anchors: Vec::new(),
        anchored: 0,
        aliased: 0,
        root: None,
    };
    let mut parser = Parser::new_from_str(&source.text);
    while let Some(event) = parser.next_event() {
        match event {
            Ok((Event::StreamEnd, _)) => break,
            Ok((event, span)) => builder.event(event, offsets.span(span))?,
            Err(error) => {
                let offset = offsets.byte(error.marker().index());
                builder.diagnostics.syntax_error(builder.origin, Span::new(offset, offset, number), error.info());
                return None;
            }
        }
    }
    if builder.root.is_none() {
        builder.diagnostics.empty_document(builder.origin, Span::new(0, 0, number));
    }
    builder.root
}

struct Builder<'a> {
    diagnostics: &'a mut Diagnostics,
    /// The origin of the innermost open collection.
    origin: Origin,
    stack: Vec<Frame>,
    /// Anchored nodes by the numbers that the parser assigns.
    anchors: Vec<Option<Node>>,
    /// The sizes of the anchored nodes, and of the nodes that aliases added.
    anchored: usize,
    aliased: usize,
    root: Option<Node>,
}

struct Frame {
    start: u32,
    anchor: usize,
    kind: Collection,
}

enum Collection {
    Sequence(Vec<Node>),
    Mapping { object: Object, key: Option<Key>, merges: Vec<Merge> },
}

/// The key whose value comes next.
enum Key {
    Text(String, Span),
    /// `<<`: the properties of the value become those of the mapping.
    Merge,
}

impl Key {
    fn text(&self) -> &str {
        match self {
            Self::Text(text, _) => text,
            Self::Merge => MERGE,
        }
    }
}

/// The merge key of YAML 1.1.
const MERGE: &str = "<<";

/// An object whose properties become those of a mapping, unless the mapping has its own.
struct Merge {
    /// The number of properties before it.
    position: usize,
    object: Object,
}

impl Builder<'_> {
    /// Handles one event; `None` ends the parsing after a finding.
    fn event(&mut self, event: Event<'_>, span: Span) -> Option<()> {
        match event {
            Event::DocumentStart(_) if self.root.is_some() => {
                self.diagnostics.several_documents(self.origin.clone(), span);
                None
            }
            Event::Scalar(text, style, anchor, tag) => {
                if text == MERGE && style == ScalarStyle::Plain && tag.is_none() && self.expect_merge() {
                    return Some(());
                }
                let value = self.scalar(text, style, tag.as_deref(), span);
                self.anchored(anchor, Node { span, value });
                Some(())
            }
            Event::SequenceStart(anchor, _) => self.open(anchor, span, Collection::Sequence(Vec::new())),
            Event::MappingStart(anchor, _) => {
                let (object, merges) = (Object::new(), Vec::new());
                self.open(anchor, span, Collection::Mapping { object, key: None, merges })
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.close(span);
                Some(())
            }
            Event::Alias(anchor) => self.alias(anchor, span),
            _ => Some(()),
        }
    }

    /// Takes a merge key; `false` if a value is expected, not a key.
    fn expect_merge(&mut self) -> bool {
        match self.stack.last_mut() {
            Some(Frame { kind: Collection::Mapping { key: key @ None, .. }, .. }) => {
                *key = Some(Key::Merge);
                true
            }
            _ => false,
        }
    }

    /// A key is always text: `200:` is the key `200`.
    fn scalar(&mut self, text: Cow<'_, str>, style: ScalarStyle, tag: Option<&Tag>, span: Span) -> Value {
        let is_key = matches!(self.stack.last(), Some(Frame { kind: Collection::Mapping { key: None, .. }, .. }));
        let is_text = tag.is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix == "str");
        if is_key || is_text || style != ScalarStyle::Plain {
            return Value::String(text.into_owned());
        }
        plain_scalar(&text).unwrap_or_else(|| {
            self.diagnostics.not_a_json_number(self.origin.clone(), span, &text);
            Value::Null
        })
    }

    fn open(&mut self, anchor: usize, span: Span, kind: Collection) -> Option<()> {
        if let Some(Frame { kind: Collection::Mapping { key: None, .. }, .. }) = self.stack.last() {
            self.diagnostics.key_is_not_text(self.origin.clone(), span);
            return None;
        }
        let key = match self.stack.last().map(|frame| &frame.kind) {
            Some(Collection::Sequence(items)) => items.len().to_string(),
            Some(Collection::Mapping { key: Some(key), .. }) => key.text().to_owned(),
            _ => String::new(),
        };
        if self.stack.len() == MAX_DEPTH || self.origin.pointer.len() + key.len() > MAX_POINTER {
            self.diagnostics.too_deep(Location::text(self.origin.clone(), span));
            return None;
        }
        if !self.stack.is_empty() {
            self.origin.pointer.push(&key);
        }
        self.stack.push(Frame { start: span.start, anchor, kind });
        Some(())
    }

    fn close(&mut self, end: Span) {
        let Some(Frame { start, anchor, kind }) = self.stack.pop() else { return };
        if !self.stack.is_empty() {
            self.origin.pointer.pop();
        }
        let value = match kind {
            Collection::Sequence(items) => Value::Array(items),
            Collection::Mapping { object, merges, .. } => Value::Object(merged(object, merges)),
        };
        self.anchored(anchor, Node { span: Span { start, end: end.start.max(start), ..end }, value });
    }

    fn anchored(&mut self, anchor: usize, node: Node) {
        if anchor > 0 {
            if self.anchors.len() <= anchor {
                self.anchors.resize(anchor + 1, None);
            }
            // An alias of an anchor that was not kept is refused.
            self.anchored += node.size();
            self.anchors[anchor] = (self.anchored <= MAX_ADDED).then(|| node.clone());
        }
        self.add(node);
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Option<()> {
        let Some(node) = self.anchors.get(anchor).and_then(Option::as_ref) else {
            if self.anchored > MAX_ADDED {
                self.diagnostics.too_deep(Location::text(self.origin.clone(), span));
            } else {
                self.diagnostics.alias_of_itself(self.origin.clone(), span);
            }
            return None;
        };
        self.aliased += node.size();
        if self.aliased > MAX_ADDED || self.stack.len() + node.depth() > MAX_DEPTH {
            self.diagnostics.too_deep(Location::text(self.origin.clone(), span));
            return None;
        }
        let node = Node { span, value: node.value.clone() };
        self.add(node);
        Some(())
    }

    fn add(&mut self, node: Node) {
        let Some(frame) = self.stack.last_mut() else {
            self.root = Some(node);
            return;
        };
        match &mut frame.kind {
            Collection::Sequence(items) => items.push(node),
            Collection::Mapping { object, key, merges } => match (key.take(), node) {
                (None, Node { span, value: Value::String(text) }) => *key = Some(Key::Text(text, span)),
                (None, node) => self.diagnostics.key_is_not_text(self.origin.clone(), node.span),
                (Some(Key::Merge), node) => {
                    let parts = match node.value {
                        Value::Array(items) => items,
                        _ => vec![node],
                    };
                    for part in parts {
                        match part.value {
                            Value::Object(more) => merges.push(Merge { position: object.len(), object: more }),
                            _ => self.diagnostics.bad_merge(self.origin.clone(), part.span, part.kind()),
                        }
                    }
                }
                (Some(Key::Text(text, key)), node) => match object.entry(text) {
                    Entry::Occupied(first) => {
                        self.diagnostics.duplicate_key(self.origin.clone(), key, first.key());
                    }
                    Entry::Vacant(entry) => {
                        entry.insert(Property { key, node });
                    }
                },
            },
        }
    }
}

/// The properties of a mapping with those that it merges. Its own come first, and then those that were merged first.
fn merged(object: Object, merges: Vec<Merge>) -> Object {
    if merges.is_empty() {
        return object;
    }
    let names: HashSet<String> = object.keys().cloned().collect();
    let mut own = object.into_iter();
    let mut result = Object::new();
    let mut taken = 0;
    for Merge { position, object } in merges {
        result.extend(own.by_ref().take(position - taken));
        taken = position;
        for (name, property) in object.into_iter().filter(|(name, _)| !names.contains(name)) {
            result.entry(name).or_insert(property);
        }
    }
    result.extend(own);
    result
}

/// The core schema of YAML 1.2 (§10.3.2); `None` for numbers that JSON cannot represent (`.inf`, `.nan`, `1e999`).
fn plain_scalar(text: &str) -> Option<Value> {
    let integer =
        |digits: &str, radix| i64::from_str_radix(digits, radix).ok().map(|value| Value::Number(value.into()));
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Some(Value::Null),
        "true" | "True" | "TRUE" => return Some(Value::Bool(true)),
        "false" | "False" | "FALSE" => return Some(Value::Bool(false)),
        _ => {}
    }
    if let Some(digits) = text.strip_prefix("0x").filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit())) {
        return integer(digits, 16);
    }
    if let Some(digits) =
        text.strip_prefix("0o").filter(|digits| digits.bytes().all(|byte| (b'0'..=b'7').contains(&byte)))
    {
        return integer(digits, 8);
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return None;
    }
    if looks_like_number(unsigned) {
        return number(text.strip_prefix('+').unwrap_or(text)).map(Value::Number);
    }
    Some(Value::String(text.to_owned()))
}

/// `( [0-9]+ ( \. [0-9]* )? | \. [0-9]+ ) ( [eE] [-+]? [0-9]+ )?`
fn looks_like_number(text: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = text.split_once(['e', 'E']).map_or((text, None), |(left, right)| (left, Some(right)));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    digits(whole)
        && digits(fraction)
        && whole.len() + fraction.len() > 0
        && exponent.is_none_or(|exponent| {
            let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
            !exponent.is_empty() && digits(exponent)
        })
}

/// The parser counts characters, spans count bytes.
struct Offsets {
    /// The offset of each character; `None` if the text is ASCII.
    bytes: Option<Vec<u32>>,
    /// The number of the text.
    number: u32,
}

impl Offsets {
    fn new(text: &str, number: u32) -> Self {
        let offsets = || {
            let ends = text.char_indices().map(|(offset, _)| offset).chain([text.len()]);
            ends.map(|offset| u32::try_from(offset).unwrap_or(u32::MAX)).collect()
        };
        Self { bytes: (!text.is_ascii()).then(offsets), number }
    }

    fn byte(&self, index: usize) -> u32 {
        match &self.bytes {
            None => u32::try_from(index).unwrap_or(u32::MAX),
            Some(offsets) => offsets.get(index).or(offsets.last()).copied().unwrap_or(0),
        }
    }

    fn span(&self, span: saphyr_parser::Span) -> Span {
        Span::new(self.byte(span.start.index()), self.byte(span.end.index()), self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[track_caller]
    fn check(text: &str, expected: serde_json::Value) {
        let mut diagnostics = Diagnostics::new();
        let node = parse_yaml(&Source::new("a.yaml", text), 0, &mut diagnostics);
        assert!(!diagnostics.has_errors(), "{diagnostics:?}");
        assert_eq!(node.map(|node| node.to_json()), Some(expected));
    }

    #[test]
    fn scalars_mean_what_the_core_schema_says() {
        check("[~, null, '', \"null\", NULL]", json!([null, null, "", "null", null]));
        check("[true, True, yes, 'true', on]", json!([true, true, "yes", "true", "on"]));
        check("[1, -1, +1, 0x1F, 0o17, 012, 1_000]", json!([1, -1, 1, 31, 15, 12, "1_000"]));
        check("[1.5, .5, 1., 1e3, 24.0, 1.0.0, '1']", json!([1.5, 0.5, 1, 1000, 24, "1.0.0", "1"]));
        check("[18446744073709551615, -9223372036854775808]", json!([u64::MAX, i64::MIN]));
        check("[2019-04-09, 12:30, .e5, e5, +, .]", json!(["2019-04-09", "12:30", ".e5", "e5", "+", "."]));
        check("!!str 200", json!("200"));
    }

    #[test]
    fn keys_are_text() {
        check("200: a\ntrue: b\n1.50: c\n", json!({"200": "a", "true": "b", "1.50": "c"}));
    }

    #[test]
    fn aliases_are_copies() {
        check("a: &x {b: [1]}\nc: *x\n&k d: 1\n", json!({"a": {"b": [1]}, "c": {"b": [1]}, "d": 1}));
    }

    #[test]
    fn properties_are_merged() {
        check(
            "a: &x {b: 1, c: 2}\nd: {<<: *x, c: 3, e: 4}\n",
            json!({"a": {"b": 1, "c": 2}, "d": {"b": 1, "c": 3, "e": 4}}),
        );
        check("a: {b: 1, <<: {b: 2, c: 2}}", json!({"a": {"b": 1, "c": 2}}));
        check("a: {<<: [{b: 1}, {b: 2, c: 2}], d: 3}", json!({"a": {"b": 1, "c": 2, "d": 3}}));
        check("a: &x {<<: {b: 1}}\nc: {<<: *x}\n", json!({"a": {"b": 1}, "c": {"b": 1}}));
        check("a: {<<: {b: 1}, <<: {c: 2}}", json!({"a": {"b": 1, "c": 2}}));
        check("a: {<<: {}, <<: []}", json!({"a": {}}));
        check("a: {'<<': {b: 1}, c: [<<]}", json!({"a": {"<<": {"b": 1}, "c": ["<<"]}}));
    }

    #[test]
    fn merged_properties_keep_their_order_and_ranges() {
        let source = Source::new("a.yaml", "x: &x {b: 1, c: 2}\ny: {a: 0, <<: *x, d: 3, b: 4}\n");
        let node = parse_yaml(&source, 0, &mut Diagnostics::new()).expect("the text is YAML");
        let object = node.get("y").and_then(Node::as_object).expect("the value is a mapping");
        assert_eq!(object.keys().collect::<Vec<_>>(), ["a", "c", "d", "b"]);
        assert_eq!(source.position(object["c"].key.start).to_string(), "1:14");
        assert_eq!(source.position(object["b"].node.span.start).to_string(), "2:28");
    }

    #[test]
    fn ranges_are_those_of_the_text() {
        let source = Source::new("a.yaml", "é: 1\nkéy:\n  - x\n");
        let node = parse_yaml(&source, 0, &mut Diagnostics::new()).expect("the text is YAML");
        let property = &node.as_object().expect("the text is a mapping")["kéy"];
        assert_eq!(source.position(property.key.start).to_string(), "2:1");
        let item = &property.node.as_array().expect("the value is a list")[0];
        assert_eq!(source.position(item.span.start).to_string(), "3:5");
    }
}
