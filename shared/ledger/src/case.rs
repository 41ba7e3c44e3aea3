//! Cases: failures with what was done about them. That stands beside the failure, in attributes which those who store
//! and mail failures neither write nor read.

use aws_sdk_dynamodb::types::{AttributeValue, Delete, TransactWriteItem, Update};
use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use serde::Deserialize;

use crate::failure::{first_condition_failed, key, partition};
use crate::table::{Item, millis, number, read, text};
use crate::unmailed::pointer_key;
use crate::{Error, Failure, Ledger};

/// The connection under which failures stand whose message could not be read.
pub const UNREADABLE: &str = "(unreadable)";

/// A failure with what was done about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The failure.
    pub failure: Failure,
    /// What was done about it.
    pub handling: Handling,
}

/// What was done about a failure.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Handling {
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
    /// The generation that the last replay put into the queue.
    #[serde(default)]
    pub generation: Option<u32>,
    /// When it was set aside.
    #[serde(rename = "discarded_ms", with = "millisecond::optional", default)]
    pub discarded: Option<Timestamp>,
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
    /// Somebody set it aside.
    Discarded,
}

impl State {
    pub(crate) fn attribute(self) -> AttributeValue {
        text(match self {
            Self::Open => "open",
            Self::Replaying => "replaying",
            Self::Replayed => "replayed",
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
    pub async fn failures(&self, connection: Option<&str>) -> Result<Vec<Case>, Error> {
        let mut cases = Vec::new();
        match connection {
            Some(connection) => cases.extend(self.failures_of(connection).await?),
            None => {
                for connection in self.connections().await? {
                    cases.extend(self.failures_of(&connection.name).await?);
                }
                cases.extend(self.failures_of(UNREADABLE).await?);
            }
        }
        cases.sort_by(|a, b| b.failure.failed.cmp(&a.failure.failed).then_with(|| a.failure.id.cmp(&b.failure.id)));
        Ok(cases)
    }

    async fn failures_of(&self, connection: &str) -> Result<Vec<Case>, Error> {
        const OPERATION: &str = "list failures";
        const SHOWN: [&str; 15] = [
            "sk",
            "connection",
            "flow",
            "cause",
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
            "discarded_ms",
        ];
        let request = self.client.query().table_name(&self.table).consistent_read(true);
        let request = request.key_condition_expression("pk = :pk");
        let request = request.expression_attribute_values(":pk", text(partition(connection)));
        let request = request.projection_expression(SHOWN.map(|name| format!("#{name}")).join(", "));
        // some of the names are reserved words
        let names = SHOWN.map(|name| (format!("#{name}"), name.to_owned())).into();
        let pages = request.set_expression_attribute_names(Some(names)).into_paginator().items().send();
        let items: Vec<Item> = pages.collect::<Result<_, _>>().await.map_err(|error| Error::of(OPERATION, error))?;
        items.into_iter().map(|item| Case::read(OPERATION, item)).collect()
    }

    /// The failure with this id, its message included, with what was done about it.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn case(&self, connection: &str, id: &str) -> Result<Option<Case>, Error> {
        const OPERATION: &str = "read failure";
        let key = Some(key(connection, id).item());
        let request = self.client.get_item().table_name(&self.table).set_key(key).consistent_read(true);
        let answer = request.send().await.map_err(|error| Error::of(OPERATION, error))?;
        answer.item.map(|item| Case::read(OPERATION, item)).transpose()
    }

    /// Sets aside a failure that still stands as `case` was read; its mail does not go out any more. It is kept until it
    /// expires. `false`: somebody else did something about it meanwhile.
    ///
    /// # Errors
    /// Where the table fails; then nothing was written.
    pub async fn discard(&self, case: &Case, now: Timestamp) -> Result<bool, Error> {
        let Failure { connection, id, .. } = &case.failure;
        let update = Update::builder()
            .table_name(&self.table)
            .set_key(Some(key(connection, id).item()))
            .update_expression("SET #state = :discarded, discarded_ms = :now")
            .condition_expression(case.unchanged())
            .expression_attribute_names("#state", "state")
            .set_expression_attribute_values(Some(case.seen()))
            .expression_attribute_values(":discarded", State::Discarded.attribute())
            .expression_attribute_values(":now", millis(now));
        let delete = Delete::builder().table_name(&self.table).set_key(Some(pointer_key(connection, id).item()));
        let items = [
            TransactWriteItem::builder().set_update(update.build().ok()).build(),
            TransactWriteItem::builder().set_delete(delete.build().ok()).build(),
        ];
        match self.client.transact_write_items().set_transact_items(Some(items.into())).send().await {
            Ok(_) => Ok(true),
            Err(error) if error.as_service_error().is_some_and(first_condition_failed) => Ok(false),
            Err(error) => Err(Error::of("discard failure", error)),
        }
    }
}

impl Case {
    fn read(operation: &'static str, item: Item) -> Result<Self, Error> {
        let handling = read(operation, item.clone())?;
        Ok(Self { failure: read(operation, item)?, handling })
    }

    /// The condition that nothing was done about the failure since this was read: each claim counts, and each other
    /// change shows in the state.
    pub(crate) fn unchanged(&self) -> &'static str {
        match (self.handling.state, self.handling.replays) {
            (State::Open, 0) => "attribute_exists(pk) AND attribute_not_exists(#state)",
            (_, 0) => "#state = :seen AND attribute_not_exists(replays)",
            (_, _) => "#state = :seen AND replays = :replays",
        }
    }

    /// The values of that condition.
    pub(crate) fn seen(&self) -> Item {
        let state = (":seen", self.handling.state.attribute());
        let replays = (":replays", number(self.handling.replays));
        let values = match (self.handling.state, self.handling.replays) {
            (State::Open, 0) => Vec::new(),
            (_, 0) => vec![state],
            (_, _) => vec![state, replays],
        };
        values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}
