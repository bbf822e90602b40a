//! The [`Api`], put together from the draft and the facts.

use std::collections::HashSet;

use crate::api::{
    AdditionalField, Alternative, Api, Bounds, Check, Credential, Declined, Distinction, Enum, ErrorBody, Example,
    FeatureId, Field, Group, MessageId, Module, Operation, RequestBody, Slot, Struct, TypeDef, TypeId, TypeKind, Union,
    UnknownProperties, Wrapper, Writing,
};
use crate::lower::draft::{
    ByType, Draft, DraftAlternative, DraftCredential, DraftEnum, DraftField, DraftOperation, DraftRequest, DraftStruct,
    DraftType, DraftUnion, Shape, UnionKeyword,
};
use crate::lower::passes::builders::Builders;
use crate::lower::passes::checks::{Checks, TypeChecks};
use crate::lower::passes::directions::Directions;
use crate::lower::passes::features::Features;
use crate::lower::passes::names::{MethodNames, TypeNames};
use crate::lower::passes::overlap::Overlap;
use crate::lower::passes::recursion::Boxes;
use crate::lower::passes::roles::events::Events;
use crate::lower::passes::roles::responses::ResponseTypes;
use crate::lower::passes::samples::SampleEnvironment;
use crate::lower::passes::traits::conversions::Conversions;
use crate::lower::passes::traits::equality::Equality;
use crate::lower::passes::traits::json::Json;
use crate::lower::passes::traits::redaction::Redaction;
use crate::names;
use crate::{LeftOut, Options};

/// The facts of all passes.
pub(crate) struct Facts {
    pub directions: Directions,
    pub redaction: Redaction,
    pub type_names: TypeNames,
    pub method_names: MethodNames,
    pub writings: ByType<Writing>,
    pub message_ids: Vec<Option<MessageId>>,
    pub builders: Builders,
    pub conversions: Conversions,
    pub boxes: Boxes,
    pub equality: Equality,
    pub overlap: Overlap,
    pub json: Json,
    pub checks: Checks,
    pub declined: ByType<Option<Declined>>,
    pub error_bodies: Vec<ErrorBody>,
    pub response_types: Vec<ResponseTypes>,
    pub events: Events,
    pub modules: Vec<Module>,
    pub features: Features,
    pub groups: Vec<Group>,
    pub programs: Vec<String>,
    pub credential_slots: Vec<Option<Slot>>,
    pub samples: SampleEnvironment,
    pub examples: Vec<Vec<Example>>,
}

/// Builds the `Api`, without any decision.
pub(crate) fn assemble(draft: Draft, facts: Facts, options: &Options, left_out: Vec<LeftOut>) -> Api {
    let Facts { method_names, programs, message_ids, checks, samples, examples, events, features, .. } = facts;
    let operation_facts = method_names.into_iter().zip(programs).zip(message_ids).zip(checks.of_bodies);
    let operation_facts = operation_facts.zip(facts.response_types).zip(samples.credentials).zip(examples);
    let operation_facts = operation_facts.zip(features.of_operations).map(
        |(((((((name, program), message_id), checks), responses), sample_credentials), examples), feature)| {
            OperationFacts { name, program, message_id, checks, responses, sample_credentials, examples, feature }
        },
    );
    let mut types = TypeFacts {
        directions: facts.directions,
        redaction: facts.redaction,
        names: facts.type_names,
        writings: facts.writings,
        builders: facts.builders,
        conversions: facts.conversions,
        boxes: facts.boxes,
        equality: facts.equality,
        overlap: facts.overlap,
        json: facts.json,
        checks: checks.of_types,
        declined: facts.declined,
    };
    let type_ids = draft.types.ids();
    Api {
        options: options.clone(),
        title: options.title.clone().or(draft.title).unwrap_or_else(|| options.name.clone()),
        description: draft.description.or_else(|| options.description.clone()),
        inputs: draft.inputs,
        servers: draft.servers,
        operations: draft.operations.into_iter().zip(operation_facts).map(operation).collect(),
        features: features.list,
        groups: facts.groups,
        callbacks: draft.callbacks,
        events: events.all,
        unknown_event: events.unknown,
        event_features: events.features,
        credentials: draft
            .credentials
            .into_iter()
            .zip(facts.credential_slots)
            .zip(samples.variables)
            .map(credential)
            .collect(),
        error_bodies: facts.error_bodies,
        equality_of_errors: types.equality.of_errors,
        types: type_ids.zip(draft.types).map(|(id, definition)| types.definition(id, definition)).collect(),
        modules: facts.modules,
        whole_numbers: draft.whole_numbers,
        has_patterns: features.has_patterns,
        samples: samples.samples,
        omitted: draft.omitted,
        left_out,
    }
}

