//! A method for each operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::{method_docs, rate_limits};
use crate::api::{BodyFormat, FormStyle, MessageId, Operation, RequestBody, ResponseFormat};
use crate::render::checks;
use crate::render::scope::{Scope, ident};
use crate::render::types::{render_borrowed, render_type};

/// The media type that the runtime assumes.
const JSON: &str = "application/json";

pub(super) fn render_method(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let docs = method_docs::render_method_docs(scope, operation).outer();
    let name = ident(&operation.name);
    let body = operation.request.as_ref().map(|request| render_borrowed(scope, &request.ty));
    let response = render_response(scope, operation);
    let deprecated =
        operation.deprecated.then(|| quote!(#[deprecated = "the API description marks this operation as deprecated"]));
    let (operation_type, description) = (scope.runtime("Operation"), render_description(scope, operation));
    let parameters = operation.parameters.map(|id| scope.model(id));
    let call = render_start(scope, operation.request.as_ref());
    let checks = operation.request.as_ref().map(|request| render_body_settings(scope, request));
    let sets_parameters = parameters.as_ref().map(|ty| quote!(.parameters(parameters, #ty::validate, #ty::write)));
    let build = render_build(scope, operation);
    let whole = operation.response.only_headers.then(|| quote!(.with_response()));
    // A named lifetime, since the call borrows more than one reference.
    let (lifetime, call_type) = match &body {
        Some(body) => (quote!('a), quote!(Call<'a, #body, #response>)),
        None => (TokenStream::new(), quote!(Call<'_, (), #response>)),
    };
    let generics = body.as_ref().map(|_| quote!(<'a>));
    let parameters = parameters.map(|ty| quote!(, parameters: &#ty));
    let argument = operation.request.as_ref().zip(body).map(|(request, body)| {
        let name = ident(&request.argument);
        if request.required { quote!(, #name: &'a #body) } else { quote!(, #name: Option<&'a #body>) }
    });
    quote! {
        #docs
        #deprecated
        pub fn #name #generics(&#lifetime self #parameters #argument) -> #call_type {
            static OPERATION: #operation_type = #description;
            #call #checks #sets_parameters #build #whole
        }
    }
}

/// The end of the builder, with the predicate on the response if there is one.
fn render_build(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let Some(id) = scope.api.declinable(&operation.response) else { return quote!(.build()) };
    let ty = scope.model(id);
    if operation.response.may_be_empty {
        quote!(.build_declinable(|response: &Option<#ty>| response.as_ref().is_some_and(#ty::is_declined)))
    } else {
        quote!(.build_declinable(#ty::is_declined))
    }
}

/// The type of the response for the caller.
fn render_response(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let response = &operation.response;
    if response.only_headers {
        let ty = scope.runtime("Response");
        return quote!(#ty<()>);
    }
    let Some(ty) = &response.ty else { return quote!(()) };
    let ty = render_type(scope, ty);
    if response.may_be_empty { quote!(Option<#ty>) } else { ty }
}

/// The description of an operation for the runtime; the defaults are left out.
fn render_description(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let (id, path, response) = (&operation.id, &operation.path, &operation.response);
    let (operation_type, methods) = (scope.runtime("Operation"), scope.runtime("Method"));
    let method = ident(&operation.method);
    let request = operation.request.as_ref();
    let content_type = request
        .filter(|request| !is_multipart(&request.format) && request.media_type != JSON)
        .map(|RequestBody { media_type, .. }| quote!(.content_type(#media_type)));
    let accept = &response.accept;
    let format = match response.format {
        ResponseFormat::Json => ident("Json"),
        ResponseFormat::JsonOrText => ident("JsonOrText"),
        ResponseFormat::Text => ident("Text"),
        ResponseFormat::Bytes => ident("Bytes"),
    };
    let is_usual = response.format == ResponseFormat::Json && accept == JSON;
    let format = (!is_usual).then(|| {
        let formats = scope.runtime("ResponseFormat");
        quote!(.response(#formats::#format, #accept))
    });
    let empty = response.may_be_empty.then(|| quote!(.response_may_be_empty()));
    let no_body = response.ty.is_none().then(|| quote!(.no_response_body()));
    let is_json = response.ty.is_some() && response.format == ResponseFormat::Json;
    let whole_numbers = (scope.api.whole_numbers && is_json).then(|| quote!(.whole_numbers()));
    let alternatives = operation.alternatives();
    let security = alternatives.iter().any(|names| !names.is_empty()).then(|| {
        let alternatives = alternatives.iter().map(|names| quote!(&[#(#names),*]));
        quote!(.security(&[#(#alternatives),*]))
    });
    let rate_limits = rate_limits::render_limits(scope, &operation.rate_limits);
    quote!(#operation_type::new(#id, #methods::#method, #path)#content_type #format #no_body #empty #whole_numbers #security #rate_limits)
}

/// Returns `true` for a form of parts, whose media type has a boundary.
fn is_multipart(format: &BodyFormat) -> bool {
    matches!(format, BodyFormat::Multipart | BodyFormat::Files | BodyFormat::Parts)
}

/// The builder of a call, with the body if there is one.
fn render_start(scope: &Scope<'_>, request: Option<&RequestBody>) -> TokenStream {
    let builder = scope.runtime("CallBuilder");
    let Some(request) = request else { return quote!(#builder::without_body(&self.inner, &OPERATION)) };
    let argument = ident(&request.argument);
    let payload = || scope.runtime("Payload");
    let (ty, encode) = match &request.format {
        BodyFormat::Json if request.required => {
            return quote!(#builder::json(&self.inner, &OPERATION, #argument));
        }
        BodyFormat::Json => (payload(), ident("json")),
        BodyFormat::Text => (payload(), ident("text")),
        BodyFormat::Bytes => (payload(), ident("bytes")),
        BodyFormat::Form(styles) => return render_form(scope, request, styles),
        BodyFormat::Multipart => (render_borrowed(scope, &request.ty), ident("encode")),
        BodyFormat::Files => (payload(), ident("files")),
        BodyFormat::Parts => (payload(), ident("parts")),
    };
    let body = render_optional(request);
    quote!(#builder::new(&self.inner, &OPERATION, #body, #ty::#encode))
}

/// The body as an `Option`.
fn render_optional(request: &RequestBody) -> TokenStream {
    let argument = ident(&request.argument);
    if request.required { quote!(Some(#argument)) } else { quote!(#argument) }
}

/// The builder of a call with a URL-encoded form.
fn render_form(scope: &Scope<'_>, request: &RequestBody, styles: &[(String, FormStyle)]) -> TokenStream {
    let [builder, payload] = ["CallBuilder", "Payload"].map(|name| scope.runtime(name));
    let styles = styles.iter().map(|(name, style)| {
        let form_style = scope.runtime("FormStyle");
        let style = match style {
            FormStyle::Exploded => quote!(Exploded),
            FormStyle::Joined(separator) => quote!(Joined(#separator)),
            FormStyle::Deep => quote!(Deep),
            FormStyle::Json => quote!(Json),
        };
        quote!((#name, #form_style::#style))
    });
    let (argument, body) = (ident(&request.argument), render_optional(request));
    quote!(#builder::new(&self.inner, &OPERATION, #body, |#argument| #payload::form(#argument, &[#(#styles),*])))
}

/// The check of a body, and the message id in it.
fn render_body_settings(scope: &Scope<'_>, request: &RequestBody) -> TokenStream {
    let check = match scope.api.validated(&request.ty) {
        Some(id) => {
            let ty = scope.model(id);
            Some(quote!(#ty::validate))
        }
        None => checks::render_body_check(scope, &request.checks),
    };
    let check = check.map(|check| quote!(.check_with(#check)));
    let message_id = request.message_id.as_ref().map(|id| render_message_id(request, id));
    quote!(#check #message_id)
}

fn render_message_id(request: &RequestBody, id: &MessageId) -> TokenStream {
    let (argument, field) = (ident(&request.argument), ident(&id.field));
    let value = if id.required { quote!(Some(&#argument.#field)) } else { quote!(#argument.#field.as_deref()) };
    quote!(.message_id_with(|#argument| #value))
}
