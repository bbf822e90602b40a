//! The names that a file uses: a printer asks for the tokens of a name, and the file gets its `use` lines from that.

use std::borrow::Cow;
use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use crate::api::{Api, FeatureId, TypeDef, TypeId};
use crate::names;
use crate::render::layout;

/// The crate with the code that emitted code calls.
const RUNTIME: &str = "wirecrate_runtime";

/// Its module for emitted code.
const GENERATED: &str = "wirecrate_runtime::generated";

/// The names that one file uses.
///
/// The types of the description have their short names everywhere. A name from elsewhere is imported, unless some type of
/// the description has the same one: then it is written with its path.
#[derive(Debug)]
pub(crate) struct Scope<'a> {
    pub(crate) api: &'a Api,
    index: &'a Index<'a>,
    home: Home,
    /// Paths with the names that are imported from them.
    imports: RefCell<BTreeMap<Cow<'a, str>, BTreeSet<Cow<'a, str>>>>,
}

/// Tables that are made once for all files.
#[derive(Debug)]
pub(crate) struct Index<'a> {
    /// The names of all types of the description.
    type_names: HashSet<&'a str>,
    /// The methods by the types of their parameters.
    methods: HashMap<TypeId, &'a str>,
}

impl<'a> Index<'a> {
    pub(crate) fn of(api: &'a Api) -> Self {
        let operations = api.operations.iter();
        Self {
            type_names: api.types.iter().map(|definition| &*definition.name).collect(),
            methods: operations.filter_map(|operation| Some((operation.parameters?, &*operation.name))).collect(),
        }
    }
}

/// The kind of a file, which decides the path of a type.
#[derive(Debug)]
enum Home {
    /// A file of types, with those that it defines.
    Types(HashSet<TypeId>),
    /// Another file of the crate.
    Crate,
    /// A program that uses the crate by this name.
    Program(String),
}

impl<'a> Scope<'a> {
    /// A file of types.
    pub(crate) fn of_types(api: &'a Api, index: &'a Index<'a>, types: &[TypeId]) -> Self {
        Self::new(api, index, Home::Types(types.iter().copied().collect()))
    }

    /// A file of the crate without types of the description.
    pub(crate) fn of_crate(api: &'a Api, index: &'a Index<'a>) -> Self {
        Self::new(api, index, Home::Crate)
    }

    /// A program that uses the crate.
    pub(crate) fn of_program(api: &'a Api, index: &'a Index<'a>) -> Self {
        Self::new(api, index, Home::Program(api.crate_name()))
    }

    /// A program in the documentation of this file.
    pub(crate) fn program(&self) -> Self {
        Self::of_program(self.api, self.index)
    }

    fn new(api: &'a Api, index: &'a Index<'a>, home: Home) -> Self {
        Self { api, index, home, imports: RefCell::default() }
    }

    /// An item of the standard library by its path in `std`, such as `collections::BTreeMap`.
    pub(crate) fn std(&self, path: &'static str) -> TokenStream {
        let (module, name) = path.rsplit_once("::").unwrap_or(("", path));
        let module = if module.is_empty() { "std".into() } else { format!("std::{module}").into() };
        self.import_or_path(module, name)
    }

    /// A trait of serde.
    pub(crate) fn serde(&self, name: &'static str) -> TokenStream {
        self.import_or_path("serde".into(), name)
    }

    /// An item of the runtime; behind its module if the emitted crate or the description has an item of that name.
    pub(crate) fn runtime(&self, name: &'static str) -> TokenStream {
        debug_assert!(names::runtime::is_emitted(name), "`{name}` is not in the table");
        if names::is_own(name) || self.index.type_names.contains(name) {
            let (module, name) = (self.import(RUNTIME.into(), "generated".into()), ident(name));
            return quote!(#module::#name);
        }
        self.import(GENERATED.into(), name.into())
    }

    /// An item of the runtime in code that may be behind a feature, where an import could be unused.
    pub(crate) fn runtime_behind(&self, gate: Option<&TokenStream>, name: &'static str) -> TokenStream {
        if gate.is_some() { path(&runtime_path(name)) } else { self.runtime(name) }
    }

    /// A module or an item of the emitted crate by its path in the crate, such as `error::ErrorBody`.
    pub(crate) fn krate(&self, path: &'static str) -> TokenStream {
        let root = match &self.home {
            Home::Program(name) => name.clone(),
            Home::Types(_) | Home::Crate => "crate".to_owned(),
        };
        let (module, name) = path.rsplit_once("::").unwrap_or(("", path));
        let module = if module.is_empty() { root } else { format!("{root}::{module}") };
        self.import(module.into(), name.into())
    }

    /// An item of the module that this file belongs to.
    pub(crate) fn parent(&self, name: &'static str) -> TokenStream {
        self.import("super".into(), name.into())
    }

    /// A type of the description.
    pub(crate) fn model(&self, id: TypeId) -> Ident {
        let name = &*self.api[id].name;
        let module = match &self.home {
            Home::Types(own) if own.contains(&id) => None,
            Home::Types(_) => Some("super".into()),
            Home::Crate => Some("crate::models".into()),
            Home::Program(krate) => Some(format!("{krate}::models").into()),
        };
        if let Some(module) = module {
            self.add(module, name.into());
        }
        ident(name)
    }

    /// A type of the file `responses.rs`.
    pub(crate) fn response_type(&self, name: &str) -> Ident {
        self.add("crate::responses".into(), name.to_owned().into());
        ident(name)
    }

    /// The method of the client that takes a type as its parameters.
    pub(crate) fn method_with_parameters(&self, id: TypeId) -> Option<&'a str> {
        self.index.methods.get(&id).copied()
    }

