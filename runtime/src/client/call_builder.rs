//! Construction of a call, for the methods of emitted clients.

use std::borrow::Cow;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::check::violation::Violations;
use crate::client::Client;
use crate::client::body::TypedBody;
use crate::client::call::Call;
use crate::client::success::{FromSuccess, Success};
use crate::error::response::RawResponse;
use crate::json::error::JsonError;
use crate::operation::parameters::{Pairs, Parameters};
use crate::operation::payload::Payload;
use crate::operation::{Operation, path};
use crate::send::prepared::{CallOptions, Prepared};

/// A builder for [`Call`].
///
/// ```no_run
/// use std::convert::Infallible;
///
/// use serde::{Deserialize, Serialize};
/// use wirecrate_runtime::generated::{CallBuilder, Method, Operation};
/// use wirecrate_runtime::{Call, Client, ClientBuilder, Credentials, Error};
///
/// #[derive(Serialize)]
/// struct Note {
///     text: String,
/// }
///
/// #[derive(Deserialize)]
/// struct Accepted {
///     id: Option<String>,
/// }
///
/// fn send_note<'a>(client: &'a Client, note: &'a Note) -> Call<'a, Note, Accepted, Infallible> {
///     static OPERATION: Operation =
///         Operation::new("send-note", Method::POST, "/notes/1/note").security(&[&["api_key"]]);
///     CallBuilder::json(client, &OPERATION, note).build()
/// }
///
/// # async fn example() -> Result<(), Error<Infallible>> {
/// let client: Client = ClientBuilder::new("https://api.example.com", "notes/1.0")
///     .credentials(Credentials::with_prefix("api_key", "App", "key"))
///     .build()?;
/// let accepted = send_note(&client, &Note { text: "hello".into() }).await?;
/// println!("{:?}", accepted.id);
/// # Ok(())
/// # }
/// ```
#[must_use = "call `.build()` to make the call"]
pub struct CallBuilder<'a, B: ?Sized> {
    client: &'a Client,
    operation: &'static Operation,
    body: TypedBody<'a, B>,
    parameters: Parameters,
    violations: Violations,
}

impl<'a, B: Serialize + ?Sized> CallBuilder<'a, B> {
    /// Creates a builder for a call with a JSON body.
    pub fn json(client: &'a Client, operation: &'static Operation, body: &'a B) -> Self {
        Self::new(client, operation, Some(body), Payload::json)
    }
}

impl<'a> CallBuilder<'a, ()> {
    /// Creates a builder for a call without a body.
    pub fn without_body(client: &'a Client, operation: &'static Operation) -> Self {
        Self::new(client, operation, None, Payload::json)
    }
}

impl<'a, B: ?Sized> CallBuilder<'a, B> {
    /// Creates a builder for a call with an optional body in any format. `encode` encodes the body.
    pub fn new(
        client: &'a Client,
        operation: &'static Operation,
        body: Option<&'a B>,
        encode: fn(&B) -> Result<Payload, JsonError>,
    ) -> Self {
        let body = TypedBody { value: body, encode, check: None, message_id: None };
        Self { client, operation, body, parameters: Parameters::default(), violations: Violations::new() }
    }

    /// Sets the function that checks the body before the request is sent.
    pub fn check_with(mut self, check: fn(&B) -> Result<(), Violations>) -> Self {
        self.body.check = Some(check);
        self
    }

    /// Sets the function that returns the message id in the body.
    pub fn message_id_with(mut self, find: fn(&B) -> Option<&str>) -> Self {
        self.body.message_id = Some(find);
        self
    }

    /// Checks the parameters of the operation and writes them into the request. Their violations are reported together
    /// with those of the body.
    pub fn parameters<P>(
        mut self,
        parameters: &P,
        check: fn(&P) -> Result<(), Violations>,
        write: fn(&P, &mut Parameters),
    ) -> Self {
        if let Err(violations) = check(parameters) {
            self.violations = violations;
        }
        write(parameters, &mut self.parameters);
        self
    }

    /// Builds the call. `R` is the type of the response, and `E` that of error bodies.
    pub fn build<R: DeserializeOwned + 'static, E>(self) -> Call<'a, B, R, E> {
        self.read_by(|response, operation| operation.decode(response))
    }

    /// Builds the call for successes of several kinds, which are distinguished by their status.
    pub fn build_by_status<R: FromSuccess + 'static, E>(self) -> Call<'a, B, R, E> {
        self.read_by(|response, operation| R::from_success(&Success { response, operation }))
            .declined_if(R::is_declined)
    }

    /// Builds the call for a response that may decline the request although its status is a success.
    pub fn build_declinable<R: DeserializeOwned + 'static, E>(
        self,
        is_declined: impl Fn(&R) -> bool + Send + Sync + 'static,
    ) -> Call<'a, B, R, E> {
        self.build().declined_if(is_declined)
    }

    fn read_by<R, E>(
        self,
        read: impl Fn(&mut RawResponse, &Operation) -> Result<R, JsonError> + Send + Sync + 'static,
    ) -> Call<'a, B, R, E> {
        let Self { client, operation, body, parameters, violations } = self;
        Call::new(client, body, violations, prepare(client, operation, parameters), read)
    }
}

/// Creates a request without a body.
fn prepare(client: &Client, operation: &'static Operation, parameters: Parameters) -> Prepared {
    let Parameters { path, query, headers, error } = parameters;
    let (path, error) = match path::fill(operation.path(), &path) {
        Ok(path) => (path, error),
        Err(unfilled) => (Cow::Borrowed("/"), error.or(Some(unfilled))),
    };
    // Values have no `?`, since it is encoded.
    let (path, stated) = path.split_once('?').unwrap_or((&path, ""));
    let mut pairs = Pairs::default();
    pairs.add(stated);
    pairs.add(&query.0);
    let mut url = client.base_url().join(path);
    if !pairs.0.is_empty() {
        url.set_query(Some(&pairs.0));
    }
    Prepared { operation, url, headers, body: None, schemes: &[], options: CallOptions::default(), error }
}

impl<B: ?Sized> std::fmt::Debug for CallBuilder<'_, B> {
    /// Formats the operation, but nothing of the request.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CallBuilder").field("operation", &self.operation.id()).finish_non_exhaustive()
    }
}
