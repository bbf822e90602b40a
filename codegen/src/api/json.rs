//! The encoding of values as JSON.

/// The implementations of the traits of serde for a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SerdeTraits {
    /// That of `Serialize`.
    pub serialize: Availability,
    /// That of `Deserialize`.
    pub deserialize: Availability,
}

/// The reason for an implementation of a trait, and so its availability.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Availability {
    /// Values travel in this direction: it always exists.
    Used,
    /// Values are decoded only to count the alternatives of a union that they fit before they are sent: it always exists.
    ToCheck,
    /// Values travel only in the other direction: it exists with the feature `symmetric`.
    Symmetric,
    /// Values are parameters or a form, not JSON: it does not exist.
    Never,
}

/// The presence of a property in an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It is always present. Its type decides about `null`.
    Required,
    /// It is always present and may be `null`, which serde does not distinguish from absence by itself.
    RequiredNullable,
    /// It may be absent, and `null` means the same.
    Optional,
    /// It may be absent, and `null` is a value.
    OptionalNullable,
}
