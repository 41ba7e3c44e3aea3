//! The people's acts and the seeds over HTTP.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{delete, patch, post, put};
use axum::{Json, Router};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::doors;

use super::account::Account;
use super::create::Draft;
use super::office::Office;
use super::people::Edit;
use super::twin::Twin;

type Contract = Path<(String, i64)>;

/// Below `/people/<account>`.
pub(super) fn router() -> Router<Twin> {
    let contract = Router::new()
        .route("/", delete(deleted))
        .route("/publish", post(published))
        .route("/fields/{custom_id}", put(field))
        .route("/participants/{email}", patch(participant))
        .route("/open", post(opened))
        .route("/sign", post(signed))
        .route("/decline", post(declined))
        .route("/expire", post(expired))
        .route("/bounce", post(bounced))
        .route("/announce", post(announced));
    Router::new()
        .route("/people/{account}/contracts", post(created))
        .nest("/people/{account}/contracts/{id}", contract)
        .route("/people/{account}/deliveries/due", post(due))
        .route("/people/{account}/deliveries/release", post(released))
}

/// Below `/_twin/oneflow`.
pub(super) fn seeds() -> Router<Twin> {
    Router::new().route("/accounts/{name}", put(seed))
}

async fn seed(State(twin): State<Twin>, Path(name): Path<String>, body: Bytes) -> Response {
    match doors::parse::<Account>(&body) {
        Ok(account) => done(twin.seed(&name, account)),
        Err(refusal) => *refusal,
    }
}

/// A contract made by hand.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Made {
    by: String,
    contract: Draft,
    #[serde(default)]
    publish: bool,
}

async fn created(State(twin): State<Twin>, Path(account): Path<String>, body: Bytes) -> Response {
    let made: Made = match doors::parse(&body) {
        Ok(made) => made,
        Err(refusal) => return *refusal,
    };
    match Office::new(&twin, &account).create(&made.by, &made.contract, made.publish).await {
        Ok(id) => Json(json!({"id": id})).into_response(),
        Err(error) => doors::refused(StatusCode::CONFLICT, &error),
    }
}

async fn deleted(State(twin): State<Twin>, Path((account, id)): Contract) -> Response {
    done(Office::new(&twin, &account).delete(id).await)
}

async fn published(State(twin): State<Twin>, Path((account, id)): Contract) -> Response {
    done(Office::new(&twin, &account).publish(id).await)
}

/// `{"value": "Berlin", "by": "a@people.example"}`; without `by` a user.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Filled {
    value: String,
    #[serde(default)]
    by: Option<String>,
}

async fn field(
    State(twin): State<Twin>,
    Path((account, id, custom_id)): Path<(String, i64, String)>,
    body: Bytes,
) -> Response {
    let filled = read::<Filled>(&body);
    let act = async |Filled { value, by }: Filled| {
        Office::new(&twin, &account).edit_field(id, &custom_id, &value, by.as_deref()).await
    };
    match filled {
        Ok(filled) => done(act(filled).await),
        Err(refusal) => *refusal,
    }
}

async fn participant(
    State(twin): State<Twin>,
    Path((account, id, email)): Path<(String, i64, String)>,
    body: Bytes,
) -> Response {
    match read::<Edit>(&body) {
        Ok(edit) => done(Office::new(&twin, &account).edit_participant(id, &email, &edit).await),
        Err(refusal) => *refusal,
    }
}

/// `{"by": "a@people.example"}`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct By {
    by: String,
}

async fn opened(State(twin): State<Twin>, Path((account, id)): Contract, body: Bytes) -> Response {
    match read::<By>(&body) {
        Ok(By { by }) => done(Office::new(&twin, &account).open(id, &by).await),
        Err(refusal) => *refusal,
    }
}

async fn declined(State(twin): State<Twin>, Path((account, id)): Contract, body: Bytes) -> Response {
    match read::<By>(&body) {
        Ok(By { by }) => done(Office::new(&twin, &account).decline(id, &by).await),
        Err(refusal) => *refusal,
    }
}

/// `{"by": "a@people.example"}`, or null for all who have not signed yet.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Signing {
    by: Option<String>,
}

async fn signed(State(twin): State<Twin>, Path((account, id)): Contract, body: Bytes) -> Response {
    match read::<Signing>(&body) {
        Ok(Signing { by }) => done(Office::new(&twin, &account).sign(id, by.as_deref()).await),
        Err(refusal) => *refusal,
    }
}

async fn expired(State(twin): State<Twin>, Path((account, id)): Contract) -> Response {
    done(Office::new(&twin, &account).expire(id).await)
}

/// `{"to": "a@people.example"}`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct To {
    to: String,
}

async fn bounced(State(twin): State<Twin>, Path((account, id)): Contract, body: Bytes) -> Response {
    match read::<To>(&body) {
        Ok(To { to }) => done(Office::new(&twin, &account).bounce(id, &to).await),
        Err(refusal) => *refusal,
    }
}

/// `{"type": "product:create"}`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Announced {
    r#type: String,
}

async fn announced(State(twin): State<Twin>, Path((account, id)): Contract, body: Bytes) -> Response {
    match read::<Announced>(&body) {
        Ok(announced) => done(Office::new(&twin, &account).announce(id, &announced.r#type).await),
        Err(refusal) => *refusal,
    }
}

async fn due(State(twin): State<Twin>, Path(account): Path<String>) -> Response {
    twin.deliver_due(&account).await;
    StatusCode::NO_CONTENT.into_response()
}

/// `{"order": [3, 1, 1]}`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    order: Vec<u64>,
}

async fn released(State(twin): State<Twin>, Path(account): Path<String>, body: Bytes) -> Response {
    match read::<Order>(&body) {
        Ok(Order { order }) => done(twin.release(&account, &order).await),
        Err(refusal) => *refusal,
    }
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Box<Response>> {
    doors::parse(body)
}

fn done(done: Result<(), String>) -> Response {
    match done {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => doors::refused(StatusCode::CONFLICT, &error),
    }
}
