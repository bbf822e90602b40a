//! Operations, their parts and examples, events, overlays and files.

use wirecrate_codegen::Source;

use super::{Case, Input, case};
use crate::text::{body, count, document, json, list, object, operation, schemas, signs};

pub(super) const CASES: &[Case] = &[
    case("an example of many values", |size| {
        body(&format!(
            r#""schema":{{"type":"object","properties":{{"a":{{"items":{{"type":"integer"}}}}}}}},"example":{{"a":[{}]}}"#,
            list(size, |_| "1".to_owned())
        ))
    }),
    case("an example that is any value", |size| {
        body(&format!(
            r#""schema":{{"type":"object","properties":{{"a":{{}}}}}},"example":{{"a":[{}]}}"#,
            list(size, |_| "1".to_owned())
        ))
    }),
    case("examples", |size| {
        let examples = list(size, |n| format!(r#""e{n}":{{"value":{{"a":"x"}}}}"#));
        body(&format!(
            r#""schema":{{"type":"object","properties":{{"a":{{"type":"string"}}}}}},"examples":{{{examples}}}"#
        ))
    }),
    case("operations", |size| {
        document(&format!(
            r#""paths":{{{}}}"#,
            list(size, |n| format!(r#""/p{n}":{{"get":{{"responses":{{"204":{{"description":"d"}}}}}}}}"#))
        ))
    }),
    case("operations, one name", |size| {
        document(&format!(
            r#""paths":{{{}}}"#,
            list(size, |n| format!(
                r#""/p{n}":{{"get":{{"operationId":"a{}","responses":{{"204":{{"description":"d"}}}}}}}}"#,
                signs(n)
            ))
        ))
    }),
    case("operations, tags", |size| {
        document(&format!(
            r#""paths":{{{}}}"#,
            list(size, |n| format!(
                r#""/p{n}":{{"get":{{"tags":["t{}"],"responses":{{"204":{{"description":"d"}}}}}}}}"#,
                signs(n)
            ))
        ))
    }),
    case("operations, a shared chain", |size| {
        let paths = list(size / 2, |n| {
            let body =
                format!(r##""content":{{"application/json":{{"schema":{{"$ref":"#/components/schemas/S{n}"}}}}}}"##);
            format!(r#""/p{n}":{{"get":{{"responses":{{"200":{{"description":"d",{body}}}}}}}}}"#)
        });
        let all = list(size / 2, |n| {
            format!(r##""S{n}":{{"properties":{{"a":{{"$ref":"#/components/schemas/S{}"}}}}}}"##, n + 1)
        });
        let last = all.matches("properties").count();
        document(&format!(r#""paths":{{{paths}}},"components":{{"schemas":{{{all},"S{last}":{{"type":"string"}}}}}}"#))
    }),
    case("parameters", |size| {
        let parameters = list(size, |n| format!(r#"{{"name":"p{n}","in":"query","schema":{{"type":"string"}}}}"#));
        operation(&format!(r#""parameters":[{parameters}],"responses":{{"204":{{"description":"d"}}}}"#))
    }),
    case("parameters in the path", |size| {
        let names = count(size / 90, |n| format!("{{p{n}}}")).replace(',', "-");
        let parameters = count(size / 90, |n| {
            format!(r#"{{"name":"p{n}","in":"path","required":true,"schema":{{"type":"string"}}}}"#)
        });
        document(&format!(
            r#""paths":{{"/{names}":{{"get":{{"parameters":[{parameters}],"responses":{{"204":{{"description":"d"}}}}}}}}}}"#
        ))
    }),
    case("responses", |size| {
        let body = |n| format!(r#""content":{{"application/json":{{"schema":{{"properties":{{"p{n}":{{}}}}}}}}}}"#);
        let responses = list(size, |n| format!(r#""x{n}":{{"description":"d",{}}}"#, body(n)));
        operation(&format!(r#""responses":{{{responses}}}"#))
    }),
    case("successes", |size| {
        let body = r#""content":{"application/json":{"schema":{"type":"string"}}}"#;
        operation(&format!(r#""responses":{{{}}}"#, list(size, |n| format!(r#""2{n}":{{"description":"d",{body}}}"#))))
    }),
    case("media types", |size| with_media_types(&body(r#""schema":{}"#), size)),
    case("security schemes", |size| {
        let schemes = count(size / 70, |n| format!(r#""k{n}":{{"type":"apiKey","in":"header","name":"K{n}"}}"#));
        let used = count(size / 70, |n| format!(r#"{{"k{n}":[]}}"#));
        document(&format!(
            r#""paths":{{"/a":{{"get":{{"responses":{{"204":{{"description":"d"}}}}}}}}}},"security":[{used}],"components":{{"securitySchemes":{{{schemes}}}}}"#
        ))
    }),
    case("webhooks", |size| {
        let event = |n| {
            format!(
                r#""e{n}":{{"post":{{"requestBody":{{"content":{{"application/json":{{"schema":{{"properties":{{"p{n}":{{"type":"string"}}}}}}}}}}}},"responses":{{"204":{{"description":"d"}}}}}}}}"#
            )
        };
        json(format!(
            r#"{{"openapi":"3.1.0","info":{{"title":"T","version":"1"}},"webhooks":{{{}}}}}"#,
            list(size, event)
        ))
    }),
    case("a webhook with many paths", |size| {
        let level = |n: usize| {
            let one = |m| format!(r##""p{m}":{{"$ref":"#/components/schemas/S{}"}}"##, n + 1);
            format!(r#""S{n}":{{"properties":{{{}}}}}"#, list(size / 4, one))
        };
        let all = (0..4).map(level).collect::<Vec<_>>().join(",");
        json(format!(
            r##"{{"openapi":"3.1.0","info":{{"title":"T","version":"1"}},"webhooks":{{"e":{{"post":{{"requestBody":{{"content":{{"application/json":{{"schema":{{"$ref":"#/components/schemas/S0"}}}}}}}},"responses":{{"204":{{"description":"d"}}}}}}}}}},"components":{{"schemas":{{{all},"S4":{{"type":"string"}}}}}}}}"##
        ))
    }),
    case("variables of a server", |size| {
        let variables = list(size, |n| format!(r#""v{n}":{{"default":"{{v{0}}}{{v{0}}}"}}"#, n + 1));
        document(&format!(
            r#""servers":[{{"url":"https://{{v0}}","variables":{{{variables}}}}}],"paths":{{"/a":{{"get":{{"responses":{{"204":{{"description":"d"}}}}}}}}}}"#
        ))
    }),
    case("actions of an overlay", |size| {
        let actions = list(size, |n| format!(r#"{{"target":"$.info","update":{{"x-{n}":1}}}}"#));
        let overlay = format!(r#"{{"overlay":"1.0.0","info":{{"title":"T","version":"1"}},"actions":[{actions}]}}"#);
        Input { overlays: vec![Source::new("b.json", overlay)], ..object(1000, "") }
    }),
    case("files, a chain", |size| {
        let one = |n: usize| {
            Source::new(format!("s{n}.json"), format!(r#"{{"properties":{{"a":{{"$ref":"s{}.json"}}}}}}"#, n + 1))
        };
        let mut files = vec![Source::new("a.json", schemas(r#""A":{"$ref":"s0.json"}"#).files[0].text.clone())];
        files.extend((0..size / 45).map(one));
        files.push(Source::new(format!("s{}.json", size / 45), r#"{"type":"string"}"#));
        Input { files, overlays: Vec::new(), new: None }
    }),
];

/// Adds many media types beside JSON.
fn with_media_types(input: &Input, size: usize) -> Input {
    let types = list(size, |n| format!(r#""text/t{n}":{{}}"#));
    let text = input.files[0].text.replace(r#""content":{"#, &format!(r#""content":{{{types},"#));
    json(text)
}
