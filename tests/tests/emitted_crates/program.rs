//! The text of the program.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{Target, libraries};

/// Reads lines of command, package, type and JSON, and answers each with a line.
///
/// `check` decodes, checks and encodes the value; `print` prints it, or the error of decoding it, with `Debug`.
///
/// A type that has no method `validate` gets the one of the trait, which never fails; the compiler prefers the type's own.
const SOURCE: &str = r#"
use std::error::Error;
use std::fmt::Debug;
use std::io::{BufRead, BufWriter, Write};
#[allow(unused_imports)]
use std::sync::LazyLock;
use std::time::Duration;

use wirecrate_runtime::generated::FromErrorBody;
use wirecrate_runtime::{Call, JsonError, Violations, json};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

trait Unchecked {
    fn validate(&self) -> Result<(), Violations> {
        Ok(())
    }
}

impl<T> Unchecked for T {}

/// Checks a body by a call that has no time to send it.
#[allow(dead_code)]
fn check_call<B: ?Sized, R, E: FromErrorBody>(call: Call<'_, B, R, E>) -> Result<(), Violations> {
    match call.timeout(Duration::ZERO).wait() {
        Err(wirecrate_runtime::Error::Violations(violations)) => Err(violations),
        _ => Ok(()),
    }
}

/// Decodes as the crate of the type does.
fn answer_as<T: DeserializeOwned + Serialize + Debug>(
    command: &str,
    body: &str,
    decode: fn(&[u8]) -> Result<T, JsonError>,
    check: fn(&T) -> Result<(), Violations>,
) -> String {
    let decoded: Result<T, _> = decode(body.as_bytes());
    if command == "print" {
        return match decoded {
            Ok(value) => format!("value {}", Value::from(format!("{value:?} {value:#?}"))),
            Err(error) => format!("error {}", Value::from(print_error(&error))),
        };
    }
    let value = match decoded {
        Ok(value) => value,
        Err(error) => {
            let (location, category) = (error.location(), format!("{:?}", error.category()));
            return format!(
                "decode-error {}",
                serde_json::json!({ "location": location, "category": category, "text": error.to_string() })
            );
        }
    };
    if let Err(violations) = check(&value) {
        let violations = violations.iter().map(|violation| {
            serde_json::json!({
                "location": violation.location(),
                "keyword": violation.keyword().to_string(),
                "limit": violation.constraint().size(),
                "measured": violation.measured(),
            })
        });
        return format!("violations {}", violations.collect::<Value>());
    }
    match json::encode(&value) {
        Ok(text) => format!("ok {}", String::from_utf8_lossy(&text)),
        Err(error) => format!("encode-error {error}"),
    }
}

/// The error and all its causes.
fn print_error(error: &dyn Error) -> String {
    let cause = error.source().map(print_error).unwrap_or_default();
    format!("{error} {error:?} {error:#?} {cause}")
}

fn main() -> std::io::Result<()> {
    let mut answers = BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let mut parts = line.splitn(4, ' ');
        let mut part = || parts.next().unwrap_or_default();
        let (command, package, ty, body) = (part(), part(), part(), part());
        writeln!(answers, "{}", answer(command, package, ty, body))?;
    }
    answers.flush()
}
"#;

/// The source of the program.
pub(super) fn source(targets: &BTreeSet<Target>) -> String {
    let mut text = format!("{SOURCE}\nfn answer(command: &str, package: &str, ty: &str, body: &str) -> String {{\n");
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
