//! Links: what the target holds for an object of the source. Business data, kept without an end; for flows that follow a
//! state, the link is what makes a repeat harmless.
//!
//! Each write names the revision that the link was read at, so that a worker that was overtaken writes nothing. The flow's
//! own part stands in `state`; beside the state stands the [`LinkSummary`], the little that a sweep needs of every link.
//!
//! A target's id that a link holds can be *claimed*: an item of its own, written in the link's transaction, says whose the
//! id is. Two subjects never hold one target object.

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{
    AttributeValue, CancellationReason, KeysAndAttributes, ReturnValuesOnConditionCheckFailure,
};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::fmt::serde::timestamp::millisecond;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::fingerprint::Fingerprint;
use crate::subject::Subject;
use crate::table::{Item, Key, Ledger, Listing, number, read, text};
use crate::transaction::{self, Transaction};

/// The links that one query reads. A link is below 2 KB, and a query reads 1 MB at most.
const PAGE: i32 = 500;
/// How many keys one batch may name (docs.aws.amazon.com: `BatchGetItem`).
const MOST_KEYS: usize = 100;
/// The attributes of a summary.
const SUMMARY: &str = "pk, sk, seen_ms, version, taken_ms, judged, last_day, due_ms, entered, missing_ms";

/// The link of one object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link<T> {
    /// Grows with each write; 0 before the first.
    pub rev: u64,
    /// Who wrote the link last: AWS's client may send one write twice, and then finds its own.
    pub(crate) by: String,
    /// What a sweep sees of the link.
    pub summary: LinkSummary,
    /// What the flow keeps.
    pub state: T,
}

/// What a sweep needs to know of a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkSummary {
    /// The object of the source.
    #[serde(rename = "sk")]
    pub subject: Subject,
    /// Which version of the object was processed. `None`: none yet.
    #[serde(rename = "version", default)]
    pub fingerprint: Option<Fingerprint>,
    /// When the attempt began that was the first to see that version, in milliseconds. `None`: none yet, or not kept.
    #[serde(rename = "taken_ms", with = "millisecond::optional", default)]
    pub taken: Option<Timestamp>,
    /// The source's own time of that version, in milliseconds. `None`: none yet, or the source tells no time.
    #[serde(rename = "seen_ms", with = "millisecond::optional", default)]
    pub seen: Option<Timestamp>,
    /// The revision of the connection's settings by which the version was processed.
    #[serde(rename = "judged")]
    pub settings_revision: u64,
    /// From when on the object is due for a look although it has not changed.
    #[serde(rename = "due_ms", with = "millisecond::optional", default)]
    pub due: Option<Timestamp>,
    /// The day by which sweeps assign the object to a window. `None`: to the last window, which has no end.
    #[serde(rename = "last_day", default)]
    pub window: Option<Date>,
    /// Whether the target holds something for the object.
    #[serde(rename = "entered")]
    pub holds: bool,
    /// Since when the source's lists have not shown the object.
    #[serde(rename = "missing_ms", with = "millisecond::optional", default)]
    pub missing_since: Option<Timestamp>,
}

impl LinkSummary {
    /// The summary of an object of which nothing was processed yet.
    #[must_use]
    pub fn unseen(subject: Subject) -> Self {
        Self {
            subject,
            fingerprint: None,
            taken: None,
            seen: None,
            settings_revision: 0,
            due: None,
            window: None,
            holds: false,
            missing_since: None,
        }
    }
}

/// Where a reading of all links goes on.
#[derive(Debug, Clone)]
pub struct PageToken(Item);

/// How a write of a link ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkWrite {
    /// The link stands as written.
    Done,
    /// Somebody else has written or removed the link meanwhile. Nothing was written.
    Overtaken,
    /// A target's id that was to be claimed belongs to another subject. Nothing was written.
    Claimed {
        /// The target's id.
        target: String,
        /// Whose the id is.
        by: Subject,
    },
}

