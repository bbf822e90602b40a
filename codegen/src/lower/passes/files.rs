//! The files of types and methods.
//!
//! Types have a file for each request, response, error body and callback, and one for those that several of them use;
//! methods have one for each tag.

use std::collections::HashSet;

use indexmap::IndexMap;

use crate::Diagnostics;
use crate::api::{Example, Feature, FeatureId, Group, Module, TypeId};
use crate::document::Location;
use crate::lower::draft::{ByType, Draft, DraftOperation, Types};
use crate::lower::passes::directions::Directions;
use crate::lower::passes::features::Features;
use crate::lower::passes::names::{MethodNames, TypeNames};
use crate::names::files::{excessive_length, file_stem};
use crate::names::{Casing, Taken};

/// The module of types that several others use.
const SHARED: &str = "shared";

/// The number of methods that one file holds well.
const FEW: usize = 12;

/// Splits the types: a type that only one root reaches belongs to the module of that root.
pub(crate) fn modules(
    draft: &Draft,
    directions: &Directions,
    type_names: &TypeNames,
    features: &Features,
    casing: &Casing,
    diagnostics: &mut Diagnostics,
) -> Vec<Module> {
    let types = &draft.types;
    let roots = draft.roots();
    let users = users(types, &roots);
    let mut modules = Vec::new();
    let mut taken = HashSet::from([SHARED, "required", "models", "builders"].map(str::to_owned));
    for root in &roots {
        // Everything inside of a type that several roots reach is shared as well.
        let types = types.reachable_within([*root], |id| users[id] == Users::One(*root));
        if !types.is_empty() {
            let name = module_name(casing, &type_names[*root], &mut taken);
            refuse_long_name(&name, &draft.types[*root].at, "this type", diagnostics);
            let features = features.of_type(*root);
            modules.push(Module { name, docs: module_docs(draft, directions, type_names, *root), types, features });
        }
    }
    // The types that the same features need share a file.
    let mut shared: IndexMap<Vec<FeatureId>, Vec<TypeId>> = IndexMap::new();
    for id in types.reachable(roots).into_iter().filter(|id| users[*id] == Users::Several) {
        shared.entry(features.of_type(id)).or_default().push(id);
    }
    for (own, types) in shared {
        let name = shared_name(features, &own, casing, &mut taken);
        let docs = "Types that several requests, responses, or events share.".to_owned();
        modules.push(Module { name, docs, types, features: own });
    }
    modules
}

/// The name of a file of shared types: the plain one if they are always part of the crate, or else one after their features.
fn shared_name(features: &Features, own: &[FeatureId], casing: &Casing, taken: &mut HashSet<String>) -> String {
    let of_features = own.iter().map(|id| casing.snake_name(&features.list[id.0].name));
    let name = match own.len() {
        0 => return SHARED.to_owned(),
        1..=3 => format!("{SHARED}_{}", of_features.collect::<Vec<_>>().join("_")),
        _ => format!("{SHARED}_by_{}_features", own.len()),
    };
    module_name(casing, &name, taken)
}

/// The roots that reach a type.
#[derive(Clone, Copy, PartialEq)]
enum Users {
    None,
    One(TypeId),
    Several,
}

/// The roots that reach each type. A type is visited at most twice.
fn users(types: &Types, roots: &[TypeId]) -> ByType<Users> {
    let mut users = types.table(|_| Users::None);
    for root in roots {
        let mut waiting = vec![*root];
        while let Some(id) = waiting.pop() {
            let next = match users[id] {
                Users::None => Users::One(*root),
                Users::One(other) if other != *root => Users::Several,
                _ => continue,
            };
            users[id] = next;
            waiting.extend(types[id].named_parts());
        }
    }
    users
}

/// The name of a file; two types may differ only in their case, which some file systems ignore.
fn module_name(casing: &Casing, type_name: &str, taken: &mut HashSet<String>) -> String {
    let mut name = file_stem(&casing.snake_name(type_name));
    while !taken.insert(name.clone()) {
        name.push('_');
    }
    name
}

fn module_docs(draft: &Draft, directions: &Directions, type_names: &TypeNames, root: TypeId) -> String {
    let name = format!("[`{0}`](crate::models::{0})", &type_names[root]);
    if directions[root].sent {
        format!("Types in requests: {name} and the types that it contains.")
    } else if draft.callbacks.iter().any(|callback| callback.ty == root) {
        format!("Types in requests to your webhook URL: {name} and the types that it contains.")
    } else if draft.error_bodies.contains(&root) {
        format!("Types in error responses: {name} and the types that it contains.")
    } else {
        format!("Types in responses: {name} and the types that it contains.")
    }
}

