//! The meaning of a schema where it is used.

use crate::api::{Check, TypeRef};

/// What a schema means where it is used.
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
    /// What `x-sensitive` says, at the use or else at the type.
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

    /// The same, or `null`.
    pub(crate) fn or_null(self) -> Self {
        if matches!(self.ty, TypeRef::Nullable(_) | TypeRef::Any) {
            return self;
        }
        let checks = if self.checks.is_empty() { Vec::new() } else { vec![Check::Present(self.checks)] };
        Self { ty: TypeRef::Nullable(Box::new(self.ty)), checks, ..self }
    }
}
