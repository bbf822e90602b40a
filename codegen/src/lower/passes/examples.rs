//! Sample requests: examples of the description, read as the types of their schemas.

mod values;

use std::cell::Cell;

use self::values::{MOST_ATTEMPTS, MOST_VALUES, Values};
use crate::Diagnostics;
use crate::api::{BodyFormat, Example, ExampleValue, TypeRef};
use crate::document::Cursor;
use crate::lower::draft::{Draft, DraftOperation, DraftRequest};
use crate::lower::passes::directions::Directions;
use crate::lower::passes::names::TypeNames;
use crate::resolve::Resolved;

/// The samples of each operation, those that fit its types.
pub(crate) fn examples<'d>(
    resolved: &Resolved<'d>,
    draft: &Draft<'d>,
    directions: &Directions,
    type_names: &TypeNames,
    diagnostics: &mut Diagnostics,
) -> Vec<Vec<Example>> {
    let (attempts, depth) = (Cell::new(MOST_ATTEMPTS), Cell::new(0));
    let values = Values { types: &draft.types, directions, type_names, attempts, depth };
    let mut reader = Reader { resolved, values, diagnostics };
    draft.operations.iter().map(|operation| reader.examples(operation)).collect()
}

struct Reader<'a, 'd> {
    resolved: &'a Resolved<'d>,
    values: Values<'a, 'd>,
    diagnostics: &'a mut Diagnostics,
}

/// A required parameter without an example that fits.
struct NoSample;

impl<'d> Reader<'_, 'd> {
    fn examples(&mut self, operation: &DraftOperation<'d>) -> Vec<Example> {
        let Ok(parameters) = self.sample_parameters(operation) else { return Vec::new() };
        let Some(request) = &operation.request else {
            // Without a body, the example is the call with its parameters.
            let call = parameters.map(|parameters| Example {
                origin: operation.at.origin(),
                summary: None,
                parameters: Some(parameters),
                value: None,
            });
            return call.into_iter().collect();
        };
        let mut examples: Vec<Example> = Vec::new();
        for Sample { value, summary } in self.samples(operation, request) {
            let origin = value.origin();
            if value.node().size() > MOST_VALUES {
                let problem = format!("it has more than {MOST_VALUES} values");
                self.diagnostics.example_does_not_fit(origin, &problem);
                continue;
            }
            self.values.attempts.set(MOST_ATTEMPTS);
            match self.values.read(value.node(), &request.body.ty, &origin) {
                Ok(value) => {
                    examples.push(Example { origin, summary, parameters: parameters.clone(), value: Some(value) });
                }
                Err((at, problem)) => self.diagnostics.example_does_not_fit(at, &problem),
            }
        }
        examples
    }

    /// Sample parameters, those that have an example; `None` for an operation without parameters.
    fn sample_parameters(&mut self, operation: &DraftOperation<'d>) -> Result<Option<ExampleValue>, NoSample> {
        let Some(id) = operation.parameters else { return Ok(None) };
        let mut fields = Vec::new();
        for (index, field) in self.values.types[id].fields().iter().enumerate() {
            let Some(example) = self.example_of_parameter(&field.at) else {
                if field.required {
                    return Err(NoSample);
                }
                continue;
            };
            self.values.attempts.set(MOST_ATTEMPTS);
            match self.values.read_parameter(example.node(), &field.ty, &example.origin()) {
                Ok(value) => fields.push((index, value)),
                Err((at, problem)) => {
                    self.diagnostics.example_does_not_fit(at, &problem);
                    if field.required {
                        return Err(NoSample);
                    }
                }
            }
        }
        Ok(Some(ExampleValue::Struct(id, fields, Vec::new())))
    }

    /// The example of a parameter, the first of its `examples`, or that of its schema.
    fn example_of_parameter(&self, parameter: &Cursor<'d>) -> Option<Cursor<'d>> {
        let first = || self.resolved.follow(&parameter.object("examples").next()?.1).get("value");
        let schema = || self.resolved.get(parameter, "schema")?.get("example");
        parameter.get("example").or_else(first).or_else(schema)
    }

    /// The `example` and `examples` of a JSON body.
    fn samples(&self, operation: &DraftOperation<'d>, request: &DraftRequest) -> Vec<Sample<'d>> {
        let is_from_json = matches!(request.body.format, BodyFormat::Json | BodyFormat::Form(_));
        if !is_from_json || !matches!(request.body.ty, TypeRef::Named(_)) {
            return Vec::new();
        }
        let body = self.resolved.get(&operation.at, "requestBody");
        let Some(media) = body.and_then(|body| body.descend(["content", &request.body.media_type])) else {
            return Vec::new();
        };
        let one = media.get("example").map(|value| Sample { value, summary: None });
        let many = media.object("examples").filter_map(|(_, example)| {
            let example = self.resolved.follow(&example);
            Some(Sample { value: example.get("value")?, summary: example.text("summary").map(str::to_owned) })
        });
        one.into_iter().chain(many).collect()
    }
}

/// A sample body.
struct Sample<'d> {
    value: Cursor<'d>,
    summary: Option<String>,
}
