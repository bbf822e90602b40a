//! A type of an emitted crate, and the expression that checks a value of it.

use wirecrate_codegen::api::{Operation, TypeKind, TypeRef};
use wirecrate_codegen::{Api, Options};

use super::libraries;

/// A type of an emitted crate, as a program outside names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Target {
    package: String,
    /// The type in Rust, without spaces.
    ty: String,
    /// The expression that checks `value`.
    check: String,
    /// The operation, if the check is in its method.
    operation: Option<String>,
}

impl Target {
    /// A type of the module `models`.
    pub(crate) fn named(package: &str, name: &str) -> Self {
        let ty = format!("{}::models::{name}", package.replace('-', "_"));
        Self { package: package.to_owned(), ty, check: "value.validate()".to_owned(), operation: None }
    }

    /// A type in the `Api` of a crate, unless bodies cannot be decoded as it.
    pub(crate) fn of(api: &Api, ty: &TypeRef) -> Option<Self> {
        let package = &api.options.name;
        let leaf = |ty: &str| {
            let (package, ty, check) = (package.clone(), ty.to_owned(), "Ok(())".to_owned());
            Some(Self { package, ty, check, operation: None })
        };
        match ty {
            TypeRef::Named(id) => Some(Self::named(package, &api[*id].name)),
            TypeRef::List(inner) => Self::of(api, inner).map(|inner| inner.inside("Vec<", "iter")),
            TypeRef::Map(inner) => {
                Self::of(api, inner).map(|inner| inner.inside("std::collections::BTreeMap<String,", "values"))
            }
            TypeRef::String => leaf("String"),
            TypeRef::Bool => leaf("bool"),
            TypeRef::I32 => leaf("i32"),
            TypeRef::I64 => leaf("i64"),
            TypeRef::U64 => leaf("u64"),
            TypeRef::I128 => leaf("i128"),
            TypeRef::F32 => leaf("f32"),
            TypeRef::F64 => leaf("f64"),
            TypeRef::DateTime => leaf("wirecrate_runtime::DateTime"),
            TypeRef::Date => leaf("wirecrate_runtime::Date"),
            TypeRef::IsoDuration => leaf("wirecrate_runtime::IsoDuration"),
            TypeRef::Uuid => leaf("wirecrate_runtime::Uuid"),
            TypeRef::Base64 => leaf("wirecrate_runtime::Base64"),
            // These are not JSON.
            TypeRef::Bytes | TypeRef::File => None,
            TypeRef::Any => leaf("wirecrate_runtime::JsonValue"),
            TypeRef::Never => leaf("wirecrate_runtime::Never"),
            TypeRef::Nullable(inner) => {
                Self::of(api, inner).map(|inner| inner.inside("wirecrate_runtime::Nullable<", "value().into_iter"))
            }
        }
    }

    fn inside(self, outer: &str, method: &str) -> Self {
        let Self { package, ty, check, operation } = self;
        let check = format!("value.{method}().try_for_each(|value| {check})");
        Self { package, ty: format!("{outer}{ty}>"), check, operation }
    }

    /// The same with the check in the method of an operation, if the type of its body has no `validate`.
    pub(crate) fn checked_by(self, api: &Api, operation: &Operation) -> Self {
        let Some(request) = &operation.request else { return self };
        if request.checks.is_empty() || has_validate(api, &request.ty) {
            return self;
        }
        assert!(operation.parameters.is_none(), "`{}` is called without parameters", operation.id);
        let (krate, method) = (self.package.replace('-', "_"), &operation.name);
        let body = if request.required { "value" } else { "Some(value)" };
        let client = format!("{krate}::Client::builder(\"localhost\"){}.build()", credentials(api, &krate));
        let client = format!("LazyLock::new(|| {client}.expect(\"the settings are valid\"))");
        let check = format!("static CLIENT: LazyLock<{krate}::Client> = {client}; check_call(CLIENT.{method}({body}))");
        Self { check: format!("{{ {check} }}"), operation: Some(operation.name.clone()), ..self }
    }

    /// The options of a crate that can be part of a batch.
    pub(crate) fn options(package: &str) -> Options {
        Options { runtime: libraries::runtime(), ..Options::new(package) }
    }

    /// Returns `true` if the type is in the module `models`.
    pub(crate) fn is_named(&self) -> bool {
        self.ty.contains("::models::") && !self.ty.contains('<')
    }

    /// The name of the type, without its modules.
    pub(crate) fn type_name(&self) -> &str {
        self.ty.rsplit("::").next().unwrap_or(&self.ty)
    }

    /// The name of the type in a question.
    pub(super) fn key(&self) -> String {
        format!("{} {}", self.package, self.name())
    }

    /// The line of the type in the program.
    pub(super) fn arm(&self) -> String {
        let Self { package, ty, check, .. } = self;
        let decode = format!("{}::from_json", package.replace('-', "_"));
        let name = self.name();
        format!("        ({package:?}, {name:?}) => answer_as::<{ty}>(command, body, {decode}, |value| {check}),\n")
    }

    fn name(&self) -> String {
        let operation = self.operation.iter().map(|operation| format!("@{operation}"));
        [self.ty.clone()].into_iter().chain(operation).collect()
    }
}

/// Returns `true` unless the type is an enumeration, a list, a map or a value of a type of the runtime.
fn has_validate(api: &Api, ty: &TypeRef) -> bool {
    matches!(ty, TypeRef::Named(id) if !matches!(api[*id].kind, TypeKind::Enum(_)))
}

/// The setting of a client, if the crate has credentials: those of all schemes.
fn credentials(api: &Api, krate: &str) -> String {
    let created = api.credentials.iter().map(|credential| {
        let arguments = vec!["\"secret\""; credential.variables.len()].join(", ");
        format!("{krate}::Credentials::{}({arguments})", credential.name)
    });
    let joined = created.reduce(|all, next| format!("{all}.and({next})"));
    joined.map_or_else(String::new, |all| format!(".credentials({all})"))
}
