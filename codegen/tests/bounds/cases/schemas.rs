//! Schemas: objects, enumerations, `allOf`, references, patterns.

use super::{Case, case};
use crate::text::{chain, count, list, object, schemas, signs};

pub(super) const CASES: &[Case] = &[
    case("properties", |size| object(size, "")),
    case("properties, required", |size| {
        object(size / 2, &format!(r#""required":[{}],"#, list(size / 3, |n| format!(r#""p{n}""#))))
    }),
    case("properties, one name", |size| {
        schemas(&format!(
            r#""A":{{"type":"object","properties":{{{}}}}}"#,
            list(size, |n| format!(r#""a{}":{{"type":"string"}}"#, signs(n)))
        ))
    }),
    case("properties, inline objects", |size| {
        schemas(&format!(
            r#""A":{{"properties":{{{}}}}}"#,
            list(size, |n| format!(r#""p{n}":{{"properties":{{"a":{{"type":"integer"}}}}}}"#))
        ))
    }),
    case("properties, one long name", |size| {
        let inner = list(size / 2, |n| format!(r#""p{n}":{{"enum":["a"]}}"#));
        schemas(&format!(r#""A":{{"properties":{{"{}":{{"properties":{{{inner}}}}}}}}}"#, "n".repeat(size / 2)))
    }),
    case("required without properties", |size| {
        schemas(&format!(r#""A":{{"type":"object","required":[{}]}}"#, list(size, |n| format!(r#""p{n}""#))))
    }),
    case("enum of strings", |size| {
        schemas(&format!(r#""A":{{"enum":[{}]}}"#, list(size, |n| format!(r#""value-{n}""#))))
    }),
    case("enum of integers", |size| schemas(&format!(r#""A":{{"enum":[{}]}}"#, list(size, |n| n.to_string())))),
    case("enum, one name", |size| {
        schemas(&format!(r#""A":{{"enum":[{}]}}"#, list(size, |n| format!(r#""a{}""#, signs(n)))))
    }),
    case("enums that meet", |size| {
        let values = list(size / 2, |n| format!(r#""v{n}""#));
        schemas(&format!(r#""A":{{"allOf":[{{"enum":[{values}]}},{{"enum":[{values}]}}]}}"#))
    }),
    case("enum, repeated default", |size| {
        let values = list(size / 2, |n| format!(r#""v{n}""#));
        let uses =
            list(size / 2, |n| format!(r##""p{n}":{{"default":"w","allOf":[{{"$ref":"#/components/schemas/E"}}]}}"##));
        schemas(&format!(r#""E":{{"enum":[{values}]}},"A":{{"properties":{{{uses}}}}}"#))
    }),
    case("schemas", |size| {
        let uses = list(size / 3, |n| format!(r##""p{n}":{{"$ref":"#/components/schemas/S{n}"}}"##));
        let all = list(size * 2 / 3, |n| {
            format!(r#""S{n}":{{"properties":{{"a":{{"type":"string"}},"b":{{"type":"integer"}}}}}}"#)
        });
        schemas(&format!(r#""A":{{"properties":{{{uses}}}}},{all}"#))
    }),
    case("schemas, one name", |size| {
        let uses = count(size / 110, |n| format!(r##""p{n}":{{"$ref":"#/components/schemas/a{}"}}"##, signs(n)));
        let all = count(size / 110, |n| format!(r#""a{}":{{"properties":{{"a":{{"type":"string"}}}}}}"#, signs(n)));
        schemas(&format!(r#""A":{{"properties":{{{uses}}}}},{all}"#))
    }),
    case("schemas, one hashed name", |size| {
        let uses = count(size / 220, |n| format!(r##""p{n}":{{"$ref":"#/components/schemas/{n:064x}.S"}}"##));
        let all = count(size / 220, |n| format!(r#""{n:064x}.S":{{"properties":{{"a":{{"minimum":{n}}}}}}}"#));
        schemas(&format!(r#""A":{{"properties":{{{uses}}}}},{all}"#))
    }),
    case("schemas, a chain", |size| {
        chain(size, |n| format!(r##"{{"properties":{{"a":{{"$ref":"#/components/schemas/S{n}"}}}}}}"##))
    }),
    case("schemas, a chain of lists", |size| {
        chain(size, |n| format!(r##"{{"items":{{"$ref":"#/components/schemas/S{n}"}}}}"##))
    }),
    case("references, a chain", |size| chain(size, |n| format!(r##"{{"$ref":"#/components/schemas/S{n}"}}"##))),
    case("references that dangle", |size| {
        schemas(&format!(
            r#""A":{{"properties":{{{}}}}}"#,
            list(size, |n| format!(r##""p{n}":{{"$ref":"#/components/schemas/A/properties/q{n}"}}"##))
        ))
    }),
    case("allOf", |size| {
        schemas(&format!(
            r#""A":{{"allOf":[{}]}}"#,
            list(size, |n| format!(r#"{{"properties":{{"p{n}":{{"type":"string"}}}}}}"#))
        ))
    }),
    case("allOf, few properties", |size| {
        schemas(&format!(
            r#""A":{{"allOf":[{}]}}"#,
            list(size, |n| format!(r#"{{"properties":{{"p":{{"minLength":{n}}}}}}}"#))
        ))
    }),
    case("allOf, a chain", |size| {
        chain(size, |n| {
            format!(r##"{{"allOf":[{{"$ref":"#/components/schemas/S{n}"}},{{"properties":{{"a":{{}}}}}}]}}"##)
        })
    }),
    case("allOf, a wide base", |size| {
        let base = list(size / 2, |n| format!(r#""b{n}":{{"type":"string"}}"#));
        let uses = list(size / 4, |n| format!(r##""p{n}":{{"$ref":"#/components/schemas/S{n}"}}"##));
        let all = list(size / 4, |n| {
            format!(r##""S{n}":{{"allOf":[{{"$ref":"#/components/schemas/B"}},{{"title":"t"}}]}}"##)
        });
        schemas(&format!(r#""A":{{"properties":{{{uses}}}}},"B":{{"properties":{{{base}}}}},{all}"#))
    }),
    case("values without quotes", |size| {
        schemas(&format!(r#""A":{{"type":"string","enum":[{}]}}"#, list(size, |n| n.to_string())))
    }),
    case("patterns", |size| {
        schemas(&format!(
            r#""A":{{"properties":{{{}}}}}"#,
            list(size, |n| format!(r#""p{n}":{{"type":"string","pattern":"^(a{{1,200}}){{1,200}}{n}$"}}"#))
        ))
    }),
    case("a long pattern", |size| {
        schemas(&format!(
            r#""A":{{"properties":{{"a":{{"type":"string","pattern":"{}"}}}}}}"#,
            "(a|b)*".repeat(size / 6)
        ))
    }),
];