/// What a write changes of the claims on the target's ids.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClaimChanges {
    /// Ids that belong to the link's subject from now on. Claiming an id again is harmless.
    pub claim: Vec<String>,
    /// Ids that belong to nobody from now on.
    pub release: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct Stored<T> {
    rev: u64,
    by: String,
    state: T,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct StoredClaim {
    pub(crate) subject: Subject,
}

#[derive(Deserialize)]
struct ListedClaim {
    sk: String,
    subject: Subject,
}

fn partition(connection: &str) -> String {
    format!("link#{connection}")
}

pub(crate) fn key(connection: &str, subject: &Subject) -> Key {
    Key::new(partition(connection), subject.to_string())
}

pub(crate) fn claim_key(connection: &str, target: &str) -> Key {
    Key::new(format!("claim#{connection}"), target)
}

impl<T> Link<T> {
    /// A link that is not written yet.
    #[must_use]
    pub fn new(summary: LinkSummary, state: T) -> Self {
        Self { rev: 0, by: String::new(), summary, state }
    }
}

impl Ledger {
    /// The link of an object.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn link<T: DeserializeOwned>(
        &self,
        connection: &str,
        subject: &Subject,
    ) -> Result<Option<Link<T>>, Error> {
        const OPERATION: &str = "read link";
        let key = Some(key(connection, subject).item());
        let request = self.client.get_item().table_name(&self.table).set_key(key).consistent_read(true);
        let answer = request.send().await.map_err(|error| Error::of(OPERATION, error))?;
        answer.item.map(|item| link(OPERATION, item)).transpose()
    }

    /// Writes a link over the revision it was read at, together with the changes of its claims. `by` differs with each
    /// write. On success the link holds its new revision.
    ///
    /// # Errors
    /// Where the table fails; then whether the link was written is open.
    pub async fn put_link<T: Serialize>(
        &self,
        connection: &str,
        link: &mut Link<T>,
        by: String,
        claims: &ClaimChanges,
    ) -> Result<LinkWrite, Error> {
        const OPERATION: &str = "write link";
        let item = item_of(OPERATION, connection, link, &by)?;
        let written = if claims.claim.is_empty() && claims.release.is_empty() {
            self.put_alone(item, link.rev, &by).await?
        } else {
            self.put_with_claims(connection, item, link, &by, claims).await?
        };
        if written == LinkWrite::Done {
            link.rev += 1;
            link.by = by;
        }
        Ok(written)
    }

    async fn put_alone(&self, item: Item, seen: u64, by: &str) -> Result<LinkWrite, Error> {
        let request = self.client.put_item().table_name(&self.table).set_item(Some(item));
        let request = match seen {
            0 => request.condition_expression("attribute_not_exists(pk)"),
            seen => request.condition_expression("rev = :seen").expression_attribute_values(":seen", number(seen)),
        };
        let request = request.return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        let error = match request.send().await {
            Ok(_) => return Ok(LinkWrite::Done),
            Err(error) => error,
        };
        match error.as_service_error() {
            Some(PutItemError::ConditionalCheckFailedException(failed)) => Ok(own_or_overtaken(failed.item(), by)),
            _ => Err(Error::of("write link", error)),
        }
    }

    async fn put_with_claims<T>(
        &self,
        connection: &str,
        item: Item,
        link: &Link<T>,
        by: &str,
        claims: &ClaimChanges,
    ) -> Result<LinkWrite, Error> {
        const OPERATION: &str = "write link with claims";
        let subject = &link.summary.subject;
        let condition = if link.rev == 0 { "attribute_not_exists(pk)" } else { "rev = :seen" };
        let put = transaction::put(self, item)
            .condition_expression(condition)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        let put = match link.rev {
            0 => put,
            seen => put.expression_attribute_values(":seen", number(seen)),
        };
        let mut items = vec![transaction::put_write(OPERATION, put)?];
        for target in &claims.claim {
            let claim = claim_key(connection, target).with(OPERATION, &StoredClaim { subject: subject.clone() })?;
            let put = transaction::put(self, claim)
                .condition_expression("attribute_not_exists(pk) OR subject = :subject")
                .expression_attribute_values(":subject", text(subject.to_string()))
                .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
            items.push(transaction::put_write(OPERATION, put)?);
        }
        for target in &claims.release {
            let delete = transaction::delete(self, claim_key(connection, target))
                .condition_expression("attribute_not_exists(pk) OR subject = :subject")
                .expression_attribute_values(":subject", text(subject.to_string()));
            items.push(transaction::delete_write(OPERATION, delete)?);
        }
        match self.client.transact_write_items().set_transact_items(Some(items)).send().await {
            Ok(_) => Ok(LinkWrite::Done),
            Err(error) => refused_transaction(OPERATION, error, by, claims),
        }
    }

    /// Removes a link as it was read, together with its claims.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn remove_link<T>(
        &self,
        connection: &str,
        link: &Link<T>,
        claims: &[String],
    ) -> Result<LinkWrite, Error> {
        const OPERATION: &str = "remove link";
        let subject = &link.summary.subject;
        let delete = transaction::delete(self, key(connection, subject))
            .condition_expression("attribute_not_exists(pk) OR rev = :seen")
            .expression_attribute_values(":seen", number(link.rev));
        let mut items = vec![transaction::delete_write(OPERATION, delete)?];
        for target in claims {
            let delete = transaction::delete(self, claim_key(connection, target))
                .condition_expression("attribute_not_exists(pk) OR subject = :subject")
                .expression_attribute_values(":subject", text(subject.to_string()));
            items.push(transaction::delete_write(OPERATION, delete)?);
        }
        Ok(match transaction::transact(self, OPERATION, items).await? {
            Transaction::Written => LinkWrite::Done,
            Transaction::Refused => LinkWrite::Overtaken,
        })
    }

    /// Whose a target's id is. `None`: nobody's.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn claimed_by(&self, connection: &str, target: &str) -> Result<Option<Subject>, Error> {
        let claim: Option<StoredClaim> = self.get("read claim", claim_key(connection, target)).await?;
        Ok(claim.map(|claim| claim.subject))
    }

    /// All claims of a connection: the target's ids, and whose each is.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn claims(&self, connection: &str) -> Result<Vec<(String, Subject)>, Error> {
        const OPERATION: &str = "list claims";
        let listed: Vec<ListedClaim> = self.list(OPERATION, &claim_key(connection, "").pk).await?;
        Ok(listed.into_iter().map(|ListedClaim { sk, subject }| (sk, subject)).collect())
    }

    /// A page of the summaries of all links of a connection, and where the next page begins.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn link_summaries(
        &self,
        connection: &str,
        from: Option<PageToken>,
    ) -> Result<(Vec<LinkSummary>, Option<PageToken>), Error> {
        const OPERATION: &str = "list links";
        let request = self.client.query().table_name(&self.table).key_condition_expression("pk = :pk");
        let request = request
            .expression_attribute_values(":pk", text(partition(connection)))
            .projection_expression(SUMMARY)
            .set_exclusive_start_key(from.map(|from| from.0))
            .consistent_read(true)
            .limit(PAGE);
        let answer = request.send().await.map_err(|error| Error::of(OPERATION, error))?;
        // one that cannot be read is logged; its object is new to the sweep, and its pusher tells why
        let listing = Listing::of(OPERATION, answer.items.unwrap_or_default(), |item| read(OPERATION, item));
        Ok((listing.items, answer.last_evaluated_key.map(PageToken)))
    }

    /// The summaries of those of the subjects that have a link, in no order.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn link_summaries_of(&self, connection: &str, subjects: &[Subject]) -> Result<Vec<LinkSummary>, Error> {
        let mut found = Vec::new();
        for chunk in subjects.chunks(MOST_KEYS) {
            let mut keys: Vec<Item> = chunk.iter().map(|subject| key(connection, subject).item()).collect();
            while !keys.is_empty() {
                keys = self.read_batch(keys, &mut found).await?;
            }
        }
        Ok(found)
    }

    /// One batch; the keys that DynamoDB left for another.
    async fn read_batch(&self, keys: Vec<Item>, found: &mut Vec<LinkSummary>) -> Result<Vec<Item>, Error> {
        const OPERATION: &str = "read links";
        let asked = KeysAndAttributes::builder().set_keys(Some(keys)).consistent_read(true);
        let asked =
            asked.projection_expression(SUMMARY).build().map_err(|error| Error::unbuildable(OPERATION, error))?;
        let request = self.client.batch_get_item().request_items(&self.table, asked);
        let answer = request.send().await.map_err(|error| Error::of(OPERATION, error))?;
        let items = answer.responses.unwrap_or_default().into_values().flatten().collect();
        found.extend(Listing::of(OPERATION, items, |item| read(OPERATION, item)).items);
        let left = answer.unprocessed_keys.unwrap_or_default().remove(&self.table);
        Ok(left.map(|left| left.keys).unwrap_or_default())
    }
}

