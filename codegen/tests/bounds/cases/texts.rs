//! Texts: values of any kind, keys, nesting, aliases, findings.

use super::{Case, case};
use crate::text::{count, document, json, list, schemas, yaml};

pub(super) const CASES: &[Case] = &[
    case("unknown keywords", |size| schemas(&format!(r#""A":{{{}}}"#, list(size, |n| format!(r#""k{n}":1"#))))),
    case("unknown keywords, extensions", |size| {
        schemas(&format!(r#""A":{{{}}}"#, list(size, |n| format!(r#""x-{n}":1"#))))
    }),
    case("duplicate keys", |size| schemas(&format!(r#""A":{{{}}}"#, list(size, |_| r#""type":"string""#.to_owned())))),
    case("duplicate keys, YAML", |size| yaml(format!("{}\n", "a: 1\n".repeat(size / 5)))),
    case("a list of small values", |size| {
        document(&format!(r#""paths":{{}},"x-a":[{}]"#, list(size, |_| "1".to_owned())))
    }),
    case("a list of small values, YAML", |size| {
        yaml(format!("openapi: 3.0.3\nx-a: [{}]\n", list(size, |_| "1".to_owned())))
    }),
    case("empty objects", |size| document(&format!(r#""paths":{{}},"x-a":[{}]"#, list(size, |_| "{}".to_owned())))),
    case("one long string", |size| document(&format!(r#""paths":{{}},"x-a":"{}""#, "é".repeat(size / 2)))),
    case("one long description", |size| {
        schemas(&format!(r#""A":{{"type":"object","description":"{}"}}"#, "some words ".repeat(size / 11)))
    }),
    case("nested lists", |size| json(format!("{}{}", "[".repeat(size / 2), "]".repeat(size / 2)))),
    case("nested objects", |size| json("{\"a\":".repeat(size / 5))),
    case("nested lists, YAML", |size| yaml(format!("{}{}", "[".repeat(size / 2), "]".repeat(size / 2)))),
    case("nested blocks, YAML", |size| yaml("- ".repeat(size / 2))),
    case("nested schemas", |size| {
        let one = |n| format!(r#""S{n}":{}{{}}{}"#, r#"{"items":"#.repeat(50), "}".repeat(50));
        let all = count(size / 640, one);
        let uses = count(size / 640, |n| format!(r##""p{n}":{{"$ref":"#/components/schemas/S{n}"}}"##));
        schemas(&format!(r#""A":{{"properties":{{{uses}}}}},{all}"#))
    }),
    case("aliases of a long string", |size| {
        yaml(format!("x: &a {}\ny: [{}]\n", "b".repeat(size / 2), list(size / 2, |_| "*a".to_owned())))
    }),
    case("aliases of a list", |size| {
        let level = |n: usize| {
            format!(
                "x{n}: &a{n} [{}]\n",
                list(size / 64, |_| if n == 0 { "1".to_owned() } else { format!("*a{}", n - 1) })
            )
        };
        yaml((0..60).map(level).collect::<String>())
    }),
    case("anchors in anchors", |size| {
        let open = (0..100).map(|n| format!("&a{n} [")).collect::<Vec<_>>().concat();
        yaml(format!("x: {open}{}{}\n", list(size, |n| n.to_string()), "]".repeat(100)))
    }),
    case("merges", |size| {
        yaml(format!(
            "x: &a {{{}}}\ny: {{<<: [{}]}}\n",
            list(size / 2, |n| format!("k{n}: 1")),
            list(size / 2, |_| "*a".to_owned())
        ))
    }),
    case("brackets in a text", |size| {
        schemas(&format!(r#""A":{{"type":"object","description":"{}"}}"#, "[".repeat(size)))
    }),
];
