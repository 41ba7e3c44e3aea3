//! Client of HiBob's API: what every call shares. The calls are functions over it, in [`super::positions`],
//! [`super::openings`], [`super::fields`] and [`super::people`].
//!
//! Every call fails with [`Kind::LoginRefused`] where the service user is not accepted, with [`Kind::RightMissing`] where it
//! lacks a right, which HiBob says with 403 or 401, with [`Kind::RateLimited`], [`Kind::Unavailable`],
//! [`Kind::WrongAddress`], with [`Kind::Unexplained`] where the answer is not what is documented, and with the transport's
//! causes. Nothing is tried again: HiBob blocks callers for five minutes after fifty refusals. Source:
//! apidocs.hibob.com/reference/authorization.

use jiff::Timestamp;
use reqwest::header::ACCEPT;
use reqwest::{RequestBuilder, StatusCode};
use secrecy::ExposeSecret;
use serde_json::Value;

use super::account::Account;
use super::refusal;
use crate::http::Answer;
use crate::{Error, Http, Kind, Operation};

/// The most of an answer that is read, in bytes: a search of positions knows no pages.
const LONGEST_ANSWER: usize = 24 * 1024 * 1024;

/// A client for one account.
#[derive(Debug, Clone)]
pub struct Hibob {
    http: Http,
    account: Account,
    now: Timestamp,
}

impl Hibob {
    /// A client that calls through `http`. `now` is what a rate limit's end is measured from.
    #[must_use]
    pub fn new(http: Http, account: Account, now: Timestamp) -> Self {
        Self { http, account, now }
    }

    pub(super) async fn get(&self, operation: Operation, path: &str) -> Result<Value, Error> {
        self.send(operation, self.http.get(self.account.base_url.join(path))).await
    }

    pub(super) async fn post(&self, operation: Operation, path: &str, body: &Value) -> Result<Value, Error> {
        self.send(operation, self.http.post(self.account.base_url.join(path)).json(body)).await
    }

    async fn send(&self, operation: Operation, request: RequestBuilder) -> Result<Value, Error> {
        let Account { service_user, token, .. } = &self.account;
        let request = request.basic_auth(service_user, Some(token.expose_secret())).header(ACCEPT, "application/json");
        let answer = self.http.search(operation, request, LONGEST_ANSWER).await?;
        match answer.status {
            StatusCode::OK => json(operation, &answer),
            _ => Err(refusal::failure(operation, &answer, self.now)),
        }
    }
}

fn json(operation: Operation, answer: &Answer) -> Result<Value, Error> {
    serde_json::from_slice(&answer.body).map_err(|_| unexplained(operation))
}

/// An answer that is not what was asked for.
pub(super) fn unexplained(operation: Operation) -> Error {
    Error::new(operation, Kind::Unexplained { status: StatusCode::OK.as_u16() })
}
