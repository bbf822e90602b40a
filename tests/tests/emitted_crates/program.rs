//! The text of the program.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{Target, libraries};

/// Reads lines of package, type and JSON, and answers each with a line.
///
/// A type that has no method `validate` gets the one of the trait, which never fails; the compiler prefers the type's own.
const SOURCE: &str = r#"
use std::io::{BufRead, BufWriter, Write};

use wirecrate_runtime::{JsonError, Violations, json};
use serde::Serialize;
use serde::de::DeserializeOwned;

trait Unchecked {
    fn validate(&self) -> Result<(), Violations> {
        Ok(())
    }
}

impl<T> Unchecked for T {}

/// Decodes as the crate of the type does.
fn answer_as<T: DeserializeOwned + Serialize>(
    body: &str,
    decode: fn(&[u8]) -> Result<T, JsonError>,
    check: fn(&T) -> Result<(), Violations>,
) -> String {
    let value: T = match decode(body.as_bytes()) {
        Ok(value) => value,
        Err(error) => return format!("decode-error {}", error.to_string().replace('\n', " ")),
    };
    if let Err(violations) = check(&value) {
        let violations = violations.iter().map(|violation| {
            serde_json::json!({ "location": violation.location(), "keyword": violation.keyword().to_string() })
        });
        return format!("violations {}", violations.collect::<serde_json::Value>());
    }
    match json::encode(&value) {
        Ok(text) => format!("ok {}", String::from_utf8_lossy(&text)),
        Err(error) => format!("encode-error {error}"),
    }
}

fn main() -> std::io::Result<()> {
    let mut answers = BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let mut parts = line.splitn(3, ' ');
        let mut part = || parts.next().unwrap_or_default();
        let (package, ty, body) = (part(), part(), part());
        writeln!(answers, "{}", answer(package, ty, body))?;
    }
    answers.flush()
}
"#;

/// The source of the program.
pub(super) fn source(targets: &BTreeSet<Target>) -> String {
    let mut text = format!("{SOURCE}\nfn answer(package: &str, ty: &str, body: &str) -> String {{\n");
    text += "    match (package, ty) {\n";
    for target in targets {
        text += &target.arm();
    }
    text += "        _ => \"no-such-type\".to_owned(),\n    }\n}\n";
    text
}

/// The manifest of the program.
pub(super) fn manifest(name: &str, crates: &[String]) -> String {
    let mut text = format!("[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n");
    text += "\n[dependencies]\nserde = \"1\"\nserde_json = \"1\"\n";
    // Writing to a string cannot fail.
    let _ = writeln!(text, "wirecrate-runtime = {{ path = {:?}, default-features = false }}", libraries::runtime());
    for name in crates {
        let _ =
            writeln!(text, "{name} = {{ path = \"../{name}\", default-features = false, features = [\"symmetric\"] }}");
    }
    text
}
