//! Client of Teamtailor's API: what every call shares. The calls are functions over it, in the modules beside this one.
//!
//! Every call fails with [`Kind::LoginRefused`] where the key is not accepted, which is also how the host of another region
//! answers ([`RENEW`](super::account::RENEW) says what mends it), with [`Kind::RightMissing`] where the key lacks a scope or
//! the version of the API is no longer spoken, with [`Kind::WrongAddress`] where nothing is at the address, with
//! [`Kind::Unexplained`] where an answer is not what is documented, with [`Kind::RateLimited`], [`Kind::Unavailable`], and
//! with the transport's causes.

use std::time::Duration;

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::multipart::Form;
use reqwest::{RequestBuilder, StatusCode};
use secrecy::ExposeSecret;
use serde_json::Value;
use url::Url;

use super::account::Account;
use super::refusal::{failure, unexplained};
use crate::http::Answer;
use crate::{Error, Http, Kind, Operation};

/// How many calls Teamtailor takes of a key, as others measured: no number is documented.
pub const CALLS: u32 = 50;

/// In how much time.
pub const WINDOW: Duration = Duration::from_secs(10);

/// JSON:API's media type.
const JSON_API: &str = "application/vnd.api+json";

/// The header with the version of the API; without it nothing is answered.
const VERSION: &str = "x-api-version";

/// A client for one account.
#[derive(Debug, Clone)]
pub struct Teamtailor {
    http: Http,
    account: Account,
}

impl Teamtailor {
    /// A client that calls through `http`.
    #[must_use]
    pub fn new(http: Http, account: Account) -> Self {
        Self { http, account }
    }

    /// The address of a path of the API.
    pub(super) fn url(&self, path: &str) -> Url {
        self.account.base_url.join(&format!("v1/{path}"))
    }

    /// Asks for a document.
    pub(super) async fn get(&self, operation: Operation, url: Url) -> Result<Value, Error> {
        document(operation, &self.send(operation, self.http.get(url)).await?)
    }

    /// Creates a resource; the answer has any status.
    pub(super) async fn post(&self, operation: Operation, url: Url, body: &Value) -> Result<Answer, Error> {
        self.send(operation, with_body(self.http.post(url), body)).await
    }

    /// Changes a resource; the answer has any status.
    pub(super) async fn patch(&self, operation: Operation, url: Url, body: &Value) -> Result<Answer, Error> {
        self.send(operation, with_body(self.http.patch(url), body)).await
    }

    /// Sends a form; the answer has any status.
    pub(super) async fn post_form(
        &self,
        operation: Operation,
        url: Url,
        form: Form,
        timeout: Duration,
    ) -> Result<Answer, Error> {
        self.send(operation, self.http.post(url).timeout(timeout).multipart(form)).await
    }

    async fn send(&self, operation: Operation, request: RequestBuilder) -> Result<Answer, Error> {
        let token = format!("Token token={}", self.account.api_key.expose_secret());
        // a key with characters that no header takes is none that Teamtailor gave
        let mut token = HeaderValue::try_from(token).map_err(|_| Error::new(operation, Kind::LoginRefused))?;
        token.set_sensitive(true);
        let request = request.header(ACCEPT, JSON_API).header(AUTHORIZATION, token);
        self.http.send(operation, request.header(VERSION, self.account.version.as_str())).await
    }
}

/// The document in an answer of success.
pub(super) fn document(operation: Operation, answer: &Answer) -> Result<Value, Error> {
    match answer.status {
        StatusCode::OK | StatusCode::CREATED => {
            serde_json::from_slice(&answer.body).map_err(|_| unexplained(operation, answer))
        }
        _ => Err(failure(operation, answer)),
    }
}

fn with_body(request: RequestBuilder, body: &Value) -> RequestBuilder {
    // first: what is there already stays as it is
    request.header(CONTENT_TYPE, JSON_API).json(body)
}