/// A link's item as its next write puts it.
pub(crate) fn item_of<T: Serialize>(
    operation: &'static str,
    connection: &str,
    link: &Link<T>,
    by: &str,
) -> Result<Item, Error> {
    let stored = Stored { rev: link.rev + 1, by: by.to_owned(), state: &link.state };
    let mut item = key(connection, &link.summary.subject).with(operation, &stored)?;
    let summary: Item = serde_dynamo::to_item(&link.summary).map_err(|error| Error::unreadable(operation, error))?;
    item.extend(summary);
    Ok(item)
}

/// The write may be this worker's own, which AWS's client has sent twice.
fn own_or_overtaken(standing: Option<&Item>, by: &str) -> LinkWrite {
    let is_own = standing.is_some_and(|item| item.get("by") == Some(&text(by)));
    if is_own { LinkWrite::Done } else { LinkWrite::Overtaken }
}

/// What a cancelled transaction means. Its first item is the link, the next ones are the claims.
fn refused_transaction(
    operation: &'static str,
    error: SdkError<TransactWriteItemsError>,
    by: &str,
    claims: &ClaimChanges,
) -> Result<LinkWrite, Error> {
    let Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) = error.as_service_error() else {
        return Err(Error::of(operation, error));
    };
    let reasons = cancelled.cancellation_reasons();
    if reasons.first().is_some_and(is_condition) {
        return Ok(own_or_overtaken(reasons.first().and_then(|reason| reason.item()), by));
    }
    let refused = reasons.iter().skip(1).zip(&claims.claim).find(|(reason, _)| is_condition(reason));
    let Some((reason, target)) = refused else { return Err(Error::of(operation, error)) };
    let claim: StoredClaim = read(operation, reason.item.clone().unwrap_or_default())?;
    Ok(LinkWrite::Claimed { target: target.clone(), by: claim.subject })
}

fn is_condition(reason: &CancellationReason) -> bool {
    reason.code() == Some("ConditionalCheckFailed")
}

/// The summary's attributes stand beside the state's in one item.
fn link<T: DeserializeOwned>(operation: &'static str, item: Item) -> Result<Link<T>, Error> {
    let summary = read(operation, summary_of(&item))?;
    let Stored { rev, by, state } = read(operation, item)?;
    Ok(Link { rev, by, summary, state })
}

fn summary_of(item: &Item) -> Item {
    let belongs = |(name, _): &(&String, &AttributeValue)| SUMMARY.split(", ").any(|attribute| attribute == *name);
    item.iter().filter(belongs).map(|(name, value)| (name.clone(), value.clone())).collect()
}
