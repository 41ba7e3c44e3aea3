//! The table and the few forms of access that the subjects share.

use std::collections::HashMap;
use std::time::Duration;

use aws_config::SdkConfig;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::calls::Calls;
use crate::error::Error;

pub(crate) type Item = HashMap<String, AttributeValue>;

/// The version of every shape the ledger writes today.
pub(crate) const VERSION: u8 = 1;

/// The partition of all connections.
pub(crate) const CONNECTIONS: &str = "connection";

/// The table. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Ledger {
    pub(crate) client: Client,
    pub(crate) table: String,
    /// How long failures are kept.
    pub(crate) failures_kept: Duration,
}

impl Ledger {
    /// The table named `table`, whose requests are counted in `calls`.
    #[must_use]
    pub fn new(config: &SdkConfig, table: impl Into<String>, calls: Calls) -> Self {
        let config = aws_sdk_dynamodb::config::Builder::from(config).interceptor(calls).build();
        Self { client: Client::from_conf(config), table: table.into(), failures_kept: days(30) }
    }

    /// The same, where failures that are stored from now on are kept for so long, instead of 30 days.
    #[must_use]
    pub fn keeping_failures(self, kept: Duration) -> Self {
        Self { failures_kept: kept, ..self }
    }

    /// One item, read consistently.
    pub(crate) async fn get<T: DeserializeOwned>(&self, operation: &'static str, key: Key) -> Result<Option<T>, Error> {
        let request = self.client.get_item().table_name(&self.table).set_key(Some(key.item())).consistent_read(true);
        let answer = request.send().await.map_err(|error| Error::of(operation, error))?;
        answer.item.map(|item| read(operation, item)).transpose()
    }

    /// All items of a partition, in the order of their sort keys.
    pub(crate) async fn list<T: DeserializeOwned>(&self, operation: &'static str, pk: &str) -> Result<Vec<T>, Error> {
        let mut found = Vec::new();
        self.each(operation, pk, |item| {
            found.push(read(operation, item)?);
            Ok(())
        })
        .await?;
        Ok(found)
    }

    /// What of a partition can be read, in the order of the sort keys. One item that cannot be read stops nothing but
    /// itself: it is logged, and its key is told.
    pub(crate) async fn listing<T: DeserializeOwned>(
        &self,
        operation: &'static str,
        pk: &str,
    ) -> Result<Listing<T>, Error> {
        let items = self.items(operation, pk).await?;
        Ok(Listing::of(operation, items, |item| read(operation, item)))
    }

    /// The same as they are stored.
    pub(crate) async fn items(&self, operation: &'static str, pk: &str) -> Result<Vec<Item>, Error> {
        let mut found = Vec::new();
        self.each(operation, pk, |item| {
            found.push(item);
            Ok(())
        })
        .await?;
        Ok(found)
    }

    /// Hands each item of a partition to `take`, page by page: an item as it is stored takes ten times what is made of it.
    async fn each(
        &self,
        operation: &'static str,
        pk: &str,
        mut take: impl FnMut(Item) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut from = None;
        loop {
            let request = self.client.query().table_name(&self.table).key_condition_expression("pk = :pk");
            let request = request.expression_attribute_values(":pk", text(pk)).set_exclusive_start_key(from);
            let page = request.consistent_read(true).send().await.map_err(|error| Error::of(operation, error))?;
            page.items.unwrap_or_default().into_iter().try_for_each(&mut take)?;
            from = page.last_evaluated_key;
            if from.is_none() {
                return Ok(());
            }
        }
    }
}

/// What of a list can be read, and the keys of what cannot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing<T> {
    /// What can be read.
    pub items: Vec<T>,
    /// The keys of the items that this version cannot read, as `<partition> <sort key>`: names and ids.
    pub unreadable: Vec<String>,
}

impl<T> Listing<T> {
    /// What `read` makes of items. What it cannot read is logged.
    pub(crate) fn of(operation: &'static str, items: Vec<Item>, read: impl Fn(Item) -> Result<T, Error>) -> Self {
        let mut listing = Self { items: Vec::new(), unreadable: Vec::new() };
        for item in items {
            let key = spelled_key(&item);
            match read(item) {
                Ok(item) => listing.items.push(item),
                Err(error) => {
                    tracing::error!(item = key, operation, %error, "an item of the table cannot be read");
                    listing.unreadable.push(key);
                }
            }
        }
        listing
    }

