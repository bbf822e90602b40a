//! Operations that the crate of one side does not have because of their errors.

use crate::diff::{At, Comparison, Direction, Side, rules};
use crate::document::Origin;
use crate::lower::operations::all_operations;
use crate::{Description, LeftOut, OperationKey};

impl Comparison<'_> {
    /// Reports the operations that both descriptions have, and only one of the crates.
    pub(in crate::diff) fn left_out(&mut self, old: &Description, new: &Description) {
        let [before, now] = [old, new].map(|side| &*side.api.left_out);
        for LeftOut { operation, error } in without(now, before) {
            if let Some((at, key)) = self.at_both(operation) {
                self.removed(&at, &rules::OPERATION_LEFT_OUT, format!("{key}: {}", error.message));
            }
        }
        for LeftOut { operation, .. } in without(before, now) {
            if let Some((at, key)) = self.at_both(operation) {
                self.added(&at, &rules::OPERATION_NO_LONGER_LEFT_OUT, key);
            }
        }
    }

    /// The location of an operation that both descriptions have, and its method and path.
    fn at_both(&mut self, operation: &OperationKey) -> Option<(At, String)> {
        let find = |side: &Side<'_>| -> Option<Origin> {
            let all = all_operations(&side.resolved);
            let found = all.iter().find(|found| found.candidate.key().is_same(operation))?;
            Some(found.operation.origin())
        };
        let origins = [find(&self.old)?, find(&self.new)?];
        let key = operation.to_string();
        let owner = self.root(Some(operation.id.as_ref().unwrap_or(&key)), Direction::ALL);
        Some((At { owner, location: String::new(), origins, travels: Direction::ALL }, key))
    }
}

/// The operations of one list that are not in another.
fn without<'l>(list: &'l [LeftOut], other: &'l [LeftOut]) -> impl Iterator<Item = &'l LeftOut> {
    list.iter().filter(|one| !other.iter().any(|other| other.operation.is_same(&one.operation)))
}
