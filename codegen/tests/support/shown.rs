//! The parts of an emitted crate that a case is about.
//!
//! Comments of a description name them (a description in JSON has the properties `x-shows` and `x-docs`):
//!
//! ```yaml
//! # shows: models::Pet, models::Pet::check, models::Pet as Debug, Cargo.toml
//! # docs: Length, Credentials
//! ```
//!
//! A path such as `models::Pet` is an item of `src/models.rs` or of a file in `src/models/`; a path to a method is that
//! method in its `impl`; `X as T` is the implementation of a trait; a name with a dot is a file; `first lines` are those
//! of all files. Documentation is left out, but for the paragraphs that contain one of the words after `docs`; `*` is all
//! of it.

use wirecrate_codegen::File;

/// The items and paragraphs that a case shows.
pub(crate) struct Shown {
    items: Vec<String>,
    docs: Vec<String>,
}

impl Shown {
    /// Reads the comments of a description.
    pub(crate) fn of(description: &str) -> Self {
        let list = |comment: &str, member: &str| -> Vec<String> {
            let comments = description.lines().filter_map(|line| line.strip_prefix(comment));
            let members = description.split(member).skip(1).filter_map(|rest| rest.split('"').next());
            let names = comments.chain(members).flat_map(|names| names.split(", "));
            names.map(|name| name.trim().to_owned()).collect()
        };
        Self { items: list("# shows: ", "\"x-shows\": \""), docs: list("# docs: ", "\"x-docs\": \"") }
    }

    /// Cuts the items out of the files.
    pub(crate) fn cut(&self, files: &[File]) -> Result<String, String> {
        let mut text = String::new();
        for item in &self.items {
            if !text.is_empty() {
                text.push('\n');
            }
            match &item[..] {
                "first lines" => text.extend(files.iter().map(|file| {
                    let line = file.text.lines().next().unwrap_or_default();
                    format!("{}: {line}\n", file.path)
                })),
                path if path.contains('.') => {
                    let file = files.iter().find(|file| file.path == path).ok_or(format!("no file `{path}`"))?;
                    let lines: Vec<_> = file.text.lines().skip_while(|line| line.starts_with("// ")).collect();
                    text.extend(["=== ", path, "\n", &self.print(&lines)]);
                }
                path => text += &self.item(files, path)?,
            }
        }
        let is_unused = |word: &&String| *word != "*" && !text.contains(&word[..]);
        self.docs.iter().find(is_unused).map_or(Ok(()), |word| Err(format!("nothing shown contains `{word}`")))?;
        Ok(text)
    }

    fn item(&self, files: &[File], path: &str) -> Result<String, String> {
        let (module, name) = path.split_once("::").ok_or(format!("`{path}` has no module"))?;
        let files = files.iter().filter(|file| is_in(&file.path, module));
        let items: Vec<_> = files.flat_map(|file| items(&file.text, "")).collect();
        let found: Vec<String> = if let Some((ty, member)) = name.split_once("::") {
            let of_type = items.iter().filter(|item| item.name == ty && item.is_impl);
            of_type.filter_map(|item| self.member(item, member)).collect()
        } else if let Some((ty, of_trait)) = name.split_once(" as ") {
            let is_it = |item: &&Item<'_>| item.name == ty && item.of_trait == Some(of_trait);
            items.iter().filter(is_it).map(|item| self.print(&item.lines)).collect()
        } else {
            items.iter().filter(|item| item.name == name && !item.is_impl).map(|item| self.print(&item.lines)).collect()
        };
        let names = || items.iter().map(|item| item.name).collect::<Vec<_>>().join(", ");
        if found.is_empty() { Err(format!("no item `{path}`, but {}", names())) } else { Ok(found.join("\n")) }
    }

    /// One method, in the lines that open and close its `impl`.
    fn member(&self, item: &Item<'_>, name: &str) -> Option<String> {
        let opened = item.lines.iter().position(|line| line.ends_with('{'))? + 1;
        let (head, body) = item.lines.split_at(opened);
        let body = body.join("\n");
        let members = items(&body, "    ").into_iter().filter(|member| member.name == name);
        let members: Vec<_> = members.map(|member| self.print(&member.lines)).collect();
        (!members.is_empty()).then(|| format!("{}{}}}\n", self.print(head), members.concat()))
    }

