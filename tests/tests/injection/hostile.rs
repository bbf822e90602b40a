//! Strings that are code, markup or syntax somewhere.

/// Marks of Markdown that open a block of code.
const FENCES: [&str; 4] = ["```", "~~~", "````rust,should_panic", "~~~ {.rust}"];

/// Containers and line breaks before such a mark. `{}` is the mark.
const PLACES: [&str; 12] = [
    "\n{}\nX\n{}\n",
    "\n\n{}\nX\n{}\n\n",
    "> {}\n> X\n> {}",
    "- {}\n  X\n  {}",
    "1. {}\n   X\n   {}",
    "- > {}\n  > X\n  > {}",
    "\r\n{}\r\nX\r\n{}\r\n",
    "\r{}\rX\r{}\r",
    "\u{2028}{}\u{2028}X\u{2028}{}\u{2028}",
    "\u{b}{}\u{85}X\u{c}{}\0",
    "&#10;&#10;{}&#10;X&#10;{}",
    "| a |\n|---|\n| {} |\n\n{}\nX",
];

/// Words that begin a block if they come to stand at the start of a line.
const STARTS: [&str; 10] = ["~~~", "```", "-", "+", "1.", "#", ">", "===", "|---|", "<script>"];

/// Code that a test would run.
const CODE: &str = "std::fs::write(\"injected\", \"x\").unwrap();";

/// All others.
const OTHERS: [&str; 58] = [
    "\n\n    CODE\n\n",
    "\n\n\tCODE\n\n",
    "CODE",
    "*/ CODE /*",
    "*/\nCODE\n/*",
    "/* /** /*! */",
    "\"); CODE (\"",
    "\"#); CODE (r#\"",
    "'); CODE ('",
    "\\\"); CODE",
    "\\",
    "\\\\\"",
    "\n#[test]\nfn injected() {}\n",
    "\"]\n#[test]\nfn injected() {}\n#[doc = \"",
    "#![feature(test)]",
    "\n#![allow(warnings)]\n",
    "\n//! ```\n//! CODE\n//! ```\n",
    "/// ```\nCODE",
    "{} {0} {name} {{",
    "}} } ) ] ; fn injected() {",
    "println!(\"injected\")",
    "include_str!(\"/etc/hostname\")",
    "concat!(env!(\"HOME\"))",
    "macro_rules! injected { () => {} }",
    "$crate::injected!{}",
    "r#\"x\"# b'x' c\"x\" 'a 1u8 0x",
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<b><code>x</b></code><a href='data:text/html,x'>y",
    "<!-- x --> <?php ?> <![CDATA[x]]> <!DOCTYPE html>",
    "&lt;script&gt; &#60;img src=x&#62; &amp;lt;",
    "[x](javascript:alert(1)) [y](<data:text/html,z> \"t\")",
    "![x](https://example.com/pixel.png)",
    "[<img src=x>](https://example.com)",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "\n[x]: https://example.com \"title\"\n",
    "[NoSuchItem] [`NoSuchItem`] [x][NoSuchItem] [x](crate::NoSuchItem)",
    "[^1]\n\n[^1]: note",
    "<javascript:alert(1)> <https://example.com/`x`>",
    "https://example.com/<b>[x](y)`z`",
    "` `` ``` \u{60}x",
    "``` <script>alert(1)</script> `",
    "`x\n\n~~~\nCODE",
    "- [ ] x\n- [x] y",
    "# Safety\n\nx\n===\ny\n---",
    "| a | b |\n|---|---|\n| c |",
    "***x** _y_ ~~z~",
    "x  \ny\\\nz",
    "\u{202e}turned\u{2066} \u{200f}\u{61c}",
    "\u{1b}[31m\u{9b}2J\u{7}\u{8}\0",
    "\u{feff}x\u{200b}y\u{2029}z",
    "e\u{301} \u{212b} 𝐀 ſ ı 消息 ＂",
    "../../../injected",
    "/etc/injected",
    "C:\\injected:stream",
    "\"\nbuild = \"injected.rs\"\n[dependencies]\nevil = \"1\"\n#",
    "type",
];

/// All strings.
pub(super) fn strings() -> Vec<String> {
    let blocks =
        PLACES.iter().flat_map(|place| FENCES.iter().map(move |fence| place.replace("{}", fence).replace('X', CODE)));
    let lines = STARTS.iter().map(|start| format!("{start} {CODE} ").repeat(9));
    let others = OTHERS.iter().map(|other| other.replace("CODE", CODE));
    blocks.chain(lines).chain(others).collect()
}
