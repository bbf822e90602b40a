//! The property of a request body that is the id of the message.

use crate::api::{MessageId, TypeRef};
use crate::lower::draft::{Draft, DraftRequest};
use crate::lower::passes::directions::Directions;

/// The name in JSON of the id of a message.
const NAME: &str = "messageId";

/// For each operation, the property of its request body that is the id of the message: a string that JSON calls
/// `messageId`.
///
/// A property of that name and of another type is something else, which no error could report as text.
pub(crate) fn message_ids(draft: &Draft, directions: &Directions) -> Vec<Option<MessageId>> {
    let message_id = |request: &DraftRequest| {
        let TypeRef::Named(id) = request.body.ty else { return None };
        let fields = draft.types[id].fields();
        let field = fields.iter().find(|field| field.wire_name == NAME && field.ty == TypeRef::String)?;
        Some(MessageId { field: field.name.clone(), required: field.is_required(directions[id]) })
    };
    draft.operations.iter().map(|operation| message_id(operation.request.as_ref()?)).collect()
}