    /// The same and what another list holds.
    pub(crate) fn extend(&mut self, other: Self) {
        self.items.extend(other.items);
        self.unreadable.extend(other.unreadable);
    }
}

fn spelled_key(item: &Item) -> String {
    let part = |name: &str| item.get(name).and_then(|value| value.as_s().ok()).map_or("?", String::as_str);
    format!("{} {}", part("pk"), part("sk"))
}

/// An item's key.
pub(crate) struct Key {
    pub(crate) pk: String,
    pub(crate) sk: String,
}

impl Key {
    pub(crate) fn new(pk: impl Into<String>, sk: impl Into<String>) -> Self {
        Self { pk: pk.into(), sk: sk.into() }
    }

    pub(crate) fn item(self) -> Item {
        HashMap::from([("pk".to_owned(), text(self.pk)), ("sk".to_owned(), text(self.sk))])
    }

    /// The key with the fields of `content` and the shape's version beside it.
    pub(crate) fn with<T: Serialize>(self, operation: &'static str, content: &T) -> Result<Item, Error> {
        let content: Item = serde_dynamo::to_item(content).map_err(|error| Error::unbuildable(operation, error))?;
        let version = ("v".to_owned(), number(VERSION));
        Ok(self.item().into_iter().chain(content).chain([version]).collect())
    }
}

/// The key of a connection, whose breaker is kept with it.
pub(crate) fn connection_key(name: &str) -> Key {
    Key::new(CONNECTIONS, name)
}

/// Whether the update's condition held.
pub(crate) async fn conditional(operation: &'static str, request: UpdateItemFluentBuilder) -> Result<bool, Error> {
    match request.send().await {
        Ok(_) => Ok(true),
        Err(error) if error.as_service_error().is_some_and(|e| e.is_conditional_check_failed_exception()) => Ok(false),
        Err(error) => Err(Error::of(operation, error)),
    }
}

pub(crate) fn read<T: DeserializeOwned>(operation: &'static str, item: Item) -> Result<T, Error> {
    serde_dynamo::from_item(item).map_err(|error| Error::unreadable(operation, error))
}

/// Reads the item that an answer of DynamoDB was asked to return.
pub(crate) fn read_returned<T: DeserializeOwned>(operation: &'static str, item: Option<Item>) -> Result<T, Error> {
    read(operation, item.ok_or_else(|| Error::incomplete(operation))?)
}

pub(crate) fn text(value: impl Into<String>) -> AttributeValue {
    AttributeValue::S(value.into())
}

pub(crate) fn number(value: impl ToString) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

/// Milliseconds since the epoch.
pub(crate) fn millis(at: Timestamp) -> AttributeValue {
    number(at.as_millisecond())
}

/// Seconds since the epoch at which DynamoDB may delete the item.
pub(crate) fn expiry(now: Timestamp, kept: Duration) -> AttributeValue {
    number(expiry_seconds(now, kept))
}

pub(crate) fn expiry_seconds(now: Timestamp, kept: Duration) -> i64 {
    now.as_second().saturating_add_unsigned(kept.as_secs())
}

pub(crate) const fn days(days: u64) -> Duration {
    Duration::from_secs(days * 24 * 60 * 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_named_and_keeps_nothing_else_from_being_read() {
        let item = |name: &str, number: Option<u8>| {
            let key = Key::new("connection", name).item();
            let value = number.map(|value| ("a".to_owned(), super::number(value)));
            key.into_iter().chain(value).collect::<Item>()
        };
        #[derive(serde::Deserialize)]
        struct Numbered {
            a: u8,
        }
        let items = vec![item("x", Some(1)), item("y", None), item("z", Some(3))];
        let listing = Listing::of("list", items, |item| read::<Numbered>("list", item));
        assert_eq!(listing.items.iter().map(|it| it.a).collect::<Vec<_>>(), [1, 3]);
        assert_eq!(listing.unreadable, ["connection y"]);
    }
}
