//! The files of the crate: the list of files, and the text of each.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use proc_macro2::TokenStream;

use crate::api::Api;
use crate::layout;
use crate::render::client::{credentials, errors};
use crate::render::package::{cargo_toml, crate_root};
use crate::render::scope::{Index, Scope};
use crate::render::{builders, client, examples, models, webhooks};

/// A file of the emitted crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its path in the crate, with `/` as the separator.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Prints the whole crate on as many threads as there are processors; sorted by path.
pub(crate) fn emit(api: &Api) -> Vec<File> {
    let index = Index::of(api);
    let pages = plan(api, &index);
    let header = header(api);
    let threads = thread::available_parallelism().map_or(1, usize::from).min(pages.len());
    let next = AtomicUsize::new(0);
    let work = || {
        let mut files = Vec::new();
        while let Some(page) = pages.get(next.fetch_add(1, Ordering::Relaxed)) {
            files.push(page.print(&header));
        }
        files
    };
    let mut files = thread::scope(|scope| {
        let helpers: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut files = work();
        for helper in helpers {
            match helper.join() {
                Ok(more) => files.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        files
    });
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// The first line of every file.
fn header(api: &Api) -> String {
    let command = api.options.command.as_ref().map(|command| format!(" by `{command}`")).unwrap_or_default();
    format!("@generated{command} from {}. Do not edit.", api.inputs.join(", "))
}

/// A file of the crate that is still to be printed.
struct Page<'a> {
    /// The path in the crate.
    path: String,
    content: Content<'a>,
}

/// A printer.
enum Content<'a> {
    Rust(Box<dyn Fn() -> TokenStream + Sync + 'a>),
    Toml(Box<dyn Fn() -> String + Sync + 'a>),
}

impl Page<'_> {
    /// Prints the file under its header.
    fn print(&self, header: &str) -> File {
        let text = match &self.content {
            Content::Rust(render) => format!("// {header}\n\n{}", layout::file(render())),
            Content::Toml(render) => format!("# {header}\n\n{}", render()),
        };
        File { path: self.path.clone(), text }
    }
}

/// The files that the crate has.
fn plan<'a>(api: &'a Api, index: &'a Index<'a>) -> Vec<Page<'a>> {
    let toml = |path: &str, render: fn(&Api) -> String| {
        let content = Content::Toml(Box::new(move || render(api)));
        Page { path: path.to_owned(), content }
    };
    let plain =
        |path: &str, render: fn(&Scope<'_>) -> TokenStream| rust(path, move || render(&Scope::of_crate(api, index)));
    let mut pages = vec![
        toml("Cargo.toml", cargo_toml::render_manifest),
        toml("rustfmt.toml", |_| cargo_toml::RUSTFMT.to_owned()),
        rust("src/lib.rs", || crate_root::render_crate_root(api)),
        rust("src/models.rs", || models::render_models(api)),
    ];
    // A description with webhooks only has no client.
    if !api.operations.is_empty() {
        pages.push(plain("src/client.rs", client::render_client));
        pages.push(plain("src/error.rs", errors::render_errors));
    }
    if !api.credentials.is_empty() {
        pages.push(plain("src/credentials.rs", credentials::render_credentials));
    }
    if !api.events.is_empty() {
        pages.push(plain("src/webhooks.rs", webhooks::render_webhooks));
    }
    if builders::are_needed(api) {
        pages.push(rust("src/builders.rs", || builders::render_builders(api)));
    }
    if builders::markers(api).next().is_some() {
        pages.push(plain("src/builders/required.rs", builders::render_required));
    }
    for module in &api.modules {
        pages.push(rust(format!("src/models/{}.rs", module.name), || {
            models::render_module(&Scope::of_types(api, index, &module.types), module)
        }));
        if builders::built(api, module).next().is_some() {
            pages.push(rust(format!("src/builders/{}.rs", module.name), || {
                builders::render_module(&Scope::of_crate(api, index), module)
            }));
        }
    }
    for group in &api.groups {
        pages.push(rust(format!("src/client/{}.rs", group.name), || {
            client::render_group(&Scope::of_crate(api, index), group)
        }));
    }
    for operation in &api.operations {
        if let Some(example) = operation.examples.first() {
            pages.push(rust(format!("examples/{}.rs", operation.name), || {
                examples::render_program(&Scope::of_program(api, index), operation, example)
            }));
        }
    }
    pages
}

fn rust<'a>(path: impl Into<String>, render: impl Fn() -> TokenStream + Sync + 'a) -> Page<'a> {
    Page { path: path.into(), content: Content::Rust(Box::new(render)) }
}
