//! The JSON Schema Test Suite, if it is available beside the project: a type is generated for every group that a typed
//! language can express, and the type must accept valid instances and reject invalid ones.
//!
//! A group is first generated unchanged. If the generator refuses it, the types that its keywords imply are added, and
//! only the instances on which the two schemas agree are used. If that is refused as well, the group is inexpressible,
//! and the error of the generator is the reason.

mod suite;
mod table;
mod wrap;

use serde_json::{Map, Value, json};
use wirecrate_codegen::{NoFiles, Output, Severity, Source, generate};

use crate::emitted_crates::{Batch, Question, Target};
use suite::{Dialect, Group};
use table::Table;

#[test]
fn draft_4_through_openapi_30() {
    check(Dialect::OpenApi30, "conformance-30");
}

#[test]
fn draft_2020_12_through_openapi_31() {
    check(Dialect::OpenApi31, "conformance-31");
}

/// A group that the generator accepts, and its schema.
struct Expressed {
    group: Group,
    components: Map<String, Value>,
}

#[track_caller]
fn check(dialect: Dialect, package: &str) {
    let groups = suite::groups(dialect);
    if groups.is_empty() {
        return;
    }
    let mut table = Table::default();
    let mut expressed = Vec::new();
    for group in groups {
        match express(&group, dialect) {
            Ok(group) => expressed.push(group),
            Err(reason) => table.inexpressible(&group, reason),
        }
    }
    enter_verdicts(&expressed, dialect, package, &mut table);
    print!("{table}");
    let differences = &table.differences;
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
}

/// Returns the group with a schema that the generator accepts and the remaining instances, or the reason why there is
/// none.
fn express(group: &Group, dialect: Dialect) -> Result<Expressed, String> {
    let schema = &group.content.schema;
    if dialect == Dialect::OpenApi30
        && let Some(reason) = wrap::beyond_30(schema)
    {
        return Err(reason);
    }
    let name = group.name();
    let typed = wrap::with_implied_types(schema, dialect);
    let [(components, stands), (typed_components, stands_typed)] = [schema, &typed].map(|schema| {
        let components = wrap::components(&name, schema);
        let output = emit(dialect, std::slice::from_ref(&name), &components, "probe");
        (components, output)
    });
    match (stands, stands_typed) {
        // If both give the same types, the generator itself infers the implied types.
        (Ok(output), Ok(typed_output)) if typed == *schema || output.files != typed_output.files => {}
        (Ok(_), Err(_)) => {}
        (_, Ok(_)) => {
            return restrict(group, &typed, dialect).map(|group| Expressed { group, components: typed_components });
        }
        (Err(reason), Err(_)) => return Err(reason),
    }
    Ok(Expressed { group: group.clone(), components })
}

/// Returns the group with the instances on which the schemas with and without added types agree.
fn restrict(group: &Group, typed: &Value, dialect: Dialect) -> Result<Group, String> {
    let validator = jsonschema::options().with_draft(dialect.draft()).should_validate_formats(false).build(typed);
    let validator = validator.map_err(|error| format!("the validator rejects the schema: {error}"))?;
    let mut group = group.clone();
    group.content.tests.retain(|instance| validator.is_valid(&instance.data) == instance.valid);
    if group.content.tests.is_empty() { Err("no instances are left after adding types".to_owned()) } else { Ok(group) }
}

/// Generates a crate, or returns the message of the first error.
fn emit(dialect: Dialect, names: &[String], components: &Map<String, Value>, package: &str) -> Result<Output, String> {
    let text = wrap::description(dialect, names, components).to_string();
    let source = Source::new(format!("{package}.json"), text);
    let output = generate(vec![source], &NoFiles, &Target::options(package)).map_err(|report| {
        let mut errors = report.diagnostics.iter().filter(|finding| finding.severity == Severity::Error);
        errors.next().map_or_else(|| "refused without an error".to_owned(), |finding| finding.message.clone())
    })?;
    // A constraint that the service alone checks is not expressed.
    match output.warnings.diagnostics.iter().find(|finding| finding.code == "unchecked") {
        Some(finding) => Err(finding.message.clone()),
        None => Ok(output),
    }
}

/// Compiles all groups into one crate, and enters the verdicts of its types into the table.
fn enter_verdicts(expressed: &[Expressed], dialect: Dialect, package: &str, table: &mut Table) {
    let names: Vec<_> = expressed.iter().map(|expressed| expressed.group.name()).collect();
    let components = expressed.iter().flat_map(|expressed| expressed.components.clone()).collect();
    let output =
        emit(dialect, &names, &components, package).expect("groups that are valid separately are valid together");
    let targets: Vec<_> = names.iter().map(|name| Target::named(package, name)).collect();
    let mut batch = Batch::new(package);
    batch.add(&output, targets.iter().cloned());
    let program = batch.build();

    let mut questions = Vec::new();
    for (Expressed { group, .. }, target) in expressed.iter().zip(&targets) {
        let bodies = group.content.tests.iter().map(|instance| json!({ "value": instance.data }).to_string());
        questions.extend(bodies.map(|body| Question { target, body }));
    }
    let mut verdicts = program.ask(&questions).into_iter();
    for Expressed { group, .. } in expressed {
        let verdicts = verdicts.by_ref().take(group.content.tests.len());
        table.enter(group, &verdicts.collect::<Vec<_>>());
    }
}
