//! Markdown of a description, made safe for rustdoc and wrapped.

/// The widest line of prose; with indentation and `///` it stays below 100.
const WIDTH: usize = 92;

/// Converts Markdown of a description to Markdown that is safe for rustdoc.
///
/// Code is never run: fences are marked as text, and indentation is removed. HTML is converted to Markdown if possible. Other
/// angle and square brackets are escaped, so that they form no tags and no links to items. Bare URLs become links.
pub(in crate::render) fn clean(text: &str) -> String {
    let text = html_to_markdown(text);
    let mut blocks: Vec<String> = Vec::new();
    let mut open = false;
    let mut fenced = false;
    for line in text.lines() {
        let line = line.trim_end();
        let content = line.trim_start();
        if content.starts_with("```") || content.starts_with("~~~") {
            fenced = !fenced;
            blocks.push(if fenced { "```text".to_owned() } else { "```".to_owned() });
            open = false;
        } else if fenced {
            blocks.push(line.to_owned());
        } else if content.is_empty() {
            blocks.push(String::new());
            open = false;
        } else if starts_block(content) {
            blocks.push(content.to_owned());
            open = !content.starts_with(['#', '|']);
        } else if open && let Some(last) = blocks.last_mut() {
            last.push(' ');
            last.push_str(content);
        } else {
            blocks.push(content.to_owned());
            open = true;
        }
    }
    if fenced {
        blocks.push("```".to_owned());
    }
    finish_blocks(blocks)
}

fn finish_blocks(blocks: Vec<String>) -> String {
    let mut fenced = false;
    let mut lines: Vec<String> = Vec::new();
    for block in blocks {
        if block.starts_with("```") {
            fenced = !fenced;
            lines.push(block);
        } else if fenced {
            lines.push(block);
        } else if block.starts_with('|') {
            lines.push(escape(&block));
        } else if !block.is_empty() {
            let indent = match block.chars().next() {
                Some('-' | '*' | '+') => "  ",
                Some('>') => "> ",
                _ => "",
            };
            lines.push(wrap(&escape(&block), "", indent));
        } else if lines.last().is_some_and(|line| !line.is_empty()) {
            lines.push(block);
        }
    }
    lines.join("\n").trim().to_owned()
}

fn starts_block(line: &str) -> bool {
    let numbered = line.trim_start_matches(|character: char| character.is_ascii_digit());
    line.starts_with(['#', '|', '>'])
        || ["- ", "* ", "+ "].iter().any(|bullet| line.starts_with(bullet))
        || (numbered.len() < line.len() && numbered.starts_with(". "))
}

/// Converts the tags that are common in descriptions to Markdown; others are escaped later.
fn html_to_markdown(text: &str) -> String {
    const TAGS: &[(&str, &str)] = &[
        ("<br>", "\n\n"),
        ("<br/>", "\n\n"),
        ("<br />", "\n\n"),
        ("<p>", "\n\n"),
        ("</p>", "\n\n"),
        ("<ul>", "\n\n"),
        ("</ul>", "\n\n"),
        ("<ol>", "\n\n"),
        ("</ol>", "\n\n"),
        ("<li>", "\n- "),
        ("</li>", ""),
        ("<b>", "**"),
        ("</b>", "**"),
        ("<strong>", "**"),
        ("</strong>", "**"),
        ("<i>", "*"),
        ("</i>", "*"),
        ("<em>", "*"),
        ("</em>", "*"),
        ("<code>", "`"),
        ("</code>", "`"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&nbsp;", " "),
        ("&quot;", "\""),
        ("&amp;", "&"),
    ];
    if !text.contains(['<', '&']) {
        return text.to_owned();
    }
    // Every second piece between backticks is code, which stays as it is.
    let pieces = text.split('`').enumerate().map(|(index, piece)| {
        if index % 2 == 1 {
            return piece.to_owned();
        }
        let piece = TAGS.iter().fold(piece.to_owned(), |piece, (tag, markdown)| piece.replace(tag, markdown));
        links(&piece)
    });
    pieces.collect::<Vec<_>>().join("`")
}

/// `<a href="U">T</a>` as `[T](U)`.
fn links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("<a ") {
        let link = &rest[start..];
        let parts = link.split_once("href=\"").and_then(|(_, tail)| tail.split_once('"')).and_then(|(url, tail)| {
            let (_, tail) = tail.split_once('>')?;
            let (label, tail) = tail.split_once("</a>")?;
            Some((url, label, tail))
        });
        let Some((url, label, tail)) = parts else { break };
        out.push_str(&rest[..start]);
        let parts = if url.starts_with("http") { ["[", label, "](", url, ")"] } else { [label, "", "", "", ""] };
        out.extend(parts);
        rest = tail;
    }
    out + rest
}

