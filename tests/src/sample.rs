//! The sample of the endpoint's page: the request, as builders and as JSON, and the response to it.

use infobip_whatsapp::models::{
    Address, AddressType, Contact, ContactMessage, ContactMessageContent, Email, EmailType, Name, Organization, Phone,
    PhoneType, Url,
};
use serde_json::{Value, json};

/// Returns the request, made with the builders.
pub fn message() -> ContactMessage {
    ContactMessage::builder()
        .from("441134960000")
        .to("441134960001")
        .message_id("a28dd97c-1ffb-4fcf-99f1-0b557ed381da")
        .content(ContactMessageContent::builder().contacts([contact()]).build())
        .callback_data("Callback data")
        .build()
}

/// Returns the contact card of the request.
pub fn contact() -> Contact {
    let name = Name::builder()
        .first_name("John")
        .last_name("Smith")
        .middle_name("B")
        .name_prefix("Mr.")
        .formatted_name("Mr. John Smith")
        .build();
    let org = Organization::builder().company("Company Name").department("Department").title("Director").build();
    Contact::builder()
        .addresses([address(AddressType::Work), address(AddressType::Home)])
        .birthday("2010-01-01")
        .emails([
            email("John.Smith@example.com", EmailType::Work),
            email("John.Smith.priv@example.com", EmailType::Home),
        ])
        .name(name)
        .org(org)
        .phones([phone("441134960019", PhoneType::Home), phone("441134960000", PhoneType::Work)])
        .urls(Vec::<Url>::new())
        .build()
}

fn address(type_: AddressType) -> Address {
    Address::builder()
        .street("Istarska")
        .city("Vodnjan")
        .zip("52215")
        .country("Croatia")
        .country_code("HR")
        .type_(type_)
        .build()
}

fn email(email: &str, type_: EmailType) -> Email {
    Email::builder().email(email).type_(type_).build()
}

fn phone(wa_id: &str, type_: PhoneType) -> Phone {
    Phone::builder().phone(format!("+{wa_id}")).type_(type_).wa_id(wa_id).build()
}

/// Returns the request from the page, without the bullets and the comma that JSON does not allow.
pub fn request_json() -> Value {
    json!({
        "from": "441134960000",
        "to": "441134960001",
        "messageId": "a28dd97c-1ffb-4fcf-99f1-0b557ed381da",
        "content": {
            "contacts": [
                {
                    "addresses": [
                        {
                            "street": "Istarska",
                            "city": "Vodnjan",
                            "zip": "52215",
                            "country": "Croatia",
                            "countryCode": "HR",
                            "type": "WORK"
                        },
                        {
                            "street": "Istarska",
                            "city": "Vodnjan",
                            "zip": "52215",
                            "country": "Croatia",
                            "countryCode": "HR",
                            "type": "HOME"
                        }
                    ],
                    "birthday": "2010-01-01",
                    "emails": [
                        { "email": "John.Smith@example.com", "type": "WORK" },
                        { "email": "John.Smith.priv@example.com", "type": "HOME" }
                    ],
                    "name": {
                        "firstName": "John",
                        "lastName": "Smith",
                        "middleName": "B",
                        "namePrefix": "Mr.",
                        "formattedName": "Mr. John Smith"
                    },
                    "org": {
                        "company": "Company Name",
                        "department": "Department",
                        "title": "Director"
                    },
                    "phones": [
                        { "phone": "+441134960019", "type": "HOME", "waId": "441134960019" },
                        { "phone": "+441134960000", "type": "WORK", "waId": "441134960000" }
                    ],
                    "urls": []
                }
            ]
        },
        "callbackData": "Callback data"
    })
}

/// Returns the response from the page.
pub fn response_json() -> Value {
    json!({
        "to": "441134960001",
        "messageCount": 1,
        "messageId": "a28dd97c-1ffb-4fcf-99f1-0b557ed381da",
        "status": {
            "groupId": 1,
            "groupName": "PENDING",
            "id": 7,
            "name": "PENDING_ENROUTE",
            "description": "Message sent to next instance"
        }
    })
}
