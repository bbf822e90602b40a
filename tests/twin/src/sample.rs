//! The sample of the endpoint's description.

use super::message::{Address, Contact, ContactMessage, Content, Email, Name, Organization, Phone, PhoneType, Place};

/// Returns the message that every benchmark checks, encodes and sends.
pub fn sample() -> ContactMessage {
    let text = |text: &str| Some(text.to_owned());
    let address = |kind| Address {
        street: text("Istarska"),
        city: text("Vodnjan"),
        zip: text("52215"),
        country: text("Croatia"),
        country_code: text("HR"),
        kind: Some(kind),
        ..Address::default()
    };
    let email = |address, kind| Email { email: text(address), kind: Some(kind) };
    let phone = |number: &str, kind| Phone { phone: Some(format!("+{number}")), kind: Some(kind), wa_id: text(number) };
    let contact = Contact {
        addresses: Some(vec![address(Place::Work), address(Place::Home)]),
        birthday: text("2010-01-01"),
        emails: Some(vec![
            email("John.Smith@example.com", Place::Work),
            email("John.Smith.priv@example.com", Place::Home),
        ]),
        name: Name {
            first_name: "John".to_owned(),
            last_name: text("Smith"),
            middle_name: text("B"),
            name_prefix: text("Mr."),
            formatted_name: "Mr. John Smith".to_owned(),
            ..Name::default()
        },
        org: Some(Organization {
            company: text("Company Name"),
            department: text("Department"),
            title: text("Director"),
        }),
        phones: Some(vec![phone("441134960019", PhoneType::Home), phone("441134960000", PhoneType::Work)]),
        urls: Some(Vec::new()),
    };
    ContactMessage {
        from: "441134960000".to_owned(),
        to: "441134960001".to_owned(),
        message_id: text("a28dd97c-1ffb-4fcf-99f1-0b557ed381da"),
        content: Content { contacts: vec![contact] },
        callback_data: text("Callback data"),
        notify_url: None,
        entity_id: None,
        application_id: None,
    }
}
