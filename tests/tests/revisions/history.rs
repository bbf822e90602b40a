//! Three revisions of the endpoint, each compared with each other: exactly the changes are reported.

use std::fs;

use wirecrate_codegen::diff::{Change, Level, Verdict, diff};
use wirecrate_codegen::{Description, NoFiles, Source, read};

use crate::emitted_crates::{Target, workspace};

/// The revisions in `tests/history`, the oldest first.
const REVISIONS: [&str; 3] = ["2022", "2025", "2026-07"];

fn revision(name: &str) -> Description {
    let file = format!("{name}.yaml");
    let path = workspace().join("tests/history").join(&file);
    let source = Source::new(file, fs::read_to_string(path).expect("the revision is there"));
    read(vec![source], Vec::new(), &NoFiles, &Target::options("history")).expect("the revision is sound")
}

/// A change in one line: `request.to: maxLength 24 -> maxLength 150, compatible, informational`.
fn line(change: &Change) -> String {
    let level = |level| match level {
        Level::Breaking => "breaking",
        Level::Compatible => "compatible",
        Level::Informational => "informational",
    };
    let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
    assert_eq!(change.operation.as_deref(), Some("send-whatsapp-contact-message"));
    let (old, new) = (value(&change.old), value(&change.new));
    format!("{}: {old} -> {new}, {}, {}", change.location, level(change.wire), level(change.api))
}

#[track_caller]
fn check(old: &str, new: &str, wire: Verdict, api: Verdict, expected: &[&str]) {
    let changes = diff(&revision(old), &revision(new));
    let mut lines: Vec<_> = changes.iter().map(line).collect();
    lines.sort();
    assert_eq!(lines, expected);
    assert_eq!(Verdict::of(changes.iter().map(|change| change.wire)), wire);
    assert_eq!(Verdict::of(changes.iter().map(|change| change.api)), api);
}

#[test]
fn each_revision_becomes_a_crate() {
    for name in REVISIONS {
        let output = revision(name).emit();
        assert_eq!(output.warnings.diagnostics, [], "{name}");
        assert!(output.files.iter().any(|file| file.path == "src/models/contact_message.rs"), "{name}");
    }
}

#[test]
fn from_2022_to_the_page() {
    let expected = [
        "request.applicationId: nothing -> string, compatible, compatible",
        "request.entityId: nothing -> string, compatible, compatible",
        "request.messageId: maxLength 50 -> maxLength 100, compatible, informational",
    ];
    check("2022", "2025", Verdict::Minor, Verdict::Minor, &expected);
}

#[test]
fn from_the_page_back_to_2022() {
    let expected = [
        "request.applicationId: string -> nothing, breaking, breaking",
        "request.entityId: string -> nothing, breaking, breaking",
        "request.messageId: maxLength 100 -> maxLength 50, breaking, informational",
    ];
    check("2025", "2022", Verdict::Major, Verdict::Major, &expected);
}

#[test]
fn from_the_page_to_july_2026() {
    let expected = [
        "request.context: nothing -> MessageContext, compatible, compatible",
        "request.messageId: maxLength 100 -> maxLength 200, compatible, informational",
        "request.to: maxLength 24 -> maxLength 150, compatible, informational",
    ];
    check("2025", "2026-07", Verdict::Minor, Verdict::Minor, &expected);
}

#[test]
fn from_july_2026_back_to_the_page() {
    let expected = [
        "request.context: MessageContext -> nothing, breaking, breaking",
        "request.messageId: maxLength 200 -> maxLength 100, breaking, informational",
        "request.to: maxLength 150 -> maxLength 24, breaking, informational",
    ];
    check("2026-07", "2025", Verdict::Major, Verdict::Major, &expected);
}

#[test]
fn from_2022_to_july_2026_and_back() {
    let there = [
        "request.applicationId: nothing -> string, compatible, compatible",
        "request.context: nothing -> MessageContext, compatible, compatible",
        "request.entityId: nothing -> string, compatible, compatible",
        "request.messageId: maxLength 50 -> maxLength 200, compatible, informational",
        "request.to: maxLength 24 -> maxLength 150, compatible, informational",
    ];
    check("2022", "2026-07", Verdict::Minor, Verdict::Minor, &there);
    let back = [
        "request.applicationId: string -> nothing, breaking, breaking",
        "request.context: MessageContext -> nothing, breaking, breaking",
        "request.entityId: string -> nothing, breaking, breaking",
        "request.messageId: maxLength 200 -> maxLength 50, breaking, informational",
        "request.to: maxLength 150 -> maxLength 24, breaking, informational",
    ];
    check("2026-07", "2022", Verdict::Major, Verdict::Major, &back);
}

/// `spec/` describes the page; the revision has less about responses and reports.
#[test]
fn the_revision_of_the_page_is_the_request_of_the_descriptions() {
    let folder = crate::documents::Folder(workspace().join("spec"));
    let entry = wirecrate_codegen::Files::read(&folder, "contact.yaml").expect("the description can be read");
    let spec = read(vec![entry], Vec::new(), &folder, &Target::options("history")).expect("the description is sound");
    let changes = diff(&revision("2025"), &spec);
    let of_request = |change: &&Change| change.location.starts_with("request") && change.wire != Level::Informational;
    let moved: Vec<_> = changes.iter().filter(of_request).collect();
    assert!(moved.is_empty(), "{moved:#?}");
}
