//! Types of values, and documentation.

use super::Level::{Breaking, Compatible, Informational};
use super::RustImpact::Always;

rules! { TYPES:
    TYPE_RENAMED: "type-renamed", "the name of the type changed";
    Informational Informational Always(Breaking); "the name is not transmitted, but code refers to it"

    TYPE_REPLACED: "type-replaced", "the value has a different named type";
    Informational Informational Always(Breaking); "differences on the wire are reported separately, but code refers to the old type"

    TYPE_CHANGED: "type-changed", "the type of the value changed";
    Breaking Breaking Always(Breaking); "values of the old type are no longer valid"

    TYPE_WIDENED: "type-widened", "the type accepts more values";
    Compatible Breaking Always(Breaking); "old values are still valid, but others may be received; the Rust type changed"

    TYPE_NARROWED: "type-narrowed", "the type accepts fewer values";
    Breaking Compatible Always(Breaking); "some old values are no longer valid; values received were always valid; the Rust type changed"

    BECAME_NULLABLE: "became-nullable", "the value may now be `null`";
    Compatible Breaking Always(Breaking); "old values are still valid, but `null` may be received; the type is now `Nullable`"

    NO_LONGER_NULLABLE: "no-longer-nullable", "the value may no longer be `null`";
    Breaking Compatible Always(Breaking); "`null` is rejected; the type is no longer `Nullable`"

    NAME_IN_RUST_CHANGED: "name-in-rust-changed", "the name in Rust changed";
    Informational Informational Always(Breaking); "the name on the wire is unchanged, but the Rust name now belongs to something else"

    BOXED: "boxed", "the value is now in a `Box`, or no longer is";
    Informational Informational Always(Breaking); "the JSON is unchanged, but the Rust type changed"

    DECLINED_ADDED: "declined-added", "responses with a certain value now count as declined";
    Informational Informational Always(Compatible); "the responses are unchanged; the type has the method `is_declined`"

    DECLINED_REMOVED: "declined-removed", "responses no longer count as declined";
    Informational Informational Always(Breaking); "the responses are unchanged, but the method `is_declined` is gone"

    DECLINED_CHANGED: "declined-changed", "responses with other values now count as declined";
    Informational Informational Always(Informational); "the responses are unchanged; the method `is_declined` stays"

    DESCRIPTION_CHANGED: "description-changed", "a text of the description changed";
    Informational Informational Always(Informational); "texts do not constrain values"
}
