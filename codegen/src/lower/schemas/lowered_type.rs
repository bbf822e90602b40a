//! The type of the values of a schema where it is used.

use crate::api::{Check, TypeRef};

/// The type of a value, with its constraints and annotations.
#[derive(Clone)]
pub(crate) struct LoweredType {
    pub ty: TypeRef,
    pub checks: Vec<Check>,
    pub description: Option<String>,
    pub format: Option<String>,
    pub default: Option<String>,
    pub deprecated: bool,
    pub read_only: bool,
    pub write_only: bool,
    /// The value of `x-sensitive`, at the use or else at the type.
    pub sensitive: Option<bool>,
}

impl LoweredType {
    pub(crate) fn of(ty: TypeRef) -> Self {
        let checks = if matches!(ty, TypeRef::Named(_)) { vec![Check::Nested] } else { Vec::new() };
        Self {
            ty,
            checks,
            description: None,
            format: None,
            default: None,
            deprecated: false,
            read_only: false,
            write_only: false,
            sensitive: None,
        }
    }

    /// The nullable type.
    pub(crate) fn or_null(self) -> Self {
        if matches!(self.ty, TypeRef::Nullable(_) | TypeRef::Any) {
            return self;
        }
        let checks = if self.checks.is_empty() { Vec::new() } else { vec![Check::Present(self.checks)] };
        Self { ty: TypeRef::Nullable(Box::new(self.ty)), checks, ..self }
    }
}
