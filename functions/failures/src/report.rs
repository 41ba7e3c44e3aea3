//! From stored failures to what their owner reads.

use edge::{Message, breaker};
use jiff::{Timestamp, Unit};
use ledger::{Cause, Failure, Id, UNREADABLE};
use mail::{BadTemplate, Kind, Link, Mail, Record, Report};

/// What the mails say of the stack.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StackInfo<'a> {
    /// Its name, for the console lines.
    pub(crate) name: &'a str,
    /// For how many days failures are kept.
    pub(crate) kept_days: u64,
    /// For how many minutes failures of one group are told together.
    pub(crate) digest_minutes: u64,
}

/// The mail about one failure. `digest_next`: later ones of its group are told together.
pub(crate) fn render(failure: &Failure, stack: StackInfo<'_>, digest_next: bool) -> Result<Mail, BadTemplate> {
    let report = Report {
        kind: kind(failure.cause),
        connection: &failure.connection,
        flow: &failure.flow,
        failure: &failure.id,
        thread: failure.thread.as_ref().unwrap_or(&failure.id),
        stack: stack.name,
        records: records(&failure.ids),
        links: links(&failure.ids),
        reasons: &failure.reasons,
        advice: &failure.advice,
        at: second(failure.failed),
        kept_days: stack.kept_days,
        replayable: is_replayable(failure),
        deliveries_refused: failure.code.as_deref() == Some(breaker::DELIVERIES_REFUSED),
        digest_minutes: stack.digest_minutes,
        digest_next,
    };
    report.render()
}

/// Whether the console can read what it would hand over again. What a stranger to the queue wrote is never handed over,
/// whatever it looks like.
fn is_replayable(failure: &Failure) -> bool {
    let is_read = failure.message.as_ref().is_some_and(|message| Message::read(message.reveal()).is_ok());
    is_read && failure.connection != UNREADABLE && failure.cause != Cause::Unreadable
}

pub(crate) fn records(ids: &[Id]) -> Vec<Record<'_>> {
    ids.iter().map(|id| Record { name: &id.name, value: &id.value }).collect()
}

pub(crate) fn links(ids: &[Id]) -> Vec<Link<'_>> {
    let pages = ids.iter().filter_map(|id| Some((&id.name, id.url.as_deref()?)));
    pages.map(|(name, url)| Link { label: format!("{name} page"), url }).collect()
}

pub(crate) fn second(at: Timestamp) -> String {
    at.round(Unit::Second).unwrap_or(at).to_string()
}

pub(crate) fn kind(cause: Cause) -> Kind {
    match cause {
        Cause::Duplicate => Kind::Duplicate,
        Cause::Unmappable => Kind::Unmappable,
        Cause::Refused => Kind::Refused,
        Cause::WithoutFile => Kind::WithoutFile,
        Cause::Altered => Kind::Altered,
        Cause::ByHand => Kind::ByHand,
        Cause::Dead => Kind::Dead,
        Cause::Unreadable => Kind::Unreadable,
        Cause::Held => Kind::Held,
        Cause::Halted => Kind::Halted,
        Cause::Resumed => Kind::Resumed,
    }
}
