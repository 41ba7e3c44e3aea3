//! Objects that something blocks (a mapping, a user, a refusal, a person's confirmation), with the failures that tell of
//! it. Those that something outside of them may end are woken by every sweep.
//!
//! Beside each object stands an item for every failure that tells of it, so that whether a failure still tells of anything
//! is one short query. When it tells of nothing any more, the failure is resolved.

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::subject::Subject;
use crate::table::{Item, Key, Ledger, Listing, VERSION, number, text};
use crate::transaction::{delete, delete_write, put, put_write, transact};

const OPERATION: &str = "write pending";

/// An object that something blocks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// The object.
    #[serde(rename = "sk")]
    pub subject: Subject,
    /// The failures that tell of it. Items of an earlier version do not say it.
    #[serde(default)]
    pub failures: Vec<Told>,
    /// What wakes the object.
    #[serde(default)]
    pub woken_by: WokenBy,
}

/// A failure that tells of an object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// The cause and the thing it names: the failure's key.
    pub key: String,
    /// The failure's id.
    pub failure: String,
}

/// What wakes an object that something blocks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WokenBy {
    /// Every sweep.
    #[default]
    Sweeps,
    /// An edit, or a person's retry.
    Edit,
}

fn key(connection: &str, subject: &Subject) -> Key {
    Key::new(partition(connection), subject.to_string())
}

fn partition(connection: &str) -> String {
    format!("pending#{connection}")
}

fn told_partition(connection: &str, failure: &str) -> String {
    format!("told#{connection}#{failure}")
}

impl Ledger {
    /// What blocks an object.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn pending_of(&self, connection: &str, subject: &Subject) -> Result<Option<Pending>, Error> {
        self.get("read pending", key(connection, subject)).await
    }

    /// Writes down what blocks an object in the place of what did `before`. Failures that tell of nothing any more are
    /// resolved.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn put_pending(
        &self,
        connection: &str,
        pending: &Pending,
        before: &[Told],
        now: Timestamp,
    ) -> Result<(), Error> {
        let subject = &pending.subject;
        let item = key(connection, subject).with(OPERATION, pending)?;
        let mut writes = vec![put_write(OPERATION, put(self, item))?];
        for told in pending.failures.iter().filter(|told| !before.contains(told)) {
            writes.push(put_write(OPERATION, put(self, told_item(connection, told, subject)))?);
        }
        let dropped: Vec<&Told> = before.iter().filter(|told| !pending.failures.contains(told)).collect();
        for told in &dropped {
            writes.push(self.not_told(connection, told, subject)?);
        }
        transact(self, OPERATION, writes).await?;
        self.resolve_untold(connection, &dropped, now).await
    }

    /// Nothing blocks the object any more; failures that told of it alone are resolved. Removing what is not pending is
    /// harmless.
    ///
    /// # Errors
    /// Where the table fails; then the next sweep wakes the object once for nothing.
    pub async fn remove_pending(&self, connection: &str, subject: &Subject, now: Timestamp) -> Result<(), Error> {
        const OPERATION: &str = "remove pending";
        let Some(pending) = self.pending_of(connection, subject).await? else { return Ok(()) };
        let told: Vec<&Told> = pending.failures.iter().collect();
        // before the object's own item, which says what is still to be resolved
        for told in &told {
            let key = Key::new(told_partition(connection, &told.failure), subject.to_string()).item();
            let request = self.client.delete_item().table_name(&self.table).set_key(Some(key));
            request.send().await.map_err(|error| Error::of(OPERATION, error))?;
        }
        self.resolve_untold(connection, &told, now).await?;
        let request = self.client.delete_item().table_name(&self.table);
        let request = request.set_key(Some(key(connection, subject).item()));
        request.send().await.map(|_| ()).map_err(|error| Error::of(OPERATION, error))
    }

    /// The objects that every sweep wakes.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn pending(&self, connection: &str) -> Result<Listing<Subject>, Error> {
        let all: Listing<Pending> = self.listing("list pending", &partition(connection)).await?;
        let woken = all.items.into_iter().filter(|pending| pending.woken_by == WokenBy::Sweeps);
        Ok(Listing { items: woken.map(|pending| pending.subject).collect(), unreadable: all.unreadable })
    }

    /// All objects that something blocks, with the failures that tell of each.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn blocked(&self, connection: &str) -> Result<Listing<Pending>, Error> {
        self.listing("list blocked", &partition(connection)).await
    }

    async fn resolve_untold(&self, connection: &str, dropped: &[&Told], now: Timestamp) -> Result<(), Error> {
        for told in dropped {
            if !self.tells_of_something(connection, &told.failure).await? {
                self.resolve_failure(connection, &told.key, &told.failure, now).await?;
            }
        }
        Ok(())
    }

    /// Whether a failure tells of an object.
    async fn tells_of_something(&self, connection: &str, failure: &str) -> Result<bool, Error> {
        let request = self.client.query().table_name(&self.table).key_condition_expression("pk = :pk");
        let request = request.expression_attribute_values(":pk", text(told_partition(connection, failure)));
        let answer = request.consistent_read(true).limit(1).send().await;
        let answer = answer.map_err(|error| Error::of("list what a failure tells of", error))?;
        Ok(answer.count > 0)
    }

    fn not_told(&self, connection: &str, told: &Told, subject: &Subject) -> Result<TransactWriteItem, Error> {
        let key = Key::new(told_partition(connection, &told.failure), subject.to_string());
        delete_write(OPERATION, delete(self, key))
    }
}

fn told_item(connection: &str, told: &Told, subject: &Subject) -> Item {
    let mut item = Key::new(told_partition(connection, &told.failure), subject.to_string()).item();
    item.insert("v".to_owned(), number(VERSION));
    item
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Written by an earlier version, which knew nothing but the subject.
    #[test]
    fn a_pending_object_of_an_earlier_version_is_read() {
        let read: Pending = serde_json::from_str(r#"{"pk":"pending#a","sk":"thing/7","v":1}"#).unwrap();
        let subject = "thing/7".parse().unwrap();
        assert_eq!(read, Pending { subject, failures: Vec::new(), woken_by: WokenBy::Sweeps });
    }
}
