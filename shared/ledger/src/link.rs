//! Links: what the target holds for an object of the source. Business data, kept without an end; for flows that follow a
//! state, the link is what makes a repeat harmless.
//!
//! Each write names the revision that it was read at, so that a worker which was overtaken writes nothing. What the flow
//! itself keeps stands in `state`; beside it stands the glance, the little that a sweep needs of every link.

use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::types::{AttributeValue, KeysAndAttributes, ReturnValuesOnConditionCheckFailure};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::fmt::serde::timestamp::millisecond;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::table::{Item, Key, number, read, text};
use crate::{Error, Ledger};

/// The links that one query reads: bounds what a sweep holds in memory.
const PAGE: i32 = 500;
/// How many keys one batch may name (docs.aws.amazon.com: `BatchGetItem`).
const MOST_KEYS: usize = 100;
const GLANCED: &str = "sk, seen_ms, version, judged, last_day, due, entered";

/// The link of one object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link<T> {
    /// Grows with each write; 0 before the first.
    pub rev: u64,
    /// Who wrote it last: AWS's client may send one write twice, and then finds its own.
    by: String,
    /// What a sweep sees of it.
    pub glance: Glance,
    /// What the flow keeps.
    pub state: T,
}

/// What a sweep needs to know of a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Glance {
    /// The source's id of the object.
    #[serde(rename = "sk")]
    pub object: String,
    /// The source's own time of the version that was dealt with.
    #[serde(rename = "seen_ms", with = "millisecond::required")]
    pub seen: Timestamp,
    /// A hash of that version, its time included: where only this differs, the source's clock was too coarse.
    pub version: u64,
    /// The revision of the connection by which it was judged.
    pub judged: u64,
    /// The object's last day, by which sweeps divide it up.
    pub last_day: Date,
    /// The day from which the object is due for a look although it has not changed.
    #[serde(default)]
    pub due: Option<Date>,
    /// Whether the target holds something for it.
    pub entered: bool,
}

/// Where a reading of all links goes on.
#[derive(Debug, Clone)]
pub struct From(Item);

#[derive(Serialize, Deserialize)]
struct Stored<T> {
    rev: u64,
    by: String,
    state: T,
}

fn partition(connection: &str) -> String {
    format!("link#{connection}")
}

fn key(connection: &str, object: &str) -> Key {
    Key::new(partition(connection), object)
}

impl<T> Link<T> {
    /// A link that is not written yet.
    #[must_use]
    pub fn new(glance: Glance, state: T) -> Self {
        Self { rev: 0, by: String::new(), glance, state }
    }
}

