use pulldown_cmark::{Event, Options as Syntax, Parser};
use semver::Version;
use wirecrate_codegen::{Description, Filter, NoFiles, Options, Source, read_supported};

use super::*;
use crate::diff::sides::Sides;

/// Reads a description with the operation `send-note` and the given schemas and paths.
fn read(name: &str, [schemas, paths]: [&str; 2], filter: &Filter) -> Description {
    let text = format!(
        "openapi: 3.0.3
info: {{ title: Notes, version: '1' }}
paths:
{paths}  /notes:
    post:
      operationId: send-note
      requestBody: {{ required: true, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Note' }} }} }} }}
      responses: {{ '204': {{ description: Sent. }} }}
components:
  schemas:
{schemas}"
    );
    let options = Options { filter: filter.clone(), ..Options::new("notes") };
    read_supported(vec![Source::new(name, text)], Vec::new(), &NoFiles, &options).expect("a description")
}

fn compare(old: [&str; 2], new: [&str; 2]) -> Comparison {
    let names = ["old.yaml".to_owned(), "new.yaml".to_owned()];
    let sides = Sides::read(&names, &Filter::default(), false, |filter| {
        Ok([read("old.yaml", old, filter), read("new.yaml", new, filter)])
    });
    Comparison::new(names, Version::new(0, 3, 1), sides.expect("some operations are supported"))
}

/// Compares a schema `Note` with the given properties.
fn compare_properties(old: &str, new: &str) -> Comparison {
    let schema = |properties: &str| format!("    Note:\n      type: object\n      properties:\n{properties}");
    compare([&schema(old), ""], [&schema(new), ""])
}

#[test]
fn changes_have_rules_reasons_and_positions() {
    let odd = "  /odd/{id}:\n    get: { operationId: odd, parameters: [{ name: id, in: path, required: true, style: form, schema: { type: string } }], \
               responses: { '204': { description: DESCRIPTION } } }\n";
    let old = "    Note:\n      type: object\n      properties:\n        to: { type: string, maxLength: 24 }\n        \
               from: { type: string, maxLength: 24 }\n        kind: { type: string, description: Which. }\n";
    let new = "    Note:\n      type: object\n      properties:\n        to: { type: string, maxLength: 20 }\n        \
               from: { type: string, maxLength: 20 }\n        kind: { type: string, description: Which kind. }\n        \
               tone: { type: string }\n";
    let comparison = compare([old, odd], [new, &odd.replace("DESCRIPTION", "Other.")]);
    let expected = "\
`old.yaml` → `new.yaml`

**Wire: major. Rust API: minor.** Version 0.3.1 → 0.3.2. **Without 1 operation that changed and cannot be compared.**

| | Breaking | Compatible | Informational |
|---|--:|--:|--:|
| On the wire | 2 | 1 | 1 |
| In Rust | 0 | 1 | 3 |

### 2 breaking changes

**A constraint was tightened.** `constraint-tightened`, breaking on the wire, informational in Rust. The service rejects values \
that were valid; clients receive fewer values.

- `POST /notes` `send-note`
  - `request.to`: `maxLength 24` → `20` (`old.yaml:16` → `new.yaml:16`)
  - `request.from`: `maxLength 24` → `20` (`old.yaml:17` → `new.yaml:17`)

### 1 operation not compared

- `GET /odd/{id}` `odd`, which changed: `` `style: form` of the parameter `id` is not supported `` (`old.yaml:5`)

### 1 compatible change

**An optional property was added.** `property-added`, compatible on the wire, compatible in Rust. Existing clients do not send \
it, and ignore it in responses; structs are `#[non_exhaustive]`.

- `POST /notes` `send-note`, `request.tone`: `string` (`new.yaml:19`)

<details><summary>1 finding about the descriptions</summary>

- `unsupported`: `` `style: form` of the parameter `id` is not supported `` (`new.yaml:5`)

</details>

<details><summary>1 description changed</summary>

- `POST /notes` `send-note`, `request.kind` (`old.yaml:18` → `new.yaml:18`)

</details>";
    assert_eq!(markdown(&comparison), expected);
}

/// Returns a comparison with copies of three changes: a breaking one, a compatible one and a changed description.
fn many([breaking, compatible, descriptions]: [usize; 3]) -> Comparison {
    let old = "        to: { type: string, maxLength: 24 }\n        from: { type: string, description: Who. }\n";
    let new = "        to: { type: string, maxLength: 20 }\n        from: { type: string, description: Who? }\n        \
               tone: { type: string }\n";
    let mut comparison = compare_properties(old, new);
    let all = std::mem::take(&mut comparison.changes);
    let numbers = all.iter().zip([breaking, compatible, descriptions]);
    let copy = |(change, number): (&Change, usize)| {
        let copies = (0..number).map(move |index| (change.clone(), index));
        copies
            .map(|(change, index)| Change { location: format!("{}{index}", change.location), ..change })
            .collect::<Vec<_>>()
    };
    comparison.changes = numbers.flat_map(copy).collect();
    comparison
}

#[test]
fn a_page_has_at_most_60000_characters_with_breaking_changes_whole() {
    let page = markdown(&many([200, 800, 1000]));
    assert!(page.chars().count() < 60_000, "{}", page.chars().count());
    for index in 0..200 {
        let line = format!("\n  - `request.to{index}`: `maxLength 24` → `20` (`old.yaml:14` → `new.yaml:14`)\n");
        assert!(page.contains(&line), "no {line} in {page}");
    }
    assert!(page.contains("### 800 compatible changes"), "{page}");
    assert!(page.contains("<details><summary>1000 descriptions changed</summary>"), "{page}");
    assert!(page.contains(" more, which `--format text` prints."), "{page}");
}

#[test]
fn breaking_changes_that_do_not_fit_are_counted() {
    let page = markdown(&many([2000, 0, 0]));
    assert!(page.chars().count() < 60_000, "{}", page.chars().count());
    let rows = page.matches("→ `20` (`old.yaml:").count();
    assert!(page.contains("### 2000 breaking changes"), "{page}");
    assert!(page.contains(&format!("And {} more, which `--format text` prints.", 2000 - rows)), "{rows}");
}

#[test]
fn names_cannot_end_their_line_or_become_markup() {
    let hostile = "        \"x\\u001b[31m\\n# Forged\\n<img src=x> | @everyone ``` `t` \": { type: string }\n";
    let comparison =
        compare_properties("        to: { type: string }\n", &format!("        to: {{ type: string }}\n{hostile}"));
    let page = markdown(&comparison);
    let code = r"```` request.x\u{1b}[31m # Forged <img src=x> | @everyone ``` `t` ````";
    assert!(page.contains(code), "{page}");
    assert!(!page.contains("\n# Forged"), "{page}");
    let text = text::Text(&comparison).to_string();
    assert!(text.contains(r"request.x\u{1b}[31m\n# Forged\n<img src=x> | @everyone ``` `t` : an optional"), "{text}");
}

/// Texts that would be markup outside of code, or end the code.
const MARKUP: &[&str] = &[
    "`",
    "`` ` ```",
    "a\\`b\\",
    "</details>",
    "<!-- x",
    "<script>alert(1)</script>",
    "&lt;b&gt;",
    "| a | b |",
    "[x](javascript:alert(1))",
    "![x](https://example.com/x.png)",
    "https://example.com @everyone #1",
    "*x* **y** _z_ ~~w~~",
    "\n\n# x",
    "\r- x",
    "\u{2028}> x",
    "\u{85}~~~",
    "    x\t",
    "[^1]: x",
    "\u{a0}",
    "$x$",
];

/// Reads the page as GitHub does, which must be the same but for the code, whatever the names and values are.
#[test]
fn a_page_is_the_same_with_every_name() {
    let structure = |name: &str| {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        let [name, value] = [quoted(name), quoted(&format!("{name}{name}"))];
        let comparison = compare_properties(
            "        to: { type: string }\n",
            &format!(
                "        to: {{ type: string, enum: [{value}] }}\n        {name}: {{ type: string, not: {{}} }}\n"
            ),
        );
        let page = markdown(&comparison);
        let events = Parser::new_ext(&page, Syntax::ENABLE_GFM | Syntax::ENABLE_TABLES | Syntax::ENABLE_FOOTNOTES);
        let events = events.map(|event| if let Event::Code(_) = event { Event::Code("".into()) } else { event });
        events.map(Event::into_static).collect::<Vec<_>>()
    };
    let expected = structure("name");
    assert!(expected.len() > 50, "{expected:?}");
    for text in MARKUP {
        assert_eq!(structure(text), expected, "{text:?}");
    }
}

#[test]
fn nothing_changed() {
    let same = "        to: { type: string }\n";
    let page = markdown(&compare_properties(same, same));
    assert!(page.ends_with("Version 0.3.1 → 0.3.1.\n\nNo change."), "{page}");
    let other = "        to: { type: string, x-order: 1 }\n";
    let page = markdown(&compare_properties(same, other));
    assert!(
        page.ends_with("No change of what is compared; the texts of the descriptions differ in other parts."),
        "{page}"
    );
}
