//! Storms: many failures of one cause become a few mails and a summary from time to time.
//!
//! A storm has a window at a time, an item that says which failures got a mail of their own in it. Once those are
//! enough, later failures are folded: their pointers name storm and window and stay until a summary went out that covers
//! them. A window into which failures were folded ends only with its summary, which begins the next one; so nobody folds
//! into a window that is being told, and a summary that is repeated covers the same failures.

mod due;
#[cfg(test)]
mod tests;

use std::time::Duration;

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem, Update};
use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use serde::{Deserialize, Serialize};

pub use self::due::{Due, due};
use crate::table::{Key, days, expiry_seconds, millis, number, text};
use crate::unmailed::pointer_key;
use crate::{Cause, Error, Failure, Ledger, Unmailed};

/// How many failures of a window get a mail of their own.
pub const SINGLES: usize = 3;

const PARTITION: &str = "storm";
const OPERATION: &str = "admit to a storm";
const KEPT: Duration = days(14);
/// The longest part of a reason that tells storms apart, in characters.
const LONGEST_CODE: usize = 120;
/// How often a step is taken anew because somebody else wrote meanwhile.
const TRIES: usize = 10;

/// What failures have in common that are told together: connection, cause and the first reason without what differs
/// from record to record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Storm(String);

/// The present window of a storm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// Whose.
    #[serde(rename = "sk")]
    pub storm: Storm,
    /// When it began, which is also its name.
    #[serde(rename = "window_ms", with = "millisecond::required")]
    pub since: Timestamp,
    /// When the storm's last mail was let go.
    #[serde(rename = "mailed_ms", with = "millisecond::required")]
    pub mailed: Timestamp,
    /// The newest window whose summary went out.
    #[serde(rename = "told_ms", with = "millisecond::optional", default)]
    pub told: Option<Timestamp>,
    /// The failures that get a mail of their own in it.
    singles: Vec<String>,
    /// Whether it follows a summary: then it has no mails of their own.
    follows: bool,
    /// Whether a failure was folded into it.
    folds: bool,
    rev: u64,
    expires_at: i64,
}

/// How a failure is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// In a mail of its own.
    Single {
        /// Whether later ones of this window will be folded.
        last: bool,
    },
    /// With others, in a summary.
    Folded,
}

/// What is to be done about a failure.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    /// It was let go before.
    Stands(Admission),
    /// It is let go once this window is written.
    Write(Window),
    /// It is folded into this window.
    Fold(Timestamp),
}

impl Storm {
    /// The storm that a failure belongs to. `None`: notices about whole connections, which are never folded.
    #[must_use]
    pub fn of(failure: &Failure) -> Option<Self> {
        let cause = match failure.cause {
            Cause::Duplicate => "duplicate",
            Cause::Unmappable => "unmappable",
            Cause::Refused => "refused",
            Cause::WithoutFile => "without-file",
            Cause::Dead => "dead",
            Cause::Held | Cause::Halted | Cause::Mended => return None,
        };
        let code = failure.reasons.first().map(|reason| code(reason)).unwrap_or_default();
        Some(Self(format!("{}/{cause}/{code}", failure.connection)))
    }

    /// It as a text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn key(&self) -> Key {
        Key::new(PARTITION, &self.0)
    }
}

/// A reason without its meaning in brackets, and with `#` for each word that holds a digit: ids, times, counts.
fn code(reason: &str) -> String {
    let code = reason.split(" (").next().unwrap_or_default();
    let word = |word| if str::contains(word, |c: char| c.is_ascii_digit()) { "#" } else { word };
    let words: Vec<&str> = code.split_whitespace().map(word).collect();
    words.join(" ").chars().take(LONGEST_CODE).collect()
}

impl Window {
    fn begin(storm: &Storm, now: Timestamp) -> Self {
        Self {
            storm: storm.clone(),
            since: now,
            mailed: now,
            told: None,
            singles: Vec::new(),
            follows: false,
            folds: false,
            rev: 0,
            expires_at: 0,
        }
    }

    fn admission(&self) -> Admission {
        Admission::Single { last: self.singles.len() >= SINGLES }
    }

    /// The same with one more failure that gets a mail of its own.
    fn with(&self, id: &str, now: Timestamp) -> Self {
        let singles = self.singles.iter().cloned().chain([id.to_owned()]).collect();
        Self { singles, mailed: now, ..self.clone() }
    }

    /// The window that follows this one. Each has a name of its own.
    fn next(&self, now: Timestamp, follows: bool) -> Self {
        let since = now.max(self.since + Duration::from_millis(1));
        Self { since, mailed: now, singles: Vec::new(), follows, folds: false, ..self.clone() }
    }

    /// What is to be done about the failure `id`, given the storm's window and how long windows last.
    fn step(known: Option<&Self>, storm: &Storm, id: &str, length: Duration, now: Timestamp) -> Step {
        let Some(window) = known else { return Step::Write(Self::begin(storm, now).with(id, now)) };
        let is_over = now >= window.since + length;
        match () {
            () if window.singles.iter().any(|single| single == id) => Step::Stands(window.admission()),
            () if window.folds => Step::Fold(window.since),
            () if is_over => Step::Write(window.next(now, false).with(id, now)),
            () if window.follows || window.singles.len() >= SINGLES => Step::Fold(window.since),
            () => Step::Write(window.with(id, now)),
        }
    }
}

