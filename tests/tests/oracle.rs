//! The independent validator: the `jsonschema` crate on translated descriptions.

use infobip_tests::instances::location;
use infobip_tests::schema::translate::is_30;
use infobip_tests::spec::Spec;
use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::{Draft, JsonType, Registry, ValidationError, Validator};
use serde_json::{Value, json};

/// An error at one location of an instance.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    /// The location in our notation.
    pub(crate) location: String,
    /// The keyword of the schema.
    pub(crate) keyword: String,
    /// The limit and the measured size, if the keyword limits a size.
    pub(crate) size: Option<(usize, usize)>,
}

/// A schema of a description, ready to validate instances.
pub(crate) struct Oracle {
    validator: Validator,
}

/// Descriptions, ready to return the oracle of any schema in them.
pub(crate) struct Oracles {
    draft: Draft,
    registry: Registry<'static>,
}

impl Finding {
    /// Returns `true` for the keywords that `validate` checks after decoding.
    pub(crate) fn is_constraint(&self) -> bool {
        const OTHERS: [&str; 7] =
            ["exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf", "pattern", "uniqueItems"];
        self.size.is_some() || OTHERS.contains(&&*self.keyword)
    }

    /// Returns `true` if the value is none of the listed values or alternatives.
    pub(crate) fn is_choice(&self) -> bool {
        self.is_union() || self.keyword == "enum"
    }

    /// Returns `true` if a reader may keep the value although the schema does not list it.
    pub(crate) fn is_open(&self) -> bool {
        self.is_choice() || self.keyword == "additionalProperties"
    }

    /// Returns `true` if the value fits none, or too many, of the alternatives of a union.
    pub(crate) fn is_union(&self) -> bool {
        matches!(&*self.keyword, "oneOf" | "anyOf")
    }

    /// Returns `true` if the value contains a location.
    pub(crate) fn is_around(&self, location: &str) -> bool {
        let rest = location.strip_prefix(&*self.location);
        self.location.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    }

    /// The keyword or, of keywords that bound a number on the same side, the inclusive one.
    pub(crate) fn side(&self) -> &str {
        match &*self.keyword {
            "exclusiveMinimum" => "minimum",
            "exclusiveMaximum" => "maximum",
            keyword => keyword,
        }
    }
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

    /// The oracle of the schema at a location: `contact.yaml#/components/schemas/Contact`.
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
    /// Returns `true` if an instance is valid.
    pub(crate) fn accepts(&self, instance: &Value) -> bool {
        self.validator.is_valid(instance)
    }

    /// All errors of an instance.
    pub(crate) fn findings(&self, instance: &Value) -> Vec<Finding> {
        let errors = self.validator.iter_errors(instance);
        errors.map(|error| finding(instance, &error)).collect()
    }
}

/// A location as a URI, with the characters encoded that no fragment may contain.
fn uri(place: &str) -> String {
    let (file, pointer) = place.split_once('#').unwrap_or((place, ""));
    let mut uri = format!("spec:///{file}#");
    for character in pointer.chars() {
        match character {
            ' ' | '"' | '#' | '%' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => {
                uri.extend(["%", &format!("{:02X}", u32::from(character))]);
            }
            character if !character.is_ascii() => {
                let mut bytes = [0; 4];
                for byte in character.encode_utf8(&mut bytes).bytes() {
                    uri.extend(["%", &format!("{byte:02X}")]);
                }
            }
            _ => uri.push(character),
        }
    }
    uri.trim_end_matches('#').to_owned()
}

fn finding(instance: &Value, error: &ValidationError<'_>) -> Finding {
    let pointer = error.instance_path().as_str();
    let limit = match error.kind() {
        Kind::MinLength { limit }
        | Kind::MaxLength { limit }
        | Kind::MinItems { limit }
        | Kind::MaxItems { limit }
        | Kind::MinProperties { limit }
        | Kind::MaxProperties { limit } => Some(*limit),
        _ => None,
    };
    let size = limit.map(|limit| {
        let limit = usize::try_from(limit).expect("limits are small");
        (limit, measure(instance.pointer(pointer)))
    });
    let keyword = match error.kind() {
        // One value is an enumeration of one.
        Kind::Constant { .. } => "enum".to_owned(),
        // Several types are a union of one each.
        Kind::Type { kind: TypeKind::Multiple(types) }
            if types.iter().filter(|ty| *ty != JsonType::Null).count() > 1 =>
        {
            "anyOf".to_owned()
        }
        kind => kind.keyword().to_owned(),
    };
    Finding { location: location(instance, pointer), keyword, size }
}

fn measure(value: Option<&Value>) -> usize {
    match value {
        Some(Value::String(text)) => text.chars().count(),
        Some(Value::Array(items)) => items.len(),
        Some(Value::Object(members)) => members.len(),
        other => panic!("no limit of ours is for {other:?}"),
    }
}
