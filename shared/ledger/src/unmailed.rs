//! What stands beside a failure until its mail went out: a pointer, so that the schedule reads only those failures. A
//! pointer also says whether its failure waits for a summary; see [`crate::Storm`].

use aws_sdk_dynamodb::types::{Delete, TransactWriteItem, Update};
use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use serde::{Deserialize, Serialize};

use crate::breaker::conditional;
use crate::failure::{first_condition_failed, key};
use crate::table::{Key, millis};
use crate::{Error, Failure, Ledger, Storm};

const PARTITION: &str = "unmailed";
const OPERATION: &str = "write mailed";
/// A transaction takes 100 writes; a failure needs two.
const AT_ONCE: usize = 50;

/// A failure whose mail is still to go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unmailed {
    /// Its connection.
    pub connection: String,
    /// Its id.
    pub failure: String,
    /// When it failed. Pointers of an earlier version do not say it.
    #[serde(rename = "failed_ms", with = "millisecond::optional", default)]
    pub failed: Option<Timestamp>,
    /// When the schedule announced it last.
    #[serde(rename = "announced_ms", with = "millisecond::optional", default)]
    pub announced: Option<Timestamp>,
    // left out rather than null, for conditions ask whether it is there
    #[serde(default, skip_serializing_if = "Option::is_none")]
    storm: Option<Storm>,
    #[serde(rename = "window_ms", with = "millisecond::optional", default, skip_serializing_if = "Option::is_none")]
    window: Option<Timestamp>,
    expires_at: i64,
}

impl Unmailed {
    pub(crate) fn of(failure: &Failure, expires_at: i64) -> Self {
        let (connection, id, failed) = (failure.connection.clone(), failure.id.clone(), Some(failure.failed));
        Self { connection, failure: id, failed, announced: None, storm: None, window: None, expires_at }
    }

    #[cfg(test)]
    pub(crate) fn folded_into(self, storm: &Storm, window: Timestamp) -> Self {
        Self { storm: Some(storm.clone()), window: Some(window), ..self }
    }

    /// The storm whose summary it waits for, and the window of that storm. `None`: it gets a mail of its own.
    #[must_use]
    pub fn folded(&self) -> Option<(&Storm, Timestamp)> {
        self.storm.as_ref().zip(self.window)
    }
}

pub(crate) fn pointer_key(connection: &str, id: &str) -> Key {
    Key::new(PARTITION, format!("{connection}/{id}"))
}

impl Ledger {
    /// The failures whose mail is still to go.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn unmailed(&self) -> Result<Vec<Unmailed>, Error> {
        self.list("list unmailed failures", PARTITION).await
    }

    /// The pointer of a failure; `None` where its mail went out, or is not wanted any more.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn pointer(&self, failure: &Failure) -> Result<Option<Unmailed>, Error> {
        self.get("read pointer", pointer_key(&failure.connection, &failure.id)).await
    }

    /// Writes down that the schedule has announced a failure, unless it was mailed meanwhile.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn announced(&self, unmailed: &Unmailed, now: Timestamp) -> Result<(), Error> {
        let key = pointer_key(&unmailed.connection, &unmailed.failure).item();
        let request = self.client.update_item().table_name(&self.table).set_key(Some(key));
        let request = request.update_expression("SET announced_ms = :now").condition_expression("attribute_exists(pk)");
        conditional("write announced", request.expression_attribute_values(":now", millis(now))).await.map(|_| ())
    }

    /// Writes down that a failure's mail went out.
    ///
    /// # Errors
    /// Where the table fails; then its mail will go out once more.
    pub async fn mailed(&self, connection: &str, id: &str, now: Timestamp) -> Result<(), Error> {
        let items = self.mailing(connection, id, now).to_vec();
        match self.client.transact_write_items().set_transact_items(Some(items)).send().await {
            Ok(_) => Ok(()),
            // it has expired meanwhile: only its pointer may be left
            Err(error) if error.as_service_error().is_some_and(first_condition_failed) => {
                let request = self.client.delete_item().table_name(&self.table);
                let request = request.set_key(Some(pointer_key(connection, id).item()));
                request.send().await.map(|_| ()).map_err(|error| Error::of(OPERATION, error))
            }
            Err(error) => Err(Error::of(OPERATION, error)),
        }
    }

    /// The same for many, in chunks; each is harmless to repeat.
    ///
    /// # Errors
    /// Where the table fails; some of them may be written then.
    pub async fn all_mailed(&self, told: &[Unmailed], now: Timestamp) -> Result<(), Error> {
        for chunk in told.chunks(AT_ONCE) {
            let items = chunk.iter().flat_map(|it| self.mailing(&it.connection, &it.failure, now)).collect();
            if self.client.transact_write_items().set_transact_items(Some(items)).send().await.is_ok() {
                continue;
            }
            // one that has expired, or that somebody else writes just now, must not keep the others unwritten
            for unmailed in chunk {
                self.mailed(&unmailed.connection, &unmailed.failure, now).await?;
            }
        }
        Ok(())
    }

    fn mailing(&self, connection: &str, id: &str, now: Timestamp) -> [TransactWriteItem; 2] {
        let update = Update::builder()
            .table_name(&self.table)
            .set_key(Some(key(connection, id).item()))
            .update_expression("SET mailed_ms = :now")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":now", millis(now));
        let delete = Delete::builder().table_name(&self.table).set_key(Some(pointer_key(connection, id).item()));
        [
            TransactWriteItem::builder().set_update(update.build().ok()).build(),
            TransactWriteItem::builder().set_delete(delete.build().ok()).build(),
        ]
    }
}
