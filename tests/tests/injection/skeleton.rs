//! A crate without its names, values and prose: the numbers of everything else in it.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};
use wirecrate_codegen::File;

/// The number of each thing: files, tokens, attributes, macros, blocks of code in documentation, links to items.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Skeleton(BTreeMap<String, usize>);

/// Words of Rust. Other words are names.
const WORDS: [&str; 34] = [
    "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else", "enum", "extern", "false", "fn",
    "for", "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub", "ref", "return", "static",
    "struct", "trait", "true", "type", "unsafe", "use", "where",
];

impl Skeleton {
    /// The skeleton of a crate, with those of texts that are known.
    pub(super) fn of(files: &[File], known: &HashMap<String, Self>) -> Self {
        let mut skeleton = Self::default();
        for File { path, text } in files {
            skeleton.path(path);
            match known.get(text) {
                Some(own) => skeleton.add(own),
                None => skeleton.add(&Self::of_file(path, text)),
            }
        }
        skeleton
    }

    /// The skeletons of the files of a crate by their texts. Few of them change with one string.
    pub(super) fn of_each(files: &[File]) -> HashMap<String, Self> {
        files.iter().map(|File { path, text }| (text.clone(), Self::of_file(path, text))).collect()
    }

    fn add(&mut self, other: &Self) {
        for (thing, number) in &other.0 {
            match self.0.get_mut(thing) {
                Some(own) => *own += number,
                None => drop(self.0.insert(thing.clone(), *number)),
            }
        }
    }

    /// The numbers that differ.
    pub(super) fn differences(&self, other: &Self) -> Vec<String> {
        let names = self.0.keys().chain(other.0.keys().filter(|name| !self.0.contains_key(*name)));
        let number = |skeleton: &Self, name| skeleton.0.get(name).copied().unwrap_or_default();
        let pairs = names.map(|name| (name, number(self, name), number(other, name)));
        pairs
            .filter(|(_, own, other)| own != other)
            .map(|(name, own, other)| format!("{name}: {own}, not {other}"))
            .collect()
    }

    fn count(&mut self, thing: impl AsRef<str>) {
        match self.0.get_mut(thing.as_ref()) {
            Some(number) => *number += 1,
            None => drop(self.0.insert(thing.as_ref().to_owned(), 1)),
        }
    }

    fn path(&mut self, path: &str) {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let is_plain = |character: char| matches!(character, 'a'..='z' | '0'..='9' | '_' | '.');
        let name = if folder.is_empty() || !name.chars().all(is_plain) { name } else { "*.rs" };
        self.count(format!("file {folder}/{name}"));
    }

    fn of_file(path: &str, text: &str) -> Self {
        let mut skeleton = Self::default();
        for character in text.chars().filter(|character| *character != '\n') {
            let turns = matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            if character.is_control() || turns {
                skeleton.count("control character");
            }
        }
        if !text.starts_with(['/', '#']) {
            skeleton.count("file without its first line");
        }
        if Path::new(path).extension().is_some_and(|kind| kind == "rs") {
            skeleton.tokens(text, |tokens| syn::parse2::<syn::File>(tokens).map(drop));
        } else {
            let keys = text.lines().map(|line| line.split(['=', '"']).next().unwrap_or_default());
            keys.for_each(|key| skeleton.count(if key.starts_with('#') { "comment" } else { key }));
        }
        skeleton
    }

    /// Tokens that `parse` accepts.
    fn tokens(&mut self, text: &str, parse: fn(TokenStream) -> syn::Result<()>) {
        let parsed = text.parse::<TokenStream>().map_err(syn::Error::from);
        match parsed.and_then(|tokens| parse(tokens.clone()).map(|()| tokens)) {
            Ok(tokens) => self.stream(tokens),
            Err(error) => self.count(format!("no Rust: {error}")),
        }
    }

