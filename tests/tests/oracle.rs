//! The independent judge: the `jsonschema` crate on the documents of `spec/`.

use infobip_tests::instances::location;
use infobip_tests::spec::{Node, Spec};
use infobip_tests::translate::{Direction, is_30, translated};
use jsonschema::error::ValidationErrorKind as Kind;
use jsonschema::{Draft, Registry, ValidationError, Validator};
use serde_json::{Value, json};

/// What is wrong at one place of an instance.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    /// Where, in our notation.
    pub(crate) location: String,
    /// The keyword of the schema.
    pub(crate) keyword: String,
    /// Limit and measured size, where the keyword is one that our `validate` checks.
    pub(crate) size: Option<(usize, usize)>,
}

/// A schema of a description, ready to judge instances.
pub(crate) struct Oracle {
    validator: Validator,
}

/// Descriptions, ready to give the oracle of any schema in them.
pub(crate) struct Oracles {
    draft: Draft,
    registry: Registry<'static>,
}

impl Oracles {
    /// Takes translated descriptions of OpenAPI 3.0 for draft 4 of JSON Schema, from which they come (a `$ref` stands
    /// alone, and exclusive limits are booleans), and those of 3.1 for draft 2020-12.
    pub(crate) fn new(translated: &Spec) -> Self {
        let draft = if is_30(translated) { Draft::Draft4 } else { Draft::Draft202012 };
        let mut registry = Registry::new();
        for (file, document) in &translated.documents {
            let resource = draft.create_resource(document.clone());
            registry = registry.add(uri(file), resource).expect("the name of a file makes a URI");
        }
        Self { draft, registry: registry.prepare().expect("every `$ref` leads somewhere") }
    }

    /// The oracle of the schema at a place: `contact.yaml#/components/schemas/Contact`.
    pub(crate) fn at(&self, place: &str) -> Oracle {
        let validator = jsonschema::options()
            .with_draft(self.draft)
            .with_registry(&self.registry)
            // Times are taken as text, because the service does not write RFC 3339.
            .should_validate_formats(false)
            .build(&json!({ "$ref": uri(place) }))
            .expect("the schema is in order");
        Oracle { validator }
    }
}

impl Oracle {
    /// The oracle of one schema.
    pub(crate) fn new(spec: &Spec, schema: Node<'_>) -> Self {
        Oracles::new(&translated(spec, Direction::Received)).at(&schema.place())
    }

    /// Whether nothing is wrong with an instance.
    pub(crate) fn accepts(&self, instance: &Value) -> bool {
        self.validator.is_valid(instance)
    }

    /// Everything that is wrong with an instance.
    pub(crate) fn findings(&self, instance: &Value) -> Vec<Finding> {
        let errors = self.validator.iter_errors(instance);
        errors.map(|error| finding(instance, &error)).collect()
    }
}

/// A place as a URI; what no fragment may hold is encoded.
fn uri(place: &str) -> String {
    let (file, pointer) = place.split_once('#').unwrap_or((place, ""));
    let mut uri = format!("spec:///{file}#");
    for character in pointer.chars() {
        match character {
            ' ' | '"' | '#' | '%' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => {
                uri.extend(["%", &format!("{:02X}", u32::from(character))]);
            }
            _ => uri.push(character),
        }
    }
    uri.trim_end_matches('#').to_owned()
}

fn finding(instance: &Value, error: &ValidationError<'_>) -> Finding {
    let pointer = error.instance_path().as_str();
    let limit = match error.kind() {
        Kind::MinLength { limit } | Kind::MaxLength { limit } | Kind::MinItems { limit } | Kind::MaxItems { limit } => {
            Some(*limit)
        }
        _ => None,
    };
    let size = limit.map(|limit| {
        let limit = usize::try_from(limit).expect("limits are small");
        (limit, measure(instance.pointer(pointer)))
    });
    Finding { location: location(instance, pointer), keyword: error.kind().keyword().to_owned(), size }
}

fn measure(value: Option<&Value>) -> usize {
    match value {
        Some(Value::String(text)) => text.chars().count(),
        Some(Value::Array(items)) => items.len(),
        other => panic!("no limit of ours is for {other:?}"),
    }
}
