//! `POST /v1/recruiting/applications`: <https://developer.personio.de/reference/post_v1-recruiting-applications>.
//!
//! Order of checks: rate limit, body (400), login (401), features (403), what the account knows (400), then 201 with an empty body.
//! Reported by users of Personio's developer hub is only that missing required members are told before a bad login; the rest of
//! the order is assumed.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::locked;

use super::account::Account;
use super::body::{INVALID, Phase, Submission};
use super::limits::Endpoint;
use super::state::{Application, Store};
use super::{Twin, company, errors, token};

pub(super) async fn create(State(twin): State<Twin>, headers: HeaderMap, body: Bytes) -> Response {
    if let Some(refusal) = twin.limited(&headers, Endpoint::Applications) {
        return refusal;
    }
    let now = twin.desk.clock().now();
    match decide(&mut locked(&twin.store), &headers, &body, now) {
        Ok(()) => StatusCode::CREATED.into_response(),
        Err(refusal) => *refusal,
    }
}

fn decide(store: &mut Store, headers: &HeaderMap, body: &[u8], now: Timestamp) -> Result<(), Box<Response>> {
    let company = company(headers);
    let submission = well_formed(store, company, headers, body, now)?;
    let account = store.login(company, token(headers)).ok_or_else(|| StatusCode::UNAUTHORIZED.into_response())?;
    if let Some(feature) = &account.disabled {
        return Err(errors::forbidden(feature, account).into());
    }
    let refused = submission.account_errors(company, account, store, now);
    if !refused.is_empty() {
        return Err(refused.response(StatusCode::BAD_REQUEST, account.error_spelling).into());
    }
    let application = application(company, submission, account, store.applications.len() + 1, now);
    if let Some(account) = store.accounts.get_mut(company) {
        account.tags.extend(application.tags.iter().cloned());
    }
    store.applications.push(application);
    Ok(())
}

fn well_formed(
    store: &Store,
    company: &str,
    headers: &HeaderMap,
    body: &[u8],
    now: Timestamp,
) -> Result<Submission, Box<Response>> {
    if !is_json(headers) {
        return Err(errors::body_refused(INVALID).into());
    }
    let submission = Submission::read(body).map_err(|reason| errors::body_refused(&reason))?;
    let wrong = submission.form_errors(now.to_zoned(TimeZone::UTC).date());
    if wrong.is_empty() {
        return Ok(submission);
    }
    let spelling = store.accounts.get(company).map(|account| account.error_spelling).unwrap_or_default();
    Err(wrong.response(StatusCode::BAD_REQUEST, spelling).into())
}

fn is_json(headers: &HeaderMap) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    content_type.split(';').next().is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json"))
}

fn application(company: &str, submission: Submission, account: &Account, id: usize, now: Timestamp) -> Application {
    Application {
        company_id: company.to_owned(),
        id,
        first_name: submission.first_name.unwrap_or_default(),
        last_name: submission.last_name.unwrap_or_default(),
        email: submission.email.unwrap_or_default(),
        job_position_id: submission.job_position_id.unwrap_or_default(),
        recruiting_channel_id: submission.recruiting_channel_id,
        external_posting_id: submission.external_posting_id,
        message: submission.message,
        application_date: submission.application_date,
        phase: submission.phase.as_ref().map_or_else(|| "initial".to_owned(), |phase: &Phase| phase.landed(account)),
        tags: submission.tags,
        files: submission.files,
        attributes: submission.attributes,
        received_at: now,
    }
}
