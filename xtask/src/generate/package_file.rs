//! `package.toml`: the configuration of the emitted package, its samples and its names, beside the descriptions.

use serde::de::{Deserializer, Error as _};
use serde::{Deserialize, Serialize};
use wirecrate_codegen::{Files, Filter, Options, Source};

use super::package_name;
use crate::error::{Error, Result};

/// The name of the file in a folder of descriptions.
pub(crate) const PACKAGE_FILE: &str = "package.toml";

/// The command in the first line of each emitted file.
const COMMAND: &str = "cargo xtask generate";

/// The configuration of an emitted package.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct PackageFile {
    /// The name of the package.
    #[serde(deserialize_with = "package_name")]
    name: Option<String>,
    /// The title of the crate; by default, that of the API description if there is only one.
    title: Option<String>,
    /// The description of the package; by default, the title of the crate.
    description: Option<String>,
    /// The prefix of the environment variables that sample programs read; by default, the name of the package.
    #[serde(deserialize_with = "environment_prefix")]
    environment_prefix: Option<String>,
    /// The base URL in documentation; by default, the first absolute one of `servers`.
    #[serde(deserialize_with = "base_url")]
    sample_base_url: Option<String>,
    /// Words with inner capitals that are one word in Rust names.
    #[serde(deserialize_with = "spellings")]
    spellings: Vec<String>,
    /// `true` for a feature of Cargo for each tag.
    features_by_tag: bool,
}

impl PackageFile {
    /// Reads the file in a folder of descriptions, if it exists.
    pub(crate) fn find(folder: &dyn Files) -> Result<Option<Self>> {
        match folder.read(PACKAGE_FILE) {
            Ok(source) => Self::parse(&source).map(Some),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::io("read", PACKAGE_FILE)(error)),
        }
    }

    pub(crate) fn parse(source: &Source) -> Result<Self> {
        if let Some(defect) = source.defect() {
            let (file, position) = (source.path.clone(), source.position(defect.offset()));
            return Err(Error::Configuration { file, position, message: defect.to_string() });
        }
        toml::from_str(&source.text).map_err(|error| Self::error(source, &error))
    }

    fn error(source: &Source, error: &toml::de::Error) -> Error {
        let offset = error.span().map_or(0, |span| u32::try_from(span.start).unwrap_or(u32::MAX));
        Error::Configuration {
            file: source.path.clone(),
            position: source.position(offset),
            message: error.message().lines().collect::<Vec<_>>().join(", "),
        }
    }

    /// The name of the package.
    pub(crate) fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Returns the options of a crate with this name; it has the version of this workspace, like the runtime it depends
    /// on.
    pub(crate) fn options(self, name: &str, runtime: String, filter: Filter) -> Options {
        Options {
            name: name.to_owned(),
            title: self.title,
            description: self.description,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            runtime,
            filter,
            skip_unsupported: false,
            deny_unchecked: false,
            command: Some(COMMAND.to_owned()),
            sample_base_url: self.sample_base_url,
            environment_prefix: self.environment_prefix,
            spellings: self.spellings,
            features_by_tag: self.features_by_tag,
        }
    }
}

fn package_name<'de, D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Option<String>, D::Error> {
    let name = String::deserialize(deserializer)?;
    package_name::parse(&name).map(Some).map_err(D::Error::custom)
}

fn environment_prefix<'de, D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Option<String>, D::Error> {
    let prefix = String::deserialize(deserializer)?;
    let is_part = |character: char| character.is_ascii_uppercase() || character.is_ascii_digit() || character == '_';
    if prefix.chars().all(is_part) && prefix.starts_with(|first: char| first.is_ascii_uppercase()) {
        return Ok(Some(prefix));
    }
    Err(D::Error::custom(format!(
        "`{prefix}` is not a valid prefix of an environment variable; use capital letters, digits and `_`"
    )))
}

fn base_url<'de, D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Option<String>, D::Error> {
    let url = String::deserialize(deserializer)?;
    let is_absolute = ["https://", "http://"].iter().any(|scheme| url.starts_with(scheme));
    if is_absolute && url.chars().all(|character| character.is_ascii_graphic() && character != '`') {
        return Ok(Some(url));
    }
    Err(D::Error::custom(format!("`{url}` is not a base URL; write one such as `https://api.example.com`")))
}

fn spellings<'de, D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Vec<String>, D::Error> {
    let spellings = Vec::<String>::deserialize(deserializer)?;
    let is_word = |word: &&String| word.is_empty() || !word.chars().all(char::is_alphanumeric);
    match spellings.iter().find(is_word) {
        None => Ok(spellings),
        Some(word) => Err(D::Error::custom(format!("`{word}` is not a word; use only letters and digits"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let source = Source::with_path(PACKAGE_FILE, "spec/package.toml", text);
        let error = PackageFile::parse(&source).expect_err("the file is invalid");
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn every_key_is_optional() {
        let source = Source::new(PACKAGE_FILE, "");
        assert_eq!(PackageFile::parse(&source).expect("an empty file"), PackageFile::default());
    }

    #[test]
    fn errors_are_located() {
        check(
            "name = \"notes\"\nspeling = []\n",
            "spec/package.toml:2:1: unknown field `speling`, expected one of `name`, `title`, `description`, \
             `environment-prefix`, `sample-base-url`, `spellings`, `features-by-tag`",
        );
        check("description = 1\n", "spec/package.toml:1:15: invalid type: integer `1`, expected a string");
        check(
            "environment-prefix = \"my-app\"\n",
            "spec/package.toml:1:22: `my-app` is not a valid prefix of an environment variable; use capital letters, digits and `_`",
        );
        check(
            "sample-base-url = \"example.com\"\n",
            "spec/package.toml:1:19: `example.com` is not a base URL; write one such as `https://api.example.com`",
        );
        check(
            "spellings = [\"Linked In\"]\n",
            "spec/package.toml:1:13: `Linked In` is not a word; use only letters and digits",
        );
    }
}
