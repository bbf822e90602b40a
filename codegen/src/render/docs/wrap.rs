//! Lines of finished Markdown: breaking them creates no blocks.

use std::borrow::Cow;

/// The widest line of prose; with indentation and `///` it stays below 100.
const WIDTH: usize = 92;

/// Breaks lines at spaces; `first` and `next` start the first and the other lines.
///
/// Backticks in the text delimit code, unless they are escaped. A line break in it is one of Markdown.
pub(super) fn wrap(text: &str, first: &str, next: &str) -> String {
    let mut out = first.to_owned();
    let mut width = first.chars().count();
    for (index, line) in text.split('\n').filter(|line| !line.trim().is_empty()).enumerate() {
        if index > 0 {
            out.extend(["\\\n", next]);
            width = next.chars().count();
        }
        let mut is_start = true;
        for word in words(line) {
            let length = word.chars().count();
            if !is_start && width + 1 + length > WIDTH {
                out.extend(["\n", next]);
                width = next.chars().count();
                is_start = true;
            }
            if is_start {
                out.push_str(&start_of_line(word));
            } else {
                out.extend([" ", word]);
                width += 1;
            }
            width += length;
            is_start = false;
        }
    }
    out
}

/// The first word of a line, escaped if it would start a block or end a heading.
fn start_of_line(word: &str) -> Cow<'_, str> {
    let digits = word.len() - word.trim_start_matches(|character: char| character.is_ascii_digit()).len();
    let is_number = digits > 0 && matches!(&word[digits..], "." | ")");
    let is_mark = word.starts_with('>') || word.bytes().all(|byte| b"#+-=|:".contains(&byte));
    if is_number {
        Cow::Owned(format!("{}\\{}", &word[..digits], &word[digits..]))
    } else if is_mark {
        Cow::Owned(format!("\\{word}"))
    } else {
        Cow::Borrowed(word)
    }
}

/// The words of finished Markdown; code is part of one word, however many spaces it contains.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        let (word, tail) = rest.split_at(word_length(rest));
        rest = tail;
        (!word.is_empty()).then_some(word)
    })
}

fn word_length(text: &str) -> usize {
    let mut end = 0;
    while let Some(next) = text[end..].chars().next().filter(|next| !next.is_whitespace()) {
        end += match next {
            '\\' => 1 + text[end + 1..].chars().next().filter(|next| !next.is_whitespace()).map_or(0, char::len_utf8),
            '`' => code_length(&text[end..]),
            _ => next.len_utf8(),
        };
    }
    end
}

/// The length of code with its backticks, or of the backticks if nothing closes them.
fn code_length(text: &str) -> usize {
    let run = |text: &str| text.len() - text.trim_start_matches('`').len();
    let fence = run(text);
    let mut end = fence;
    while let Some(start) = text[end..].find('`') {
        let closing = run(&text[end + start..]);
        end += start + closing;
        if closing == fence {
            return end;
        }
    }
    fence
}
