//! What people do in HiBob, over HTTP.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{patch, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::doors::{parse, refused};

use super::acts::{Holder, NewPosition};
use super::cells::Cells;
use super::hook::NewHook;
use super::twin::Twin;

type Two = Path<(u64, u64)>;

/// Everything is under `/companies/<company>`.
pub(super) fn router() -> Router<Twin> {
    let acts = Router::new()
        .route("/positions", post(create))
        .route("/positions/{id}", patch(edit).delete(delete))
        .route("/positions/{id}/approve", post(approve))
        .route("/positions/{id}/cancel", post(cancel))
        .route("/positions/{id}/reopen", post(reopen))
        .route("/positions/{id}/openings", post(add_opening))
        .route("/openings/{id}", patch(edit_opening).delete(delete_opening))
        .route("/openings/{id}/cancel", post(cancel_opening))
        .route("/openings/{id}/fill", post(fill))
        .route("/webhooks", post(connect))
        .route("/webhooks/{id}/ping", post(ping))
        .route("/webhooks/{id}/secret", post(refresh_secret))
        .route("/deliveries/release", post(release))
        .route("/deliveries/resume", post(resume));
    Router::new().nest("/companies/{company}", acts)
}

/// `{"soon": true}`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cancellation {
    #[serde(default)]
    soon: bool,
}

/// `{"order": [3, 1, 1]}`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    order: Vec<u64>,
}

async fn create(State(twin): State<Twin>, Path(company): Path<u64>, body: Bytes) -> Response {
    match parse::<NewPosition>(&body) {
        Ok(new) => made(twin.office(company).create(new).await),
        Err(refusal) => *refusal,
    }
}

async fn edit(State(twin): State<Twin>, Path((company, id)): Two, body: Bytes) -> Response {
    match parse::<Cells>(&body) {
        Ok(cells) => done(twin.office(company).edit(id, cells).await),
        Err(refusal) => *refusal,
    }
}

async fn delete(State(twin): State<Twin>, Path((company, id)): Two) -> Response {
    done(twin.office(company).delete(id).await)
}

async fn approve(State(twin): State<Twin>, Path((company, id)): Two) -> Response {
    done(twin.office(company).approve(id).await)
}

async fn cancel(State(twin): State<Twin>, Path((company, id)): Two, body: Bytes) -> Response {
    match parse::<Cancellation>(&body) {
        Ok(Cancellation { soon }) => done(twin.office(company).cancel(id, soon).await),
        Err(refusal) => *refusal,
    }
}

async fn reopen(State(twin): State<Twin>, Path((company, id)): Two) -> Response {
    done(twin.office(company).reopen(id).await)
}

async fn add_opening(State(twin): State<Twin>, Path((company, position)): Two, body: Bytes) -> Response {
    match parse::<Cells>(&body) {
        Ok(cells) => made(twin.office(company).add_opening(position, cells).await.map(|id| json!({"id": id}))),
        Err(refusal) => *refusal,
    }
}

async fn edit_opening(State(twin): State<Twin>, Path((company, id)): Two, body: Bytes) -> Response {
    match parse::<Cells>(&body) {
        Ok(cells) => done(twin.office(company).edit_opening(id, cells).await),
        Err(refusal) => *refusal,
    }
}

async fn cancel_opening(State(twin): State<Twin>, Path((company, id)): Two, body: Bytes) -> Response {
    match parse::<Cancellation>(&body) {
        Ok(Cancellation { soon }) => done(twin.office(company).cancel_opening(id, soon).await),
        Err(refusal) => *refusal,
    }
}

async fn fill(State(twin): State<Twin>, Path((company, id)): Two, body: Bytes) -> Response {
    match parse::<Holder>(&body) {
        Ok(holder) => done(twin.office(company).fill(id, holder).await),
        Err(refusal) => *refusal,
    }
}

async fn delete_opening(State(twin): State<Twin>, Path((company, id)): Two) -> Response {
    done(twin.office(company).delete_opening(id).await)
}

async fn connect(State(twin): State<Twin>, Path(company): Path<u64>, body: Bytes) -> Response {
    match parse::<NewHook>(&body) {
        Ok(new) => made(twin.office(company).connect(new).await),
        Err(refusal) => *refusal,
    }
}

async fn ping(State(twin): State<Twin>, Path((company, id)): Two) -> Response {
    made(twin.office(company).ping(id).await.map(|pings| json!({"pings": pings})))
}

async fn refresh_secret(State(twin): State<Twin>, Path((company, id)): Two) -> Response {
    made(twin.office(company).refresh_secret(id).map(|secret| json!({"secret": secret})))
}

async fn release(State(twin): State<Twin>, Path(company): Path<u64>, body: Bytes) -> Response {
    match parse::<Order>(&body) {
        Ok(Order { order }) => done(twin.office(company).release(&order).await),
        Err(refusal) => *refusal,
    }
}

async fn resume(State(twin): State<Twin>, Path(company): Path<u64>) -> Response {
    twin.office(company).resume().await;
    done(Ok(()))
}

fn made<T: Serialize>(made: Result<T, String>) -> Response {
    match made {
        Ok(made) => Json::<Value>(json!(made)).into_response(),
        Err(error) => refused(StatusCode::CONFLICT, &error),
    }
}

fn done(done: Result<(), String>) -> Response {
    match done {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => refused(StatusCode::CONFLICT, &error),
    }
}
