//! The acts over HTTP, under `/personio/tenants/{client_id}`, and the doors for tests, under `/_twin/personio/tenants/{client_id}`.

use axum::body::Bytes;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{delete, patch, post, put};
use axum::{Json, Router};
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::doors;
use crate::personio::Twin;

use super::absence::{Edit, NewAbsence};
use super::deliver::Modes;
use super::quirks::Quirks;
use super::refused::Refused;
use super::tenant::Tenant;

/// The acts of Personio's people.
pub(in crate::personio) fn commands() -> Router<Twin> {
    Router::new()
        .route("/tenants/{client_id}/absences", post(create))
        .route("/tenants/{client_id}/absences/{id}", patch(edit).delete(remove))
        .route("/tenants/{client_id}/absences/{id}/withdraw", post(withdraw))
        .route("/tenants/{client_id}/absences/{id}/split", post(split))
        .route("/tenants/{client_id}/persons/{id}/email", put(email))
        .route("/tenants/{client_id}/deliveries/release", post(release))
}

/// Seeds and switches.
pub(in crate::personio) fn seeds() -> Router<Twin> {
    Router::new()
        .route("/tenants/{client_id}", put(tenant))
        .route("/tenants/{client_id}/quirks", put(quirks))
        .route("/tenants/{client_id}/modes", put(modes))
        .route("/tenants/{client_id}/tokens", delete(tokens))
}

/// A tenant's client id, and the id of something that it has; what cannot be one is refused as doors refuse.
struct Named<T>(String, T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Named<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let path = Path::<(String, T)>::from_request_parts(parts, state).await;
        let path = path.map_err(|rejection| doors::refused(StatusCode::BAD_REQUEST, &rejection.body_text()));
        path.map(|Path((client, id))| Self(client, id))
    }
}

async fn create(State(twin): State<Twin>, Path(client): Path<String>, body: Bytes) -> Response {
    match doors::parse::<NewAbsence>(&body) {
        Ok(new) => given(twin.v2(&client).create(new).await),
        Err(refusal) => *refusal,
    }
}

async fn edit(State(twin): State<Twin>, Named(client, id): Named<Uuid>, body: Bytes) -> Response {
    match doors::parse::<Edit>(&body) {
        Ok(edit) => given(twin.v2(&client).edit(id, edit).await),
        Err(refusal) => *refusal,
    }
}

async fn remove(State(twin): State<Twin>, Named(client, id): Named<Uuid>) -> Response {
    given(twin.v2(&client).delete(id).await)
}

async fn withdraw(State(twin): State<Twin>, Named(client, id): Named<Uuid>) -> Response {
    given(twin.v2(&client).withdraw(id).await)
}

/// `{"from": "2026-03-04"}`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Split {
    from: Date,
}

async fn split(State(twin): State<Twin>, Named(client, id): Named<Uuid>, body: Bytes) -> Response {
    match doors::parse::<Split>(&body) {
        Ok(Split { from }) => given(twin.v2(&client).split(id, from).await),
        Err(refusal) => *refusal,
    }
}

/// `{"email": "person@agency.example"}`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Address {
    email: String,
}

async fn email(State(twin): State<Twin>, Named(client, id): Named<u64>, body: Bytes) -> Response {
    match doors::parse::<Address>(&body) {
        Ok(Address { email }) => given(twin.v2(&client).change_email(id, &email).await),
        Err(refusal) => *refusal,
    }
}

/// `{"order": [3, 1, 1]}`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    order: Vec<u64>,
}

async fn release(State(twin): State<Twin>, Path(client): Path<String>, body: Bytes) -> Response {
    match doors::parse::<Order>(&body) {
        Ok(Order { order }) => done(twin.v2(&client).release(&order).await),
        Err(refusal) => *refusal,
    }
}

async fn tenant(State(twin): State<Twin>, Path(client): Path<String>, body: Bytes) -> Response {
    match doors::parse::<Tenant>(&body) {
        Ok(tenant) => done(twin.seed_tenant(&client, tenant)),
        Err(refusal) => *refusal,
    }
}

async fn quirks(State(twin): State<Twin>, Path(client): Path<String>, body: Bytes) -> Response {
    match doors::parse::<Quirks>(&body) {
        Ok(quirks) => done(twin.v2(&client).set_quirks(quirks)),
        Err(refusal) => *refusal,
    }
}

async fn modes(State(twin): State<Twin>, Path(client): Path<String>, body: Bytes) -> Response {
    match doors::parse::<Modes>(&body) {
        Ok(modes) => done(twin.v2(&client).set_modes(modes)),
        Err(refusal) => *refusal,
    }
}

async fn tokens(State(twin): State<Twin>, Path(client): Path<String>) -> Response {
    done(twin.v2(&client).invalidate_tokens())
}

fn given(id: Result<impl Serialize, Refused>) -> Response {
    match id {
        Ok(id) => Json(json!({"id": id})).into_response(),
        Err(refused) => doors::refused(StatusCode::CONFLICT, refused.0),
    }
}

fn done(done: Result<(), Refused>) -> Response {
    match done {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(refused) => doors::refused(StatusCode::CONFLICT, refused.0),
    }
}
