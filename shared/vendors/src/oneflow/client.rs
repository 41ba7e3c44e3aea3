//! Client of Oneflow's API: what every call shares. The calls are functions over it, in the modules beside this one.
//!
//! What only reads goes without a user: a user who lacks the right to a contract would make it look deleted. What writes goes
//! in a user's name. No answer is followed anywhere: a redirect would carry the token on.
//!
//! Every call fails with [`Kind::LoginRefused`] where the token is not accepted
//! ([`RENEW`](super::account::RENEW) says what mends it), with [`Kind::RightMissing`] where the user or
//! the account's plan lacks a right, with [`Kind::WrongAddress`] where nothing is at the address, with [`Kind::Unexplained`]
//! where an answer is not what is documented, with [`Kind::RateLimited`], [`Kind::Unavailable`], and with the transport's
//! causes. Source: developer.oneflow.com.

use std::time::Duration;

use reqwest::header::{ACCEPT, HeaderValue};
use reqwest::{RequestBuilder, Response};
use serde_json::Value;
use url::Url;

use super::account::Account;
use super::refusal::unexplained;
use crate::http::Answer;
use crate::value::{BaseUrl, Email};
use crate::{Error, Http, Operation};

#[cfg(doc)]
use crate::Kind;

/// How many calls Oneflow takes of a token (developer.oneflow.com/reference/api-rate-limit).
pub const CALLS: u32 = 2000;

/// In how much time.
pub const WINDOW: Duration = Duration::from_secs(300);

/// The header with the token.
const TOKEN: &str = "x-oneflow-api-token";

/// The header with the user in whose name a call is made.
const USER: &str = "x-oneflow-user-email";

const JSON: &str = "application/json";

/// A client for one account.
#[derive(Debug, Clone)]
pub struct Oneflow {
    http: Http,
    account: Account,
}

impl Oneflow {
    /// A client that calls through `http`.
    #[must_use]
    pub fn new(http: Http, account: Account) -> Self {
        Self { http, account }
    }

    /// The same client in the name of another user of the account.
    #[must_use]
    pub fn acting_as(&self, user: Email) -> Self {
        Self { http: self.http.clone(), account: Account { user, ..self.account.clone() } }
    }

    /// The address of a path below the base.
    pub(super) fn url(&self, path: &str) -> Url {
        self.account.base_url.join(path)
    }

    pub(super) fn base_url(&self) -> &BaseUrl {
        &self.account.base_url
    }

    /// Reads without a user.
    pub(super) async fn get(&self, operation: Operation, url: Url) -> Result<Answer, Error> {
        self.http.send(operation, self.with_token(self.http.get(url).header(ACCEPT, JSON))).await
    }

    /// Reads what the user may see.
    pub(super) async fn get_as_user(&self, operation: Operation, url: Url) -> Result<Answer, Error> {
        self.http.send(operation, self.as_user(self.http.get(url).header(ACCEPT, JSON))).await
    }

    pub(super) async fn post(&self, operation: Operation, url: Url, body: &Value) -> Result<Answer, Error> {
        let request = self.http.post(url).header(ACCEPT, JSON).json(body);
        self.http.send(operation, self.as_user(request)).await
    }

    pub(super) async fn put(&self, operation: Operation, url: Url, body: &Value) -> Result<Answer, Error> {
        let request = self.http.put(url).header(ACCEPT, JSON).json(body);
        self.http.send(operation, self.as_user(request)).await
    }

    /// Asks for a file; its bytes are still to be read.
    pub(super) async fn start_download(
        &self,
        operation: Operation,
        url: Url,
        timeout: Duration,
    ) -> Result<Response, Error> {
        let request = self.http.get(url).header(ACCEPT, "binary/octet-stream").timeout(timeout);
        self.http.start(operation, self.with_token(request)).await
    }

    /// Asks another host than Oneflow's, which learns neither token nor user.
    pub(super) async fn start_elsewhere(
        &self,
        operation: Operation,
        url: Url,
        timeout: Duration,
    ) -> Result<Response, Error> {
        self.http.start(operation, self.http.get(url).timeout(timeout)).await
    }

    fn with_token(&self, request: RequestBuilder) -> RequestBuilder {
        request.header(TOKEN, sensitive(self.account.token.expose()))
    }

    fn as_user(&self, request: RequestBuilder) -> RequestBuilder {
        self.with_token(request).header(USER, self.account.user.reveal())
    }
}

/// The answer as JSON.
pub(super) fn json(operation: Operation, answer: &Answer) -> Result<Value, Error> {
    serde_json::from_slice(&answer.body).map_err(|_| unexplained(operation, answer))
}

/// A header that no log of the HTTP client shows.
#[expect(clippy::expect_used, reason = "a token has plain characters only")]
fn sensitive(token: &str) -> HeaderValue {
    let mut value = HeaderValue::from_str(token).expect("plain characters");
    value.set_sensitive(true);
    value
}
