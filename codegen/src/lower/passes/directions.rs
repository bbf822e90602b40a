//! The directions in which values of each type travel.

use crate::api::{Direction, TypeId};
use crate::lower::draft::{ByType, Draft};

/// The direction of each type: sent with requests, received with responses and callbacks, or both.
///
/// A type that neither a request nor a response reaches has no direction.
pub(crate) struct Directions(ByType<Direction>);

/// Propagates directions from what requests and responses hold to everything inside.
pub(crate) fn directions(draft: &Draft) -> Directions {
    let sent = draft.types.are_reachable(draft.sent_roots());
    let received = draft.types.are_reachable(draft.received_roots());
    Directions(draft.types.table(|(id, _)| Direction { sent: sent[id], received: received[id] }))
}

impl std::ops::Index<TypeId> for Directions {
    type Output = Direction;

    fn index(&self, id: TypeId) -> &Direction {
        &self.0[id]
    }
}
