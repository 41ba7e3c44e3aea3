//! The people's acts and the seeds over HTTP.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{delete, patch, post, put};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::Value;

use crate::doors;

use super::account::Account;
use super::office::Office;
use super::people::Edit;
use super::twin::Twin;

type One = Path<(String, u64)>;

/// Below `/people/<account>`.
pub(super) fn router() -> Router<Twin> {
    Router::new()
        .route("/people/{account}/applications", post(applied))
        .route("/people/{account}/applications/{id}", delete(application_removed))
        .route("/people/{account}/applications/{id}/stage", put(moved))
        .route("/people/{account}/applications/{id}/reject", post(rejected))
        .route("/people/{account}/candidates/{id}", patch(edited).delete(removed))
        .route("/people/{account}/candidates/{id}/fields/{api_name}", put(filled))
        .route("/people/{account}/deliveries/release", post(released))
}

/// Below `/_twin/teamtailor`.
pub(super) fn seeds() -> Router<Twin> {
    Router::new().route("/accounts/{name}", put(seed))
}

async fn seed(State(twin): State<Twin>, Path(name): Path<String>, body: Bytes) -> Response {
    match doors::parse::<Account>(&body) {
        Ok(account) => done(twin.seed(&name, account)),
        Err(refusal) => *refusal,
    }
}

/// `{"job": 41, "candidate": {"first_name", "last_name", "email", "phone"}}`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Application {
    job: u64,
    candidate: Edit,
}

async fn applied(State(twin): State<Twin>, Path(account): Path<String>, body: Bytes) -> Response {
    let Application { job, candidate } = match doors::parse(&body) {
        Ok(application) => application,
        Err(refusal) => return *refusal,
    };
    match Office::new(&twin, &account).apply(job, candidate).await {
        Ok(applied) => Json(applied).into_response(),
        Err(error) => doors::refused(StatusCode::CONFLICT, &error),
    }
}

/// `{"stage": 52}`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct To {
    stage: u64,
}

async fn moved(State(twin): State<Twin>, Path((account, id)): One, body: Bytes) -> Response {
    match doors::parse::<To>(&body) {
        Ok(To { stage }) => done(Office::new(&twin, &account).move_to(id, stage).await),
        Err(refusal) => *refusal,
    }
}

async fn rejected(State(twin): State<Twin>, Path((account, id)): One) -> Response {
    done(Office::new(&twin, &account).reject(id).await)
}

async fn application_removed(State(twin): State<Twin>, Path((account, id)): One) -> Response {
    done(Office::new(&twin, &account).remove_application(id).await)
}

async fn edited(State(twin): State<Twin>, Path((account, id)): One, body: Bytes) -> Response {
    match doors::parse::<Edit>(&body) {
        Ok(edit) => done(Office::new(&twin, &account).edit(id, edit).await),
        Err(refusal) => *refusal,
    }
}

async fn removed(State(twin): State<Twin>, Path((account, id)): One) -> Response {
    done(Office::new(&twin, &account).remove(id).await)
}

/// `{"value": ["Berlin"]}`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Filled {
    value: Value,
}

async fn filled(
    State(twin): State<Twin>,
    Path((account, id, api_name)): Path<(String, u64, String)>,
    body: Bytes,
) -> Response {
    match doors::parse::<Filled>(&body) {
        Ok(Filled { value }) => done(Office::new(&twin, &account).fill(id, &api_name, &value).await),
        Err(refusal) => *refusal,
    }
}

/// `{"order": [3, 1, 1]}`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    order: Vec<u64>,
}

async fn released(State(twin): State<Twin>, Path(account): Path<String>, body: Bytes) -> Response {
    match doors::parse::<Order>(&body) {
        Ok(Order { order }) => done(twin.release(&account, &order).await),
        Err(refusal) => *refusal,
    }
}

fn done(done: Result<(), String>) -> Response {
    match done {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => doors::refused(StatusCode::CONFLICT, &error),
    }
}
