//! What a connection's owner is told.
//!
//! Of what blocks objects, the owner is told once for each cause while it lasts: the objects that wait for one cause share
//! one failure. The failure is resolved when nothing waits for its cause any more, and what comes after is told anew. A
//! retry that meets the same cause is told anew as well, once for all that were retried.

use edge::notify;
use edge::verdict::Fault;
use ledger::{Cause, Failure, Opening, Pending, State, Subject, Told, WokenBy};

use crate::Attempt;

/// What a connection's owner is told: once for each `key` while it lasts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The cause and the thing it names: tells the notice from all others of the connection.
    pub key: String,
    /// The problem code: what notices of one kind have in common. Holds no ids.
    pub code: String,
    /// What kind of failure it is.
    pub cause: Cause,
    /// Why, one line each: ids, keys and fixed words.
    pub reasons: Vec<String>,
}

/// Tells of something that is about the connection as a whole: at once, and once a day while it lasts. [`over`] ends it.
///
/// # Errors
/// Where the table fails; then nobody is told yet.
pub(crate) async fn tell_daily(attempt: &Attempt<'_>, notice: &Notice) -> Result<(), Fault> {
    let (ledger, connection) = (attempt.ledger, attempt.connection());
    let open = ledger.open_failure_of(connection, &notice.key).await?;
    if let Some(open) = &open {
        let told = ledger.failure(connection, open).await?;
        if told.is_some_and(|told| Attempt::day_of(told.failed) == attempt.today()) {
            return Ok(());
        }
    }
    open_anew(attempt, notice, open.as_deref()).await?;
    match open {
        Some(yesterdays) => Ok(ledger.resolve_failure(connection, &notice.key, &yesterdays, attempt.now()).await?),
        None => Ok(()),
    }
}

/// What was told under this key is over: what comes after is told anew.
///
/// # Errors
/// Where the table fails.
pub(crate) async fn over(attempt: &Attempt<'_>, key: &str) -> Result<(), Fault> {
    let (ledger, connection) = (attempt.ledger, attempt.connection());
    match ledger.open_failure_of(connection, key).await? {
        Some(open) => Ok(ledger.resolve_failure(connection, key, &open, attempt.now()).await?),
        None => Ok(()),
    }
}

/// Tells of all that blocks an object, as far as nobody was told of it, and writes down which failures tell of it. What
/// blocked the object before and does not any more is over for it.
///
/// # Errors
/// Where the table fails; then it is told by the next attempt.
pub(crate) async fn tell_blocked(
    attempt: &Attempt<'_>,
    subject: &Subject,
    notices: Vec<Notice>,
    woken_by: WokenBy,
) -> Result<(), Fault> {
    let connection = attempt.connection();
    let before = attempt.ledger.pending_of(connection, subject).await?;
    let known = before.as_ref().map(|pending| pending.failures.as_slice()).unwrap_or_default();
    let mut failures: Vec<Told> = Vec::new();
    for notice in notices {
        if failures.iter().any(|told| told.key == notice.key) {
            continue;
        }
        let told = known.iter().find(|told| told.key == notice.key);
        let failure = match told {
            Some(told) if !is_retried(attempt, &told.failure).await? => told.failure.clone(),
            _ => join_or_open(attempt, &notice).await?,
        };
        failures.push(Told { key: notice.key, failure });
    }
    let pending = Pending { subject: subject.clone(), failures, woken_by };
    if before.as_ref() != Some(&pending) {
        attempt.ledger.put_pending(connection, &pending, known, attempt.now()).await?;
    }
    Ok(())
}

/// The open failure of the notice's cause; a new one where none is open, or where a person has retried the open one.
async fn join_or_open(attempt: &Attempt<'_>, notice: &Notice) -> Result<String, Fault> {
    let open = attempt.ledger.open_failure_of(attempt.connection(), &notice.key).await?;
    if let Some(open) = &open
        && !is_retried(attempt, open).await?
    {
        return Ok(open.clone());
    }
    open_anew(attempt, notice, open.as_deref()).await
}

/// A new failure under the notice's key, in the place of `open`, unless somebody else has just opened one. Its id.
async fn open_anew(attempt: &Attempt<'_>, notice: &Notice, open: Option<&str>) -> Result<String, Fault> {
    match attempt.ledger.open_failure(failure(attempt, notice), &notice.key, open).await? {
        Opening::New(failure) => {
            notify::notify(attempt.failures, &failure, failure.failed).await;
            Ok(failure.id)
        }
        Opening::Standing(id) => Ok(id),
    }
}

/// Whether this attempt is a retry and the failure is one that a person has dealt with before.
async fn is_retried(attempt: &Attempt<'_>, failure: &str) -> Result<bool, Fault> {
    if !attempt.is_replay() {
        return Ok(false);
    }
    let record = attempt.ledger.failure_record(attempt.connection(), failure).await?;
    Ok(record.is_none_or(|record| record.triage.state != State::Open))
}

fn failure(attempt: &Attempt<'_>, notice: &Notice) -> Failure {
    let failure = notify::failure(attempt.record, "", notice.cause, notice.reasons.clone(), attempt.now());
    Failure { code: Some(notice.code.clone()), ..failure }
}
