//! From stored failures to what their owner reads.

use edge::{Message, halt};
use jiff::{Timestamp, Unit};
use ledger::{Cause, Failure, Id, UNREADABLE};
use mail::{BadTemplate, Kind, Link, Mail, Record, Report};

use crate::push::Pusher;

/// The mail about one failure. `folds_next`: later ones of its cause are told together.
pub(crate) fn render(failure: &Failure, pusher: &Pusher, folds_next: bool) -> Result<Mail, BadTemplate> {
    let thread = thread(failure);
    let report = Report {
        kind: kind(failure.cause),
        connection: &failure.connection,
        flow: &failure.flow,
        failure: &failure.id,
        thread: &thread,
        stack: &pusher.stack,
        records: records(&failure.ids),
        links: links(&failure.ids),
        reasons: &failure.reasons,
        advice: &failure.advice,
        at: second(failure.failed),
        kept_days: pusher.kept_days,
        replayable: is_replayable(failure),
        summary_minutes: pusher.summary_minutes,
        folds_next,
    };
    report.render()
}

/// All notices of one halt are shown together; any other failure's mails, should it have two.
fn thread(failure: &Failure) -> String {
    halt::since(&failure.id).map_or_else(|| failure.id.clone(), |since| format!("halted-{since}"))
}

/// Whether the console can read what it would hand over again.
fn is_replayable(failure: &Failure) -> bool {
    let is_read = failure.message.as_ref().is_some_and(|message| Message::read(message).is_ok());
    is_read && failure.connection != UNREADABLE
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
        Cause::Dead => Kind::Dead,
        Cause::Held => Kind::Held,
        Cause::Halted => Kind::Halted,
        Cause::Mended => Kind::Mended,
    }
}
