//! What a description says about one operation.

use reqwest::Method;

use crate::limit::RateLimit;

/// What a description says about one operation, independent of its types.
#[derive(Clone, Debug)]
pub struct Operation {
    id: &'static str,
    method: Method,
    path: &'static str,
    rate_limits: &'static [RateLimit],
}

impl Operation {
    /// An operation by its id, method and path. The path starts with `/` and needs no escaping; in a
    /// template, `{name}` stands for a [parameter](crate::Call::path_parameter).
    ///
    /// It has no rate limit unless [`rate_limits`](Self::rate_limits) states one.
    pub const fn new(id: &'static str, method: Method, path: &'static str) -> Self {
        Self { id, method, path, rate_limits: &[] }
    }

    /// States how often the operation may be called; where there are several limits, all hold.
    #[must_use]
    pub const fn rate_limits(mut self, limits: &'static [RateLimit]) -> Self {
        self.rate_limits = limits;
        self
    }

    /// The operation id of the description.
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// The HTTP method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The path below the base URL, or the template of it.
    pub fn path(&self) -> &'static str {
        self.path
    }

    /// How often the operation may be called, as [`rate_limits`](Self::rate_limits) stated it.
    pub fn limits(&self) -> &'static [RateLimit] {
        self.rate_limits
    }
}
