//! `POST /v2/auth/token` and `/v2/auth/revoke`: <https://developer.personio.de/v2.0/reference/authentication>.
//!
//! Order of checks (assumed): rate limit, form, grant type, client, scope. A client's token is the same as long as it lives, and so is
//! the one for each narrower choice of scopes.

use std::collections::BTreeSet;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use uuid::Uuid;

use crate::locked;
use crate::personio::Twin;

use super::books::Books;
use super::query::Query;

/// How long a token lives.
const LIFE: SignedDuration = SignedDuration::from_secs(86_400);

/// A token that was given out.
pub(super) struct Token {
    pub(super) value: String,
    /// Those that were asked for; `None`: all that the credential has, whenever it is used.
    pub(super) scopes: Option<BTreeSet<String>>,
    pub(super) expires_at: Timestamp,
}

impl Token {
    pub(super) fn lives(&self, now: Timestamp) -> bool {
        now < self.expires_at
    }
}

/// An error code with its description.
struct Denied(&'static str, &'static str);

const NO_FORM: Denied = Denied("invalid_request", "The request body must be application/x-www-form-urlencoded.");
const MISSING: Denied = Denied("invalid_request", "The request is missing a required parameter or repeats one.");
const GRANT: Denied = Denied("unsupported_grant_type", "The authorization grant type is not supported.");
const SCOPE: Denied = Denied("invalid_scope", "The requested scope is invalid, unknown or exceeds what was granted.");
const CLIENT: Denied = Denied(
    "invalid_client",
    "Client authentication failed (e.g., unknown client, no client authentication included, or unsupported \
     authentication method).",
);

impl Denied {
    /// Always 400, and with `trace_id` where all other errors of v2 have `personio_trace_id`.
    fn response(&self, now: Timestamp) -> Response {
        let body = json!({
            "error": self.0,
            "error_description": self.1,
            "error_uri": null,
            "timestamp": format!("{now:.3}"),
            "trace_id": Uuid::new_v4(),
            "meta": {},
        });
        let problem = HeaderValue::from_static("application/problem+json");
        (StatusCode::BAD_REQUEST, [(header::CONTENT_TYPE, problem)], body.to_string()).into_response()
    }
}

pub(super) async fn issue(State(twin): State<Twin>, headers: HeaderMap, body: Bytes) -> Response {
    let now = twin.desk.clock().now();
    issued(&twin, &headers, &body, now).unwrap_or_else(|denied| denied.response(now))
}

fn issued(twin: &Twin, headers: &HeaderMap, body: &[u8], now: Timestamp) -> Result<Response, Denied> {
    let form = form(headers, body)?;
    let client_id = form.one("client_id").map_err(|_| MISSING)?.ok_or(MISSING)?;
    let mut tenants = locked(&twin.tenants.0);
    let books = tenants.get_mut(client_id);
    let Some(books) = books else {
        asked(&form)?;
        return Err(CLIENT);
    };
    if !books.token_window.admits(now, books.tenant.quirks.token_limit) {
        return Ok(StatusCode::TOO_MANY_REQUESTS.into_response());
    }
    let secret = asked(&form)?;
    if secret.is_empty() || secret != books.tenant.client_secret {
        return Err(CLIENT);
    }
    let scopes = granted(books, form.one("scope").map_err(|_| MISSING)?)?;
    Ok(given(books, scopes, now))
}

fn form(headers: &HeaderMap, body: &[u8]) -> Result<Query, Denied> {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    let is_form = essence.eq_ignore_ascii_case("application/x-www-form-urlencoded");
    if is_form { Ok(Query::form(body)) } else { Err(NO_FORM) }
}

/// The secret of a well-formed question.
fn asked(form: &Query) -> Result<&str, Denied> {
    let grant = form.one("grant_type").map_err(|_| MISSING)?.ok_or(MISSING)?;
    if grant != "client_credentials" {
        return Err(GRANT);
    }
    form.one("client_secret").map_err(|_| MISSING)?.ok_or(MISSING)
}

/// The scopes that were asked for, if the credential has them.
fn granted(books: &Books, asked: Option<&str>) -> Result<Option<BTreeSet<String>>, Denied> {
    let Some(asked) = asked else { return Ok(None) };
    let asked: BTreeSet<_> = asked.split_whitespace().map(str::to_owned).collect();
    if asked.is_subset(&books.tenant.scopes) && !asked.is_empty() { Ok(Some(asked)) } else { Err(SCOPE) }
}

fn given(books: &mut Books, scopes: Option<BTreeSet<String>>, now: Timestamp) -> Response {
    books.tokens.retain(|token| token.lives(now));
    let (value, expires_at) = match books.tokens.iter().find(|token| token.scopes == scopes) {
        Some(token) => (token.value.clone(), token.expires_at),
        None => {
            let value = format!("papi-{}", Uuid::new_v4());
            let expires_at = now.checked_add(LIFE).unwrap_or(Timestamp::MAX);
            books.tokens.push(Token { value: value.clone(), scopes: scopes.clone(), expires_at });
            (value, expires_at)
        }
    };
    let left = if books.tenant.quirks.expires_in_counts_down { expires_at.duration_since(now) } else { LIFE };
    let scope =
        scopes.as_ref().unwrap_or(&books.tenant.scopes).iter().map(String::as_str).collect::<Vec<_>>().join(" ");
    axum::Json(json!({
        "access_token": value, "token_type": "Bearer", "expires_in": left.as_secs(), "scope": scope, "refresh_token": null,
    }))
    .into_response()
}

/// 200 without a body, whether the token was known or not.
pub(super) async fn revoke(State(twin): State<Twin>, headers: HeaderMap, body: Bytes) -> Response {
    let now = twin.desk.clock().now();
    let form = form(&headers, &body);
    let token = form.and_then(|form| Ok(form.one("token").map_err(|_| MISSING)?.ok_or(MISSING)?.to_owned()));
    match token {
        Ok(revoked) => {
            let mut tenants = locked(&twin.tenants.0);
            tenants.values_mut().for_each(|books| books.tokens.retain(|token| token.value != revoked));
            StatusCode::OK.into_response()
        }
        Err(denied) => denied.response(now),
    }
}