    fn stream(&mut self, tokens: TokenStream) {
        let mut docs = String::new();
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            if is(Some(&token), '#') {
                tokens.next_if(|next| is(Some(next), '!'));
                if let Some(TokenTree::Group(attribute)) = tokens.peek() {
                    match documentation(attribute) {
                        Some(line) => docs.extend([line.strip_prefix(' ').unwrap_or(&line), "\n"]),
                        None => self.attribute(attribute),
                    }
                    tokens.next();
                    continue;
                }
            }
            self.docs(&std::mem::take(&mut docs));
            let is_macro = is(tokens.peek(), '!');
            self.token(token, is_macro);
        }
        self.docs(&docs);
    }

    fn token(&mut self, token: TokenTree, is_macro: bool) {
        match token {
            TokenTree::Group(group) => {
                // Whether the only expression of an arm has braces depends on the length of its line.
                if group.delimiter() != Delimiter::Brace {
                    self.count(format!("{:?}", group.delimiter()));
                }
                self.stream(group.stream());
            }
            TokenTree::Ident(word) => {
                let word = word.to_string();
                let is_word = WORDS.contains(&&*word);
                self.count(match (is_word, is_macro) {
                    (true, _) => word,
                    (false, true) => format!("{word}!"),
                    (false, false) => "name".to_owned(),
                });
            }
            // So does a comma at the end of a list.
            TokenTree::Punct(mark) if mark.as_char() == ',' => {}
            TokenTree::Punct(mark) => self.count(mark.as_char().encode_utf8(&mut [0; 4])),
            TokenTree::Literal(_) => self.count("literal"),
        }
    }

    /// An attribute by its words, all of which are those of the printers.
    fn attribute(&mut self, attribute: &Group) {
        self.count(format!("#[{}]", words(attribute)));
    }

    /// Documentation as rustdoc reads it. Its programs are compiled by `cargo test`, so they count like other code.
    fn docs(&mut self, text: &str) {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_SMART_PUNCTUATION;
        let mut unresolved = 0;
        let mut program = None;
        for event in Parser::new_with_broken_link_callback(text, options, Some(count_into(&mut unresolved))) {
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) if &*language == "text" => {}
                Event::Start(Tag::CodeBlock(kind)) => {
                    self.count(format!("code block {kind:?}"));
                    program = Some(String::new());
                }
                Event::Text(text) => program.iter_mut().for_each(|program| program.push_str(&text)),
                Event::End(TagEnd::CodeBlock) => program.take().into_iter().for_each(|program| self.program(&program)),
                Event::Start(Tag::Link { dest_url, .. }) => self.link(&dest_url),
                Event::Start(Tag::Image { .. }) => self.count("image"),
                Event::Start(Tag::FootnoteDefinition(_)) | Event::FootnoteReference(_) => self.count("footnote"),
                Event::Html(_) | Event::InlineHtml(_) => self.count("HTML"),
                _ => {}
            }
        }
        for _ in 0..unresolved {
            self.count("reference to an item");
        }
    }

    /// A program without the marks of lines that documentation hides.
    fn program(&mut self, text: &str) {
        let lines = text.lines().map(|line| line.strip_prefix("# ").unwrap_or(line));
        let block = format!("{{{}}}", lines.collect::<Vec<_>>().join("\n"));
        self.tokens(&block, |tokens| syn::parse2::<syn::Block>(tokens).map(drop));
    }

    fn link(&mut self, address: &str) {
        let is_web = ["http://", "https://", "mailto:"].iter().any(|scheme| address.starts_with(scheme));
        if !is_web {
            self.count(format!("link to {}", address.split("::").next().unwrap_or_default()));
        }
    }
}

/// The callback for references that the text does not define, which rustdoc takes for names of items.
fn count_into<'t>(count: &mut usize) -> impl FnMut(BrokenLink<'t>) -> Option<(CowStr<'t>, CowStr<'t>)> {
    move |_| {
        *count += 1;
        None
    }
}

fn is(token: Option<&TokenTree>, character: char) -> bool {
    matches!(token, Some(TokenTree::Punct(mark)) if mark.as_char() == character)
}

/// The words and marks in a group.
fn words(group: &Group) -> String {
    let words = group.stream().into_iter().map(|token| match token {
        TokenTree::Literal(_) => "_".to_owned(),
        TokenTree::Group(group) => format!("({})", words(&group)),
        token => format!("{token} "),
    });
    words.collect()
}

/// The text of an attribute that is documentation.
fn documentation(attribute: &Group) -> Option<String> {
    let tokens: Vec<_> = attribute.stream().into_iter().collect();
    let [TokenTree::Ident(word), equals, TokenTree::Literal(text)] = &tokens[..] else { return None };
    if word != "doc" || !is(Some(equals), '=') {
        return None;
    }
    syn::parse2::<syn::LitStr>(TokenTree::from(text.clone()).into()).ok().map(|text| text.value())
}