impl Ledger {
    /// The link of an object.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn link<T: DeserializeOwned>(&self, connection: &str, object: &str) -> Result<Option<Link<T>>, Error> {
        const OPERATION: &str = "read link";
        let key = Some(key(connection, object).item());
        let request = self.client.get_item().table_name(&self.table).set_key(key).consistent_read(true);
        let answer = request.send().await.map_err(|error| Error::of(OPERATION, error))?;
        answer.item.map(|item| link(OPERATION, item)).transpose()
    }

    /// Writes a link over the revision it was read at; `by` differs with each write. `false`: somebody else has written
    /// it meanwhile, and nothing was written. On success the link holds its new revision.
    ///
    /// # Errors
    /// Where the table fails; then whether it was written is open.
    pub async fn put_link<T: Serialize>(
        &self,
        connection: &str,
        link: &mut Link<T>,
        by: String,
    ) -> Result<bool, Error> {
        const OPERATION: &str = "write link";
        let (seen, next) = (link.rev, link.rev + 1);
        let stored = Stored { rev: next, by: by.clone(), state: &link.state };
        let mut item = key(connection, &link.glance.object).with(OPERATION, &stored)?;
        let glance: Item = serde_dynamo::to_item(&link.glance).map_err(|error| Error::unreadable(OPERATION, error))?;
        item.extend(glance);
        let request = self.client.put_item().table_name(&self.table).set_item(Some(item));
        let request = match seen {
            0 => request.condition_expression("attribute_not_exists(pk)"),
            seen => request.condition_expression("rev = :seen").expression_attribute_values(":seen", number(seen)),
        };
        let request = request.return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        let written = match request.send().await {
            Ok(_) => true,
            Err(error) => match error.as_service_error() {
                Some(PutItemError::ConditionalCheckFailedException(failed)) => {
                    failed.item().is_some_and(|item| item.get("by") == Some(&text(&by)))
                }
                _ => return Err(Error::of(OPERATION, error)),
            },
        };
        if written {
            (link.rev, link.by) = (next, by);
        }
        Ok(written)
    }

    /// Removes a link as it was read. `false`: somebody else has written it meanwhile.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn remove_link<T>(&self, connection: &str, link: &Link<T>) -> Result<bool, Error> {
        let request = self.client.delete_item().table_name(&self.table);
        let request = request
            .set_key(Some(key(connection, &link.glance.object).item()))
            .condition_expression("attribute_not_exists(pk) OR rev = :seen")
            .expression_attribute_values(":seen", number(link.rev));
        match request.send().await {
            Ok(_) => Ok(true),
            Err(error)
                if error.as_service_error().is_some_and(|error| error.is_conditional_check_failed_exception()) =>
            {
                Ok(false)
            }
            Err(error) => Err(Error::of("remove link", error)),
        }
    }

    /// A page of the glances of all links of a connection, and where the next begins.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn glances(&self, connection: &str, from: Option<From>) -> Result<(Vec<Glance>, Option<From>), Error> {
        const OPERATION: &str = "list links";
        let request = self.client.query().table_name(&self.table).key_condition_expression("pk = :pk");
        let request = request
            .expression_attribute_values(":pk", text(partition(connection)))
            .projection_expression(GLANCED)
            .set_exclusive_start_key(from.map(|from| from.0))
            .consistent_read(true)
            .limit(PAGE);
        let answer = request.send().await.map_err(|error| Error::of(OPERATION, error))?;
        let items = answer.items.unwrap_or_default().into_iter();
        let glances = items.map(|item| read(OPERATION, item)).collect::<Result<_, _>>()?;
        Ok((glances, answer.last_evaluated_key.map(From)))
    }

    /// The glances of those of the objects that have a link, in no order.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn glances_of(&self, connection: &str, objects: &[String]) -> Result<Vec<Glance>, Error> {
        let mut found = Vec::new();
        for chunk in objects.chunks(MOST_KEYS) {
            let mut keys: Vec<Item> = chunk.iter().map(|object| key(connection, object).item()).collect();
            while !keys.is_empty() {
                keys = self.glance_at(keys, &mut found).await?;
            }
        }
        Ok(found)
    }

    /// One batch; the keys that DynamoDB left for another.
    async fn glance_at(&self, keys: Vec<Item>, found: &mut Vec<Glance>) -> Result<Vec<Item>, Error> {
        const OPERATION: &str = "read links";
        let wanted = KeysAndAttributes::builder().set_keys(Some(keys)).consistent_read(true);
        let wanted = wanted.projection_expression(GLANCED).build().ok();
        let request = self.client.batch_get_item();
        let request = request.set_request_items(wanted.map(|wanted| [(self.table.clone(), wanted)].into()));
        let answer = request.send().await.map_err(|error| Error::of(OPERATION, error))?;
        for item in answer.responses.unwrap_or_default().into_values().flatten() {
            found.push(read(OPERATION, item)?);
        }
        let left = answer.unprocessed_keys.unwrap_or_default().remove(&self.table);
        Ok(left.map(|left| left.keys).unwrap_or_default())
    }
}

/// The glance's attributes stand beside the state's in one item.
fn link<T: DeserializeOwned>(operation: &'static str, item: Item) -> Result<Link<T>, Error> {
    let glance = read(operation, glanced(&item))?;
    let Stored { rev, by, state } = read(operation, item)?;
    Ok(Link { rev, by, glance, state })
}

fn glanced(item: &Item) -> Item {
    let wanted = |(name, _): &(&String, &AttributeValue)| GLANCED.split(", ").any(|glanced| glanced == *name);
    item.iter().filter(wanted).map(|(name, value)| (name.clone(), value.clone())).collect()
}
