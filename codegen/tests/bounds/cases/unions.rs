//! Unions and discriminators.

use super::{Case, case};
use crate::text::{chain, count, document, list, schemas};

pub(super) const CASES: &[Case] = &[
    case("oneOf", |size| {
        schemas(&format!(
            r#""A":{{"oneOf":[{}]}}"#,
            list(size, |n| format!(r#"{{"properties":{{"p{n}":{{"type":"string"}}}}}}"#))
        ))
    }),
    case("oneOf, constants", |size| {
        let one = |n| format!(r#"{{"type":"object","required":["k"],"properties":{{"k":{{"enum":["v{n}"]}}}}}}"#);
        schemas(&format!(r#""A":{{"oneOf":[{}]}}"#, list(size, one)))
    }),
    case("oneOf, discriminator", |size| {
        let all = |piece: fn(usize) -> String| count(size / 140, piece);
        let items = all(|n| format!(r##"{{"$ref":"#/components/schemas/S{n}"}}"##));
        let mapping = all(|n| format!(r##""v{n}":"#/components/schemas/S{n}""##));
        let all = all(|n| format!(r#""S{n}":{{"properties":{{"k":{{"type":"string"}}}}}}"#));
        schemas(&format!(
            r#""A":{{"oneOf":[{items}],"discriminator":{{"propertyName":"k","mapping":{{{mapping}}}}}}},{all}"#
        ))
    }),
    case("oneOf, discriminator without mapping", |size| {
        let items = list(size / 4, |n| format!(r##"{{"$ref":"#/components/schemas/S{n}"}}"##));
        let tags = list(size / 4, |n| format!(r#""S{n}""#));
        let all =
            list(size / 2, |n| format!(r##""S{n}":{{"properties":{{"k":{{"$ref":"#/components/schemas/K"}}}}}}"##));
        schemas(&format!(
            r#""A":{{"oneOf":[{items}],"discriminator":{{"propertyName":"k"}}}},"K":{{"enum":[{tags}]}},{all}"#
        ))
    }),
    case("oneOf, a diamond", |size| {
        let one = |n: usize| {
            let next = format!(r##"{{"$ref":"#/components/schemas/U{}"}}"##, n + 1);
            format!(r#""U{n}":{{"oneOf":[{}]}}"#, vec![next; 6].join(","))
        };
        let all = list(size, one);
        let last = all.matches("\"oneOf\"").count();
        schemas(&format!(
            r##""A":{{"properties":{{"a":{{"$ref":"#/components/schemas/U0"}}}}}},{all},"U{last}":{{"type":"string"}}"##
        ))
    }),
    case("oneOf, a chain", |size| {
        chain(size, |n| format!(r##"{{"oneOf":[{{"$ref":"#/components/schemas/S{n}"}},{{"type":"integer"}}]}}"##))
    }),
    case("oneOf, a chain with tags", |size| {
        chain(size, |n| {
            format!(
                r##"{{"discriminator":{{"propertyName":"k"}},"oneOf":[{{"$ref":"#/components/schemas/S{n}"}},{{"type":"object"}}]}}"##
            )
        })
    }),
    case("oneOf, a product", |size| {
        let union = |m| {
            let one = move |n| format!(r#"{{"type":"object","properties":{{"k{m}_{n}":{{"type":"string"}}}}}}"#);
            format!(r#"{{"oneOf":[{}]}}"#, list(size / 4, one))
        };
        schemas(&format!(r#""A":{{"allOf":[{}]}}"#, [0, 1, 2, 3].map(union).join(",")))
    }),
    case("oneOf, nested beside properties", |size| {
        let mut schema = r#"{"type":"object"}"#.to_owned();
        for depth in 0..size.ilog2() {
            schema = format!(r#"{{"properties":{{"p{depth}":{{}}}},"anyOf":[{schema},{{"required":["q{depth}"]}}]}}"#);
        }
        schemas(&format!(r#""A":{schema},"B":{{"enum":[{}]}}"#, list(size - schema.len(), |n| format!(r#""v{n}""#))))
    }),
    case("oneOf, shared beside properties", |size| {
        let union = list(size / 2, |n| format!(r#"{{"type":"object","properties":{{"u{n}":{{}}}}}}"#));
        let uses = list(size / 2, |n| {
            format!(r##""p{n}":{{"properties":{{"a":{{}}}},"allOf":[{{"$ref":"#/components/schemas/U"}}]}}"##)
        });
        schemas(&format!(r#""A":{{"properties":{{{uses}}}}},"U":{{"oneOf":[{union}]}}"#))
    }),
    case("bases without mapping", |size| {
        let uses = list(size / 3, |n| format!(r##""p{n}":{{"$ref":"#/components/schemas/S{n}"}}"##));
        let all = list(size * 2 / 3, |n| {
            format!(r#""S{n}":{{"discriminator":{{"propertyName":"k"}},"properties":{{"k":{{"type":"string"}}}}}}"#)
        });
        schemas(&format!(r#""A":{{"properties":{{{uses}}}}},{all}"#))
    }),
    case("an example in a recursive union", |size| {
        let example = format!("{}7{}", r#"{"a":"#.repeat(100), "}".repeat(100));
        let fill = list(size, |n| format!(r#""v{n}""#));
        let one = |p: &str| {
            format!(
                r##"{{"type":"object","required":["a"],"properties":{{"a":{{"$ref":"#/components/schemas/U"}},"{p}":{{"type":"string"}}}}}}"##
            )
        };
        document(&format!(
            r##""paths":{{"/a":{{"post":{{"requestBody":{{"content":{{"application/json":{{"schema":{{"$ref":"#/components/schemas/U"}},"example":{example}}}}}}},"responses":{{"204":{{"description":"d"}}}}}}}}}},"components":{{"schemas":{{"U":{{"anyOf":[{},{}]}},"F":{{"enum":[{fill}]}}}}}}"##,
            one("x"),
            one("y"),
        ))
    }),
];
