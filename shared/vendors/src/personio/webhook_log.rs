//! The call that reads what a webhook was to be told, delivered or not: the last 30 days. Scope
//! `personio:webhooks:read`. Source: developer.personio.de/reference/get_v2-webhooks-id-events. The members of an entry
//! are not documented. *Assumed*: those of a delivery, with an id.

use jiff::Timestamp;
use serde_json::Value;

use super::hr::{Addressed, Hr};
use super::json::{self, Field};
use super::operations::LIST_WEBHOOK_EVENTS;
use super::pages::{Listing, Walk};
use super::people_webhook::{self, PeopleDelivery};
use super::webhooks::hook_url;
use crate::{Cursor, Error};

#[cfg(doc)]
use crate::Kind;

/// What a webhook was to be told once. An entry that names no event is unreadable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedEvent {
    /// Personio's id of the entry, where it shows one.
    pub id: Option<String>,
    /// What the delivery says.
    pub delivery: PeopleDelivery,
}

/// The pages of a webhook's log.
pub type Pages<'a> = Listing<'a, LoggedEvent, String>;

/// What the webhook with this id was to be told at or after `since`, page by page, from the start or from where an
/// earlier reading stood. In which order is not documented.
///
/// # Errors
/// [`Kind::Invalid`]: the text is not the id of a webhook. That there is none with it the first page says.
pub fn list<'a>(hr: &'a Hr, hook: &str, since: Timestamp, from: Option<Cursor>) -> Result<Pages<'a>, Error> {
    let mut url = hook_url(hr, LIST_WEBHOOK_EVENTS, hook, "/events")?;
    url.query_pairs_mut().append_pair("occurred_at.gte", &since.strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string());
    let walk = Walk::new(hr, LIST_WEBHOOK_EVENTS, url, Addressed::Item).from(from);
    Ok(Pages::new(walk, logged, id))
}

/// What webhooks were to be told, read to the end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Log {
    /// The deliveries.
    pub deliveries: Vec<PeopleDelivery>,
    /// How many entries cannot be read.
    pub unreadable: usize,
}

/// What the webhooks with these ids were to be told at or after `since`.
///
/// # Errors
/// As [`list`].
pub async fn read(hr: &Hr, hooks: &[String], since: Timestamp) -> Result<Log, Error> {
    let mut log = Log::default();
    for hook in hooks {
        let mut pages = list(hr, hook, since, None)?;
        while let Some(page) = pages.next().await? {
            log.deliveries.extend(page.items.into_iter().map(|event| event.delivery));
            log.unreadable += page.unreadable.len();
        }
    }
    Ok(log)
}

/// When the newest event happened that webhooks with these ids were to be told at or after `since`.
///
/// # Errors
/// As [`list`].
pub async fn newest(hr: &Hr, hooks: &[String], since: Timestamp) -> Result<Option<Timestamp>, Error> {
    let log = read(hr, hooks, since).await?;
    Ok(log.deliveries.iter().filter_map(PeopleDelivery::occurred_at).max())
}

fn logged(value: &Value) -> Result<LoggedEvent, Field> {
    Ok(LoggedEvent { id: id(value), delivery: people_webhook::delivery(value)? })
}

fn id(value: &Value) -> Option<String> {
    json::id_text(value, "id").ok().map(|id| json::plain(&id))
}
