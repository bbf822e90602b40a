//! Constraints: lengths, numbers of items and properties, ranges, multiples, patterns, unique items.

use super::Level::{Breaking, Compatible, Informational};
use super::RustImpact::Always;

rules! { CONSTRAINTS:
    CONSTRAINT_TIGHTENED: "constraint-tightened", "a constraint was tightened";
    Breaking Compatible Always(Informational); "the service rejects values that were valid; clients receive fewer values"

    CONSTRAINT_LOOSENED: "constraint-loosened", "a constraint was loosened";
    Compatible Compatible Always(Informational); "valid values are still valid; the crate does not check responses"

    CONSTRAINT_CHANGED: "constraint-changed", "a constraint changed";
    Breaking Compatible Always(Informational); "neither constraint is known to imply the other, so the service may reject values that were valid"

    FIRST_CONSTRAINT_ADDED: "first-constraint-added", "the first constraint was added to a type";
    Breaking Compatible Always(Compatible); "the service rejects values that were valid, and the type now has a `validate` method"

    LAST_CONSTRAINT_REMOVED: "last-constraint-removed", "the last constraint of a type was removed";
    Compatible Compatible Always(Breaking); "valid values are still valid, but the type no longer has a `validate` method"

    CONSTRAINT_WITHOUT_EFFECT: "constraint-without-effect", "a constraint next to an enumeration changed";
    Informational Informational Always(Informational); "the values of the enumeration are compared instead, and all of them satisfy the constraint"
}
