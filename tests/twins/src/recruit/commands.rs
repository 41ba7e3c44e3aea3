//! What recruiters do in the product, over HTTP.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{patch, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::doors::{parse, refused};

use super::member::Members;
use super::people::OpeningEdit;
use super::twin::Twin;

type Two = Path<(String, String)>;

/// Everything is under `/people/<account>`.
pub(super) fn router() -> Router<Twin> {
    let acts = Router::new()
        .route("/positions", post(enter_position))
        .route("/positions/{uid}", patch(edit_position).delete(delete_position))
        .route("/positions/{uid}/openings", post(add_opening))
        .route("/openings/{uid}", patch(edit_opening).delete(delete_opening))
        .route("/openings/{uid}/hire", post(hire));
    Router::new().nest("/people/{account}", acts)
}

/// `{"candidate_uid": "C1.001"}`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Hired {
    candidate_uid: String,
}

async fn enter_position(State(twin): State<Twin>, Path(account): Path<String>, body: Bytes) -> Response {
    let mut members = match parse::<Members>(&body) {
        Ok(members) => members,
        Err(refusal) => return *refusal,
    };
    let Some(Value::String(name)) = members.remove("name") else {
        return refused(StatusCode::BAD_REQUEST, "name is text");
    };
    made(twin.enter_position(&account, &name, members))
}

async fn edit_position(State(twin): State<Twin>, Path((account, uid)): Two, body: Bytes) -> Response {
    match parse::<Members>(&body) {
        Ok(members) => done(twin.edit_position(&account, &uid, members)),
        Err(refusal) => *refusal,
    }
}

async fn delete_position(State(twin): State<Twin>, Path((account, uid)): Two) -> Response {
    done(twin.delete_position(&account, &uid))
}

async fn add_opening(State(twin): State<Twin>, Path((account, position)): Two, body: Bytes) -> Response {
    match parse::<OpeningEdit>(&body) {
        Ok(edit) => made(twin.add_opening(&account, &position, edit)),
        Err(refusal) => *refusal,
    }
}

async fn edit_opening(State(twin): State<Twin>, Path((account, uid)): Two, body: Bytes) -> Response {
    match parse::<OpeningEdit>(&body) {
        Ok(edit) => done(twin.edit_opening(&account, &uid, edit)),
        Err(refusal) => *refusal,
    }
}

async fn delete_opening(State(twin): State<Twin>, Path((account, uid)): Two) -> Response {
    done(twin.delete_opening(&account, &uid))
}

async fn hire(State(twin): State<Twin>, Path((account, uid)): Two, body: Bytes) -> Response {
    match parse::<Hired>(&body) {
        Ok(Hired { candidate_uid }) => done(twin.hire(&account, &uid, &candidate_uid)),
        Err(refusal) => *refusal,
    }
}

fn made(made: Result<String, String>) -> Response {
    match made {
        Ok(uid) => Json(json!({"uid": uid})).into_response(),
        Err(error) => refused(StatusCode::CONFLICT, &error),
    }
}

fn done(done: Result<(), String>) -> Response {
    match done {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => refused(StatusCode::CONFLICT, &error),
    }
}
