//! Types of values, and documentation.

use super::Level::{Breaking, Compatible, Informational};
use super::RustImpact::Always;

rules! { TYPES:
    TYPE_RENAMED: "type-renamed", "the name of the type changed";
    Informational Informational Always(Breaking); "the name is not transmitted, but code refers to it"

    TYPE_REPLACED: "type-replaced", "the value has another named type";
    Informational Informational Always(Breaking); "differences on the wire are changes of their own; code refers to the old type"

    TYPE_CHANGED: "type-changed", "the type of the value changed";
    Breaking Breaking Always(Breaking); "values of the old type do not fit"

    TYPE_WIDENED: "type-widened", "the type accepts more values";
    Compatible Breaking Always(Breaking); "old values fit, but others may be received; the Rust type changed"

    TYPE_NARROWED: "type-narrowed", "the type accepts fewer values";
    Breaking Compatible Always(Breaking); "some old values do not fit, but all received values did; the Rust type changed"

    BECAME_NULLABLE: "became-nullable", "the value may be `null` now";
    Compatible Breaking Always(Breaking); "old values fit, but `null` may be received; the type is `Nullable`"

    NO_LONGER_NULLABLE: "no-longer-nullable", "the value may no longer be `null`";
    Breaking Compatible Always(Breaking); "`null` is rejected; the type is no longer `Nullable`"

    NAME_IN_RUST_CHANGED: "name-in-rust-changed", "the name in Rust changed";
    Informational Informational Always(Breaking); "the name on the wire stays the same, but its Rust name now belongs to another"

    BOXED: "boxed", "the value is behind a `Box` now, or no longer is";
    Informational Informational Always(Breaking); "JSON stays the same, but the Rust type changed"

    DESCRIPTION_CHANGED: "description-changed", "the text of the description changed";
    Informational Informational Always(Informational); "texts do not constrain values"
}
