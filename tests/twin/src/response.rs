//! The response to a message that was accepted.

use serde::Deserialize;

/// The state of an accepted message.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SingleMessageInfo {
    /// The recipient.
    pub to: Option<String>,
    /// The number of messages that it was split into.
    pub message_count: Option<i32>,
    /// The identifier.
    pub message_id: Option<String>,
    /// Its status.
    pub status: Option<Status>,
}

/// The status of a message.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    /// The number of the group.
    pub group_id: Option<i32>,
    /// The name of the group.
    pub group_name: Option<String>,
    /// The number of the status.
    pub id: Option<i32>,
    /// The name of the status.
    pub name: Option<String>,
    /// The meaning of the status.
    pub description: Option<String>,
    /// The recommended action.
    pub action: Option<String>,
}
