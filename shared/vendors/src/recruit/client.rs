//! Client of Recruit's API: what every call shares. The calls are functions over it, in [`super::positions`] and
//! [`super::openings`].
//!
//! Every call fails with [`Kind::LoginRefused`] where the token is not accepted, be it a fresh one; with
//! [`Kind::RightMissing`] where the app lacks a right; with [`Kind::WrongAddress`] where an answer is a web page or the
//! method is not taken, for then a path of the settings is wrong; with [`Kind::Unavailable`] also where a gateway redirects;
//! with [`Kind::RateLimited`], with [`Kind::Unexplained`], and with the transport's causes. But for a refused token nothing is
//! tried again. Source: developers.comeet.com/reference/authorization.

use jiff::Timestamp;
use reqwest::header::ACCEPT;
use reqwest::{Method, RequestBuilder, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use serde_json::Value;
use url::Url;

use super::account::Account;
use super::refusal::{self, Addressed};
use super::token::Tokens;
use super::way::{Values, Way, Ways};
use crate::http::Answer;
use crate::{Error, Http, Kind, Operation};

/// A client for one account.
#[derive(Debug, Clone)]
pub struct Recruit {
    http: Http,
    account: Account,
    tokens: Tokens,
    ways: Ways,
    now: Timestamp,
}

impl Recruit {
    /// A client that calls through `http`. `now` is what the life of a token is measured from.
    #[must_use]
    pub fn new(http: Http, account: Account, tokens: Tokens, ways: Ways, now: Timestamp) -> Self {
        Self { http, account, tokens, ways, now }
    }

    /// How what is not documented is done.
    #[must_use]
    pub const fn ways(&self) -> &Ways {
        &self.ways
    }

    /// The address of a path below the base.
    pub(super) fn url(&self, path: &str) -> Url {
        self.account.base_url.join(path)
    }

    pub(super) async fn get(&self, operation: Operation, url: Url, addressed: Addressed) -> Result<Value, Error> {
        let answer = self.send(operation, self.http.get(url), addressed).await?;
        refusal::json(operation, &answer)
    }

    pub(super) async fn post(
        &self,
        operation: Operation,
        path: &str,
        body: &impl Serialize,
        addressed: Addressed,
    ) -> Result<Answer, Error> {
        self.send(operation, self.http.post(self.url(path)).json(body), addressed).await
    }

    /// Goes the way, with `query` instead of the way's own where there is one.
    pub(super) async fn go(
        &self,
        operation: Operation,
        way: &Way,
        values: &Values,
        query: Option<&str>,
    ) -> Result<Answer, Error> {
        let (path, own) = way.path(values);
        let mut url = self.url(&path);
        url.set_query(query.or(own.as_deref()));
        let request = self.http.request(way.method().clone(), url);
        let request = match way.body(values) {
            Some(body) if *way.method() != Method::GET => request.json(&body),
            _ => request,
        };
        self.send(operation, request, Addressed::Item).await
    }

    /// Sends with the token and, after a 401, once more with a fresh one. The answer is a success.
    async fn send(&self, operation: Operation, request: RequestBuilder, addressed: Addressed) -> Result<Answer, Error> {
        let request = request.header(ACCEPT, "application/json");
        let again = request.try_clone();
        let mut answer = self.once(operation, request, self.tokens.get(&self.account, self.now)).await?;
        if let (StatusCode::UNAUTHORIZED, Some(again)) = (answer.status, again) {
            answer = self.once(operation, again, self.tokens.fresh(&self.account, self.now)).await?;
        }
        if answer.status.is_success() { Ok(answer) } else { Err(refusal::failure(operation, &answer, addressed)) }
    }

    async fn once(
        &self,
        operation: Operation,
        request: RequestBuilder,
        token: Option<SecretString>,
    ) -> Result<Answer, Error> {
        let token = token.ok_or_else(|| Error::new(operation, Kind::LoginRefused))?;
        self.http.send(operation, request.bearer_auth(token.expose_secret())).await
    }
}