    /// The builder of a type.
    pub(crate) fn builder(&self, definition: &TypeDef) -> Ident {
        let name = builder_name(definition);
        self.add("crate::builders".into(), name.to_string().into());
        name
    }

    /// A file whose items are printed already: its head, the `use` lines of all that its items use, the items.
    pub(crate) fn printed_page(&self, head: &TokenStream, items: &str) -> String {
        let imports = self.imports();
        layout::print(quote!(#head #imports)) + items
    }

    /// A file: its head, the `use` lines of all that its items use, the items.
    pub(crate) fn page(&self, head: &TokenStream, items: &TokenStream) -> TokenStream {
        let imports = self.imports();
        quote!(#head #imports #items)
    }

    /// The `use` lines: the standard library, other crates, this crate; each group in the order of rustfmt.
    pub(crate) fn imports(&self) -> TokenStream {
        let imports = self.imports.borrow();
        let mut lines: Vec<_> = imports.iter().map(|(path, names)| (&**path, names)).collect();
        lines.sort_by(|a, b| compare(*a, *b));
        lines.into_iter().map(|(path, names)| render_use(path, names.iter().map(|name| &**name))).collect()
    }

    fn import_or_path(&self, module: Cow<'a, str>, name: &'static str) -> TokenStream {
        if self.index.type_names.contains(name) {
            let (module, name) = (path(&module), ident(name));
            return quote!(#module::#name);
        }
        self.import(module, name.into())
    }

    fn import(&self, module: Cow<'a, str>, name: Cow<'a, str>) -> TokenStream {
        let ident = ident(&name);
        self.add(module, name);
        quote!(#ident)
    }

    fn add(&self, module: Cow<'a, str>, name: Cow<'a, str>) {
        self.imports.borrow_mut().entry(module).or_default().insert(name);
    }
}

/// The attribute of what needs one of these features; nothing for what is always part of the crate.
pub(crate) fn gate(api: &Api, features: &[FeatureId]) -> Option<TokenStream> {
    let names: Vec<_> = features.iter().map(|id| &*api[*id].name).collect();
    match &*names {
        [] => None,
        [only] => Some(quote!(#[cfg(feature = #only)])),
        several => Some(quote!(#[cfg(any(#(feature = #several),*))])),
    }
}

/// The path of an item of the runtime as text, for attributes.
pub(crate) fn runtime_path(name: &str) -> String {
    debug_assert!(names::runtime::is_emitted(name), "`{name}` is not in the table");
    format!("{GENERATED}::{name}")
}

/// An identifier; [`names`](crate::names) has finished it.
pub(crate) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// The name of the builder of a type.
pub(crate) fn builder_name(definition: &TypeDef) -> Ident {
    format_ident!("{}Builder", definition.name)
}

/// `pub use path::{…};` with the names in order.
pub(crate) fn render_export<'n>(path: &str, names: impl IntoIterator<Item = &'n str>) -> TokenStream {
    let names: BTreeSet<_> = names.into_iter().collect();
    let line = render_use(path, names.into_iter());
    quote!(pub #line)
}

/// `use path::{…};` with nothing around a single name.
fn render_use<'n>(module: &str, names: impl ExactSizeIterator<Item = &'n str>) -> TokenStream {
    let (path, single) = (path(module), names.len() == 1);
    let names = names.map(ident);
    if single { quote!(use #path #(::#names)*;) } else { quote!(use #path::{#(#names),*};) }
}

fn path(text: &str) -> TokenStream {
    let segments = text.split("::").map(ident);
    quote!(#(#segments)::*)
}

type Line<'l, 'a> = (&'l str, &'l BTreeSet<Cow<'a, str>>);

/// The order of two `use` lines.
fn compare(a: Line<'_, '_>, b: Line<'_, '_>) -> Ordering {
    let key = |(path, names): Line<'_, '_>| {
        let mut segments: Vec<_> = path.split("::").map(|segment| (rank(segment), segment.to_owned())).collect();
        // Several names in braces come behind each single one.
        segments.push(match names.first() {
            Some(name) if names.len() == 1 => (rank(name), name.to_string()),
            _ => (u8::MAX, String::new()),
        });
        segments
    };
    key(a).cmp(&key(b))
}

/// The rank of a segment: the groups of `use` lines, and rustfmt's order in the last one.
fn rank(segment: &str) -> u8 {
    match segment {
        "std" => 0,
        "super" => 2,
        "crate" => 3,
        _ => 1,
    }
}
