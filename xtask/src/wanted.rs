//! The filters that select operations.

use clap::Args;
use wirecrate_codegen::Filter;

use crate::error::{Error, Result};

/// The filters that select operations; without any, all are selected.
#[derive(Debug, Default, Args)]
pub(crate) struct WantedOperations {
    /// Select the operation with this id. Repeatable.
    #[arg(long, value_name = "ID")]
    operation: Vec<String>,
    /// Select every operation with this tag. Repeatable.
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    /// Select every operation with a matching path: `*` is any text within a segment, `**` any segments. Repeatable.
    #[arg(long, value_name = "GLOB", value_parser = path_pattern)]
    path: Vec<String>,
}

fn path_pattern(pattern: &str) -> std::result::Result<String, String> {
    Filter::default().path(pattern).map(|_| pattern.to_owned())
}

impl WantedOperations {
    /// The names of the arguments.
    pub(crate) const NAMES: [&str; 3] = ["operation", "tag", "path"];

    pub(crate) fn filter(&self) -> Result<Filter> {
        let filter = self.operation.iter().fold(Filter::default(), Filter::operation);
        let filter = self.tag.iter().fold(filter, Filter::tag);
        self.path.iter().try_fold(filter, |filter, pattern| filter.path(pattern)).map_err(Error::Finding)
    }
}
