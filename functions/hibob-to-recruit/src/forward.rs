//! An opening is a part of its group of positions: the group is found, and only in the group's turn is anything written.

use edge::Processed;
use edge::verdict::Fault;
use ledger::Subject;
use mapping::hibob_to_recruit::GroupBy;
use reconcile::{Attempt, Freshness, Shown, Signal, Trigger, freshness};
use vendors::hibob::operations::READ_OPENING;

use crate::connection::Settings;
use crate::decided::known;
use crate::link::{self, OpeningLink};
use crate::name::NAME;
use crate::source::{self, Source};
use crate::work::{Shared, Work};

/// Queues the signal for the group of its opening.
///
/// # Errors
/// HiBob's; where table or queue fail.
pub(crate) async fn forward(
    shared: &Shared,
    attempt: &Attempt<'_>,
    signal: &Signal,
    settings: &Settings,
) -> Result<Processed, Fault> {
    known(attempt, signal).await?;
    let mut opening = OpeningLink::load(attempt, &signal.about).await?;
    if let Some(group) = opening.state().group.clone() {
        send(shared, attempt, &signal.clone().part_of(group)).await?;
        return Ok(Processed::done([]).with_reason("its position's turn comes"));
    }
    let work = Work::of_signal(shared, attempt, settings, signal)?;
    work.needs_a_call()?;
    opening.turns(&settings.hibob_limit(), "read", 2).await?;
    match source::read(&work.hibob, &work.opening, &settings.fields).await? {
        Source::Found(record) => {
            let group = group_of(&settings.rules.group_by, &record);
            send(shared, attempt, &signal.clone().part_of(group)).await?;
            Ok(Processed::done([READ_OPENING]).with_reason("its position's turn comes"))
        }
        Source::Gone => gone(attempt, signal),
        // in a turn of its own: it has no position that is known
        Source::Unreadable(_) => {
            let alone = link::group_alone(&work.opening);
            send(shared, attempt, &signal.clone().part_of(alone)).await?;
            Ok(Processed::done([READ_OPENING]).with_reason("its own turn comes"))
        }
    }
}

/// The group that a record belongs to.
pub(crate) fn group_of(group_by: &GroupBy, record: &source::Record) -> Subject {
    link::group(&group_by.key(record.row()))
}

/// Queues a signal that this one has led to.
pub(crate) async fn send(shared: &Shared, attempt: &Attempt<'_>, signal: &Signal) -> Result<(), Fault> {
    let event = attempt.record.message.event.as_str();
    let about = signal.about.to_string();
    let owner = signal.owner.as_ref().map(ToString::to_string).unwrap_or_default();
    let message = signal.of_event(NAME, attempt.connection(), &["part", event, &about, &owner], attempt.now());
    Ok(shared.queue.send(&message.map_err(|error| Fault::Defect(error.to_string()))?).await?)
}

/// A new opening may show late; one that was deleted and that nobody knows needs nothing.
fn gone(attempt: &Attempt<'_>, signal: &Signal) -> Result<Processed, Fault> {
    if matches!(signal.trigger, Trigger::Event { deleted: true, .. }) {
        return Ok(Processed::skipped("deleted before it was known", [READ_OPENING]));
    }
    match freshness(&signal.trigger, None::<&Shown>, None, attempt.waited()) {
        Freshness::Stale | Freshness::StaleButNews => Err(Fault::Stale),
        Freshness::Current => Ok(Processed::skipped("HiBob does not show it", [READ_OPENING])),
    }
}
