//! Failure records: failures with what operators did about them. That stands beside the failure, in attributes which
//! those who store and mail failures neither write nor read.

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use serde::Deserialize;

use crate::error::Error;
use crate::failure::{Failure, key, partition};
use crate::outbox::outbox_key;
use crate::table::{Item, Ledger, Listing, millis, number, read, text};
use crate::transaction::{Transaction, delete, delete_write, transact, update, update_write};

/// The connection under which failures stand whose message could not be read.
pub const UNREADABLE: &str = "(unreadable)";

/// A failure with what was done about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailureRecord {
    /// The failure.
    pub failure: Failure,
    /// What was done about it.
    pub triage: Triage,
}

/// What was done about a failure.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Triage {
    /// Where it stands.
    #[serde(default)]
    pub state: State,
    /// How many replays were claimed.
    #[serde(default)]
    pub replays: u32,
    /// When the last replay was claimed.
    #[serde(rename = "replayed_ms", with = "millisecond::optional", default)]
    pub replayed: Option<Timestamp>,
    /// Who claimed it: AWS's client may send one write twice, and then finds its own.
    #[serde(default)]
    pub attempt: Option<String>,
    /// The number of the replay whose message was last put into the queue.
    #[serde(rename = "generation", default)]
    pub last_replay: Option<u32>,
    /// When what it names was over.
    #[serde(rename = "resolved_ms", with = "millisecond::optional", default)]
    pub resolved: Option<Timestamp>,
    /// When it was set aside.
    #[serde(rename = "discarded_ms", with = "millisecond::optional", default)]
    pub discarded: Option<Timestamp>,
    /// When its message was last mended; as it came, it is kept beside.
    #[serde(rename = "edited_ms", with = "millisecond::optional", default)]
    pub edited: Option<Timestamp>,
}

/// Where a failure stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Nobody did anything about it.
    #[default]
    Open,
    /// A replay is claimed; whether its message is in the queue is not known.
    Replaying,
    /// The message of a replay is in the queue, or was.
    Replayed,
    /// Nothing is blocked by what it names any more.
    Resolved,
    /// Somebody set it aside.
    Discarded,
}

/// What became of a change to a failure's triage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Triaged {
    /// It is written.
    Written,
    /// Somebody else did something about the failure meanwhile, or it has expired: nothing was written.
    Overtaken,
}

impl State {
    pub(crate) fn attribute(self) -> AttributeValue {
        text(match self {
            Self::Open => "open",
            Self::Replaying => "replaying",
            Self::Replayed => "replayed",
            Self::Resolved => "resolved",
            Self::Discarded => "discarded",
        })
    }
}

