//! Sample requests in the documentation of methods, and as programs.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::docs::{DocText, code};
use super::scope::{Scope, ident};
use crate::api::{
    Credential, Example, ExampleValue, Field, Operation, ResponseValue, Setter, TypeId, TypeKind, TypeRef,
};
use crate::render::layout::statements;
use crate::render::types::render_type;

/// A fenced example that is compiled and not run.
pub(super) fn doc_example(scope: &Scope<'_>, operation: &Operation, example: &Example) -> String {
    let scope = &scope.program();
    let request = render_request(scope, operation, example);
    let call = render_call(operation);
    format!(
        "```no_run\n{allowed}{imports}\n\n# async fn example(client: {krate}::Client) -> Result<(), {krate}::Error> {{\n{body}\n# Ok(())\n# }}\n```",
        allowed = if operation.deprecated { "# #![allow(deprecated)]\n" } else { "" },
        imports = statements(&scope.imports()),
        krate = scope.api.crate_name(),
        body = statements(&quote!(#request #call)),
    )
}

/// A whole program.
pub(crate) fn render_program(scope: &Scope<'_>, operation: &Operation, example: &Example) -> TokenStream {
    let docs = DocText::new()
        .text(example.summary.as_deref().or(operation.docs.summary.as_deref()))
        .line(environment(scope, operation))
        .source(&example.origin)
        .inner();
    let base_url = &scope.api.samples.base_url_variable;
    let (env, error, client) = (scope.std("env"), scope.std("error::Error"), scope.krate("Client"));
    let credentials = render_credentials(scope, operation);
    let request = render_request(scope, operation, example);
    let call = render_call(operation);
    let print = operation.response.has_value().then(|| match &operation.response.value {
        ResponseValue::Body { body, may_be_empty: false } if body.ty == TypeRef::Bytes => {
            quote!(println!("{} bytes", response.len());)
        }
        _ => quote!(println!("{response:?}");),
    });
    let allowed = operation.deprecated.then(|| quote!(#![allow(deprecated)]));
    let items = quote! {
        #[tokio::main(flavor = "current_thread")]
        async fn main() -> Result<(), Box<dyn #error>> {
            let client = #client::builder(#env::var(#base_url)?)#credentials.build()?;
            #request
            #call
            #print
            Ok(())
        }
    };
    scope.page(&quote!(#docs #allowed), &items)
}

fn sample_credentials<'a>(scope: &'a Scope<'_>, operation: &Operation) -> Vec<&'a Credential> {
    operation.sample_credentials.iter().map(|index| &scope.api.credentials[*index]).collect()
}

/// A sentence about the environment variables that the program reads.
fn environment(scope: &Scope<'_>, operation: &Operation) -> String {
    let base_url = code(&scope.api.samples.base_url_variable);
    let credentials = sample_credentials(scope, operation);
    let variables: Vec<_> =
        credentials.iter().flat_map(|credential| &credential.variables).map(|name| code(name)).collect();
    let source = match &variables[..] {
        [] => String::new(),
        [head @ .., last] if head.len() > 1 => format!(" and the credentials from {}, and {last}", head.join(", ")),
        variables => format!(" and the credentials from {}", variables.join(" and ")),
    };
    format!("Reads the base URL from the environment variable {base_url}{source}.")
}

fn render_credentials(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let held = sample_credentials(scope, operation);
    let (first, others) = held.split_first()?;
    let (env, credentials) = (scope.std("env"), scope.krate("Credentials"));
    let create = |credential: &&Credential| {
        let (name, variables) = (ident(&credential.name), &credential.variables);
        quote!(#credentials::#name(#(#env::var(#variables)?),*))
    };
    let (first, others) = (create(first), others.iter().map(create));
    Some(quote!(.credentials(#first #(.and(#others))*)))
}

fn render_request(scope: &Scope<'_>, operation: &Operation, example: &Example) -> TokenStream {
    let parameters = example.parameters.as_ref().map(|value| {
        let value = render_value(scope, value);
        quote!(let parameters = #value;)
    });
    let body = operation.request.as_ref().zip(example.value.as_ref()).map(|(request, value)| {
        let (argument, value) = (ident(&request.argument), render_value(scope, value));
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
    let response = operation.response.has_value().then(|| quote!(let response =));
    quote!(#response client.#method(#(#arguments),*).await?;)
}

fn render_value(scope: &Scope<'_>, value: &ExampleValue) -> TokenStream {
    match value {
        ExampleValue::Struct(id, properties, others) => render_built(scope, *id, properties, others),
        ExampleValue::Variant(id, index) => {
            let (definition, name) = (&scope.api[*id], scope.model(*id));
            let variant = match &definition.kind {
                TypeKind::Enum(shape) => ident(&shape.variants[*index].name),
                _ => format_ident!("_"),
            };
            quote!(#name::#variant)
        }
        ExampleValue::String(text) | ExampleValue::Formatted(text) => quote!(#text),
        ExampleValue::Alternative(id, index, value) => {
            let name = scope.model(*id);
            let TypeKind::Union(shape) = &scope.api[*id].kind else { return quote!(#name) };
            let alternative = &shape.variants[*index];
            let variant = ident(&alternative.name);
            let value = render_item(scope, value);
            let value = if alternative.boxed { quote!(Box::new(#value)) } else { value };
            quote!(#name::#variant(#value))
        }
        ExampleValue::Wrapped(id, value) => {
            let (name, value) = (scope.model(*id), render_item(scope, value));
            quote!(#name(#value))
        }
        ExampleValue::Null => {
            let krate = ident(&scope.api.crate_name());
            quote!(#krate::Nullable::Null)
        }
        ExampleValue::NotNull(value) => {
            let krate = ident(&scope.api.crate_name());
            let value = render_item(scope, value);
            quote!(#krate::Nullable::Value(#value))
        }
        ExampleValue::Integer(value) => {
            let value = Literal::i128_unsuffixed(*value);
            quote!(#value)
        }
        ExampleValue::Float(value) => {
            let value = Literal::f64_unsuffixed(*value);
            quote!(#value)
        }
        ExampleValue::Bool(value) => quote!(#value),
        ExampleValue::List(items) if items.is_empty() => quote!(Vec::new()),
        ExampleValue::List(items) => {
            let items = items.iter().map(|item| render_item(scope, item));
            quote!([#(#items),*])
        }
        ExampleValue::Map(properties) => {
            let properties = properties.iter().map(|(key, value)| {
                let value = render_item(scope, value);
                quote!((#key.to_owned(), #value))
            });
            quote!([#(#properties),*])
        }
        ExampleValue::Json(text) => {
            let krate = ident(&scope.api.crate_name());
            quote!(#text.parse::<#krate::JsonValue>().expect("the example is JSON"))
        }
    }
}

/// The argument of a setter, which converts it.
fn render_argument(scope: &Scope<'_>, field: &Field, value: &ExampleValue) -> TokenStream {
    match (field.setter, value) {
        (Setter::Into, value) => render_converted(scope, value),
        (Setter::IntoItems, ExampleValue::List(items)) => {
            if let ([], TypeRef::List(item)) = (&**items, &field.ty) {
                let item = render_type(scope, item);
                return quote!(Vec::<#item>::new());
            }
            let is_alike = items.windows(2).all(|pair| converts_alike(&pair[0], &pair[1]));
            let render = if is_alike { render_converted } else { render_value };
            let items = items.iter().map(|item| render(scope, item));
            quote!([#(#items),*])
        }
        _ => render_value(scope, value),
    }
}

/// Returns `true` if two items that are left to a conversion have the same type.
fn converts_alike(one: &ExampleValue, other: &ExampleValue) -> bool {
    match (one, other) {
        (ExampleValue::Alternative(_, one, _), ExampleValue::Alternative(_, other, _)) => one == other,
        // The type of a builder depends on the properties that are set, but not beyond the required ones.
        _ => true,
    }
}

/// A value where another that converts into it will do: the value of an alternative, or a builder.
fn render_converted(scope: &Scope<'_>, value: &ExampleValue) -> TokenStream {
    match value {
        ExampleValue::Struct(id, properties, others) => render_builder(scope, *id, properties, others),
        ExampleValue::Alternative(id, index, inner) => match &scope.api[*id].kind {
            TypeKind::Union(shape) if shape.variants[*index].has_from => render_value(scope, inner),
            _ => render_value(scope, value),
        },
        value => render_value(scope, value),
    }
}

/// An item of a list, with the conversion that a setter would make.
fn render_item(scope: &Scope<'_>, value: &ExampleValue) -> TokenStream {
    let rendered = render_value(scope, value);
    match value {
        ExampleValue::String(_) => quote!(#rendered.to_owned()),
        ExampleValue::List(items) if items.is_empty() => rendered,
        ExampleValue::Formatted(_) | ExampleValue::List(_) | ExampleValue::Map(_) => quote!(#rendered.into()),
        _ => rendered,
    }
}

/// A finished value.
fn render_built(
    scope: &Scope<'_>,
    id: TypeId,
    properties: &[(usize, ExampleValue)],
    others: &[(String, ExampleValue)],
) -> TokenStream {
    let builder = render_builder(scope, id, properties, others);
    quote!(#builder.build())
}

/// A builder in which all properties are set.
fn render_builder(
    scope: &Scope<'_>,
    id: TypeId,
    properties: &[(usize, ExampleValue)],
    others: &[(String, ExampleValue)],
) -> TokenStream {
    let (definition, name) = (&scope.api[id], scope.model(id));
    let setters = properties.iter().map(|(index, value)| {
        let field = &definition.fields()[*index];
        let (setter, value) = (ident(&field.name), render_argument(scope, field, value));
        quote!(.#setter(#value))
    });
    let additional =
        definition.as_struct().and_then(|shape| shape.unknown_properties.field()).filter(|_| !others.is_empty());
    let others = additional.map(|additional| {
        let setter = ident(&additional.name);
        let properties = others.iter().map(|(key, value)| {
            let value = render_item(scope, value);
            quote!((#key.to_owned(), #value))
        });
        quote!(.#setter([#(#properties),*]))
    });
    quote!(#name::builder()#(#setters)*#others)
}
