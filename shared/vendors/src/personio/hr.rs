//! Client of Personio's HR API v2: what every call shares. The calls themselves are in `absences.rs`, `persons.rs` and
//! [`super::webhooks`].
//!
//! A call carries the company's token. A 401 may be a token that was taken back or a missing right (both have been
//! met), so it is tried once with a fresh token, and a second 401 is a missing right. 429 comes without `Retry-After`.
//! Source: developer.personio.de/reference/auth and the reference pages of the endpoints.

use jiff::Timestamp;
use reqwest::{RequestBuilder, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use url::Url;

use super::problem;
use crate::http::Answer;
use crate::value::BaseUrl;
use crate::{Error, Http, Kind};

pub use super::absences::AbsenceQuery;
pub use super::model::absence::Unreadable;
pub use super::pages::{Cursor, Page, Pages};
pub use super::persons::Person;
pub use super::recruiting::DEFAULT_BASE_URL;
pub use super::token::Tokens;

pub(super) const VENDOR: &str = "personio";

/// How Personio may tell whose calls these are; recommended, not required.
const APP_ID: (&str, &str) = ("x-personio-app-id", "HRSYNC");

/// One company's HR account.
#[derive(Debug, Clone)]
pub struct Account {
    /// Where the API is; [`DEFAULT_BASE_URL`] but for tests.
    pub base_url: BaseUrl,
    /// The credential's id (Settings > API credentials).
    pub client_id: String,
    /// The credential's secret; not the static token of the recruiting API.
    pub client_secret: SecretString,
}

/// A client for one account.
///
/// Every call fails with [`Kind::LoginRefused`] where the credential is not accepted, [`Kind::RightMissing`] where it
/// lacks a scope, [`Kind::Unexplained`] where an answer is not what is documented, and with the transport's causes.
#[derive(Debug, Clone)]
pub struct Hr {
    pub(super) http: Http,
    pub(super) account: Account,
    pub(super) tokens: Tokens,
    pub(super) now: Timestamp,
}

/// What was asked for: decides what a 404 says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// One thing by its id, or what belongs to it.
    One,
    /// A fixed endpoint.
    All,
}

impl Hr {
    /// A client that calls through `http`. `now` is what the life of a token is measured from.
    #[must_use]
    pub fn new(http: Http, account: Account, tokens: Tokens, now: Timestamp) -> Self {
        Self { http, account, tokens, now }
    }

    /// Asks, and reads the answer as JSON.
    pub(super) async fn get(&self, operation: &'static str, url: Url, asked: Asked) -> Result<Value, Error> {
        let answer = self.call(operation, self.http.get(url), asked, &[StatusCode::OK]).await?;
        self.json(operation, &answer)
    }

    /// Sends with the token and, after a 401, once more with a fresh one. The answer has one of the statuses `good`.
    pub(super) async fn call(
        &self,
        operation: &'static str,
        request: RequestBuilder,
        asked: Asked,
        good: &[StatusCode],
    ) -> Result<Answer, Error> {
        let again = request.try_clone();
        let token = self.token().await?;
        let mut answer = self.send(operation, request, &token).await?;
        if let (StatusCode::UNAUTHORIZED, Some(again)) = (answer.status, again) {
            self.forget(&token);
            answer = self.send(operation, again, &self.token().await?).await?;
        }
        if good.contains(&answer.status) { Ok(answer) } else { Err(self.error(operation, kind_of(&answer, asked))) }
    }

    async fn send(
        &self,
        operation: &'static str,
        request: RequestBuilder,
        token: &SecretString,
    ) -> Result<Answer, Error> {
        let (name, value) = APP_ID;
        let request = request.header(name, value).bearer_auth(token.expose_secret());
        self.http.send(VENDOR, operation, request).await
    }

    pub(super) fn json(&self, operation: &'static str, answer: &Answer) -> Result<Value, Error> {
        let unexplained = || self.error(operation, Kind::Unexplained { status: answer.status.as_u16() });
        serde_json::from_slice(&answer.body).map_err(|_| unexplained())
    }

    pub(super) fn url(&self, path: &str) -> Url {
        self.account.base_url.join(path)
    }

    pub(super) fn error(&self, operation: &'static str, kind: Kind) -> Error {
        Error::new(VENDOR, operation, kind)
    }
}

fn kind_of(answer: &Answer, asked: Asked) -> Kind {
    let (retry_after, reasons) = (answer.retry_after(), problem::reasons(&answer.body));
    match (answer.status.as_u16(), asked) {
        (400 | 422, _) => Kind::Invalid(reasons),
        (401 | 403, _) => Kind::RightMissing(reasons),
        (404, Asked::One) => problem::not_found(&answer.body),
        (404, _) => Kind::WrongAddress,
        (409, _) => Kind::Conflict(reasons),
        (429, _) => Kind::RateLimited { retry_after },
        (500..=599, _) => Kind::Unavailable { retry_after },
        (status, _) => Kind::Unexplained { status },
    }
}
