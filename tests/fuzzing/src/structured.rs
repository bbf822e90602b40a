//! Descriptions that are made of supported constructs, in any combination and with difficult names.
//!
//! Most are accepted. The others are refused, for example because names or requirements contradict each other.

mod operations;
mod schemas;
pub(crate) mod values;

use arbitrary::{Result, Unstructured};
use serde_json::{Map, Value, json};

use self::values::{name, text};

/// Makes a description of the choices.
///
/// # Errors
///
/// Returns an error if there are not enough choices.
pub fn description(choices: &mut Unstructured<'_>) -> Result<Value> {
    let is_31 = choices.arbitrary()?;
    let schemas = Writer::names(choices, 6)?;
    let objects = schemas.iter().step_by(2).cloned().collect();
    let securities = Writer::names(choices, 2)?;
    Writer { choices, is_31, schemas, objects, securities }.document()
}

/// The choices, and what is known about the document.
struct Writer<'c, 'u> {
    choices: &'c mut Unstructured<'u>,
    /// `true` for OpenAPI 3.1, and `false` for 3.0.
    is_31: bool,
    /// The names of the schemas in `components`.
    schemas: Vec<String>,
    /// The names of those that are objects.
    objects: Vec<String>,
    /// The names of the security schemes.
    securities: Vec<String>,
}

impl<'u> Writer<'_, 'u> {
    /// Chooses up to `max` different names for components.
    fn names(choices: &mut Unstructured<'u>, max: usize) -> Result<Vec<String>> {
        let mut names = Vec::new();
        for index in 0..choices.int_in_range(0..=max)? {
            // The specification limits the characters of these names.
            let is_allowed = |c: &char| c.is_ascii_alphanumeric() || "._-".contains(*c);
            let name: String = name(choices)?.chars().filter(is_allowed).collect();
            names.push(if name.is_empty() || names.contains(&name) { format!("Part{index}") } else { name });
        }
        Ok(names)
    }

    fn document(mut self) -> Result<Value> {
        let mut document = json!({
            "openapi": if self.is_31 { "3.1.0" } else { "3.0.3" },
            "info": { "title": text(self.choices)?, "version": "1", "description": text(self.choices)? },
        });
        let paths = self.paths()?;
        document["paths"] = paths;
        if self.is_31 && self.choices.ratio(1, 4)? {
            document["webhooks"] = json!({ name(self.choices)?: self.event()? });
        }
        if self.choices.ratio(1, 4)? {
            document["servers"] = json!([{ "url": "https://notes.example/v1", "description": text(self.choices)? }]);
        }
        if self.choices.arbitrary()? {
            document["security"] = self.security()?;
        }
        document["components"] = self.components()?;
        Ok(document)
    }

    fn components(&mut self) -> Result<Value> {
        let mut schemas = Map::new();
        for name in self.schemas.clone() {
            let schema = if self.objects.contains(&name) { self.object(3)? } else { self.definition(3)? };
            schemas.insert(name, schema);
        }
        let mut securities = Map::new();
        for name in self.securities.clone() {
            securities.insert(name, self.security_scheme()?);
        }
        Ok(json!({ "schemas": schemas, "securitySchemes": securities }))
    }

    fn security_scheme(&mut self) -> Result<Value> {
        let location = *self.choices.choose(&["header", "query", "cookie"])?;
        Ok(match self.choices.int_in_range(0..=15)? {
            0 => json!({ "type": "apiKey", "in": location, "name": name(self.choices)? }),
            1..=4 => json!({ "type": "http", "scheme": "basic" }),
            5..=8 => json!({ "type": "http", "scheme": "bearer", "description": text(self.choices)? }),
            9..=12 => {
                json!({ "type": "apiKey", "in": "header", "name": "Authorization", "x-authorization-prefix": "Key" })
            }
            _ => json!({ "type": "oauth2", "flows": { "clientCredentials": { "tokenUrl": "/token", "scopes": {} } } }),
        })
    }

    /// Makes security requirements: alternatives of one scheme each.
    fn security(&mut self) -> Result<Value> {
        let mut requirements = Vec::new();
        for name in self.securities.clone() {
            if self.choices.arbitrary()? {
                requirements.push(json!({ name: [] }));
            }
        }
        Ok(Value::Array(requirements))
    }
}
