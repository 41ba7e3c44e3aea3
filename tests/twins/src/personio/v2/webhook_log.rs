//! What a webhook was told in the last 30 days: <https://developer.personio.de/reference/get_v2-webhooks-id-events>, `-id-activity` and
//! redelivery. The members of an entry, and which events a redelivery names, are assumed.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::personio::Twin;

use super::access::{Caller, Visit, serve, visit};
use super::deliver::Delivery;
use super::errors::Problem;
use super::events::Event;
use super::lists::Paging;
use super::query::Query;
use super::tenant::{WEBHOOKS_READ, WEBHOOKS_WRITE};
use super::webhooks::{found, sent};

/// How far back the log goes.
const HISTORY: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Oldest first, delivered or not.
pub(super) async fn events(State(twin): State<Twin>, Path(id): Path<String>, caller: Caller) -> Response {
    serve(&twin, &caller, WEBHOOKS_READ, |visit| {
        let query = Query::read(visit.caller.uri.query(), &["occurred_at.gte", "occurred_at.lte", "event_name"])?;
        let times = Times::read(&query, "occurred_at")?;
        let names: Option<Vec<String>> = query.many("event_name")?;
        let paging = Paging::read(&visit, &query, 100, 100)?;
        let hook = found(visit.books, &id)?.id;
        let events = visit.books.events.iter().enumerate().skip(paging.from).filter(|(_, event)| {
            event.hooks.contains(&hook)
                && times.fit(event.occurred_at, visit.now)
                && names.as_ref().is_none_or(|names| names.contains(&event.name))
        });
        Ok(paging.page(events, logged).response())
    })
}

/// Every request that was sent, oldest first.
pub(super) async fn activity(State(twin): State<Twin>, Path(id): Path<String>, caller: Caller) -> Response {
    serve(&twin, &caller, WEBHOOKS_READ, |visit| {
        let names = ["completed_at.gte", "completed_at.lte", "event_name", "is_delivered"];
        let query = Query::read(visit.caller.uri.query(), &names)?;
        let times = Times::read(&query, "completed_at")?;
        let names: Option<Vec<String>> = query.many("event_name")?;
        let delivered: Option<bool> =
            query.one("is_delivered")?.map(str::parse).transpose().map_err(|_| Problem::PARAMETERS)?;
        let paging = Paging::read(&visit, &query, 100, 100)?;
        let hook = found(visit.books, &id)?.id;
        let sent = visit.books.deliveries.iter().enumerate().skip(paging.from).filter(|(_, delivery)| {
            delivery.hook == hook
                && times.fit(delivery.at, visit.now)
                && names.as_ref().is_none_or(|names| names.contains(&delivery.event))
                && delivered.is_none_or(|delivered| delivered == delivery.is_delivered())
        });
        Ok(paging.page(sent, done).response())
    })
}

/// `{"event_ids": ["..."]}`, by the ids of the log of events; they are sent with their own times.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Redelivery {
    event_ids: Vec<Uuid>,
}

/// Sends events again, also those that never arrived. An event that is none of this webhook's, or too old, refuses all.
pub(super) async fn redelivery(
    State(twin): State<Twin>,
    Path(id): Path<String>,
    caller: Caller,
    body: Bytes,
) -> Response {
    let letters = visit(&twin, &caller, WEBHOOKS_WRITE, |Visit { books, now, .. }| {
        let hook = found(books, &id)?.clone();
        let wanted: Redelivery = serde_json::from_slice(&body).map_err(|_| Problem::PARAMETERS)?;
        let fresh = |event: &&Event| event.hooks.contains(&hook.id) && now.duration_since(event.occurred_at) <= HISTORY;
        let known = |id: &Uuid| books.events.iter().find(|event| event.id == *id).filter(fresh).cloned();
        let events: Option<Vec<_>> = wanted.event_ids.iter().map(known).collect();
        let events = events.ok_or(Problem::bad_request("event_ids names no event of this webhook"))?;
        let letters = events.iter().map(|event| books.letter(&hook, event)).collect();
        Ok((books.client_id.clone(), letters, books.tenant.modes.clone()))
    });
    sent(&twin, letters).await
}

/// From and until, within the history.
struct Times {
    since: Option<Timestamp>,
    until: Option<Timestamp>,
}

impl Times {
    fn read(query: &Query, name: &str) -> Result<Self, Problem> {
        let (since, until) = (query.moment(&format!("{name}.gte"))?, query.moment(&format!("{name}.lte"))?);
        Ok(Self { since, until })
    }

    fn fit(&self, time: Timestamp, now: Timestamp) -> bool {
        now.duration_since(time) <= HISTORY
            && self.since.is_none_or(|since| time >= since)
            && self.until.is_none_or(|until| time <= until)
    }
}

fn logged(event: &Event) -> Value {
    let occurred_at = format!("{:.3}", event.occurred_at);
    json!({"id": event.id, "event_name": event.name, "occurred_at": occurred_at, "payload": event.payload})
}

fn done(delivery: &Delivery) -> Value {
    json!({
        "event_name": delivery.event,
        "completed_at": format!("{:.3}", delivery.at),
        "is_delivered": delivery.is_delivered(),
        "status_code": delivery.status,
    })
}