    /// Lines without the documentation that the case is not about, and without the empty lines between fields.
    fn print(&self, lines: &[&str]) -> String {
        if self.docs.iter().any(|word| word == "*") {
            return lines.iter().flat_map(|line| [line, "\n"]).collect();
        }
        let mut text = String::new();
        for paragraph in lines.chunk_by(|line, next| is_doc(line) && is_doc(next)) {
            let is_shown = |word: &String| paragraph.iter().any(|line| line.contains(&word[..]));
            let is_kept = match paragraph {
                [""] => text.ends_with("}\n") || text.ends_with(";\n"),
                [line, ..] => !line.trim_start().starts_with("//") || self.docs.iter().any(is_shown),
                [] => false,
            };
            if is_kept {
                text.extend(paragraph.iter().flat_map(|line| [line, "\n"]));
            }
        }
        text
    }
}

/// Returns `true` for a line of a paragraph of documentation; a bare `///` separates two paragraphs.
fn is_doc(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("/// ") || line.starts_with("//! ")
}

/// An item, or a member of an `impl`, from its documentation to its last line.
struct Item<'a> {
    name: &'a str,
    is_impl: bool,
    /// The trait of an `impl`.
    of_trait: Option<&'a str>,
    lines: Vec<&'a str>,
}

/// The items of a text in the layout of emitted files, where the first and the last line of each have the same indent.
fn items<'a>(text: &'a str, indent: &str) -> Vec<Item<'a>> {
    let mut items = Vec::new();
    let mut lines = Vec::new();
    for line in text.lines() {
        if line.is_empty() && lines.is_empty() {
            continue;
        }
        lines.push(line);
        let outer = line.strip_prefix(indent).filter(|rest| !rest.starts_with([' ', '/', '#']));
        if outer.is_some_and(|rest| rest.ends_with(['}', ';'])) {
            items.extend(item(std::mem::take(&mut lines), indent));
        }
    }
    items
}

/// The keywords before the name of an item.
const KINDS: [&str; 8] = ["struct", "enum", "trait", "type", "fn", "static", "const", "mod"];

fn item<'a>(lines: Vec<&'a str>, indent: &str) -> Option<Item<'a>> {
    let outer = lines.iter().filter_map(|line| line.strip_prefix(indent));
    let code = outer.into_iter().find(|line| line.starts_with(|first: char| first.is_ascii_alphabetic()))?;
    if let Some(rest) = code.strip_prefix("impl") {
        let rest = if rest.starts_with('<') { after_generics(rest) } else { rest };
        let (of_trait, ty) = rest.split_once(" for ").map_or((None, rest), |(name, ty)| (Some(name), ty));
        let of_trait = of_trait.map(|name| last_name(name.trim()));
        return Some(Item { name: last_name(ty.trim()), is_impl: true, of_trait, lines });
    }
    let mut words = code.split([' ', '(', '<', ':', '{', ';']).skip_while(|word| !KINDS.contains(word));
    let name = words.nth(1)?;
    Some(Item { name, is_impl: false, of_trait: None, lines })
}

fn after_generics(text: &str) -> &str {
    let mut depth = 0;
    let end = text.find(|character| {
        depth += i32::from(character == '<') - i32::from(character == '>');
        depth == 0
    });
    end.map_or("", |end| &text[end + 1..])
}

/// The name at the end of a path, without its parameters: `Deserialize` of `serde::Deserialize<'de>`.
fn last_name(path: &str) -> &str {
    let path = path.split(['<', ' ', '{']).next().unwrap_or(path);
    path.rsplit("::").next().unwrap_or(path)
}

/// Returns `true` if a file of `src` belongs to a module of the crate.
fn is_in(path: &str, module: &str) -> bool {
    let rest = path.strip_prefix("src/").and_then(|path| path.strip_prefix(module));
    rest.is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
}
