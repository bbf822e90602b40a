//! Sample requests: examples of the description, read as the types of their schemas.

mod values;

use self::values::{Misfit, Values};
use crate::Diagnostics;
use crate::api::{BodyFormat, Example, ExampleValue, TypeId, TypeRef};
use crate::document::{Node, Object, Origin};
use crate::lower::draft::{Draft, DraftOperation};
use crate::lower::passes::directions::Directions;
use crate::lower::passes::names::TypeNames;
use crate::resolve::Resolved;

/// The samples of each operation, those that fit its types.
pub(crate) fn examples(
    resolved: &Resolved<'_>,
    draft: &Draft,
    directions: &Directions,
    type_names: &TypeNames,
    diagnostics: &mut Diagnostics,
) -> Vec<Vec<Example>> {
    let values = Values { types: &draft.types, directions, type_names };
    let mut reader = Reader { resolved, values, diagnostics };
    draft.operations.iter().map(|operation| reader.examples(operation)).collect()
}

struct Reader<'a, 'd> {
    resolved: &'a Resolved<'d>,
    values: Values<'a>,
    diagnostics: &'a mut Diagnostics,
}

/// A required parameter without an example that fits.
struct NoSample;

impl Reader<'_, '_> {
    fn examples(&mut self, operation: &DraftOperation) -> Vec<Example> {
        let Ok(parameters) = self.sample_parameters(operation) else { return Vec::new() };
        let mut examples: Vec<Example> = Vec::new();
        for Sample { origin, summary, ty } in samples(self.resolved, operation, parameters.is_some()) {
            match ty.map(|ty| self.read_sample(&origin, ty)).transpose() {
                Ok(value) => examples.push(Example { origin, summary, parameters: parameters.clone(), value }),
                Err((place, problem)) => self.diagnostics.example_does_not_fit(place, &problem),
            }
        }
        examples
    }

    fn read_sample(&self, origin: &Origin, ty: TypeId) -> Result<ExampleValue, Misfit> {
        let missing = || (origin.clone(), "there is no value".to_owned());
        self.values.read(self.resolved.node(origin).ok_or_else(missing)?, &TypeRef::Named(ty), origin)
    }

    /// Sample parameters, those that have an example; `None` for an operation without parameters.
    fn sample_parameters(&mut self, operation: &DraftOperation) -> Result<Option<ExampleValue>, NoSample> {
        let Some(id) = operation.parameters else { return Ok(None) };
        let mut fields = Vec::new();
        for (index, field) in self.values.types[id].fields().iter().enumerate() {
            let place = example_of_parameter(self.resolved, &field.origin);
            let Some((place, node)) = place.and_then(|place| Some((place.clone(), self.resolved.node(&place)?))) else {
                if field.required {
                    return Err(NoSample);
                }
                continue;
            };
            match self.values.read_parameter(node, &field.ty, &place) {
                Ok(value) => fields.push((index, value)),
                Err((place, problem)) => {
                    self.diagnostics.example_does_not_fit(place, &problem);
                    if field.required {
                        return Err(NoSample);
                    }
                }
            }
        }
        Ok(Some(ExampleValue::Struct(id, fields, Vec::new())))
    }
}

/// The example of a parameter, the first of its `examples`, or that of its schema.
fn example_of_parameter(resolved: &Resolved<'_>, parameter: &Origin) -> Option<Origin> {
    let examples = parameter.child("examples");
    let first = resolved.node(&examples).and_then(Node::as_object).and_then(|examples| examples.keys().next());
    let first = first.map(|key| resolved.follow(&examples.child(key)).child("value"));
    let schema = resolved.follow(&parameter.child("schema")).child("example");
    [Some(parameter.child("example")), first, Some(schema)]
        .into_iter()
        .flatten()
        .find(|place| resolved.node(place).is_some())
}

struct Sample {
    origin: Origin,
    summary: Option<String>,
    /// The type of the body; `None` where there is none.
    ty: Option<TypeId>,
}

/// `example` and `examples` of a JSON body; of an operation without a body, the call with its parameters.
fn samples(resolved: &Resolved<'_>, operation: &DraftOperation, has_parameters: bool) -> Vec<Sample> {
    let Some(request) = &operation.request else {
        let call = Sample { origin: operation.origin.clone(), summary: None, ty: None };
        return if has_parameters { vec![call] } else { Vec::new() };
    };
    let (TypeRef::Named(id), BodyFormat::Json) = (&request.body.ty, request.body.format) else { return Vec::new() };
    let body = resolved.follow(&operation.origin.child("requestBody"));
    let media = body.descend(["content", &request.body.media_type]);
    let sample = |origin, summary| Sample { origin, summary, ty: Some(*id) };
    let one = media.child("example");
    let one = resolved.node(&one).map(|_| sample(one, None));
    let many = media.child("examples");
    let keys = resolved.node(&many).and_then(Node::as_object).into_iter().flat_map(Object::keys);
    let many = keys.filter_map(|key| {
        let example = resolved.follow(&many.child(key));
        let value = example.child("value");
        resolved.node(&value)?;
        let summary = resolved.node(&example)?.get("summary").and_then(Node::as_str).map(str::to_owned);
        Some(sample(value, summary))
    });
    one.into_iter().chain(many).collect()
}
