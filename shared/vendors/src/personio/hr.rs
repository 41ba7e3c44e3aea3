//! Client of Personio's HR API v2: what every call shares. The calls are functions over it, in [`super::absences`],
//! [`super::persons`], [`super::employments`], [`super::organization`], [`super::webhooks`] and [`super::webhook_log`].
//!
//! A call carries the company's token. A 401 may be a token that was taken back or a missing right (both have been
//! met), so it is tried once with a fresh token, and a second 401 is a missing right. 429 comes without `Retry-After`.
//! Source: developer.personio.de/reference/auth and the reference pages of the endpoints.

use jiff::Timestamp;
use reqwest::{RequestBuilder, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use url::Url;

use super::app_id::identified;
use super::problem;
use crate::http::Answer;
use crate::{Error, Http, Kind, Operation};

pub use super::account::Account;
pub use super::token::Tokens;

/// A client for one account.
///
/// Every call fails with [`Kind::LoginRefused`] where the credential is not accepted, [`Kind::RightMissing`] where it
/// lacks a scope, [`Kind::Unexplained`] where an answer is not what is documented, and with the transport's causes.
#[derive(Debug, Clone)]
pub struct Hr {
    http: Http,
    account: Account,
    tokens: Tokens,
    now: Timestamp,
}

/// What a call addresses: decides what a 404 means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Addressed {
    /// One thing by its id, or what belongs to the thing.
    Item,
    /// A fixed endpoint.
    Endpoint,
}

impl Hr {
    /// A client that calls through `http`. `now` is what the life of a token is measured from.
    #[must_use]
    pub fn new(http: Http, account: Account, tokens: Tokens, now: Timestamp) -> Self {
        Self { http, account, tokens, now }
    }

    /// The address of a path of the API.
    pub(super) fn url(&self, path: &str) -> Url {
        self.account.base_url.join(path)
    }

    /// What makes requests. Only [`Self::call`] sends them.
    pub(super) fn http(&self) -> &Http {
        &self.http
    }

    /// Asks, and reads the answer as JSON.
    pub(super) async fn get(&self, operation: Operation, url: Url, addressed: Addressed) -> Result<Value, Error> {
        let answer = self.call(operation, self.http.get(url), addressed, &[StatusCode::OK]).await?;
        json(operation, &answer)
    }

    /// Sends with the token and, after a 401, once more with a fresh one. The answer has one of the statuses `good`.
    pub(super) async fn call(
        &self,
        operation: Operation,
        request: RequestBuilder,
        addressed: Addressed,
        good: &[StatusCode],
    ) -> Result<Answer, Error> {
        let again = request.try_clone();
        let token = self.token().await?;
        let mut answer = self.send(operation, request, &token).await?;
        if let (StatusCode::UNAUTHORIZED, Some(again)) = (answer.status, again) {
            self.tokens.forget(&self.account, &token);
            let fresh = self.token().await?;
            answer = self.send(operation, again, &fresh).await?;
        }
        if good.contains(&answer.status) { Ok(answer) } else { Err(failure(operation, &answer, addressed)) }
    }

    async fn token(&self) -> Result<SecretString, Error> {
        self.tokens.get(&self.http, &self.account, self.now).await
    }

    async fn send(&self, operation: Operation, request: RequestBuilder, token: &SecretString) -> Result<Answer, Error> {
        let request = identified(request).bearer_auth(token.expose_secret());
        self.http.send(operation, request).await
    }
}

/// The answer as JSON.
pub(super) fn json(operation: Operation, answer: &Answer) -> Result<Value, Error> {
    let status = answer.status.as_u16();
    serde_json::from_slice(&answer.body).map_err(|_| Error::new(operation, Kind::Unexplained { status }))
}

/// A refusal in Personio's own words comes from behind the door where the token is looked at.
fn failure(operation: Operation, answer: &Answer, addressed: Addressed) -> Error {
    let error = Error::new(operation, kind_of(answer, addressed));
    let is_judged = matches!(&error.kind, Kind::Invalid(reasons) if !reasons.is_empty());
    if is_judged { error.after_login() } else { error }
}

fn kind_of(answer: &Answer, addressed: Addressed) -> Kind {
    let retry_after = answer.retry_after();
    let reasons = problem::reasons(&answer.body);
    match (answer.status.as_u16(), addressed) {
        (400 | 422, _) => Kind::Invalid(reasons),
        (401, _) => Kind::RightMissing(reasons),
        (403, _) => Kind::forbidden(reasons),
        (404, Addressed::Item) => problem::not_found(&answer.body),
        (404, Addressed::Endpoint) => Kind::WrongAddress,
        (409, _) => Kind::Conflict(reasons),
        (429, _) => Kind::RateLimited { retry_after },
        (500..=599, _) => Kind::Unavailable { retry_after },
        (status, _) => Kind::Unexplained { status },
    }
}
