//! Receipts: which submissions were handled, with what outcome. Kept longer than any retry or replay can come late.

use aws_sdk_dynamodb::types::{Put, TransactWriteItem};
use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use serde::{Deserialize, Serialize};

use crate::table::{Item, Key, days, expiry_seconds};
use crate::{Error, Ledger};

/// What happened, once: the identity that makes repeats harmless.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Event {
    /// The connection it came in by.
    pub connection: String,
    /// Its identity within the connection: a hash or a vendor's id, short, never a user's text.
    pub id: String,
    /// 0; one more with each replay that a person asked for.
    pub generation: u32,
}

/// How an event ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The target holds what it should.
    Done,
    /// The same, but by an earlier attempt whose answer was lost.
    DoneBefore,
    /// A failure was stored for a person.
    Rejected,
}

/// What is known of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Receipt {
    /// Nothing.
    New,
    /// It waits for the slot it was given for one of its steps.
    Waiting(Waiting),
    /// It is handled.
    Settled(Outcome),
}

/// A slot in hand. It is good for its own step only, or one slot would carry two calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The step, in the flow's words.
    pub step: String,
    /// When it may be taken.
    pub slot: Timestamp,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
enum Stored {
    Waiting {
        step: String,
        #[serde(rename = "slot_ms", with = "millisecond::required")]
        slot: Timestamp,
        expires_at: i64,
    },
    Settled {
        outcome: Outcome,
        #[serde(rename = "settled_ms", with = "millisecond::required")]
        settled: Timestamp,
        expires_at: i64,
    },
}

const KEPT: std::time::Duration = days(90);

impl Event {
    fn key(&self) -> Key {
        Key::new(format!("receipt#{}#{}", self.connection, self.id), self.generation.to_string())
    }
}

impl Ledger {
    /// What is known of `event`.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn receipt(&self, event: &Event) -> Result<Receipt, Error> {
        Ok(match self.get("read receipt", event.key()).await? {
            None => Receipt::New,
            Some(Stored::Waiting { step, slot, .. }) => Receipt::Waiting(Waiting { step, slot }),
            Some(Stored::Settled { outcome, .. }) => Receipt::Settled(outcome),
        })
    }

    /// Remembers which slot an event waits for. Only its one worker writes receipts, so this needs no condition.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn wait_for_slot(&self, event: &Event, step: &str, slot: Timestamp) -> Result<(), Error> {
        const OPERATION: &str = "write waiting receipt";
        let waiting = Stored::Waiting { step: step.to_owned(), slot, expires_at: expiry_seconds(slot, KEPT) };
        let request = self.client.put_item().table_name(&self.table);
        let request = request.set_item(Some(event.key().with(OPERATION, &waiting)?));
        request.send().await.map(|_| ()).map_err(|error| Error::of(OPERATION, error))
    }

    pub(crate) fn settle(&self, event: &Event, outcome: Outcome, now: Timestamp) -> Result<TransactWriteItem, Error> {
        let settled = Stored::Settled { outcome, settled: now, expires_at: expiry_seconds(now, KEPT) };
        let item = event.key().with("settle receipt", &settled)?;
        Ok(put(&self.table, item).condition(None))
    }
}

/// A put for a transaction, with or without a condition.
pub(crate) struct PutItem(aws_sdk_dynamodb::types::builders::PutBuilder);

pub(crate) fn put(table: &str, item: Item) -> PutItem {
    PutItem(Put::builder().table_name(table).set_item(Some(item)))
}

impl PutItem {
    pub(crate) fn condition(self, expression: Option<&str>) -> TransactWriteItem {
        let put = self.0.set_condition_expression(expression.map(ToOwned::to_owned)).build().ok();
        TransactWriteItem::builder().set_put(put).build()
    }
}
