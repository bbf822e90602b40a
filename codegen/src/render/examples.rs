//! Sample requests: in the docs of the method, and as programs.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::docs::DocText;
use super::ident;
use super::imports::render_use;
use crate::api::{Api, Credential, Example, ExampleValue, Operation, TypeId, TypeKind, TypeRef};
use crate::layout::statements;

/// A fenced example that is compiled and not run.
pub(super) fn doc_example(api: &Api, operation: &Operation, example: &Example) -> String {
    let imports = render_model_imports(api, example);
    let request = render_request(api, operation, example);
    let call = render_call(operation);
    format!(
        "```no_run\n{allowed}{imports}\n\n# async fn example(client: {krate}::Client) -> Result<(), {krate}::Error> {{\n{body}\n# Ok(())\n# }}\n```",
        allowed = if operation.deprecated { "# #![allow(deprecated)]\n" } else { "" },
        imports = statements(&quote!(#imports)),
        krate = api.crate_name(),
        body = statements(&quote!(#request #call)),
    )
}

/// A whole program.
pub(super) fn render_program(api: &Api, operation: &Operation, example: &Example) -> TokenStream {
    let krate = ident(&api.crate_name());
    let docs = DocText::new()
        .text(example.summary.as_deref().or(operation.docs.summary.as_deref()))
        .line(format!(
            "Reads the base URL of the account from `{}` and the credentials from {}.",
            api.samples.base_url_variable,
            variables(api, operation)
        ))
        .source(&example.origin)
        .inner();
    let base_url = &api.samples.base_url_variable;
    let models = render_model_imports(api, example);
    let credentials = render_credentials(api, operation);
    let client =
        if credentials.is_some() { quote!(use #krate::{Client, Credentials};) } else { quote!(use #krate::Client;) };
    let request = render_request(api, operation, example);
    let call = render_call(operation);
    let print = operation.reply.is_shown().then(|| match operation.reply.ty {
        Some(TypeRef::Bytes) if !operation.reply.may_be_empty => quote!(println!("{} bytes", reply.len());),
        _ => quote!(println!("{reply:?}");),
    });
    let allowed = operation.deprecated.then(|| quote!(#![allow(deprecated)]));
    quote! {
        #docs
        #allowed
        use std::env;
        use std::error::Error;
        #models
        #client

        #[tokio::main(flavor = "current_thread")]
        async fn main() -> Result<(), Box<dyn Error>> {
            let client = Client::builder(env::var(#base_url)?)#credentials.build()?;
            #request
            #call
            #print
            Ok(())
        }
    }
}

fn credential<'a>(api: &'a Api, operation: &Operation) -> Option<&'a Credential> {
    operation.sample_credential.map(|index| &api.credentials[index])
}

fn variables(api: &Api, operation: &Operation) -> String {
    match credential(api, operation) {
        Some(credential) => format!("`{}`", credential.variables.join("` and `")),
        None => "nowhere: none are asked for".to_owned(),
    }
}

fn render_credentials(api: &Api, operation: &Operation) -> Option<TokenStream> {
    let credential = credential(api, operation)?;
    let name = ident(&credential.name);
    let variables = &credential.variables;
    Some(quote!(.credentials(Credentials::#name(#(env::var(#variables)?),*))))
}

fn render_model_imports(api: &Api, example: &Example) -> Option<TokenStream> {
    let krate = ident(&api.crate_name());
    let values = example.parameters.iter().chain(&example.value);
    let names: BTreeSet<_> = values.flat_map(|value| used_types(api, value)).collect();
    let names: Vec<_> = names.into_iter().map(ident).collect();
    render_use(&quote!(#krate::models), &names)
}

fn render_request(api: &Api, operation: &Operation, example: &Example) -> TokenStream {
    let parameters = example.parameters.as_ref().map(|value| {
        let value = render_value(api, value);
        quote!(let parameters = #value;)
    });
    let body = operation.request.as_ref().zip(example.value.as_ref()).map(|(request, value)| {
        let (argument, value) = (ident(&request.argument), render_value(api, value));
        quote!(let #argument = #value;)
    });
    quote!(#parameters #body)
}

fn render_call(operation: &Operation) -> TokenStream {
    let method = ident(&operation.name);
    let parameters = operation.parameters.map(|_| quote!(&parameters));
    let body = operation.request.as_ref().map(|request| {
        let argument = ident(&request.argument);
        if request.required { quote!(&#argument) } else { quote!(Some(&#argument)) }
    });
    let arguments = parameters.into_iter().chain(body);
    let reply = operation.reply.is_shown().then(|| quote!(let reply =));
    quote!(#reply client.#method(#(#arguments),*).await?;)
}

fn render_value(api: &Api, value: &ExampleValue) -> TokenStream {
    match value {
        ExampleValue::Struct(id, members, others) => render_built(api, *id, members, others),
        ExampleValue::Variant(id, index) => {
            let definition = &api[*id];
            let name = ident(&definition.name);
            let variant = match &definition.kind {
                TypeKind::Enum(shape) => ident(&shape.variants[*index].name),
                _ => format_ident!("_"),
            };
            quote!(#name::#variant)
        }
        ExampleValue::String(text) | ExampleValue::Formatted(text) => quote!(#text),
        ExampleValue::Form(id, index, value) => {
            let name = ident(&api[*id].name);
            let TypeKind::Union(shape) = &api[*id].kind else { return quote!(#name) };
            let form = &shape.variants[*index];
            let variant = ident(&form.name);
            let value = render_item(api, value);
            let value = if form.boxed { quote!(Box::new(#value)) } else { value };
            quote!(#name::#variant(#value))
        }
        ExampleValue::Wrapped(id, value) => {
            let (name, value) = (ident(&api[*id].name), render_item(api, value));
            quote!(#name(#value))
        }
        ExampleValue::Null => {
            let krate = ident(&api.crate_name());
            quote!(#krate::Nullable::Null)
        }
        ExampleValue::NotNull(value) => {
            let krate = ident(&api.crate_name());
            let value = render_item(api, value);
            quote!(#krate::Nullable::Value(#value))
        }
        ExampleValue::Integer(value) => {
            let value = Literal::i64_unsuffixed(*value);
            quote!(#value)
        }
        ExampleValue::Float(value) => {
            let value = Literal::f64_unsuffixed(*value);
            quote!(#value)
        }
        ExampleValue::Bool(value) => quote!(#value),
        ExampleValue::List(items) if items.is_empty() => quote!(Vec::new()),
        ExampleValue::List(items) => {
            let items = items.iter().map(|item| render_item(api, item));
            quote!([#(#items),*])
        }
        ExampleValue::Map(members) => {
            let members = members.iter().map(|(key, value)| {
                let value = render_item(api, value);
                quote!((#key.to_owned(), #value))
            });
            quote!([#(#members),*])
        }
        ExampleValue::Json(text) => {
            let krate = ident(&api.crate_name());
            quote!(#text.parse::<#krate::JsonValue>().expect("the example is JSON"))
        }
    }
}

/// An item of a list, which no setter turns into what it must be.
fn render_item(api: &Api, value: &ExampleValue) -> TokenStream {
    let rendered = render_value(api, value);
    match value {
        ExampleValue::String(_) => quote!(#rendered.to_owned()),
        ExampleValue::List(items) if items.is_empty() => rendered,
        ExampleValue::Formatted(_) | ExampleValue::List(_) | ExampleValue::Map(_) => quote!(#rendered.into()),
        _ => rendered,
    }
}

fn render_built(
    api: &Api,
    id: TypeId,
    members: &[(usize, ExampleValue)],
    others: &[(String, ExampleValue)],
) -> TokenStream {
    let definition = &api[id];
    let name = ident(&definition.name);
    let setters = members.iter().map(|(index, value)| {
        let setter = ident(&definition.fields()[*index].name);
        let value = render_value(api, value);
        quote!(.#setter(#value))
    });
    let kept = definition.as_struct().and_then(|shape| shape.additional.kept()).filter(|_| !others.is_empty());
    let others = kept.map(|kept| {
        let setter = ident(&kept.name);
        let members = others.iter().map(|(key, value)| {
            let value = render_item(api, value);
            quote!((#key.to_owned(), #value))
        });
        quote!(.#setter([#(#members),*]))
    });
    quote!(#name::builder()#(#setters)*#others.build())
}

/// The names of the types that a value is built of.
fn used_types<'a>(api: &'a Api, value: &ExampleValue) -> BTreeSet<&'a str> {
    fn collect<'a>(api: &'a Api, value: &ExampleValue, names: &mut BTreeSet<&'a str>) {
        match value {
            ExampleValue::Struct(id, members, others) => {
                names.insert(&api[*id].name);
                let others = others.iter().map(|(_, value)| value);
                members.iter().map(|(_, value)| value).chain(others).for_each(|value| collect(api, value, names));
            }
            ExampleValue::Variant(id, _) => {
                names.insert(&api[*id].name);
            }
            ExampleValue::Form(id, _, value) | ExampleValue::Wrapped(id, value) => {
                names.insert(&api[*id].name);
                collect(api, value, names);
            }
            ExampleValue::NotNull(value) => collect(api, value, names),
            ExampleValue::List(items) => items.iter().for_each(|value| collect(api, value, names)),
            ExampleValue::Map(members) => members.iter().for_each(|(_, value)| collect(api, value, names)),
            _ => {}
        }
    }
    let mut names_used = BTreeSet::new();
    collect(api, value, &mut names_used);
    names_used
}
