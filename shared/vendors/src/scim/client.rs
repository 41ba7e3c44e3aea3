//! Client of SCIM 2.0: what every call shares. The calls are functions over it, in [`super::users`], [`super::lookup`],
//! [`super::list`] and [`super::provider`].
//!
//! Every call fails with [`Kind::LoginRefused`] where the login is not accepted, which is also how an expired token shows
//! ([`RENEW`] says what mends it), with [`Kind::RightMissing`] where the server says in SCIM's words that it lacks a right,
//! with [`Kind::Unexplained`] where the answer is a gateway's or makes no sense, with [`Kind::WrongAddress`] where nothing is
//! at the address, with [`Kind::RateLimited`], [`Kind::Unavailable`], and with the transport's causes. Source: RFC 7644.

use reqwest::RequestBuilder;
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use secrecy::ExposeSecret;
use serde_json::Value;
use url::Url;

use super::account::{Account, Login};
use super::model::UserId;
use crate::encoding::encoded;
use crate::http::Answer;
use crate::{Error, Http, Operation};

#[cfg(doc)]
use crate::Kind;

/// What mends a refused login, for whoever is told of it.
pub const RENEW: &str = "The token of the partner system has ended or is wrong. Make a new one where that system's SCIM access \
                         is set up, and set it with `hrsync secrets set`.";

/// SCIM's media type (RFC 7644, 8.1).
const SCIM_JSON: &str = "application/scim+json";

/// What an answer may be. Whatever it says it is, it is read as JSON.
const EITHER_JSON: &str = "application/scim+json, application/json";

/// A client for one account.
#[derive(Debug, Clone)]
pub struct Scim {
    http: Http,
    account: Account,
}

impl Scim {
    /// A client that calls through `http`.
    #[must_use]
    pub fn new(http: Http, account: Account) -> Self {
        Self { http, account }
    }

    /// The address of a path below the base. Paths are the standard's own: what a server's `ResourceTypes` and `Location`
    /// name has been met wrong.
    pub(super) fn url(&self, path: &str) -> Url {
        self.account.base_url.join(path)
    }

    /// The address of all users.
    pub(super) fn users(&self) -> Url {
        self.url("Users")
    }

    /// The address of one user.
    pub(super) fn user(&self, id: &UserId) -> Url {
        self.url(&format!("Users/{}", encoded(id.as_str())))
    }

    pub(super) async fn get(&self, operation: Operation, url: Url) -> Result<Answer, Error> {
        self.send(operation, self.http.get(url).header(ACCEPT, EITHER_JSON)).await
    }

    pub(super) async fn post(&self, operation: Operation, url: Url, body: &Value) -> Result<Answer, Error> {
        self.send(operation, with_body(self.http.post(url), body)).await
    }

    pub(super) async fn put(&self, operation: Operation, url: Url, body: &Value) -> Result<Answer, Error> {
        self.send(operation, with_body(self.http.put(url), body)).await
    }

    pub(super) async fn patch(&self, operation: Operation, url: Url, body: &Value) -> Result<Answer, Error> {
        self.send(operation, with_body(self.http.patch(url), body)).await
    }

    /// Without an `Accept` of its own: a server refuses a removal that has one.
    pub(super) async fn delete(&self, operation: Operation, url: Url) -> Result<Answer, Error> {
        self.send(operation, self.http.delete(url)).await
    }

    async fn send(&self, operation: Operation, request: RequestBuilder) -> Result<Answer, Error> {
        let request = match &self.account.login {
            Login::Bearer(token) => request.bearer_auth(token.expose_secret()),
            Login::Basic { user, password } => request.basic_auth(user, Some(password.expose_secret())),
        };
        self.http.send(operation, request).await
    }
}

fn with_body(request: RequestBuilder, body: &Value) -> RequestBuilder {
    request.header(ACCEPT, EITHER_JSON).header(CONTENT_TYPE, SCIM_JSON).json(body)
}
