//! From stored failures to what their owner reads.

use edge::{Message, breaker};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Unit};
use ledger::{Cause, Failure, Id, UNREADABLE};
use mail::{About, BadTemplate, Kind, Link, Mail, Record, Report};
use vendors::systems;

/// What the mails say of the stack.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StackInfo<'a> {
    /// Whose local time stands beside UTC.
    pub(crate) zone: &'a TimeZone,
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
        about: about(failure),
        failure: &failure.id,
        thread: failure.thread.as_ref().unwrap_or(&failure.id),
        stack: stack.name,
        records: records(&failure.ids),
        links: links(&failure.ids),
        reasons: &failure.reasons,
        advice: &failure.advice,
        at: at(failure.failed, stack.zone),
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

/// What the failure is about. The last of a record's ids is its own; the others say where it stands.
pub(crate) fn about(failure: &Failure) -> About<'_> {
    let [source, target] = systems(&failure.flow);
    let (object, id) = match failure.ids.last() {
        Some(id) => (id.name.as_str(), id.value.as_str()),
        None => ("record", ""),
    };
    About { source: source.name, target: target.name, is_form: source.has_forms, object, id }
}

/// Local time, and UTC beside it.
pub(crate) fn at(at: Timestamp, zone: &TimeZone) -> String {
    let at = at.round(Unit::Second).unwrap_or(at);
    if zone == &TimeZone::UTC {
        return at.to_string();
    }
    let (local, utc) = (at.to_zoned(zone.clone()), at.to_zoned(TimeZone::UTC));
    let beside = if local.date() == utc.date() { "%H:%M:%S UTC" } else { "%Y-%m-%d %H:%M:%S UTC" };
    format!("{} ({})", local.strftime("%Y-%m-%d %H:%M:%S %Z"), utc.strftime(beside))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_time_stands_beside_utc() {
        let noon: Timestamp = "2026-07-01T10:00:00.4Z".parse().unwrap();
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        assert_eq!(at(noon, &berlin), "2026-07-01 12:00:00 CEST (10:00:00 UTC)");
        let midnight: Timestamp = "2026-06-30T22:30:00Z".parse().unwrap();
        assert_eq!(at(midnight, &berlin), "2026-07-01 00:30:00 CEST (2026-06-30 22:30:00 UTC)");
        assert_eq!(at(noon, &TimeZone::UTC), "2026-07-01T10:00:00Z");
    }
}
