//! The independent judge: the `jsonschema` crate on the documents of `spec/`.

use infobip_tests::instances::location;
use infobip_tests::spec::{Node, Spec};
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

impl Oracle {
    /// Takes the dialect of the descriptions for draft 4 of JSON Schema, from which it comes: a
    /// `$ref` stands alone, and exclusive limits are booleans.
    pub(crate) fn new(spec: &Spec, schema: Node<'_>) -> Self {
        let mut registry = Registry::new();
        for (file, document) in &spec.documents {
            let mut document = document.clone();
            limit_int32(&mut document);
            let resource = Draft::Draft4.create_resource(document);
            registry = registry.add(uri(file), resource).expect("the name of a file makes a URI");
        }
        let registry = registry.prepare().expect("every `$ref` leads somewhere");
        let validator = jsonschema::options()
            .with_draft(Draft::Draft4)
            .with_registry(&registry)
            // Times are taken as text, because the service does not write RFC 3339.
            .should_validate_formats(false)
            .build(&json!({ "$ref": uri(&schema.place()) }))
            .expect("the schema is in order");
        Self { validator }
    }

    /// Everything that is wrong with an instance.
    pub(crate) fn findings(&self, instance: &Value) -> Vec<Finding> {
        let errors = self.validator.iter_errors(instance);
        errors.map(|error| finding(instance, &error)).collect()
    }
}

fn uri(place: &str) -> String {
    format!("spec:///{place}")
}

/// Says `format: int32` in words that JSON Schema has.
fn limit_int32(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            if members.get("format") == Some(&json!("int32")) {
                members.insert("minimum".into(), i32::MIN.into());
                members.insert("maximum".into(), i32::MAX.into());
            }
            members.values_mut().for_each(limit_int32);
        }
        Value::Array(items) => items.iter_mut().for_each(limit_int32),
        _ => {}
    }
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
