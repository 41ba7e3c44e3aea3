//! The way of every call: firewall, login, rate limit, right, content type, then the work.

use axum::Json;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde_json::Value;

use crate::locked;

use super::company::Right;
use super::problem::Problem;
use super::quirks::{ErrorForm, Limits};
use super::store::{Books, Store};
use super::twin::Twin;

/// What is called. Each has a rate limit of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Endpoint {
    PositionSearch,
    OpeningSearch,
    PositionMetadata,
    OpeningMetadata,
    PeopleSearch,
}

impl Endpoint {
    fn name(self) -> &'static str {
        match self {
            Self::PositionSearch => "position search",
            Self::OpeningSearch => "opening search",
            Self::PositionMetadata => "position metadata",
            Self::OpeningMetadata => "opening metadata",
            Self::PeopleSearch => "people search",
        }
    }

    fn right(self) -> Right {
        match self {
            Self::PeopleSearch => Right::People,
            _ => Right::ManagePositions,
        }
    }

    fn method(self) -> Method {
        match self {
            Self::PositionMetadata | Self::OpeningMetadata => Method::GET,
            _ => Method::POST,
        }
    }

    fn per_minute(self, limits: &Limits) -> usize {
        match self {
            Self::PositionSearch | Self::OpeningSearch => limits.search,
            Self::PositionMetadata | Self::OpeningMetadata => limits.metadata,
            Self::PeopleSearch => limits.people,
        }
    }
}

/// What a rate limit says about a call.
struct Share {
    limit: usize,
    left: usize,
    /// In Unix seconds.
    reset: i64,
}

/// Everything at one instant and under one lock.
pub(super) fn serve(
    twin: &Twin,
    endpoint: Endpoint,
    headers: &HeaderMap,
    work: impl FnOnce(&Books, Timestamp) -> Result<Value, Problem>,
) -> Response {
    let now = twin.desk.clock().now();
    let caller = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut store = locked(&twin.store);
    if store.firewall.is_shut(caller, now) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let response = match caller_of(&mut store, caller) {
        None => Problem::login().response(ErrorForm::Empty),
        Some((books, user)) => answered(books, &user, endpoint, headers, now, work),
    };
    store.firewall.note(caller, response.status(), now);
    response
}

/// The company of a service user, and the user's id.
fn caller_of<'a>(store: &'a mut Store, authorization: &str) -> Option<(&'a mut Books, String)> {
    let (scheme, encoded) = authorization.split_once(' ')?;
    let login = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
    let (id, token) = login.split_once(':').filter(|(_, token)| !token.is_empty())?;
    let known = |books: &&mut Books| books.company.service_users.get(id).is_some_and(|user| user.token == token);
    let books = store.companies.values_mut().find(known).filter(|_| scheme.eq_ignore_ascii_case("basic"))?;
    Some((books, id.to_owned()))
}

fn answered(
    books: &mut Books,
    user: &str,
    endpoint: Endpoint,
    headers: &HeaderMap,
    now: Timestamp,
    work: impl FnOnce(&Books, Timestamp) -> Result<Value, Problem>,
) -> Response {
    let (share, admitted) = count(books, endpoint, now);
    let served = admitted.and_then(|()| allowed(books, user, endpoint, headers)).and_then(|()| work(books, now));
    let mut response = match served {
        Ok(body) => Json(body).into_response(),
        Err(problem) => problem.response(books.company.quirks.error_form),
    };
    if let Some(share) = share {
        tell(response.headers_mut(), &share);
    }
    response
}

/// Counts a call; nothing is counted where there is no limit.
fn count(books: &mut Books, endpoint: Endpoint, now: Timestamp) -> (Option<Share>, Result<(), Problem>) {
    let Some(limits) = books.company.quirks.limits else { return (None, Ok(())) };
    let limit = endpoint.per_minute(&limits);
    let window = books.windows.entry(endpoint.name()).or_default();
    let admitted = window.admit(now, limit);
    let wait = admitted.err().unwrap_or(60);
    let share = Share { limit, left: window.left(limit), reset: now.as_second() + wait };
    (Some(share), admitted.map_err(|wait| Problem::too_many(limits.retry_after.then_some(wait))))
}

fn allowed(books: &Books, user: &str, endpoint: Endpoint, headers: &HeaderMap) -> Result<(), Problem> {
    let user = books.company.service_users.get(user).ok_or_else(Problem::login)?;
    if !user.rights.contains(&endpoint.right()) {
        return Err(Problem::right(endpoint.right(), books.company.quirks.missing_right));
    }
    let media = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_json = media.split(';').next().is_some_and(|media| media.trim().eq_ignore_ascii_case("application/json"));
    if endpoint.method() == Method::POST && !is_json { Err(Problem::media()) } else { Ok(()) }
}

fn tell(headers: &mut HeaderMap, share: &Share) {
    let told = [
        ("x-ratelimit-limit", share.limit.to_string()),
        ("x-ratelimit-remaining", share.left.to_string()),
        ("x-ratelimit-reset", share.reset.to_string()),
    ];
    for (name, value) in told {
        if let Ok(value) = HeaderValue::try_from(value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
}
