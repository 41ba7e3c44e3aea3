//! The removal of a connection: the connection itself, and what the table remembers of its objects.
//!
//! Failures, receipts and what runs of sweeps have noted stay until they expire. A small item says for as long as queues
//! keep messages that the connection was removed, so that what still waits in them is not taken for a mistyped name.

use std::time::Duration;

use aws_sdk_dynamodb::types::{AttributeValue, DeleteRequest, WriteRequest};
use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use serde::{Deserialize, Serialize};

use crate::connection::Connection;
use crate::error::Error;
use crate::pending::Pending;
use crate::table::{Item, Key, Ledger, connection_key, days, expiry, number, read};
use crate::transaction::{Transaction, delete, delete_write, put, put_write, transact};

const OPERATION: &str = "remove connection";
/// A day longer than queues keep messages.
const REMEMBERED: Duration = days(15);
/// How many items one batch may delete (docs.aws.amazon.com: `BatchWriteItem`).
const BATCH: usize = 25;
/// How often what a batch leaves undone is tried again.
const TRIES: u32 = 20;

/// A connection that was removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// The flow that it was an instance of.
    pub flow: String,
    /// When.
    #[serde(rename = "removed_ms", with = "millisecond::required")]
    pub at: Timestamp,
}

/// What the table remembers of a connection's objects.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Remains {
    /// Links.
    pub links: usize,
    /// Objects of the target that links have claimed.
    pub claims: usize,
    /// Objects that something blocks.
    pub pending: usize,
}

impl Remains {
    /// Whether there is nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

fn removed_key(name: &str) -> Key {
    Key::new("removed", name)
}

impl Ledger {
    /// Removes a connection, unless somebody else has applied it since it was read. Whether it was.
    ///
    /// # Errors
    /// Where the table fails; then it was not removed.
    pub async fn remove_connection(&self, connection: &Connection, now: Timestamp) -> Result<bool, Error> {
        let gone = delete(self, connection_key(&connection.name))
            .condition_expression("revision = :seen")
            .expression_attribute_values(":seen", number(connection.revision));
        let removed = Removed { flow: connection.flow.clone(), at: now };
        let mut item = removed_key(&connection.name).with(OPERATION, &removed)?;
        item.insert("expires_at".to_owned(), expiry(now, REMEMBERED));
        let writes = vec![delete_write(OPERATION, gone)?, put_write(OPERATION, put(self, item))?];
        Ok(transact(self, OPERATION, writes).await? == Transaction::Written)
    }

    /// The removal of the connection that last had this name.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn removed(&self, name: &str) -> Result<Option<Removed>, Error> {
        self.get("read removed connection", removed_key(name)).await
    }

    /// What the table remembers of a connection's objects.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn remains(&self, connection: &str) -> Result<Remains, Error> {
        const OPERATION: &str = "count what remains";
        Ok(Remains {
            links: self.items(OPERATION, &format!("link#{connection}")).await?.len(),
            claims: self.items(OPERATION, &format!("claim#{connection}")).await?.len(),
            pending: self.items(OPERATION, &format!("pending#{connection}")).await?.len(),
        })
    }

    /// Forgets a connection's objects: links, claims, what blocks them, and how far changes were read. Repeating it is
    /// harmless. What was forgotten.
    ///
    /// # Errors
    /// Where the table fails; then a repetition goes on.
    pub async fn forget_objects(&self, connection: &str) -> Result<Remains, Error> {
        // first, for it says which items tell of failures
        let blocked = self.items(OPERATION, &format!("pending#{connection}")).await?;
        for item in &blocked {
            // one that cannot be read goes all the same; what it told of expires
            let Ok(pending) = read::<Pending>(OPERATION, item.clone()) else { continue };
            for told in &pending.failures {
                self.forget_partition(&format!("told#{connection}#{}", told.failure)).await?;
            }
        }
        let pending = self.forget_partition(&format!("pending#{connection}")).await?;
        self.forget_partition(&format!("open#{connection}")).await?;
        self.forget_partition(&format!("cursor#{connection}")).await?;
        self.forget_partition(&format!("waiting#{connection}")).await?;
        self.forget_partition(&format!("decision#{connection}")).await?;
        let claims = self.forget_partition(&format!("claim#{connection}")).await?;
        let links = self.forget_partition(&format!("link#{connection}")).await?;
        Ok(Remains { links, claims, pending })
    }

    /// Deletes all items of a partition. How many.
    async fn forget_partition(&self, pk: &str) -> Result<usize, Error> {
        let items = self.items(OPERATION, pk).await?;
        for batch in items.chunks(BATCH) {
            let deletes = batch.iter().map(deletion).collect::<Result<Vec<_>, _>>()?;
            self.delete_batch(deletes).await?;
        }
        Ok(items.len())
    }

    async fn delete_batch(&self, mut deletes: Vec<WriteRequest>) -> Result<(), Error> {
        for _ in 0..TRIES {
            let request = self.client.batch_write_item().request_items(&self.table, deletes);
            let answer = request.send().await.map_err(|error| Error::of(OPERATION, error))?;
            deletes = answer.unprocessed_items.unwrap_or_default().remove(&self.table).unwrap_or_default();
            if deletes.is_empty() {
                return Ok(());
            }
        }
        Err(Error::contended(OPERATION))
    }
}

fn deletion(item: &Item) -> Result<WriteRequest, Error> {
    let part = |name: &str| item.get(name).cloned().unwrap_or(AttributeValue::Null(true));
    let request = DeleteRequest::builder().key("pk", part("pk")).key("sk", part("sk")).build();
    let request = request.map_err(|error| Error::unbuildable(OPERATION, error))?;
    Ok(WriteRequest::builder().delete_request(request).build())
}
