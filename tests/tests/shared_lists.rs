//! Lists that generator and runtime both have: they agree, although neither depends on the other.

use std::collections::BTreeSet;

use wirecrate_codegen::{NoFiles, Options, RUNTIME_NAMES, Source, generate};
use wirecrate_runtime::generated::RESERVED_HEADERS;

/// Returns whether emitted code sends a header parameter of this name. A description may not contain some of them.
fn is_sent(header: &str) -> bool {
    let description = format!(
        "openapi: 3.0.3
info: {{title: Notes, version: '1.0'}}
paths:
  /notes:
    get:
      operationId: find-notes
      parameters:
        - {{name: {header}, in: header, schema: {{type: string}}}}
        - {{name: X-Other, in: header, schema: {{type: string}}}}
      responses: {{'204': {{description: Done.}}}}
"
    );
    let source = Source::new("notes.yaml", description);
    let Ok(output) = generate(vec![source], &NoFiles, &Options::new("notes")) else { return false };
    assert!(output.files.iter().any(|file| file.text.contains("\"X-Other\"")), "the other parameter is sent");
    output.files.iter().any(|file| file.text.contains(&format!("\"{header}\"")))
}

#[test]
fn no_parameter_is_a_header_that_only_the_client_sets() {
    for header in RESERVED_HEADERS {
        assert!(!is_sent(header), "{header}");
    }
    for header in ["X-Request-Id", "traceparent", "user-agent", "if-match"] {
        assert!(is_sent(header), "{header}");
    }
}

/// Returns the names in the `pub use` lines and `pub mod` lines of a source file.
fn exports(source: &str) -> BTreeSet<&str> {
    let uses = source.split("pub use ").skip(1).filter_map(|rest| rest.split_once(';'));
    let paths = uses.flat_map(|(list, _)| list.split(['{', ',']));
    let names = paths.filter_map(|path| path.trim_end_matches('}').rsplit([':', ' ']).next());
    let modules = source.split("pub mod ").skip(1).filter_map(|rest| rest.split([' ', ';']).next());
    names.chain(modules).map(str::trim).filter(|name| !name.is_empty()).collect()
}

#[test]
fn both_doors_of_the_runtime_have_the_names_that_the_emitted_crate_takes() {
    let generated = exports(include_str!("../../runtime/src/generated.rs"));
    let people = exports(include_str!("../../runtime/src/lib.rs"));
    for name in RUNTIME_NAMES {
        assert!(!name.emitted || generated.contains(name.name), "`{}` is not in `generated`", name.name);
        assert!(!name.exported || people.contains(name.name), "`{}` is not in the root", name.name);
    }
    // The bounds of other names, which emitted code uses without their own.
    let unnamed = ["HasCredentials", "Number", "RESERVED_HEADERS", "SizeBounds", "UnionError"];
    let inside_modules = ["Literal", "decode", "decode_body", "decode_open", "decode_whole_numbers", "encode", "text"];
    let known: BTreeSet<&str> = RUNTIME_NAMES.iter().filter(|name| name.emitted).map(|name| name.name).collect();
    let unused: Vec<_> = generated.difference(&known).copied().collect();
    let expected: BTreeSet<_> = unnamed.into_iter().chain(inside_modules).collect();
    assert_eq!(unused, expected.into_iter().collect::<Vec<_>>());
}