/// Escapes tags and links to items, except in code spans and Markdown links.
fn escape(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut rest = line;
    while let Some(plain) = rest.find(['`', '[', ']', '<', 'h']) {
        out.push_str(&rest[..plain]);
        rest = &rest[plain..];
        let taken = escape_first(rest, &mut out);
        rest = &rest[taken..];
    }
    out + rest
}

/// Writes a piece of text that starts with a special character. Returns its length in bytes.
fn escape_first(text: &str, out: &mut String) -> usize {
    if text.starts_with('`')
        && let Some(end) = text[1..].find('`')
    {
        out.push_str(&text[..end + 2]);
        return end + 2;
    }
    if let Some(length) = link_length(text) {
        out.push_str(&text[..length]);
        return length;
    }
    if text.starts_with("http://") || text.starts_with("https://") {
        let end = text.find(|character: char| character.is_whitespace() || "<>()[]\"`".contains(character));
        let url = text[..end.unwrap_or(text.len())].trim_end_matches(['.', ',', ';', ':', '!', '?']);
        out.extend(["<", url, ">"]);
        return url.len();
    }
    if !text.starts_with('h') {
        out.push('\\');
    }
    out.push_str(&text[..1]);
    1
}

/// The length of `[label](http…)` at the start of a text.
fn link_length(text: &str) -> Option<usize> {
    if !text.starts_with('[') {
        return None;
    }
    let label = text.find("](http")?;
    let end = text[label..].find(')')?;
    (!text[1..label].contains('[')).then_some(label + end + 1)
}

/// Breaks lines at spaces; `first` and `next` indent the first and the other lines.
pub(super) fn wrap(text: &str, first: &str, next: &str) -> String {
    let mut out = first.to_owned();
    let mut width = first.chars().count();
    let mut empty = true;
    for word in words(text) {
        let length = word.chars().count();
        if !empty && width + 1 + length > WIDTH && !starts_block(&format!("{word} ")) {
            out.push('\n');
            out.push_str(next);
            width = next.chars().count();
            empty = true;
        }
        if !empty {
            out.push(' ');
            width += 1;
        }
        out.push_str(&word);
        width += length;
        empty = false;
    }
    out
}

/// The words of a text; a code span is one word, however many spaces it holds.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut in_code = false;
    for word in text.split_whitespace() {
        match words.last_mut() {
            Some(last) if in_code => {
                last.push(' ');
                last.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
        in_code ^= word.matches('`').count() % 2 == 1;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(clean(text), expected);
    }

    #[test]
    fn prose_stays() {
        check("  A contact.\n Really. ", "A contact. Really.");
        check("One.\n\n\n\nTwo.", "One.\n\nTwo.");
        check("", "");
    }

    #[test]
    fn brackets_are_no_links_and_no_tags() {
        check("[Array] of <T>", "\\[Array\\] of \\<T>");
        check("`a[0]` and `<b>`", "`a[0]` and `<b>`");
        check("see [docs](https://example.com/a_b)", "see [docs](https://example.com/a_b)");
        check("a ` alone", "a \\` alone");
    }

    #[test]
    fn urls_become_links() {
        check("See https://example.com/x.", "See <https://example.com/x>.");
        check("(http://example.com)", "(<http://example.com>)");
    }

    #[test]
    fn code_is_never_run() {
        check("Text\n\n    let a = 1;\n", "Text\n\nlet a = 1;");
        check("```\nlet a = [1];\n```", "```text\nlet a = [1];\n```");
        check("```rust\nx", "```text\nx\n```");
    }

    #[test]
    fn html_becomes_markdown() {
        check("a<br>b", "a\n\nb");
        check("<b>bold</b> <code>x</code> &lt;", "**bold** `x` \\<");
        check("<a href=\"https://example.com\" target=\"_blank\">docs</a>", "[docs](https://example.com)");
        check("<a href=\"#local\">docs</a>", "docs");
        check("<ul><li>one</li><li>two</li></ul>", "- one\n- two");
    }

    #[test]
    fn lists_keep_their_items() {
        check("Is:\n- one\n  more\n- two", "Is:\n- one more\n- two");
    }

    #[test]
    fn quotes_stay_quotes() {
        let quote = format!("> {}", "word ".repeat(40));
        assert!(clean(&quote).lines().all(|line| line.starts_with("> ")), "{}", clean(&quote));
    }

    #[test]
    fn lines_are_wrapped() {
        let long = "word ".repeat(40);
        assert!(clean(&long).lines().all(|line| line.len() <= WIDTH));
        assert_eq!(clean(&long).lines().count(), 3);
    }
}
