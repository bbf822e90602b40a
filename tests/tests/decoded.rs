//! The types of `generated/` behind one face, found by the name of their schema.

use std::fmt;

use infobip_whatsapp::models::{
    ApiError, ApiException, ContactMessage, DeliveryReports, SeenReports, SingleMessageInfo,
};
use infobip_whatsapp::{JsonError, Violations, from_json};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use wirecrate_runtime::json;

/// A decoded value of any type.
pub(crate) trait Decoded: fmt::Debug {
    /// The violations of a type that is sent; none for one that is only received.
    fn validate(&self) -> Result<(), Violations>;

    /// The JSON that the value encodes to.
    fn encode(&self) -> Value;
}

/// Decodes JSON as the type that belongs to the schema of that name.
pub(crate) fn decode(schema: &str, value: &Value) -> Result<Box<dyn Decoded>, JsonError> {
    match schema {
        "ContactMessage" => read(value, ContactMessage::validate),
        "SingleMessageInfo" => read::<SingleMessageInfo>(value, |_| Ok(())),
        "ApiError" => read::<ApiError>(value, |_| Ok(())),
        "ApiException" => read::<ApiException>(value, |_| Ok(())),
        "DeliveryReports" => read::<DeliveryReports>(value, |_| Ok(())),
        "SeenReports" => read::<SeenReports>(value, |_| Ok(())),
        _ => panic!("`{schema}` is the body of something: add its type here"),
    }
}

/// Encodes a value as the client does, and reads the JSON with another library.
#[track_caller]
pub(crate) fn encode(value: &impl Serialize) -> Value {
    let json = json::encode(value).expect("every value of ours has a JSON form");
    serde_json::from_slice(&json).expect("what is encoded is JSON")
}

fn read<T>(value: &Value, check: Check<T>) -> Result<Box<dyn Decoded>, JsonError>
where
    T: DeserializeOwned + Serialize + fmt::Debug + 'static,
{
    let value = from_json::<T>(value.to_string().as_bytes())?;
    Ok(Box::new(Checked { value, check }))
}

type Check<T> = fn(&T) -> Result<(), Violations>;

struct Checked<T> {
    value: T,
    check: Check<T>,
}

impl<T: Serialize + fmt::Debug> Decoded for Checked<T> {
    fn validate(&self) -> Result<(), Violations> {
        (self.check)(&self.value)
    }

    fn encode(&self) -> Value {
        encode(&self.value)
    }
}

impl<T: fmt::Debug> fmt::Debug for Checked<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}
