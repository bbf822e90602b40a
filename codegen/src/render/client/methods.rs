//! A method for each operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::{method_docs, rate_limits};
use crate::api::{BodyFormat, ErrorTypes, FormStyle, MessageId, Operation, RequestBody, ResponseFormat, ResponseValue};
use crate::render::checks;
use crate::render::responses::render_format;
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
    let whole = (operation.response.value == ResponseValue::Headers).then(|| quote!(.with_response()));
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
    let (body, may_be_empty) = match &operation.response.value {
        ResponseValue::Body { body, may_be_empty } => (body, *may_be_empty),
        ResponseValue::ByStatus(_) => return quote!(.build_by_status()),
        ResponseValue::Nothing | ResponseValue::Headers => return quote!(.build()),
    };
    let Some(id) = scope.api.declinable(body) else { return quote!(.build()) };
    let ty = scope.model(id);
    if may_be_empty {
        quote!(.build_declinable(|response: &Option<#ty>| response.as_ref().is_some_and(#ty::is_declined)))
    } else {
        quote!(.build_declinable(#ty::is_declined))
    }
}

/// The type of the response for the caller.
fn render_response(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    match &operation.response.value {
        ResponseValue::Nothing => quote!(()),
        ResponseValue::Headers => {
            let ty = scope.runtime("Response");
            quote!(#ty<()>)
        }
        ResponseValue::Body { body, may_be_empty } => {
            let ty = render_type(scope, &body.ty);
            if *may_be_empty { quote!(Option<#ty>) } else { ty }
        }
        ResponseValue::ByStatus(_) => {
            let name = operation.success_enum.as_ref().map(|definition| scope.response_type(&definition.name));
            quote!(#name)
        }
    }
}

/// The description of an operation for the runtime; the defaults are left out.
fn render_description(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let (id, path) = (&operation.id, &operation.path);
    let (operation_type, methods) = (scope.runtime("Operation"), scope.runtime("Method"));
    let method = ident(&operation.method);
    let request = operation.request.as_ref();
    let content_type = request
        .filter(|request| !is_multipart(&request.format) && request.media_type != JSON)
        .map(|RequestBody { media_type, .. }| quote!(.content_type(#media_type)));
    let response = render_response_facts(scope, operation);
    let error_bodies = render_error_types(scope, &operation.error_types);
    let alternatives = operation.alternatives();
    let security = alternatives.iter().any(|names| !names.is_empty()).then(|| {
        let alternatives = alternatives.iter().map(|names| quote!(&[#(#names),*]));
        quote!(.security(&[#(#alternatives),*]))
    });
    let rate_limits = rate_limits::render_limits(scope, &operation.rate_limits);
    quote!(#operation_type::new(#id, #methods::#method, #path)#content_type #response #error_bodies #security #rate_limits)
}

/// The formats of the response. Each of several successes has its own.
fn render_response_facts(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let response = &operation.response;
    let (body, may_be_empty) = match &response.value {
        ResponseValue::Nothing | ResponseValue::Headers => return quote!(.no_response_body()),
        ResponseValue::Body { body, may_be_empty } => (Some(body), *may_be_empty),
        ResponseValue::ByStatus(_) => (None, false),
    };
    let (accept, format) = (&response.accept, body.map_or(ResponseFormat::Json, |body| body.format));
    let is_usual = format == ResponseFormat::Json && accept == JSON;
    let format_and_accept = (!is_usual).then(|| {
        let format = render_format(scope, format);
        quote!(.response(#format, #accept))
    });
    let empty = may_be_empty.then(|| quote!(.response_may_be_empty()));
    let is_json = response.bodies().any(|body| body.format == ResponseFormat::Json);
    let whole_numbers = (scope.api.whole_numbers && is_json).then(|| quote!(.whole_numbers()));
    quote!(#format_and_accept #empty #whole_numbers)
}

/// The types of error bodies by status.
fn render_error_types(scope: &Scope<'_>, types: &[ErrorTypes]) -> Option<TokenStream> {
    let entries = types.iter().map(|ErrorTypes { status, types }| {
        let names = types.iter().map(|id| &*scope.api[*id].name);
        quote!((#status, &[#(#names),*]))
    });
    (!types.is_empty()).then(|| quote!(.error_bodies(&[#(#entries),*])))
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