impl Ledger {
    /// The failures of one connection, or of all and of unreadable messages; the newest first. Their messages, which are
    /// personal data, are left out: `message` is `None` for each.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn failures(&self, connection: Option<&str>) -> Result<Listing<FailureRecord>, Error> {
        let mut all = Listing { items: Vec::new(), unreadable: Vec::new() };
        match connection {
            Some(connection) => all.extend(list(self, connection).await?),
            None => {
                let connections = self.connections().await?;
                for connection in connections.items {
                    all.extend(list(self, &connection.name).await?);
                }
                all.unreadable.extend(connections.unreadable);
                all.extend(list(self, UNREADABLE).await?);
            }
        }
        all.items.sort_by(|a, b| b.failure.failed.cmp(&a.failure.failed).then_with(|| a.failure.id.cmp(&b.failure.id)));
        Ok(all)
    }

    /// The failure with this id, its message included, with what was done about it.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn failure_record(&self, connection: &str, id: &str) -> Result<Option<FailureRecord>, Error> {
        const OPERATION: &str = "read failure";
        let key = Some(key(connection, id).item());
        let request = self.client.get_item().table_name(&self.table).set_key(key).consistent_read(true);
        let answer = request.send().await.map_err(|error| Error::of(OPERATION, error))?;
        answer.item.map(|item| FailureRecord::read(OPERATION, item)).transpose()
    }

    /// Sets aside a failure that still stands as `record` was read; its mail does not go out any more. It is kept until it
    /// expires. What comes after with the same cause is another failure.
    ///
    /// # Errors
    /// Where the table fails; then nothing was written.
    pub async fn discard(&self, record: &FailureRecord, now: Timestamp) -> Result<Triaged, Error> {
        const OPERATION: &str = "discard failure";
        let Failure { connection, id, key: cause, .. } = &record.failure;
        if let Some(cause) = cause {
            // first: a failure that nobody is told of must not gather what comes after
            self.close_cause(connection, cause, id).await?;
        }
        let discarded = update(self, key(connection, id))
            .update_expression("SET #state = :discarded, discarded_ms = :now")
            .condition_expression(record.unchanged())
            .expression_attribute_names("#state", "state")
            .set_expression_attribute_values(Some(record.seen()))
            .expression_attribute_values(":discarded", State::Discarded.attribute())
            .expression_attribute_values(":now", millis(now));
        let not_mailed = delete(self, outbox_key(connection, id));
        let writes = vec![update_write(OPERATION, discarded)?, delete_write(OPERATION, not_mailed)?];
        Ok(match transact(self, OPERATION, writes).await? {
            Transaction::Written => Triaged::Written,
            Transaction::Refused => Triaged::Overtaken,
        })
    }
}

impl FailureRecord {
    fn read(operation: &'static str, item: Item) -> Result<Self, Error> {
        let triage = read(operation, item.clone())?;
        let failure = read(operation, item)?;
        Ok(Self { failure, triage })
    }

    /// The condition that nothing was done about the failure since this was read: each claim counts, and each other
    /// change shows in the state.
    pub(crate) fn unchanged(&self) -> &'static str {
        match (self.triage.state, self.triage.replays) {
            (State::Open, 0) => "attribute_exists(pk) AND attribute_not_exists(#state)",
            (_, 0) => "#state = :seen AND attribute_not_exists(replays)",
            (_, _) => "#state = :seen AND replays = :replays",
        }
    }

    /// The values of that condition.
    pub(crate) fn seen(&self) -> Item {
        let state = (":seen", self.triage.state.attribute());
        let replays = (":replays", number(self.triage.replays));
        let values = match (self.triage.state, self.triage.replays) {
            (State::Open, 0) => Vec::new(),
            (_, 0) => vec![state],
            (_, _) => vec![state, replays],
        };
        values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

/// The failures of one connection, without their messages.
async fn list(ledger: &Ledger, connection: &str) -> Result<Listing<FailureRecord>, Error> {
    const OPERATION: &str = "list failures";
    const SHOWN: [&str; 21] = [
        "pk",
        "sk",
        "connection",
        "flow",
        "cause",
        "key",
        "code",
        "thread",
        "ids",
        "reasons",
        "advice",
        "failed_ms",
        "mailed_ms",
        "state",
        "replays",
        "replayed_ms",
        "attempt",
        "generation",
        "resolved_ms",
        "discarded_ms",
        "edited_ms",
    ];
    let request = ledger.client.query().table_name(&ledger.table).consistent_read(true);
    let request = request.key_condition_expression("pk = :pk");
    let request = request.expression_attribute_values(":pk", text(partition(connection)));
    let request = request.projection_expression(SHOWN.map(|name| format!("#{name}")).join(", "));
    // some of the names are reserved words
    let names = SHOWN.map(|name| (format!("#{name}"), name.to_owned())).into();
    let pages = request.set_expression_attribute_names(Some(names)).into_paginator().items().send();
    let items: Vec<Item> = pages.collect::<Result<_, _>>().await.map_err(|error| Error::of(OPERATION, error))?;
    Ok(Listing::of(OPERATION, items, |item| FailureRecord::read(OPERATION, item)))
}
