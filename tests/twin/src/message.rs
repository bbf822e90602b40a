//! The message and its checks.

use serde::Serialize;

/// A contact message to one recipient.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ContactMessage {
    /// The sender, 1 to 24 characters.
    pub from: String,
    /// The recipient, 1 to 24 characters.
    pub to: String,
    /// The identifier that the caller chose, up to 100 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_id: Option<String>,
    /// The contacts.
    pub content: Content,
    /// The text that the delivery report returns, up to 4000 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callback_data: Option<String>,
    /// The URL for reports, up to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notify_url: Option<String>,
    /// The sending entity, up to 255 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity_id: Option<String>,
    /// The sending application, up to 255 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application_id: Option<String>,
}

/// The content of the message.
#[derive(Debug, Clone, Serialize)]
pub struct Content {
    /// The contacts.
    pub contacts: Vec<Contact>,
}

/// A contact.
#[derive(Debug, Clone, Serialize)]
pub struct Contact {
    /// Postal addresses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub addresses: Option<Vec<Address>>,
    /// The date of birth as `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birthday: Option<String>,
    /// E-mail addresses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emails: Option<Vec<Email>>,
    /// The name.
    pub name: Name,
    /// The company.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org: Option<Organization>,
    /// Phone numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phones: Option<Vec<Phone>>,
    /// Web addresses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub urls: Option<Vec<Url>>,
}

/// A postal address.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Address {
    /// The street.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub street: Option<String>,
    /// The city.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// The state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// The postal code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zip: Option<String>,
    /// The country.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The code of the country.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country_code: Option<String>,
    /// Home or work.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<Place>,
}

/// An e-mail address.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Email {
    /// The address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Home or work.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<Place>,
}

/// A name.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Name {
    /// The given name.
    pub first_name: String,
    /// The family name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// The middle name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub middle_name: Option<String>,
    /// The suffix of the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_suffix: Option<String>,
    /// The prefix of the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_prefix: Option<String>,
    /// The whole name.
    pub formatted_name: String,
}

/// A company.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Organization {
    /// The company.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// The department.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// The position.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

/// A phone number.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Phone {
    /// The number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The kind of phone.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<PhoneType>,
    /// The WhatsApp identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wa_id: Option<String>,
}

/// A web address.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Url {
    /// The address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Home or work.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<Place>,
}

/// Home or work.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Place {
    /// `HOME`.
    Home,
    /// `WORK`.
    Work,
}

/// The kind of a phone number.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum PhoneType {
    /// `CELL`.
    Cell,
    /// `MAIN`.
    Main,
    /// `IPHONE`.
    Iphone,
    /// `HOME`.
    Home,
    /// `WORK`.
    Work,
}

/// A text that is too short or too long.
#[derive(Debug, Clone)]
pub struct Violation {
    /// The invalid property.
    pub property: &'static str,
    /// The number of its characters.
    pub length: usize,
}

impl ContactMessage {
    /// Checks every length.
    ///
    /// # Errors
    ///
    /// Returns all properties that are too short or too long.
    pub fn check(&self) -> Result<(), Vec<Violation>> {
        let optional = |text: &Option<String>| text.as_ref().map_or(0, |text| text.chars().count());
        let lengths = [
            ("from", self.from.chars().count(), 1, 24),
            ("to", self.to.chars().count(), 1, 24),
            ("messageId", optional(&self.message_id), 0, 100),
            ("callbackData", optional(&self.callback_data), 0, 4000),
            ("notifyUrl", optional(&self.notify_url), 0, 2048),
            ("entityId", optional(&self.entity_id), 0, 255),
            ("applicationId", optional(&self.application_id), 0, 255),
        ];
        let mut violations = Vec::new();
        for (property, length, min, max) in lengths {
            if length < min || length > max {
                violations.push(Violation { property, length });
            }
        }
        if violations.is_empty() { Ok(()) } else { Err(violations) }
    }
}
