//! Text that Markdown must not interpret.

/// Writes text as it reads, on one line.
pub(super) fn escape(text: &str, out: &mut String) {
    let mut before = out.chars().next_back();
    for (index, character) in text.char_indices() {
        let rest = &text[index + character.len_utf8()..];
        if is_special(before, character, rest) {
            out.push('\\');
        }
        out.push(if character.is_whitespace() { ' ' } else { printable_character(character) });
        before = Some(character);
    }
}

/// Returns `true` for a character that could be part of an element other than text. The start of a line is the concern of
/// the lines.
fn is_special(before: Option<char>, character: char, rest: &str) -> bool {
    let next = rest.chars().next();
    match character {
        '`' | '*' | '[' | ']' | '<' | '~' => true,
        '_' => !(before.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric)),
        '\\' => next.is_none_or(|next| next.is_ascii_punctuation() || next.is_whitespace() || next.is_control()),
        '&' => is_reference(rest),
        _ => false,
    }
}

/// Returns `true` if an ampersand before this text begins a character reference, such as `&lt;`.
fn is_reference(text: &str) -> bool {
    let name = text.strip_prefix('#').unwrap_or(text);
    let end = name.find(|character: char| !character.is_ascii_alphanumeric());
    end.is_some_and(|end| end > 0 && name[end..].starts_with(';'))
}

/// Text as a code span, on one line.
pub(in crate::render) fn code(text: &str) -> String {
    let text: String =
        text.chars().map(|next| if next.is_whitespace() { ' ' } else { printable_character(next) }).collect();
    let is_blank = text.trim().is_empty();
    let text = if text.is_empty() { " " } else { &text };
    let fence = "`".repeat(longest_run(text) + 1);
    // Markdown removes one space at both ends.
    let pad = if !is_blank && (text.starts_with(['`', ' ']) || text.ends_with(['`', ' '])) { " " } else { "" };
    [&*fence, pad, text, pad, &fence].concat()
}

/// The length of the longest run of backticks.
pub(super) fn longest_run(text: &str) -> usize {
    text.split(|character| character != '`').map(str::len).max().unwrap_or(0)
}

/// The address of a link to the web or of a mailbox, encoded so that it is one word without marks of Markdown; `None` for
/// another scheme and for a relative address.
pub(super) fn web_address(address: &str) -> Option<String> {
    const SCHEMES: [&str; 3] = ["http://", "https://", "mailto:"];
    let has = |scheme: &str| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    SCHEMES.iter().find(|scheme| has(scheme) && address.len() > scheme.len())?;
    let mut encoded = String::with_capacity(address.len());
    for (index, character) in address.char_indices() {
        let is_mark = "<>\\`\"".contains(character) || !is_printable(character) || character.is_whitespace();
        if is_mark {
            let mut bytes = [0; 4];
            encoded.extend(character.encode_utf8(&mut bytes).bytes().map(|byte| format!("%{byte:02X}")));
        } else if character == '&' && is_reference(&address[index + 1..]) {
            encoded.push_str("%26");
        } else {
            encoded.push(character);
        }
    }
    Some(encoded)
}

/// Text without characters that the compiler refuses in a comment, or that change the direction of text.
pub(super) fn printable(text: &str) -> String {
    text.chars().map(printable_character).collect()
}

fn printable_character(character: char) -> char {
    if is_printable(character) { character } else { ' ' }
}

fn is_printable(character: char) -> bool {
    let turns =
        matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    !character.is_control() && !turns
}