/// Groups operations by their feature, or by the first tag that not all of them have.
pub(crate) fn groups(
    all: &[DraftOperation],
    features: &Features,
    casing: &Casing,
    diagnostics: &mut Diagnostics,
) -> Vec<Group> {
    if !features.list.is_empty() {
        return groups_of_features(features, casing);
    }
    if all.len() <= FEW {
        return Vec::new();
    }
    let is_common = |tag: &String| all.iter().all(|operation| operation.tags.contains(tag));
    let mut groups: IndexMap<&str, Vec<usize>> = IndexMap::new();
    for (index, operation) in all.iter().enumerate() {
        if let Some(tag) = operation.tags.iter().find(|tag| !is_common(tag)) {
            groups.entry(tag).or_default().push(index);
        }
    }
    let mut taken = Taken::default();
    let groups = groups.into_iter().map(|(tag, operations)| {
        let name = taken.take(&file_stem(&casing.snake_name(tag)));
        refuse_long_name(&name, all[operations[0]].at.location_of("tags"), "this tag", diagnostics);
        Group { name, tag: tag.to_owned(), operations, feature: None }
    });
    groups.collect()
}

fn groups_of_features(features: &Features, casing: &Casing) -> Vec<Group> {
    let group = |(id, feature): (usize, &Feature)| {
        let of_feature = features.of_operations.iter().enumerate().filter(|(_, own)| **own == Some(FeatureId(id)));
        let operations: Vec<_> = of_feature.map(|(index, _)| index).collect();
        let (name, tag) = (casing.snake_name(&feature.name), feature.tag.clone());
        (!operations.is_empty()).then_some(Group { name, tag, operations, feature: Some(FeatureId(id)) })
    };
    features.list.iter().enumerate().filter_map(group).collect()
}

/// Names the files of the example programs after the methods; an operation without an example has no program.
pub(crate) fn programs(
    draft: &Draft,
    method_names: &MethodNames,
    examples: &[Vec<Example>],
    diagnostics: &mut Diagnostics,
) -> Vec<String> {
    let operations = draft.operations.iter().zip(method_names.iter()).zip(examples);
    let mut taken = Taken::default();
    let programs = operations.map(|((operation, name), examples)| {
        let name = taken.take(&file_stem(name));
        if !examples.is_empty() {
            refuse_long_name(&name, operation.at.location_of("operationId"), "this operation", diagnostics);
        }
        name
    });
    programs.collect()
}

fn refuse_long_name(name: &str, at: impl Into<Location>, what: &str, diagnostics: &mut Diagnostics) {
    if let Some(length) = excessive_length(name) {
        diagnostics.long_file_name(at, what, length);
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use crate::{NoFiles, Options, Output, Report, Source, generate};

    /// Generates a crate from operations with the given ids, which send a schema and have a tag.
    fn generate_operations(ids: &[&str], schema: &str, tag: &str) -> Result<Output, Report> {
        let mut text = format!(
            "openapi: 3.0.3
info: {{title: Notes, version: '1'}}
components: {{schemas: {{{schema}: {{type: object, properties: {{a: {{type: string}}}}}}}}}}
paths:\n"
        );
        for (index, id) in ids.iter().enumerate() {
            let tags = if index == 0 { String::new() } else { format!("tags: [{tag}], ") };
            let _ = writeln!(
                text,
                "  /{index}: {{post: {{operationId: {id}, {tags}requestBody: {{content: {{application/json: {{schema: \
                 {{$ref: '#/components/schemas/{schema}'}}, example: {{a: b}}}}}}}}, responses: {{'204': {{description: \
                 Done.}}}}}}}}"
            );
        }
        generate(vec![Source::new("notes.yaml", text)], &NoFiles, &Options::new("notes"))
    }

    const IDS: [&str; 13] = ["nul", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m"];

    #[test]
    fn no_file_has_the_name_of_a_device() {
        let output = generate_operations(&IDS, "Con", "LPT1").expect("the description is right");
        let paths: Vec<_> = output.files.iter().map(|file| &*file.path).collect();
        for path in ["src/models/con_.rs", "src/builders/con_.rs", "src/client/lpt1_.rs", "examples/nul_.rs"] {
            assert!(paths.contains(&path), "{paths:?}");
        }
    }

    #[test]
    fn names_that_no_file_can_have_are_located() {
        let long = "x".repeat(300);
        let ids = [&[&*long], &IDS[..]].concat();
        let report = generate_operations(&ids, &long, &long).expect_err("three names are too long");
        let found: Vec<_> =
            report.diagnostics.iter().map(|finding| (finding.code, finding.line, &*finding.message)).collect();
        let message = |what| format!("the name of the file for {what} has 303 bytes; file systems allow 255");
        let [ty, operation, tag] = ["this type", "this operation", "this tag"].map(message);
        let code = "long-file-name";
        assert_eq!(found, [(code, 3, &*ty), (code, 5, &*operation), (code, 6, &*tag)]);
    }
}
