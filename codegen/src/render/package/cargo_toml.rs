//! The package manifest, and the configuration of rustfmt.

use crate::api::{Api, Feature, Operation};
use crate::diagnostic::printable;

/// Disables rustfmt, since the files are not edited.
pub(crate) const RUSTFMT: &str = "disable_all_formatting = true\n";

/// `Cargo.toml`.
pub(crate) fn render_manifest(api: &Api) -> String {
    let options = &api.options;
    let examples = api.operations.iter().any(|operation| !operation.examples.is_empty());
    let development = if examples {
        "\n[dev-dependencies]\ntokio = { version = \"1\", features = [\"macros\", \"rt\"] }\n"
    } else {
        ""
    };
    format!(
        r#"[package]
name = {name}
description = {description}
version = {version}
edition = "2024"
rust-version = "1.95"
license = "MIT OR Apache-2.0"
publish = false

# Stated explicitly so that Cargo can load the workspace before the sources are generated.
[lib]
path = "src/lib.rs"

[features]
default = [{default}]
# TLS with rustls and Mozilla's root certificates.
rustls = ["wirecrate-runtime/rustls"]
# TLS with the operating system's library.
native-tls = ["wirecrate-runtime/native-tls"]
# Calls that block the current thread.
blocking = ["wirecrate-runtime/blocking"]
# A span for each call and an event for each attempt.
tracing = ["wirecrate-runtime/tracing"]
# `Deserialize` for types that are only sent, and `Serialize` for types that are only received.
symmetric = []
{own_features}
[dependencies]
wirecrate-runtime = {{ path = {runtime}, default-features = false{features} }}
serde = {{ version = "1", features = ["derive"] }}
{development}{programs}
[lints.rust]
unsafe_code = "forbid"
missing_docs = "warn"
# Names and types follow the API description.
confusable_idents = "allow"
mixed_script_confusables = "allow"
non_camel_case_types = "allow"
uncommon_codepoints = "allow"

[lints.clippy]
disallowed_names = "allow"
enum_variant_names = "allow"
large_enum_variant = "allow"
new_ret_no_self = "allow"
should_implement_trait = "allow"
type_complexity = "allow"
wrong_self_convention = "allow"
"#,
        name = toml_string(&options.name),
        description = toml_string(options.description.as_ref().unwrap_or(&api.title)),
        version = toml_string(&options.version),
        runtime = toml_string(&options.runtime),
        default = default_features(api),
        own_features = own_features(api),
        programs = programs(api),
        features = if api.has_patterns { ", features = [\"pattern\"]" } else { "" },
    )
}

/// The default features: TLS, and those of this description.
fn default_features(api: &Api) -> String {
    let names = api.features.iter().map(|feature| &*feature.name);
    std::iter::once("rustls").chain(names).map(toml_string).collect::<Vec<_>>().join(", ")
}

/// The features of this description.
fn own_features(api: &Api) -> String {
    let feature = |feature: &Feature| {
        let text = printable(feature.description.as_deref().unwrap_or(&feature.tag));
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let needs = if feature.has_patterns { "\"wirecrate-runtime/pattern\"" } else { "" };
        format!("# {text}\n{} = [{needs}]\n", toml_key(&feature.name))
    };
    api.features.iter().map(feature).collect()
}

/// The features that the sample programs need.
fn programs(api: &Api) -> String {
    let program = |operation: &Operation| {
        let feature = &api[operation.feature.filter(|_| !operation.examples.is_empty())?];
        let (name, feature) = (toml_string(&operation.name), toml_string(&feature.name));
        Some(format!("\n[[example]]\nname = {name}\nrequired-features = [{feature}]\n"))
    };
    api.operations.iter().filter_map(program).collect()
}

/// A key of TOML, in quotes if it needs them.
fn toml_key(name: &str) -> String {
    let is_bare = |character: char| character.is_ascii_alphanumeric() || "-_".contains(character);
    if name.chars().all(is_bare) { name.to_owned() } else { toml_string(name) }
}

/// A basic string of TOML; control characters become spaces.
fn toml_string(text: &str) -> String {
    let text: String = text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect();
    format!("\"{}\"", text.trim().replace('\\', "\\\\").replace('"', "\\\""))
}
