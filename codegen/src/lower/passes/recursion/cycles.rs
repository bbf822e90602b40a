//! The cycles of a graph of types, found in linear time by the algorithm of Kosaraju and Sharir.

use crate::api::TypeId;
use crate::lower::draft::ByType;

/// The cycle that each type is part of: types have the same number if and only if each leads to the other.
pub(super) struct Cycles(ByType<usize>);

impl Cycles {
    /// Finds the cycles of a graph, which has the parts of each type.
    pub(super) fn of(parts: ByType<Vec<TypeId>>) -> Self {
        let order = last_visits(&parts);
        let mut holders: ByType<Vec<TypeId>> = parts.iter().map(|_| Vec::new()).collect();
        for (holder, parts) in parts.into_iter().enumerate() {
            for part in parts {
                holders[part].push(TypeId(holder));
            }
        }
        let mut cycles: ByType<Option<usize>> = holders.iter().map(|_| None).collect();
        for (number, start) in order.into_iter().rev().enumerate() {
            let mut waiting = vec![start];
            while let Some(id) = waiting.pop() {
                if cycles[id].is_none() {
                    cycles[id] = Some(number);
                    waiting.extend(&holders[id]);
                }
            }
        }
        Self(cycles.into_iter().map(Option::unwrap_or_default).collect())
    }

    /// Returns `true` if a part of a type leads back to the type.
    pub(super) fn contain(&self, holder: TypeId, part: TypeId) -> bool {
        self.0[holder] == self.0[part]
    }
}

/// The types in the order in which a search in depth leaves them.
fn last_visits(parts: &ByType<Vec<TypeId>>) -> Vec<TypeId> {
    let mut is_seen: ByType<bool> = parts.iter().map(|_| false).collect();
    let mut order = Vec::new();
    for start in (0..parts.iter().len()).map(TypeId) {
        let mut open = vec![(start, 0)];
        while let Some((id, next)) = open.pop() {
            if next == 0 && std::mem::replace(&mut is_seen[id], true) {
                continue;
            }
            match parts[id].get(next) {
                Some(part) => open.extend([(id, next + 1), (*part, 0)]),
                None => order.push(id),
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(parts: &[&[usize]], expected: &[(usize, usize)]) {
        let ids = |parts: &&[usize]| parts.iter().copied().map(TypeId).collect();
        let cycles = Cycles::of(parts.iter().map(ids).collect());
        let edges = parts.iter().enumerate().flat_map(|(holder, parts)| parts.iter().map(move |part| (holder, *part)));
        let found: Vec<_> = edges.filter(|(holder, part)| cycles.contain(TypeId(*holder), TypeId(*part))).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn parts_that_lead_back_are_found() {
        check(&[&[1], &[2], &[]], &[]);
        check(&[&[0]], &[(0, 0)]);
        check(&[&[1, 2], &[0], &[2, 1]], &[(0, 1), (0, 2), (1, 0), (2, 2), (2, 1)]);
        check(&[&[1], &[2], &[1], &[0, 2]], &[(1, 2), (2, 1)]);
    }
}