fn credential(((draft, slot), variables): ((DraftCredential, Option<Slot>), Vec<String>)) -> Credential {
    Credential {
        origin: draft.at.origin(),
        wire_name: draft.wire_name,
        name: draft.name,
        description: draft.description,
        scheme: draft.scheme,
        flows: draft.flows,
        slot,
        variables,
    }
}

/// The facts about one operation.
struct OperationFacts {
    name: String,
    program: String,
    message_id: Option<MessageId>,
    /// Those of the body, checked and not.
    checks: [Vec<Check>; 2],
    responses: ResponseTypes,
    sample_credentials: Vec<usize>,
    examples: Vec<Example>,
    feature: Option<FeatureId>,
}

fn operation((draft, facts): (DraftOperation, OperationFacts)) -> Operation {
    Operation {
        origin: draft.at.origin(),
        id: draft.id,
        variant: draft.variant,
        name: facts.name,
        program: facts.program,
        method: draft.method,
        path: draft.path,
        docs: draft.docs,
        deprecated: draft.deprecated,
        parameters: draft.parameters,
        request: draft.request.map(|request| request_body(request, facts.checks, facts.message_id)),
        response: draft.response,
        success_enum: facts.responses.success_enum,
        header_struct: facts.responses.header_struct,
        statuses: draft.statuses,
        error_types: facts.responses.error_types,
        servers: draft.servers,
        security: draft.security,
        sample_credentials: facts.sample_credentials,
        scopes: draft.scopes,
        rate_limits: draft.rate_limits,
        examples: facts.examples,
        feature: facts.feature,
    }
}

fn request_body(draft: DraftRequest, checks: [Vec<Check>; 2], message_id: Option<MessageId>) -> RequestBody {
    let [checks, unchecked] = checks;
    RequestBody {
        argument: draft.argument,
        ty: draft.body.ty,
        required: draft.required,
        checks,
        unchecked,
        format: draft.body.format,
        media_type: draft.body.media_type,
        media_types: draft.media_types,
        message_id,
    }
}

/// The facts about types.
struct TypeFacts {
    directions: Directions,
    redaction: Redaction,
    names: TypeNames,
    writings: ByType<Writing>,
    builders: Builders,
    conversions: Conversions,
    boxes: Boxes,
    equality: Equality,
    overlap: Overlap,
    json: Json,
    checks: ByType<TypeChecks>,
    declined: ByType<Option<Declined>>,
}

impl TypeFacts {
    fn definition(&mut self, id: TypeId, draft: DraftType) -> TypeDef {
        let checks = std::mem::take(&mut self.checks[id]);
        TypeDef {
            origin: draft.at.origin(),
            name: self.names[id].to_owned(),
            docs: draft.docs,
            direction: self.directions[id],
            has_validate: checks.has_validate,
            total_equality: self.equality.is_total[id],
            writing: self.writings[id].clone(),
            serde: self.json.traits[id],
            kind: self.kind(id, draft.shape, checks.parts, checks.property_count),
            unchecked: checks.unchecked,
        }
    }

