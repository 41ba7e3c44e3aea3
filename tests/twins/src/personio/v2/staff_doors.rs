//! The acts of HR people over HTTP, under `/personio/tenants/{client_id}/persons`.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::{delete, patch, post, put};
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::doors;
use crate::personio::Twin;

use super::employment::{Termination, Terms};
use super::named::{Named, given};
use super::refused::Refused;
use super::staff_acts::{NewPerson, PersonEdit};

/// The doors.
pub(super) fn router() -> Router<Twin> {
    Router::new()
        .route("/tenants/{client_id}/persons", post(hire))
        .route("/tenants/{client_id}/persons/{id}", patch(edit).delete(erase))
        .route("/tenants/{client_id}/persons/{id}/attributes/{attribute}", put(attribute))
        .route("/tenants/{client_id}/persons/{id}/employment", patch(terms))
        .route("/tenants/{client_id}/persons/{id}/terminate", post(terminate))
        .route("/tenants/{client_id}/persons/{id}/rehire", post(rehire))
        .route("/tenants/{client_id}/persons/{id}/switch", post(switch))
        .route("/tenants/{client_id}/persons/{id}/announce", post(announce))
        .route("/tenants/{client_id}/persons/{id}/employments/{employment}", delete(delete_employment))
}

async fn hire(State(twin): State<Twin>, Path(client): Path<String>, body: Bytes) -> Response {
    match doors::parse::<NewPerson>(&body) {
        Ok(new) => given(twin.staff(&client).hire(new).await),
        Err(refusal) => *refusal,
    }
}

async fn edit(State(twin): State<Twin>, Named(client, id): Named<u64>, body: Bytes) -> Response {
    match doors::parse::<PersonEdit>(&body) {
        Ok(edit) => given(twin.staff(&client).edit(id, edit).await),
        Err(refusal) => *refusal,
    }
}

async fn erase(State(twin): State<Twin>, Named(client, id): Named<u64>) -> Response {
    given(twin.staff(&client).erase(id).await)
}

/// What is to be shown of the attribute beside its id: `{"type": "boolean", "global_id": "...", "value": true}`.
async fn attribute(
    State(twin): State<Twin>,
    Path((client, id, attribute)): Path<(String, u64, String)>,
    body: Bytes,
) -> Response {
    match doors::parse::<Map<String, Value>>(&body) {
        Ok(mut shown) => {
            shown.insert("id".to_owned(), json!(attribute));
            given(twin.staff(&client).set_attribute(id, Value::Object(shown)).await)
        }
        Err(refusal) => *refusal,
    }
}

/// Members of the terms, which lie over those that stand; null takes one away.
async fn terms(State(twin): State<Twin>, Named(client, id): Named<u64>, body: Bytes) -> Response {
    let members = match doors::parse::<Map<String, Value>>(&body) {
        Ok(members) => members,
        Err(refusal) => return *refusal,
    };
    // a misspelt member is the caller's mistake whoever the person is
    if let Err(refusal) = doors::parse::<Terms>(json!(without_nulls(&members)).to_string().as_bytes()) {
        return *refusal;
    }
    let change = |terms: &mut Terms| {
        let mut whole = json!(terms);
        if let Some(whole) = whole.as_object_mut() {
            whole.extend(members);
        }
        *terms = serde_json::from_value(whole).map_err(|_| Refused("the terms cannot be"))?;
        Ok(())
    };
    given(twin.staff(&client).change_terms(id, change).await)
}

fn without_nulls(members: &Map<String, Value>) -> Map<String, Value> {
    members.iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name.clone(), value.clone())).collect()
}

async fn terminate(State(twin): State<Twin>, Named(client, id): Named<u64>, body: Bytes) -> Response {
    match doors::parse::<Termination>(&body) {
        Ok(termination) => given(twin.staff(&client).terminate(id, termination).await),
        Err(refusal) => *refusal,
    }
}

async fn rehire(State(twin): State<Twin>, Named(client, id): Named<u64>, body: Bytes) -> Response {
    match doors::parse::<Terms>(&body) {
        Ok(terms) => given(twin.staff(&client).rehire(id, terms).await),
        Err(refusal) => *refusal,
    }
}

/// `{"last_day": "2026-03-31", "legal_entity": 5}`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Switch {
    last_day: Date,
    legal_entity: u64,
}

async fn switch(State(twin): State<Twin>, Named(client, id): Named<u64>, body: Bytes) -> Response {
    match doors::parse::<Switch>(&body) {
        Ok(Switch { last_day, legal_entity }) => given(twin.staff(&client).switch(id, last_day, legal_entity).await),
        Err(refusal) => *refusal,
    }
}

/// `{"event": "employment.terminated"}`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Announcement {
    event: String,
}

async fn announce(State(twin): State<Twin>, Named(client, id): Named<u64>, body: Bytes) -> Response {
    match doors::parse::<Announcement>(&body) {
        Ok(Announcement { event }) => given(twin.staff(&client).announce(id, &event).await),
        Err(refusal) => *refusal,
    }
}

async fn delete_employment(
    State(twin): State<Twin>,
    Path((client, id, employment)): Path<(String, u64, Uuid)>,
) -> Response {
    given(twin.staff(&client).delete_employment(id, employment).await)
}
