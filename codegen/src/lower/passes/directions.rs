//! The directions in which values of each type travel.

use crate::api::{Direction, TypeId};
use crate::lower::draft::{ByType, Draft};

/// The direction of each type: sent with requests, returned with responses, posted with events, or several of them.
///
/// A type that neither a request nor a response reaches has no direction.
pub(crate) struct Directions(ByType<Direction>);

/// Propagates directions from what requests, responses and events hold to everything inside.
pub(crate) fn directions(draft: &Draft) -> Directions {
    let sent = draft.types.are_reachable(draft.sent_roots());
    let returned = draft.types.are_reachable(draft.returned_roots());
    let posted = draft.types.are_reachable(draft.posted_roots());
    let direction = |id| Direction { sent: sent[id], returned: returned[id], posted: posted[id] };
    Directions(draft.types.table(|(id, _)| direction(id)))
}

impl std::ops::Index<TypeId> for Directions {
    type Output = Direction;

    fn index(&self, id: TypeId) -> &Direction {
        &self.0[id]
    }
}
