//! The rules: every kind of change that is reported, and its impact.
//!
//! Each row has the change, its level on the wire for values that are sent and for values that are received, its level in
//! Rust, and the reason. A value that is both sent and received gets the worse of both levels. A property is a property of
//! an object or a parameter.
//!
//! The service may reject what is sent, so a tighter constraint is breaking. The emitted crate is tolerant of what it
//! receives: it does not check constraints, and keeps unknown properties and values. So a change of a response is only
//! breaking if a value may be absent or of a different type.

use serde::{Serialize, Serializer};

use crate::api::Direction;
use Level::Informational;
use RustImpact::{Always, Closed, Sent};

/// The impact of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// A client that was correct before may fail.
    Breaking,
    /// Something was added, and everything that worked before still works.
    Compatible,
    /// Values and types are unchanged.
    Informational,
}

/// The impact of a change on code that uses the crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RustImpact {
    /// The same for every type.
    Always(Level),
    /// The first for a type that is sent, which has a builder; the second for one that is only received.
    Sent(Level, Level),
    /// The first for a type that is only sent, which is exhaustive, so that a `match` has an arm for each value; the second
    /// for one that is received.
    Closed(Level, Level),
}

/// A kind of change.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name, such as `constraint-tightened`.
    pub name: &'static str,
    /// The change in words.
    pub what: &'static str,
    /// The level on the wire where the value is sent.
    pub sent: Level,
    /// The level on the wire where the value is received.
    pub received: Level,
    /// The level in Rust.
    pub api: RustImpact,
    /// The reason for the levels.
    pub reason: &'static str,
}

macro_rules! rules {
    ($list:ident: $($constant:ident: $name:literal, $what:literal; $sent:ident $received:ident $api:expr; $reason:literal)*) => {
        $(pub(in crate::diff) static $constant: crate::diff::Rule = crate::diff::Rule {
            name: $name, what: $what, sent: $sent, received: $received, api: $api, reason: $reason,
        };)*

        /// The rules of this file, in its order.
        pub(super) static $list: &[&crate::diff::Rule] = &[$(&$constant),*];
    };
}

mod alternatives;
mod constraints;
mod crate_wide;
mod operations;
mod properties;
mod responses;
mod security;
mod types;

pub(super) use {
    alternatives::*, constraints::*, crate_wide::*, operations::*, properties::*, responses::*, security::*, types::*,
};

/// Every rule, from operations inwards.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    let lists = [OPERATIONS, RESPONSES, SECURITY, CRATE_WIDE, TYPES, PROPERTIES, CONSTRAINTS, ALTERNATIVES];
    lists.into_iter().flatten().copied()
}

impl Serialize for Rule {
    /// Serializes its name.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name)
    }
}

impl Rule {
    /// The level on the wire of values that travel in these directions; informational if there are none.
    pub(super) fn wire(&self, travels: Direction) -> Level {
        let sent = if travels.sent { self.sent } else { Informational };
        let received = if travels.received() { self.received } else { Informational };
        sent.min(received)
    }

    /// The level in Rust of a type that is used in these directions.
    pub(super) fn api(&self, sent: bool, received: bool) -> Level {
        match self.api {
            Sent(level, _) if sent => level,
            Closed(level, _) if !received => level,
            Always(level) | Sent(_, level) | Closed(_, level) => level,
        }
    }
}
