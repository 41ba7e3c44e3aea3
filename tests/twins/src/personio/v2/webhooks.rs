//! `/v2/webhooks`: registering, looking, changing, removing, and trying out.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::personio::Twin;

use super::access::{Caller, Visit, serve, visit};
use super::books::Books;
use super::errors::Problem;
use super::events::Letter;
use super::hook::{Hook, Settings};
use super::lists::Paging;
use super::query::Query;
use super::quirks::{Quirks, WebhookAnswers};
use super::tenant::{WEBHOOKS_READ, WEBHOOKS_WRITE};
use crate::outbox::Modes;

pub(super) async fn create(State(twin): State<Twin>, caller: Caller, body: Bytes) -> Response {
    serve(&twin, &caller, WEBHOOKS_WRITE, |Visit { books, .. }| {
        let hook = Settings::read(&body)?.hook(books.next_id())?;
        alone(books, &hook)?;
        books.hooks.push(hook.clone());
        Ok((StatusCode::CREATED, answer(&hook, &books.tenant.quirks)).into_response())
    })
}

pub(super) async fn list(State(twin): State<Twin>, caller: Caller) -> Response {
    serve(&twin, &caller, WEBHOOKS_READ, |visit| {
        let query = Query::read(visit.caller.uri.query(), &[])?;
        let paging = Paging::read(&visit, &query, 100, 100)?;
        let quirks = &visit.books.tenant.quirks;
        let hooks = visit.books.hooks.iter().enumerate().skip(paging.from);
        let page = paging.page(hooks, |hook| hook.shown(quirks.webhook_secrets_echoed));
        let plainly = quirks.webhook_answers == WebhookAnswers::WrappedPlainly;
        Ok(page.under(if plainly { "data" } else { "_data" }))
    })
}

pub(super) async fn one(State(twin): State<Twin>, Path(id): Path<String>, caller: Caller) -> Response {
    serve(&twin, &caller, WEBHOOKS_READ, |Visit { books, .. }| {
        Ok(answer(found(books, &id)?, &books.tenant.quirks).into_response())
    })
}

pub(super) async fn change(State(twin): State<Twin>, Path(id): Path<String>, caller: Caller, body: Bytes) -> Response {
    serve(&twin, &caller, WEBHOOKS_WRITE, |Visit { books, .. }| {
        let hook = Settings::read(&body)?.change(found(books, &id)?.clone())?;
        alone(books, &hook)?;
        if let Some(known) = books.hooks.iter_mut().find(|known| known.id == hook.id) {
            *known = hook.clone();
        }
        Ok(answer(&hook, &books.tenant.quirks).into_response())
    })
}

pub(super) async fn remove(State(twin): State<Twin>, Path(id): Path<String>, caller: Caller) -> Response {
    serve(&twin, &caller, WEBHOOKS_WRITE, |Visit { books, .. }| {
        let id = found(books, &id)?.id;
        books.hooks.retain(|hook| hook.id != id);
        Ok(StatusCode::NO_CONTENT.into_response())
    })
}

/// Sent whether the webhook is enabled or not (assumed), and before the answer.
pub(super) async fn ping(State(twin): State<Twin>, Path(id): Path<String>, caller: Caller) -> Response {
    let letters = visit(&twin, &caller, WEBHOOKS_WRITE, |Visit { books, now, .. }| {
        let hook = found(books, &id)?.clone();
        Ok(written(books, "ping", now, json!({}), hook))
    });
    sent(&twin, letters).await
}

/// The event must be enabled on the webhook.
pub(super) async fn test_event(
    State(twin): State<Twin>,
    Path(id): Path<String>,
    caller: Caller,
    body: Bytes,
) -> Response {
    let letters = visit(&twin, &caller, WEBHOOKS_WRITE, |Visit { books, now, .. }| {
        let hook = found(books, &id)?.clone();
        let test: TestEvent = serde_json::from_slice(&body).map_err(|_| Problem::PARAMETERS)?;
        if !hook.enables(&test.event_name) {
            return Err(Problem::bad_request("event_name is not enabled on this webhook"));
        }
        Ok(written(books, &test.event_name, now, Value::Object(test.payload), hook))
    });
    sent(&twin, letters).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TestEvent {
    event_name: String,
    payload: Map<String, Value>,
}

/// The webhook with this id.
pub(super) fn found<'a>(books: &'a Books, id: &str) -> Result<&'a Hook, Problem> {
    books.hooks.iter().find(|hook| hook.id.to_string() == id).ok_or(Problem::NOT_FOUND)
}

/// No two webhooks of a tenant may have the same target: the cause of 409 is not documented, this is the likely one.
fn alone(books: &Books, hook: &Hook) -> Result<(), Problem> {
    let taken = books.hooks.iter().any(|known| known.id != hook.id && known.url == hook.url);
    if taken { Err(Problem::conflict("a webhook with this url exists")) } else { Ok(()) }
}

fn answer(hook: &Hook, quirks: &Quirks) -> Json<Value> {
    let shown = hook.shown(quirks.webhook_secrets_echoed);
    Json(match quirks.webhook_answers {
        WebhookAnswers::Bare => shown,
        WebhookAnswers::Wrapped => json!({"_data": shown}),
        WebhookAnswers::WrappedPlainly => json!({"data": shown}),
    })
}

/// Letters and how they are to be delivered.
pub(super) type Outbox = (String, Vec<Letter>, Modes);

fn written(books: &mut Books, event: &str, now: Timestamp, payload: Value, hook: Hook) -> Outbox {
    let at = books.moment(now);
    let letters = books.tell(event, at, payload, &[hook]);
    (books.client_id.clone(), letters, books.tenant.modes.clone())
}

/// Delivers them before the answer.
pub(super) async fn sent(twin: &Twin, outbox: Result<Outbox, Box<Response>>) -> Response {
    match outbox {
        Ok((client_id, letters, modes)) => twin.deliver(&client_id, letters, &modes).await,
        Err(refusal) => return *refusal,
    }
    StatusCode::OK.into_response()
}
