//! The files of the crate: the list of files, and the text of each.

mod sources;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use proc_macro2::TokenStream;

use self::sources::Sources;
use crate::api::{Api, TypeId};
use crate::render::client::{credentials, errors};
use crate::render::package::{cargo_toml, crate_root};
use crate::render::scope::{Index, Scope};
use crate::render::{builders, client, examples, layout, models, responses, webhooks};

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
    let threads = thread::available_parallelism().map_or(1, usize::from).min(pages.len());
    let next = AtomicUsize::new(0);
    let work = || {
        let mut files = Vec::new();
        while let Some(page) = pages.get(next.fetch_add(1, Ordering::Relaxed)) {
            files.push(page.print());
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

/// A file of the crate that is still to be printed.
struct Page<'a> {
    /// The path in the crate.
    path: String,
    /// Its first line.
    header: String,
    content: Content<'a>,
}

/// A printer of lines; those of Rust are still to be separated.
enum Content<'a> {
    Rust(Box<dyn Fn() -> String + Sync + 'a>),
    Toml(Box<dyn Fn() -> String + Sync + 'a>),
}

impl Page<'_> {
    /// Prints the file under its header.
    fn print(&self) -> File {
        let header = &self.header;
        let text = match &self.content {
            Content::Rust(render) => format!("// {header}\n\n{}", layout::spread(&render())),
            Content::Toml(render) => format!("# {header}\n\n{}", render()),
        };
        File { path: self.path.clone(), text }
    }
}

/// The files that the crate has.
fn plan<'a>(api: &'a Api, index: &'a Index<'a>) -> Vec<Page<'a>> {
    let toml = |path: &str, sources: &Sources<'_>, render: fn(&Api) -> String| {
        let content = Content::Toml(Box::new(move || render(api)));
        Page { path: path.to_owned(), header: sources.header(api), content }
    };
    let rust = |path: &str, sources: &Sources<'_>, render: Box<dyn Fn() -> String + Sync + 'a>| Page {
        path: path.to_owned(),
        header: sources.header(api),
        content: Content::Rust(render),
    };
    let plain = |path: &str, sources: &Sources<'_>, render: fn(&Scope<'_>) -> TokenStream| {
        rust(path, sources, Box::new(move || layout::print(render(&Scope::of_crate(api, index)))))
    };
    let (whole, all_types) = (Sources::of_crate(api), Sources::of_types(api, (0..api.types.len()).map(TypeId)));
    let mut pages = vec![
        toml("Cargo.toml", &whole, cargo_toml::render_manifest),
        toml("rustfmt.toml", &Sources::default(), |_| cargo_toml::RUSTFMT.to_owned()),
        rust("src/lib.rs", &whole, Box::new(|| layout::print(crate_root::render_crate_root(api)))),
        rust("src/models.rs", &all_types, Box::new(|| layout::print(models::render_models(api)))),
    ];
    // A description with webhooks only has no client.
    if !api.operations.is_empty() {
        pages.push(plain("src/client.rs", &Sources::of_operations(&api.operations), client::render_client));
        let bodies = api.error_bodies.iter().map(|body| body.ty);
        pages.push(plain("src/error.rs", &Sources::of_types(api, bodies), errors::render_errors));
    }
    if responses::are_needed(api) {
        let sources = Sources::of_operations(&api.operations);
        pages.push(plain("src/responses.rs", &sources, responses::render_responses));
    }
    if !api.credentials.is_empty() {
        let sources = Sources::of_credentials(api);
        pages.push(plain("src/credentials.rs", &sources, credentials::render_credentials));
    }
    if !api.events.is_empty() {
        pages.push(plain("src/webhooks.rs", &Sources::of_events(api), webhooks::render_webhooks));
    }
    if builders::are_needed(api) {
        pages.push(rust("src/builders.rs", &all_types, Box::new(|| layout::print(builders::render_builders(api)))));
    }
    if builders::markers(api).next().is_some() {
        pages.push(plain("src/builders/required.rs", &all_types, builders::render_required));
    }
    for module in &api.modules {
        let sources = Sources::of_types(api, module.types.iter().copied());
        let models = move || models::render_module(&Scope::of_types(api, index, &module.types), module);
        pages.push(rust(&format!("src/models/{}.rs", module.name), &sources, Box::new(models)));
        if builders::built(api, module).next().is_some() {
            let builders = move || builders::render_module(&Scope::of_crate(api, index), module);
            pages.push(rust(&format!("src/builders/{}.rs", module.name), &sources, Box::new(builders)));
        }
    }
    for group in &api.groups {
        let sources = Sources::of_operations(group.operations.iter().map(|index| &api.operations[*index]));
        let methods = move || layout::print(client::render_group(&Scope::of_crate(api, index), group));
        pages.push(rust(&format!("src/client/{}.rs", group.name), &sources, Box::new(methods)));
    }
    for operation in &api.operations {
        if let Some(example) = operation.examples.first() {
            let sources = Sources::of_operations([operation]);
            let program =
                move || layout::print(examples::render_program(&Scope::of_program(api, index), operation, example));
            pages.push(rust(&format!("examples/{}.rs", operation.program), &sources, Box::new(program)));
        }
    }
    pages
}
