//! No printed text contains a personal value or a part of the key.
//!
//! The values to look for are the texts of the instances that are made from the schemas: each starts with [`MARK`], which
//! no text of ours contains.

use std::fmt::{Debug, Write as _};
use std::future::IntoFuture as _;
use std::iter;

use infobip_tests::instances::{Instance, MARK, Role, Site, child, edited, instances};
use infobip_tests::sample;
use infobip_tests::schema::translate::translated;
use infobip_tests::service::{API_KEY, Service};
use infobip_tests::spec::Spec;
use infobip_whatsapp::models::{Contact, ContactMessage, Name, Url};
use infobip_whatsapp::{Client, Credentials, Error, from_json};
use serde_json::{Value, json};
use wiremock::ResponseTemplate;

use crate::documents::{Document, Kind, documents, ours, program};
use crate::emitted_crates::{Printed, Question};

/// A text as personal as any.
const TEXT: &str = "Qz000Xj";

/// Parts of the sample of the page.
const SAMPLE: [&str; 4] = ["4411349600", "Smith", "Istarska", "Callback"];

/// A phone number at a location where no number belongs.
const NUMBER: u64 = 441_134_960_001;

#[test]
fn debug_shows_what_the_description_allows_and_nothing_else() {
    let (mut hidden, mut shown) = (0, 0);
    for (kind, spec) in kinds() {
        for instance in instances(kind.node(&spec)) {
            // Properties that are optional in one alternative can make another one fit too, so that the full instance is wrong.
            let values = [instance.full.clone(), instance.minimal()];
            let mut printed = values.iter().zip(print(kind, &values));
            let Some((value, Printed::Value(printed))) =
                printed.find(|(_, printed)| matches!(printed, Printed::Value(_)))
            else {
                panic!("{} is right: {}", kind.name, instance.full);
            };
            for site in &instance.sites {
                let text = value.pointer(&site.pointer).and_then(Value::as_str);
                let Some(text) = text.filter(|text| text.starts_with(MARK)) else {
                    continue;
                };
                let allowed = is_allowed(&instance, site);
                assert_eq!(printed.contains(text), allowed, "{} in {printed}", site.pointer);
                *(if allowed { &mut shown } else { &mut hidden }) += 1;
            }
        }
    }
    println!("{hidden} texts are hidden, {shown} are shown");
    assert!(hidden > 0 && shown > 0);
}

/// Returns `true` if the description allows the text to be shown: at its location or, for an item, at the list.
fn is_allowed(instance: &Instance<'_>, site: &Site<'_>) -> bool {
    let states = |site: &Site<'_>, flag: bool| site.schemas.all("x-sensitive").any(|value| *value == flag);
    let list = site.pointer.rsplit_once('/').filter(|_| site.role == Role::Item).map(|(list, _)| list);
    let contains = |outer: &Site<'_>| site.pointer.starts_with(&format!("{}/", outer.pointer));
    let is_hidden = instance.sites.iter().any(|outer| contains(outer) && states(outer, true));
    let is_shown = instance.sites.iter().any(|outer| Some(&*outer.pointer) == list && states(outer, false));
    !is_hidden && (is_shown || states(site, false))
}

#[test]
fn debug_hides_what_is_not_described() {
    for (kind, spec) in kinds() {
        for instance in instances(kind.node(&spec)) {
            let with_text = |site: &Site<'_>| edited(&instance.full, &child(&site.pointer, TEXT), Some(json!([TEXT])));
            let edited: Vec<_> = instance.sites.iter().filter_map(with_text).collect();
            for (value, printed) in edited.iter().zip(print(kind, &edited)) {
                // A map may take texts only.
                if let Printed::Value(printed) = printed {
                    assert!(!printed.contains(TEXT), "{value} in {printed}");
                }
            }
        }
    }
}

#[test]
fn debug_of_a_builder_shows_nothing() {
    check_debug(&Name::builder().first_name(TEXT).last_name(TEXT));
    check_debug(&Contact::builder().birthday(TEXT).urls(Vec::<Url>::new()));
    check_debug(&ContactMessage::builder().from(TEXT).callback_data(TEXT));
    check_debug(&ContactMessage::builder().message_id(TEXT));
}

#[test]
fn violations_show_no_text() {
    let mut message = sample::message();
    message.from = TEXT.repeat(4);
    message.callback_data = Some(TEXT.repeat(600));
    let violations = message.validate().expect_err("too long");
    check_error(&violations);
    check_error(&Error::from(violations));
}

