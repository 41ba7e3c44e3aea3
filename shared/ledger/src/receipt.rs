//! Receipts: which submissions were handled, with what outcome. Kept longer than any retry or replay can come late.

use std::time::Duration;

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::table::{Key, Ledger, days, expiry_seconds};
use crate::transaction::{put, put_write};

/// What happened, once: the identity that makes repeats harmless.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Event {
    /// The connection it came in by.
    pub connection: String,
    /// Its identity within the connection: a hash or a vendor's id, short, never a user's text.
    pub id: String,
    /// 0, or the number of the replay that a person asked for.
    pub replay: u32,
}

/// How an event ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Settlement {
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
    Settled(Settlement),
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
        #[serde(rename = "outcome")]
        settlement: Settlement,
        #[serde(rename = "settled_ms", with = "millisecond::required")]
        settled: Timestamp,
        expires_at: i64,
    },
}

const KEPT: Duration = days(90);

impl Event {
    fn key(&self) -> Key {
        Key::new(format!("receipt#{}#{}", self.connection, self.id), self.replay.to_string())
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
            Some(Stored::Settled { settlement, .. }) => Receipt::Settled(settlement),
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

    /// The write that settles an event, for a transaction.
    pub(crate) fn settle(
        &self,
        event: &Event,
        settlement: Settlement,
        now: Timestamp,
    ) -> Result<TransactWriteItem, Error> {
        const OPERATION: &str = "settle receipt";
        let settled = Stored::Settled { settlement, settled: now, expires_at: expiry_seconds(now, KEPT) };
        put_write(OPERATION, put(self, event.key().with(OPERATION, &settled)?))
    }
}
