//! Constraints: lengths, numbers of items and properties, ranges, multiples, patterns, unique items.

use super::Level::{Breaking, Compatible, Informational};
use super::RustImpact::Always;

rules! { CONSTRAINTS:
    CONSTRAINT_TIGHTENED: "constraint-tightened", "a constraint is tighter";
    Breaking Compatible Always(Informational); "the service rejects values that were valid; a client receives fewer"

    CONSTRAINT_LOOSENED: "constraint-loosened", "a constraint is looser";
    Compatible Compatible Always(Informational); "values that were valid still are; the crate does not check responses"

    CONSTRAINT_CHANGED: "constraint-changed", "a constraint changed";
    Breaking Compatible Always(Informational); "neither is known to contain the other: the service may reject values that were valid"

    FIRST_CONSTRAINT_ADDED: "first-constraint-added", "a constraint was added to a type without one";
    Breaking Compatible Always(Compatible); "the service rejects values that were valid, and the type has a `validate` method"

    LAST_CONSTRAINT_REMOVED: "last-constraint-removed", "the type no longer has a constraint";
    Compatible Compatible Always(Breaking); "values that were valid still are, but the type no longer has a `validate` method"

    CONSTRAINT_WITHOUT_EFFECT: "constraint-without-effect", "a constraint beside an enumeration changed";
    Informational Informational Always(Informational); "the values of the enumeration are compared, and each of them satisfies the constraint"
}