impl Ledger {
    /// Decides how a failure is told, and writes that down. `length`: how long a window lasts. However often it is asked,
    /// a failure that got a mail of its own gets it. A failure whose pointer is gone, or folded before, counts as folded:
    /// it is dealt with.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn admit(
        &self,
        storm: &Storm,
        failure: &Failure,
        length: Duration,
        now: Timestamp,
    ) -> Result<Admission, Error> {
        for _ in 0..TRIES {
            let known: Option<Window> = self.get("read storm", storm.key()).await?;
            let done = match Window::step(known.as_ref(), storm, &failure.id, length, now) {
                Step::Stands(admission) => Some(admission),
                Step::Write(window) => self.write_window(window, now).await?.as_ref().map(Window::admission),
                Step::Fold(window) => self.fold(storm, window, failure).await?.then_some(Admission::Folded),
            };
            if let Some(admission) = done {
                return Ok(admission);
            }
        }
        Err(Error::contended(OPERATION))
    }

    /// Writes a window over the revision that it was made from. `None`: somebody else has written meanwhile.
    async fn write_window(&self, window: Window, now: Timestamp) -> Result<Option<Window>, Error> {
        let written = Window { rev: window.rev + 1, expires_at: expiry_seconds(now, KEPT), ..window };
        let request = self.client.put_item().table_name(&self.table);
        let request = request
            .set_item(Some(written.storm.key().with(OPERATION, &written)?))
            .condition_expression("attribute_not_exists(pk) OR rev = :seen")
            .expression_attribute_values(":seen", number(window.rev));
        match request.send().await {
            Ok(_) => Ok(Some(written)),
            Err(error) if error.as_service_error().is_some_and(PutItemError::is_conditional_check_failed_exception) => {
                Ok(None)
            }
            Err(error) => Err(Error::of(OPERATION, error)),
        }
    }

    /// Folds a failure into a window, if that is still the storm's. `false`: it is not, or somebody else writes.
    async fn fold(&self, storm: &Storm, window: Timestamp, failure: &Failure) -> Result<bool, Error> {
        let update = |key: Key| Update::builder().table_name(&self.table).set_key(Some(key.item()));
        let gathers = update(storm.key())
            .update_expression("SET folds = :yes")
            .condition_expression("window_ms = :window")
            .expression_attribute_values(":yes", AttributeValue::Bool(true))
            .expression_attribute_values(":window", millis(window));
        // an earlier announcement was of a mail of its own
        let waits = update(pointer_key(&failure.connection, &failure.id))
            .update_expression("SET storm = :storm, window_ms = :window REMOVE announced_ms")
            .condition_expression("attribute_exists(pk) AND (attribute_not_exists(storm) OR window_ms = :window)")
            .expression_attribute_values(":storm", text(storm.as_str()))
            .expression_attribute_values(":window", millis(window));
        let items = [gathers, waits].map(|it| TransactWriteItem::builder().set_update(it.build().ok()).build());
        match self.client.transact_write_items().set_transact_items(Some(items.into())).send().await {
            Ok(_) => Ok(true),
            Err(error) => folded_otherwise(error),
        }
    }

    /// The present windows of all storms.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn storms(&self) -> Result<Vec<Window>, Error> {
        self.list("list storms", PARTITION).await
    }

    /// Ends a storm's window before it is told, unless it has ended: nothing is folded into it any more. The storm's
    /// present window.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn end_window(&self, storm: &Storm, window: Timestamp, now: Timestamp) -> Result<Window, Error> {
        for _ in 0..TRIES {
            let known: Option<Window> = self.get("read storm", storm.key()).await?;
            let next = match known {
                Some(known) if known.since != window => return Ok(known),
                Some(known) => known.next(now, true),
                None => Window { since: window, ..Window::begin(storm, now) }.next(now, true),
            };
            if let Some(written) = self.write_window(next, now).await? {
                return Ok(written);
            }
        }
        Err(Error::contended("end a storm's window"))
    }

    /// The failures that wait for a summary of windows of this storm before its `present` one.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn folded(&self, storm: &Storm, present: Timestamp) -> Result<Vec<Unmailed>, Error> {
        let all = self.unmailed().await?;
        let waits = |it: &Unmailed| it.folded().is_some_and(|(of, window)| of == storm && window < present);
        Ok(all.into_iter().filter(waits).collect())
    }

    /// Writes down that a summary of the storm's windows up to `until` went out: it is not repeated, whatever becomes of
    /// what it covers.
    ///
    /// # Errors
    /// Where the table fails; then the summary will go out once more.
    pub async fn summarised(&self, storm: &Storm, until: Timestamp, now: Timestamp) -> Result<(), Error> {
        let request = self.client.update_item().table_name(&self.table).set_key(Some(storm.key().item()));
        let request = request
            .update_expression("SET told_ms = :until, mailed_ms = :now, rev = rev + :one")
            .expression_attribute_values(":until", millis(until))
            .expression_attribute_values(":now", millis(now))
            .expression_attribute_values(":one", number(1));
        request.send().await.map(|_| ()).map_err(|error| Error::of("write summarised", error))
    }
}

/// What a cancelled fold means: the failure is dealt with otherwise (`true`), or it is to be looked at again.
fn folded_otherwise(error: SdkError<TransactWriteItemsError>) -> Result<bool, Error> {
    let Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) = error.as_service_error() else {
        return Err(Error::of(OPERATION, error));
    };
    let reasons = cancelled.cancellation_reasons();
    let codes: Vec<&str> = reasons.iter().map(|reason| reason.code().unwrap_or_default()).collect();
    match codes.as_slice() {
        ["ConditionalCheckFailed", ..] => Ok(false),
        [_, "ConditionalCheckFailed"] => Ok(true),
        codes if codes.contains(&"TransactionConflict") => Ok(false),
        _ => Err(Error::of(OPERATION, error)),
    }
}