#[test]
fn errors_of_the_decoder_show_no_value() {
    let wrong = [json!(TEXT), json!([TEXT]), json!({ NUMBER.to_string(): TEXT }), json!(NUMBER), json!([NUMBER])];
    let mut refused = 0;
    for (kind, spec) in kinds() {
        for instance in instances(kind.node(&spec)) {
            let with_each = |site: &Site<'_>| {
                let values = wrong.iter().map(|value| edited(&instance.full, &site.pointer, Some(value.clone())));
                values.map(|instance| instance.expect("the location is there")).collect::<Vec<_>>()
            };
            let edited: Vec<_> = instance.sites.iter().flat_map(with_each).collect();
            for printed in print(kind, &edited) {
                if let Printed::Error(printed) = printed {
                    check_printed(&printed);
                    refused += 1;
                }
            }
        }
    }
    println!("{refused} errors show no value");
    assert!(refused > 0);
    let broken = format!("{{\"from\": {TEXT}}}");
    check_error(&from_json::<ContactMessage>(broken.as_bytes()).expect_err("not JSON"));
}

/// The kind of each body of `spec/` and of the fixtures, with the translated descriptions.
fn kinds() -> impl Iterator<Item = (&'static Kind, Spec)> {
    let documents = documents().iter().filter(|document| document.share > 1);
    documents.flat_map(kinds_of)
}

fn kinds_of(document: &'static Document) -> impl Iterator<Item = (&'static Kind, Spec)> {
    document.kinds().iter().map(|kind| (kind, translated(&document.spec, kind.direction)))
}

/// The values as their type prints them.
fn print<'a>(kind: &Kind, values: impl IntoIterator<Item = &'a Value>) -> Vec<Printed> {
    let questions = values.into_iter().map(|value| Question { target: &kind.target, body: value.to_string() });
    program().print(&questions.collect::<Vec<_>>())
}

#[tokio::test]
async fn errors_of_a_call_show_nothing_of_the_reply() {
    let full = |(kind, spec): (&Kind, Spec)| {
        instances(kind.node(&spec)).into_iter().map(|instance| instance.full).collect::<Vec<_>>()
    };
    let mut bodies: Vec<_> = kinds_of(ours()).flat_map(full).collect();
    bodies.extend([json!(TEXT), json!([TEXT]), json!({ "status": TEXT })]);
    let message = sample::message();
    for status in [200, 400, 429, 500] {
        for body in &bodies {
            let reply = ResponseTemplate::new(status).insert_header("X-Echo", TEXT);
            let service = Service::answering(reply.set_body_json(body)).await;
            let client = service.client();
            let call = client.send_whatsapp_contact_message(&message);
            match call.with_response().await {
                Ok(response) => check_echo(&response),
                Err(error) => {
                    assert_eq!(error.status().map(|found| found.as_u16()), Some(status));
                    check_error(&error);
                }
            }
        }
    }
}

/// Checks the parts of a response beside its body, which shows what the description allows.
fn check_echo(response: &impl Debug) {
    assert!(!format!("{response:?} {response:#?}").contains(TEXT));
}

#[tokio::test]
async fn a_client_and_its_calls_show_neither_key_nor_message() {
    let credentials = Credentials::api_key(API_KEY);
    check_debug(&credentials);
    check_debug(&Credentials::basic(API_KEY, API_KEY));
    let service = Service::answering(ResponseTemplate::new(401)).await;
    let builder = Client::builder(service.base_url()).credentials(credentials);
    check_debug(&builder);
    let client = builder.build().expect("well-formed");
    check_debug(&client);

    let mut message = sample::message();
    message.from = TEXT.into();
    check_debug(&client.send_whatsapp_contact_message(&message));
    let call = client.send_whatsapp_contact_message(&message).into_future();
    check_debug(&call);
    check_error(&call.await.expect_err("refused"));
}

#[test]
fn settings_that_are_refused_are_not_repeated() {
    let address = format!("https://user:{API_KEY}@xyz.api.infobip.com");
    let builder = Client::builder(address).credentials(Credentials::oauth2(API_KEY));
    check_debug(&builder);
    check_error(&builder.build().expect_err("a password in the address"));

    let key = format!("{API_KEY}\n");
    let builder = Client::builder("xyz.api.infobip.com").credentials(Credentials::api_key(key));
    check_error(&builder.build().expect_err("a line end in the key"));
}

#[track_caller]
fn check_debug(value: &impl Debug) {
    check_printed(&format!("{value:?} {value:#?}"));
}

/// Checks an error and all its causes.
#[track_caller]
fn check_error(error: &(dyn std::error::Error + 'static)) {
    let mut printed = String::new();
    for error in iter::successors(Some(error), |error| error.source()) {
        write!(printed, "{error} {error:?} {error:#?} ").expect("a string takes everything");
    }
    check_printed(&printed);
}

#[track_caller]
pub(crate) fn check_printed(printed: &str) {
    assert!(!printed.contains(MARK), "{printed}");
    assert!(!printed.contains(&NUMBER.to_string()), "{printed}");
    for start in 0..=API_KEY.len() - 4 {
        let piece = &API_KEY[start..start + 4];
        assert!(!printed.contains(piece), "`{piece}` in {printed}");
    }
    for text in SAMPLE {
        assert!(!printed.contains(text), "`{text}` in {printed}");
    }
}
