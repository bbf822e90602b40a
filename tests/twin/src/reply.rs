//! The reply to a message that was accepted.

use serde::Deserialize;

/// What the service says of the message.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SingleMessageInfo {
    /// The recipient.
    pub to: Option<String>,
    /// How many messages were made of it.
    pub message_count: Option<i32>,
    /// The identifier.
    pub message_id: Option<String>,
    /// How far it came.
    pub status: Option<Status>,
}

/// How far a message came.
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
    /// What it means.
    pub description: Option<String>,
    /// What to do about it.
    pub action: Option<String>,
}
