//! The groups of the JSON Schema Test Suite, which is not part of the repository.

use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

/// The folder of the suite, relative to the parent folder of the project.
const SUITE: &str = "shared/conformance/json-schema-test-suite";

/// A version of OpenAPI, and the draft of JSON Schema that its schemas come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// OpenAPI 3.0, based on draft 4.
    OpenApi30,
    /// OpenAPI 3.1, based on draft 2020-12.
    OpenApi31,
}

impl Dialect {
    pub(super) fn version(self) -> &'static str {
        match self {
            Self::OpenApi30 => "3.0.3",
            Self::OpenApi31 => "3.1.0",
        }
    }

    pub(super) fn draft(self) -> jsonschema::Draft {
        match self {
            Self::OpenApi30 => jsonschema::Draft::Draft4,
            Self::OpenApi31 => jsonschema::Draft::Draft202012,
        }
    }

    fn folder(self) -> &'static str {
        match self {
            Self::OpenApi30 => "draft4",
            Self::OpenApi31 => "draft2020-12",
        }
    }
}

/// A schema, and instances with their validity.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// The name of its file, which is that of a keyword.
    pub(super) keyword: String,
    /// Its number in the file.
    pub(super) number: usize,
    pub(super) content: Content,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Content {
    pub(super) description: String,
    pub(super) schema: Value,
    pub(super) tests: Vec<Instance>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Instance {
    pub(super) description: String,
    pub(super) data: Value,
    pub(super) valid: bool,
}

impl Group {
    /// Returns the name of the type, such as `MaxLength00`.
    pub(super) fn name(&self) -> String {
        let mut name = self.keyword.clone();
        name.retain(|character| character != '-');
        name[..1].make_ascii_uppercase();
        format!("{name}{:02}", self.number)
    }
}

/// Returns all groups, sorted by keyword; none if the suite is not available.
pub(super) fn groups(dialect: Dialect) -> Vec<Group> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("the project is in a folder");
    let Ok(files) = fs::read_dir(beside.join(SUITE).join(dialect.folder())) else {
        println!("skipped: {SUITE} is not available beside the project");
        return Vec::new();
    };
    let mut groups = Vec::new();
    for file in files {
        let path = file.expect("the folder can be read").path();
        let keyword = path.file_stem().and_then(|stem| stem.to_str()).expect("the file names are UTF-8").to_owned();
        let text = fs::read(&path).expect("the suite can be read");
        let contents: Vec<Content> = serde_json::from_slice(&text).expect("a file of the suite is a list of groups");
        let numbered = contents.into_iter().enumerate();
        groups.extend(numbered.map(|(number, content)| Group { keyword: keyword.clone(), number, content }));
    }
    groups.sort_by_key(Group::name);
    groups
}
