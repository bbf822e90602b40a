use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

use super::*;

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(blocks(text), expected);
}

#[test]
fn prose_stays() {
    check("  A contact.\n Really. ", "A contact. Really.");
    check("One.\n\n\n\nTwo.", "One.\n\nTwo.");
    check("snake_case, Terms & Conditions, a \\d+", "snake_case, Terms & Conditions, a \\d+");
    check("*one* __two__ ~~three~~ `four`", "*one* **two** ~~three~~ `four`");
    check("", "");
}

#[test]
fn brackets_are_no_links_and_no_tags() {
    check("[Array] of <T>", "\\[Array\\] of \\<T>");
    check("`a[0]` and `<b>`", "`a[0]` and `<b>`");
    check("a ` alone", "a \\` alone");
    check("[Vec]: https://example.com\n\n[Vec]", "[Vec](https://example.com)");
    check("[^1] &lt;b&gt; &amp;lt;", "\\[^1\\] \\<b> \\&lt;");
}

#[test]
fn links_lead_to_the_web() {
    check("see [docs](https://example.com/a_b 'title')", "see [docs](https://example.com/a_b)");
    check("[a](javascript:alert) [b](data:text/html,x) [c](#here) [d](/docs)", "a b c d");
    check("[`<b>` <img src=x>](https://e.com/(1)`<a>)", "[`<b>` \\<img src=x>](https://e.com/%281%29%60%3Ca%3E)");
    check("See https://example.com/x.", "See <https://example.com/x>.");
    check("(http://example.com) <https://e.com/a(b)>", "(<http://example.com>) <https://e.com/a(b)>");
    check("![logo](https://example.com/a.png)", "[logo](https://example.com/a.png)");
    check("[![logo](a.png)](https://example.com)", "[logo](https://example.com)");
}

#[test]
fn code_is_never_run() {
    check("Text\n\n    let a = 1;\n", "Text\n\n```text\nlet a = 1;\n```");
    check("```\nlet a = [1];\n```", "```text\nlet a = [1];\n```");
    check("~~~rust\nx", "```text\nx\n```");
    check("````\n```\nx\n````", "````text\n```\nx\n````");
    check("> ~~~\n> x\n> ~~~", "> ```text\n> x\n> ```");
    check("- a\n\n  ````rust\n  x\n  ````", "- a\n\n  ```text\n  x\n  ```");
    check("1. ```\n   x", "1. ```text\n   x\n   ```");
}

#[test]
fn html_becomes_markdown() {
    check("a<br>b", "a\n\nb");
    check("- a<br/>b\n- c", "- a\n\n  b\n- c");
    check("<b>bold</b> <code>a_b &lt;</code> <i> x </i>y", "**bold** `a_b <` *x* y");
    check("<a href=\"https://example.com\" target=\"_blank\">docs</a>", "[docs](https://example.com)");
    check("<a href=\"#local\">docs</a> <a href='javascript:x'>y</a>", "docs y");
    check("Is:<ul><li>one</li><li>two</li></ul>", "Is:\n\n- one\n- two");
    check("<p>\n     One <b>two</b>\n</p><p>three</p>", "One **two**\n\nthree");
    check("| a |\n|---|\n| b<br>c |", "| a |\n|---|\n| b c |");
    check("<script>alert(1)</script>\n\n<b", "\\<script>alert(1)\\</script>\n\n\\<b");
}

#[test]
fn blocks_stay_blocks() {
    check("Is:\n- one\n  more\n- two\n  - three\n", "Is:\n\n- one more\n- two\n  - three");
    check("3) x\n4) y", "3. x\n4. y");
    check("# Title #\nText\n***\nmore", "# Title\n\nText\n\n***\n\nmore");
    check("| a | b |\n|:--|:-:|\n| `x\\|y` | z \\| |", "| a | b |\n|:--|:-:|\n| `x\\|y` | z \\| |");
    check("> a\n>\n> b", "> a\n>\n> b");
    check("one  \ntwo\\\nthree", "one\\\ntwo\\\nthree");
}

#[test]
fn breaking_lines_creates_no_blocks() {
    for start in ["~~~", "```", "-", "+", "*", "1.", "2)", "#", ">", "---", "===", "|---|", "***", "- - -", "<!--"] {
        for indent in ["", "- ", "> "] {
            for length in 80..95 {
                let text = format!("{indent}{} {start} std::fs::write(1, 2);", "w".repeat(length));
                assert_eq!(kinds(&blocks(&text)), kinds(&text), "{}", blocks(&text));
            }
        }
    }
    let long = "w".repeat(91);
    check(&format!("{long} - `a - b`"), &format!("{long}\n\\- `a - b`"));
    check(&format!("{long} `{long} - b`"), &format!("{long}\n`{long} - b`"));
}

