//! Comparisons of two descriptions.

use super::{Case, case};
use crate::text::{changed, document, list, object, schemas};

pub(super) const CASES: &[Case] = &[
    case("diff of properties", |size| changed(object(size / 2, ""), r#""string""#, r#""integer""#)),
    case("diff of properties, renamed", |size| changed(object(size / 2, ""), r#""p1"#, r#""q1"#)),
    case("diff of enum", |size| {
        changed(schemas(&format!(r#""A":{{"enum":[{}]}}"#, list(size / 2, |n| format!(r#""v{n}""#)))), "\"v1", "\"w1")
    }),
    case("diff of operations", |size| {
        changed(
            document(&format!(
                r#""paths":{{{}}}"#,
                list(size / 2, |n| format!(r#""/p{n}":{{"get":{{"responses":{{"204":{{"description":"d"}}}}}}}}"#))
            )),
            "/p",
            "/q",
        )
    }),
    case("diff of alternatives", |size| {
        changed(
            schemas(&format!(
                r#""A":{{"oneOf":[{}]}}"#,
                list(size / 2, |n| format!(r#"{{"properties":{{"p{n}":{{"type":"string"}}}}}}"#))
            )),
            "\"p",
            "\"q",
        )
    }),
    case("diff of a diamond", |size| {
        let one = |n: usize| {
            let next = format!(r##"{{"$ref":"#/components/schemas/U{}"}}"##, n + 1);
            format!(r#""U{n}":{{"properties":{{"a":{next},"b":{next}}}}}"#)
        };
        let all = list(size / 2, one);
        let last = all.matches("properties").count();
        changed(
            schemas(&format!(r##""A":{{"$ref":"#/components/schemas/U0"}},{all},"U{last}":{{"type":"string"}}"##)),
            r#""string""#,
            r#""integer""#,
        )
    }),
    case("diff of errors", |size| {
        changed(schemas(&format!(r#""A":{{{}}}"#, list(size / 2, |n| format!(r#""k{n}":1"#)))), "1", "2")
    }),
];
