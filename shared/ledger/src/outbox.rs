//! The outbox: an entry beside each failure until its mail went out, so that the schedule reads only those failures. An
//! entry also says whether its failure waits for a digest; see [`crate::Round`].

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::failure::{Failure, key};
use crate::group::Group;
use crate::table::{Key, Ledger, Listing, conditional, millis};
use crate::transaction::{Transaction, delete, delete_write, transact, update, update_write};

const PARTITION: &str = "unmailed";
const OPERATION: &str = "write mailed";
/// A transaction takes 100 writes; a failure needs two.
const AT_ONCE: usize = 50;

/// A failure whose mail is still to go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxEntry {
    /// Its connection.
    pub connection: String,
    /// Its id.
    pub failure: String,
    /// When it failed. Entries of an earlier version do not say it.
    #[serde(rename = "failed_ms", with = "millisecond::optional", default)]
    pub failed: Option<Timestamp>,
    /// When the schedule notified `failures-push` of it last.
    #[serde(rename = "announced_ms", with = "millisecond::optional", default)]
    pub notified: Option<Timestamp>,
    // left out rather than null, for conditions ask whether it is there
    #[serde(rename = "storm", default, skip_serializing_if = "Option::is_none")]
    group: Option<Group>,
    #[serde(rename = "window_ms", with = "millisecond::optional", default, skip_serializing_if = "Option::is_none")]
    round: Option<Timestamp>,
    expires_at: i64,
}

impl OutboxEntry {
    pub(crate) fn of(failure: &Failure, expires_at: i64) -> Self {
        Self {
            connection: failure.connection.clone(),
            failure: failure.id.clone(),
            failed: Some(failure.failed),
            notified: None,
            group: None,
            round: None,
            expires_at,
        }
    }

    /// The same where it waits for the digest of a group's round.
    #[cfg(test)]
    pub(crate) fn in_digest(self, group: &Group, round: Timestamp) -> Self {
        Self { group: Some(group.clone()), round: Some(round), ..self }
    }

    /// The group whose digest it waits for, and the round of that group. `None`: it gets a mail of its own.
    #[must_use]
    pub fn digest(&self) -> Option<(&Group, Timestamp)> {
        self.group.as_ref().zip(self.round)
    }
}

/// The key of a failure's entry.
pub(crate) fn outbox_key(connection: &str, id: &str) -> Key {
    Key::new(PARTITION, format!("{connection}/{id}"))
}

impl Ledger {
    /// The failures whose mail is still to go.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn outbox(&self) -> Result<Listing<OutboxEntry>, Error> {
        self.listing("list outbox", PARTITION).await
    }

    /// The entry of a failure; `None` where its mail went out, or is not wanted any more.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn outbox_entry(&self, failure: &Failure) -> Result<Option<OutboxEntry>, Error> {
        self.get("read outbox entry", outbox_key(&failure.connection, &failure.id)).await
    }

    /// Writes down that the schedule has notified `failures-push` of a failure, unless it was mailed meanwhile.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn notified(&self, entry: &OutboxEntry, now: Timestamp) -> Result<(), Error> {
        let key = outbox_key(&entry.connection, &entry.failure).item();
        let request = self.client.update_item().table_name(&self.table).set_key(Some(key));
        let request = request.update_expression("SET announced_ms = :now").condition_expression("attribute_exists(pk)");
        conditional("write notified", request.expression_attribute_values(":now", millis(now))).await.map(|_| ())
    }

    /// Writes down that a failure's mail went out.
    ///
    /// # Errors
    /// Where the table fails; then its mail will go out once more.
    pub async fn mailed(&self, connection: &str, id: &str, now: Timestamp) -> Result<(), Error> {
        match transact(self, OPERATION, self.mailing(connection, id, now)?.into()).await? {
            Transaction::Written => Ok(()),
            // the failure has expired meanwhile: only its entry may be left
            Transaction::Refused => {
                let key = outbox_key(connection, id).item();
                let request = self.client.delete_item().table_name(&self.table).set_key(Some(key));
                request.send().await.map(|_| ()).map_err(|error| Error::of(OPERATION, error))
            }
        }
    }

    /// The same for many, in chunks; each is harmless to repeat.
    ///
    /// # Errors
    /// Where the table fails; some of them may be written then.
    pub async fn all_mailed(&self, entries: &[OutboxEntry], now: Timestamp) -> Result<(), Error> {
        for chunk in entries.chunks(AT_ONCE) {
            let mut writes = Vec::new();
            for entry in chunk {
                writes.extend(self.mailing(&entry.connection, &entry.failure, now)?);
            }
            if matches!(transact(self, OPERATION, writes).await, Ok(Transaction::Written)) {
                continue;
            }
            // one that has expired, or that somebody else writes just now, must not keep the others unwritten
            for entry in chunk {
                self.mailed(&entry.connection, &entry.failure, now).await?;
            }
        }
        Ok(())
    }

    fn mailing(&self, connection: &str, id: &str, now: Timestamp) -> Result<[TransactWriteItem; 2], Error> {
        let mailed = update(self, key(connection, id))
            .update_expression("SET mailed_ms = :now")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":now", millis(now));
        let done = delete(self, outbox_key(connection, id));
        Ok([update_write(OPERATION, mailed)?, delete_write(OPERATION, done)?])
    }
}
