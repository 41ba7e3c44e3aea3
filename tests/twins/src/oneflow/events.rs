//! What happens to contracts, and the callbacks that tell of it: <https://developer.oneflow.com/docs/webhook-and-event>.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::digest;

use super::contract::{Contract, Event};
use super::lists;
use super::problem::Problem;
use super::store::Books;
use super::twin::{Twin, Work};
use super::view;
use super::webhook::Webhook;

/// What happened in one act, before it has ids.
pub(super) struct News {
    actor: Option<String>,
    told: Vec<(String, Value)>,
}

impl News {
    /// Nothing yet, by this user or participant.
    pub(super) fn by(actor: Option<String>) -> Self {
        Self { actor, told: Vec::new() }
    }

    /// Something happened to a subject.
    pub(super) fn of(mut self, kind: &str, subject: Value) -> Self {
        self.told.push((kind.to_owned(), json!({"subject": subject})));
        self
    }

    /// An attribute of a subject changed.
    pub(super) fn changed(mut self, kind: &str, subject: Value, attribute: &str, from: &str, to: &str) -> Self {
        let changes = [json!({"attribute": attribute, "from": from, "to": to})];
        self.told.push((kind.to_owned(), json!({"changes": changes, "subject": subject})));
        self
    }
}

/// Keeps the contract as it is after an act, and tells the webhooks what happened.
pub(super) fn keep(work: &mut Work<'_>, mut contract: Contract, news: News) {
    let Work { books, ids, now } = work;
    let News { actor, told } = news;
    let event = |(kind, data)| Event { id: ids.next(), kind, at: *now, actor: actor.clone(), data };
    let events: Vec<_> = told.into_iter().map(event).collect();
    contract.events.extend(events.clone());
    tell(books, &contract, &events, *now);
    books.keep(contract, *now);
}

fn tell(books: &mut Books, contract: &Contract, events: &[Event], now: Timestamp) {
    for webhook in &books.webhooks {
        let wanted: Vec<_> = events.iter().filter(|event| webhook.wants(contract, &event.kind)).collect();
        let size = if books.account.one_event_a_callback { 1 } else { wanted.len().max(1) };
        for some in wanted.chunks(size) {
            let callback_id = digest::sha1(&format!("{} {}", contract.id, books.outbox.next()));
            let body = callback(webhook, contract.id, &callback_id, some).to_string();
            books.outbox.put(&webhook.callback_url, Vec::new(), body, now, &books.account.modes);
        }
    }
}

/// The signature covers nothing but the callback's id.
fn callback(webhook: &Webhook, contract: i64, callback_id: &str, events: &[&Event]) -> Value {
    let signature = webhook.sign_key.as_ref().map(|key| digest::sha1(&format!("{callback_id}{key}")));
    let told = events
        .iter()
        .map(|event| json!({"created_time": view::event_time(event.at), "id": event.id, "type": event.kind}));
    json!({
        "contract": {"id": contract},
        "callback_id": callback_id,
        "events": told.collect::<Vec<_>>(),
        "signature": signature,
    })
}

pub(super) async fn list(State(twin): State<Twin>, headers: HeaderMap, Path(id): Path<i64>) -> Response {
    twin.serve(&headers, |work, call| {
        let contract = work.books.read(id, work.now).ok_or_else(Problem::unknown)?;
        let events = contract.events.iter().map(|event| view::event(contract, event, &call.base));
        Ok(lists::whole(&format!("{}/contracts/{id}/events", call.base), events.collect()))
    })
}

pub(super) async fn one(State(twin): State<Twin>, headers: HeaderMap, Path((id, event)): Path<(i64, i64)>) -> Response {
    twin.serve(&headers, |work, call| {
        let contract = work.books.read(id, work.now).ok_or_else(Problem::unknown)?;
        let event = contract.events.iter().find(|known| known.id == event).ok_or_else(Problem::unknown)?;
        Ok(Json(view::event(contract, event, &call.base)).into_response())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_callback_is_signed_as_documented() {
        let id = "eaf850991bb7c273a56dcdeb265d30006fdc9de0";
        let webhook = Webhook {
            id: 1,
            callback_url: String::new(),
            sign_key: Some("test-sign-key".to_owned()),
            filters: Vec::new(),
            template_group_id: None,
        };
        let body = callback(&webhook, 101, id, &[]);
        assert_eq!(body["signature"], "8d3429c96a8174f1d8527c45a06adb8eb3b7c210");
        assert_eq!(callback(&Webhook { sign_key: None, ..webhook }, 101, id, &[])["signature"], Value::Null);
    }
}