    fn kind(&self, id: TypeId, shape: Shape, checks: Vec<Vec<Check>>, property_count: Option<Bounds>) -> TypeKind {
        let other = |names| self.directions[id].received().then(|| unlisted_variant(&names));
        let mut checks = checks.into_iter();
        match shape {
            Shape::Struct(DraftStruct { fields, camel_case, unknown_properties, .. }) => TypeKind::Struct(Struct {
                declined: self.declined[id].clone(),
                fields: fields.into_iter().zip(checks.by_ref()).enumerate().map(|part| self.field(id, part)).collect(),
                camel_case,
                closed: self.json.is_closed[id],
                has_builder: self.builders.has_builder[id],
                has_default: self.builders.has_default[id],
                redacted: self.redaction.hides_any[id],
                unknown_properties: with_checks(unknown_properties, checks.next().unwrap_or_default()),
                property_count,
            }),
            Shape::Enum(DraftEnum { variants, constraints }) => {
                let other = other(variants.iter().map(|variant| &*variant.name).collect());
                TypeKind::Enum(Enum { other, variants, constraints })
            }
            Shape::Union(DraftUnion { keyword, alternatives }) => TypeKind::Union(Union {
                distinction: match keyword {
                    UnionKeyword::Discriminator(property, tags) => Distinction::Discriminator { property, tags },
                    UnionKeyword::OneOf => Distinction::ExactlyOne { disjoint: self.overlap.disjoint[id] },
                    UnionKeyword::AnyOf => Distinction::AtLeastOne,
                },
                other: other(alternatives.iter().map(|alternative| &*alternative.name).collect()),
                variants: alternatives
                    .into_iter()
                    .zip(checks)
                    .enumerate()
                    .map(|part| self.alternative(id, part))
                    .collect(),
            }),
            Shape::Wrapper(Wrapper { ty, .. }) => {
                TypeKind::Wrapper(Wrapper { ty, checks: checks.next().unwrap_or_default() })
            }
        }
    }

    fn alternative(
        &self,
        id: TypeId,
        (index, (draft, checks)): (usize, (DraftAlternative, Vec<Check>)),
    ) -> Alternative {
        Alternative {
            name: draft.name,
            tag: draft.tag,
            tag_property: draft.tag_property,
            docs: draft.docs,
            ty: draft.ty,
            checks,
            boxed: self.boxes.is_boxed[id][index],
            redacted: self.redaction.is_redacted[id][index],
            has_from: self.conversions.has_from[id][index],
        }
    }

    fn field(&self, id: TypeId, (index, (draft, checks)): (usize, (DraftField, Vec<Check>))) -> Field {
        Field {
            required: draft.is_required(self.directions[id]),
            listed_as_required: draft.required,
            presence: self.json.presence[id][index],
            origin: draft.at.origin(),
            binding: names::binding(&draft.name),
            name: draft.name,
            wire_name: draft.wire_name,
            renamed: draft.renamed,
            docs: draft.docs,
            ty: draft.ty,
            boxed: self.boxes.is_boxed[id][index],
            sensitive: draft.sensitive,
            redacted: self.redaction.is_redacted[id][index],
            deprecated: draft.deprecated,
            read_only: draft.read_only,
            write_only: draft.write_only,
            default: draft.default,
            format: draft.format,
            checks,
            setter: self.builders.setters[id][index],
            slot: self.builders.slots[id][index].clone(),
        }
    }
}

/// The name of the variant for values that the description does not list.
fn unlisted_variant(listed: &HashSet<&str>) -> String {
    names::free("Unknown", |name| !listed.contains(name))
}

fn with_checks(properties: UnknownProperties, checks: Vec<Check>) -> UnknownProperties {
    match properties {
        UnknownProperties::Kept(field) => UnknownProperties::Kept(AdditionalField { checks, ..field }),
        other => other,
    }
}
