//! The environment of samples: a base URL, credentials, and the environment variables that programs read.

use crate::Options;
use crate::api::{Samples, Scheme};
use crate::lower::draft::{Draft, DraftCredential, DraftOperation};

/// The base URL of samples if neither the options nor the description have one.
const EXAMPLE: &str = "https://api.example.com";

/// The environment of samples.
pub(crate) struct SampleEnvironment {
    pub samples: Samples,
    /// The environment variables of each credential.
    pub variables: Vec<Vec<String>>,
    /// The credentials that the samples of each operation use.
    pub credentials: Vec<Vec<usize>>,
}

/// Determines the environment of samples.
pub(crate) fn sample_environment(draft: &Draft, options: &Options) -> SampleEnvironment {
    let prefix = options.environment_prefix.clone().unwrap_or_else(|| prefix(&options.name));
    let server = draft.servers.iter().find_map(|server| server.absolute_url.clone());
    let base_url = options.sample_base_url.clone().or(server).unwrap_or_else(|| EXAMPLE.to_owned());
    SampleEnvironment {
        samples: Samples { base_url, base_url_variable: format!("{prefix}_BASE_URL") },
        variables: draft.credentials.iter().map(|credential| variables(&prefix, credential)).collect(),
        credentials: draft
            .operations
            .iter()
            .map(|operation| sample_credentials(&draft.credentials, operation))
            .collect(),
    }
}

/// `MY_CLIENT` for the package `my-client`.
fn prefix(package: &str) -> String {
    let words = package.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("_").to_uppercase()
}

fn variables(prefix: &str, credential: &DraftCredential) -> Vec<String> {
    let name = format!("{prefix}_{}", credential.name.to_uppercase());
    match credential.scheme {
        Scheme::Basic => vec![format!("{name}_USERNAME"), format!("{name}_PASSWORD")],
        _ => vec![name],
    }
}

/// The credentials of the alternative whose last one is the earliest in the description, so that the samples of different
/// operations use the same ones if possible.
fn sample_credentials(credentials: &[DraftCredential], operation: &DraftOperation) -> Vec<usize> {
    let index = |name: &str| credentials.iter().position(|credential| credential.name == name);
    let alternatives = operation.security.iter().map(|requirement| requirement.names());
    let indices = alternatives.map(|names| names.into_iter().filter_map(index).collect::<Vec<_>>());
    let sent = indices.filter(|indices| !indices.is_empty());
    sent.min_by_key(|indices| indices.iter().max().copied()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_named_after_the_package() {
        #[track_caller]
        fn check(package: &str, expected: &str) {
            assert_eq!(prefix(package), expected);
        }
        check("my-client", "MY_CLIENT");
        check("my_client2", "MY_CLIENT2");
        check("notes", "NOTES");
    }
}
