//! The response to an accepted message.

use serde::Deserialize;

/// The response to an accepted message.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SingleMessageInfo {
    /// The recipient.
    pub to: Option<String>,
    /// The number of messages that it counts as.
    pub message_count: Option<i32>,
    /// The identifier.
    pub message_id: Option<String>,
    /// The status of the message.
    pub status: Option<Status>,
}

/// The status of a message.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    /// The numeric code of the group.
    pub group_id: Option<i32>,
    /// The name of the group.
    pub group_name: Option<String>,
    /// The numeric code of the status.
    pub id: Option<i32>,
    /// The name of the status.
    pub name: Option<String>,
    /// The description of the status.
    pub description: Option<String>,
    /// The recommended action.
    pub action: Option<String>,
}
