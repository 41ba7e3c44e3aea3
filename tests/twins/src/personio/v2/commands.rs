//! The acts over HTTP, under `/personio/tenants/{client_id}`, and the doors for tests, under `/_twin/personio/tenants/{client_id}`.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{delete, patch, post, put};
use jiff::civil::Date;
use serde::Deserialize;
use uuid::Uuid;

use crate::doors;
use crate::personio::Twin;

use super::absence::{Edit, NewAbsence};
use super::named::{Named, given};
use super::quirks::Quirks;
use super::refused::Refused;
use super::staff_doors;
use super::tenant::Tenant;
use crate::outbox::Modes;

/// The acts of Personio's people.
pub(in crate::personio) fn commands() -> Router<Twin> {
    Router::new()
        .route("/tenants/{client_id}/absences", post(create))
        .route("/tenants/{client_id}/absences/{id}", patch(edit).delete(remove))
        .route("/tenants/{client_id}/absences/{id}/withdraw", post(withdraw))
        .route("/tenants/{client_id}/absences/{id}/split", post(split))
        .route("/tenants/{client_id}/persons/{id}/email", put(email))
        .route("/tenants/{client_id}/deliveries/release", post(release))
        .merge(staff_doors::router())
}

/// Seeds and switches.
pub(in crate::personio) fn seeds() -> Router<Twin> {
    Router::new()
        .route("/tenants/{client_id}", put(tenant))
        .route("/tenants/{client_id}/quirks", put(quirks))
        .route("/tenants/{client_id}/modes", put(modes))
        .route("/tenants/{client_id}/tokens", delete(tokens))
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

fn done(done: Result<(), Refused>) -> Response {
    match done {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(refused) => doors::refused(StatusCode::CONFLICT, refused.0),
    }
}