#[test]
fn lines_are_wrapped() {
    let long = "word ".repeat(40);
    assert!(blocks(&long).lines().all(|line| line.len() <= 92));
    assert_eq!(blocks(&long).lines().count(), 3);
    assert!(blocks(&format!("> {long}")).lines().all(|line| line.starts_with("> ")));
}

#[test]
fn names_are_code_on_one_line() {
    assert_eq!(code("a"), "`a`");
    assert_eq!(code(""), "` `");
    assert_eq!(code("a\n\n```\nb\u{202e}\0"), "```` a  ``` b   ````");
    assert_eq!(code("`a"), "`` `a ``");
    assert_eq!(code(" a "), "`  a  `");
}

#[test]
fn one_line_has_no_blocks() {
    assert_eq!(line("- a\n- b\n\n```\nc\nd\n```"), "a b `c d`");
    assert_eq!(line("# T\n\n| a | b |\n|---|---|"), "T a b");
}

#[test]
fn sentences_end() {
    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(first_sentence(text).as_deref(), expected);
    }
    check("A number. It is long.", Some("A number."));
    check("Such as e.g. this one", Some("Such as e.g. this one."));
    check("One `a. B` is. `b`", Some("One `a. B` is."));
    check("**One. Two** three. Four", Some("**One. Two** three."));
    check("One\n\nTwo", Some("One."));
    check("One.  \ntwo", Some("One."));
    check("    code", None);
    check("", None);
}

/// Every text of some marks is written as text that means the same when it is written again, without HTML and code to run.
#[test]
fn marks_in_any_order_are_harmless() {
    const MARKS: [&str; 28] = [
        "a",
        " ",
        "\n",
        "    ",
        "\n\n",
        "```",
        "~~~",
        "`",
        "*",
        "**",
        "_",
        "[",
        "]",
        "(http://e.com)",
        "<b>",
        "</b>",
        "<p>",
        "<",
        ">",
        "- ",
        "1. ",
        "# ",
        "|",
        "\n|---|\n",
        "\\",
        "&#10;",
        "&lt;",
        "]: x",
    ];
    let mut random = fastrand::Rng::with_seed(1);
    for _ in 0..5_000 {
        let text: String =
            (0..random.usize(1..14)).map(|_| *random.choice(MARKS.iter()).expect("there are some")).collect();
        let written = blocks(&text);
        harmless(&written, &text);
        harmless(&wrap(&line(&text), "", ""), &text);
        assert!(!line(&text).contains('\n'));
    }
}

/// Elements of deep nesting cost no stack.
#[test]
fn depth_is_limited() {
    for mark in ["> ", "- ", "*a ", "[", "<b>", "1. "] {
        let _ = blocks(&mark.repeat(20_000));
    }
}

/// Rustdoc's reading of a text.
fn events(text: &str) -> Vec<Event<'_>> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    Parser::new_ext(text, options).collect()
}

/// The blocks of a text.
fn kinds(text: &str) -> Vec<String> {
    let kinds = events(text).into_iter().filter_map(|event| match event {
        Event::Start(Tag::Emphasis | Tag::Strong) => None,
        Event::Start(tag) => Some(format!("{tag:?}")),
        Event::Rule => Some("rule".to_owned()),
        _ => None,
    });
    kinds.collect()
}

#[track_caller]
fn harmless(written: &str, text: &str) {
    for event in events(written) {
        let is_harmless = match &event {
            Event::Start(Tag::CodeBlock(kind)) => {
                matches!(kind, CodeBlockKind::Fenced(language) if &**language == "text")
            }
            Event::Start(Tag::Link { dest_url, .. }) => dest_url.starts_with("http://e.com"),
            Event::Start(Tag::HtmlBlock | Tag::Image { .. }) | Event::Html(_) | Event::InlineHtml(_) => false,
            _ => true,
        };
        assert!(is_harmless, "{text:?} is written as {written:?} with {event:?}");
    }
    assert_eq!(kinds(&blocks(written)), kinds(written), "{text:?} is written as {written:?}");
}
