//! Lists that generator and runtime both have: they agree, although neither depends on the other.

use wirecrate_codegen::{NoFiles, Options, Source, generate};
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
