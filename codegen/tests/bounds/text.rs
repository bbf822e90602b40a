//! Texts of descriptions that grow.

use wirecrate_codegen::Source;

use crate::cases::Input;

/// Pieces with ascending numbers, separated by commas, until the text has a size.
pub(crate) fn list(size: usize, piece: impl Fn(usize) -> String) -> String {
    let mut text = String::with_capacity(size + 64);
    for number in 0.. {
        let piece = piece(number);
        if number > 0 && text.len() + piece.len() >= size {
            return text;
        }
        text.extend([if number == 0 { "" } else { "," }, &piece]);
    }
    text
}

/// As many pieces as there are numbers, separated by commas.
pub(crate) fn count(count: usize, piece: impl Fn(usize) -> String) -> String {
    (0..count.max(1)).map(piece).collect::<Vec<_>>().join(",")
}

/// A description whose only operation sends and receives the schema `A`.
pub(crate) fn schemas(schemas: &str) -> Input {
    let body = r##""content":{"application/json":{"schema":{"$ref":"#/components/schemas/A"}}}"##;
    let operation = format!(
        r#"{{"operationId":"send","requestBody":{{{body}}},"responses":{{"200":{{"description":"d",{body}}}}}}}"#
    );
    document(&format!(r#""paths":{{"/a":{{"post":{operation}}}}},"components":{{"schemas":{{{schemas}}}}}"#))
}

/// A description with these parts.
pub(crate) fn document(parts: &str) -> Input {
    json(format!(r#"{{"openapi":"3.0.3","info":{{"title":"T","version":"1"}},{parts}}}"#))
}

/// A description that is one file.
pub(crate) fn json(text: impl Into<String>) -> Input {
    Input { files: vec![Source::new("a.json", text)], overlays: Vec::new(), new: None }
}

/// The same in YAML.
pub(crate) fn yaml(text: impl Into<String>) -> Input {
    Input { files: vec![Source::new("a.yaml", text)], overlays: Vec::new(), new: None }
}

/// A comparison with the same description after replacements in its text.
pub(crate) fn changed(input: Input, from: &str, to: &str) -> Input {
    let new = input.files.iter().map(|file| Source::new(file.name.clone(), file.text.replace(from, to))).collect();
    Input { new: Some(new), ..input }
}

/// A word that is different for each number, and as long as the number needs.
pub(crate) fn signs(number: usize) -> String {
    (0..usize::BITS - number.leading_zeros()).map(|bit| if number >> bit & 1 == 1 { '-' } else { '.' }).collect()
}

/// An object with many properties.
pub(crate) fn object(size: usize, more: &str) -> Input {
    let properties = list(size, |n| format!(r#""p{n}":{{"type":"string"}}"#));
    schemas(&format!(r#""A":{{{more}"type":"object","properties":{{{properties}}}}}"#))
}

/// Schemas that each refer to the next one. The first is `A`.
pub(crate) fn chain(size: usize, schema: impl Fn(usize) -> String) -> Input {
    let all = list(size, |n| format!(r#""S{n}":{}"#, schema(n + 1)));
    let last = all.matches(r#""S"#).count();
    schemas(&format!(
        r##""A":{{"properties":{{"a":{{"$ref":"#/components/schemas/S0"}}}}}},{all},"S{last}":{{"type":"string"}}"##
    ))
}

/// A description with one operation.
pub(crate) fn operation(parts: &str) -> Input {
    document(&format!(r#""paths":{{"/a":{{"get":{{{parts}}}}}}}"#))
}

/// A description with one operation, which sends a body in JSON.
pub(crate) fn body(media: &str) -> Input {
    document(&format!(
        r#""paths":{{"/a":{{"post":{{"requestBody":{{"content":{{"application/json":{{{media}}}}}}},"responses":{{"204":{{"description":"d"}}}}}}}}}}"#
    ))
}
