//! What is done about one signal: one absence is brought in line in helloHQ.
//!
//! A signal only says which absence to look at. What Personio says now, what the link says is entered and the connection's
//! mapping decide; so signals that are late, doubled or out of order are harmless, and a webhook and a sweep end here
//! alike. Entries that people made by hand are neither adopted nor touched: only ids in links are.

use edge::Processed;
use edge::batch::Record;
use edge::connections::Loaded;
use edge::verdict::Fault;
use edge::worker::Worker;
use reconcile::{
    Attempt, Blocked, Freshness, Notice, Observed, OnNewSettings, Recovered, Settled, Signal, Trigger, became,
    freshness,
};
use vendors::hellohq::model::EntryId;
use vendors::personio::model::absence::AbsencePeriod;

use crate::apply::{apply, not_removed};
use crate::by_hand::{ByHand, by_hand};
use crate::connection::{Settings, WhenRemovedByHand};
use crate::desired::{Blocker, Desired, Mapper, Retained};
use crate::fingerprint::shown;
use crate::link::Object;
use crate::plan::{Goal, Plan};
use crate::recover::recover;
use crate::source::{Source, last_day, read};
use crate::work::Work;

/// Brings the absence of one signal in line.
///
/// # Errors
/// Whatever keeps the absence from being in line now; the verdict on it is edge's.
pub(crate) async fn process(
    worker: &Worker<Settings>,
    mapper: &Mapper,
    record: &Record<'_>,
    connection: &Loaded<Settings>,
) -> Result<Processed, Fault> {
    let signal = Signal::read(&record.message.body)?;
    let attempt = Attempt::new(worker, record, connection);
    if signal.is_superseded(&attempt, connection.settings.sweeps.interval()) {
        return Ok(Processed::skipped("a later sweep signals it again", []));
    }
    let work = Work::new(mapper, &attempt, &signal, &connection.settings)?;
    let mut object = Object::load(&attempt, &signal.about).await?;
    let absence = match read(&work).await? {
        Source::Found(absence) => Some(absence),
        Source::Gone => None,
        Source::Unreadable(reasons) => {
            return reject(&work, &object, vec![Blocker::unreadable(work.absence, reasons)]).await;
        }
    };
    let version = absence.as_ref().map(shown);
    let freshness = freshness(&signal.trigger, version.as_ref(), object.summary(), attempt.waited());
    if freshness == Freshness::Stale {
        return Err(Fault::Stale);
    }
    let processed = match (absence, version) {
        (Some(absence), Some(version)) => {
            let has_leftovers = object.state().has_leftovers();
            let settled = object.settled(&version, has_leftovers, OnNewSettings::Leave);
            // the source has not changed, but the target has
            let settled =
                settled.filter(|settled| *settled == Settled::Older || signal.trigger != Trigger::NotInTarget);
            match settled {
                Some(settled) => {
                    object.wait_no_more(&signal.trigger).await?;
                    Processed::skipped(settled.reason(), work.answered())
                }
                None => process_found(mapper, &work, &mut object, &absence).await?,
            }
        }
        _ => process_gone(&work, object).await?,
    };
    // a read that lags was processed for what is new in it, and is read again later
    if freshness == Freshness::StaleButNews { Err(Fault::Stale) } else { Ok(processed) }
}

/// Works out what helloHQ should hold for the absence, and brings that about.
async fn process_found(
    mapper: &Mapper,
    work: &Work<'_>,
    object: &mut Object<'_>,
    absence: &AbsencePeriod,
) -> Result<Processed, Fault> {
    let is_recovered = match recover(work, object).await? {
        Recovered::Found(()) => true,
        Recovered::NothingOpen => false,
        Recovered::NotYet(until) => return Err(Fault::NotYetVisible { until }),
        Recovered::Unknowable => return reject(work, object, vec![Blocker::unknowable(work.absence)]).await,
    };
    let before = entered(object);
    // goes first, whatever else there is to do: each step done is remembered, so no limit turns them in a circle
    let had_leftovers = object.state().has_leftovers();
    let mut blockers = apply(work, object, &Goal::AsItStands).await?;
    match by_hand(mapper, work, object, absence).await? {
        ByHand::AsWanted => {}
        ByHand::JustRemoved(id) => return process_removed(work, object, absence, Some(id)).await,
        ByHand::StaysRemoved => return process_removed(work, object, absence, None).await,
    }
    let retained = retained(object, absence);
    let desired = mapper.desired(&work.accounts, absence, object.state().written.as_ref(), retained).await?;
    let (goal, due, reason) = match desired {
        Desired::Entry { entry, due } => (Goal::Entry(entry), due, "as it should be"),
        Desired::AsItStands { due } => (Goal::AsItStands, due, "as it should be"),
        Desired::Nothing { reason } => (Goal::Nothing, None, reason),
        Desired::Blocked(blocker) => {
            blockers.insert(0, blocker);
            blockers.extend(not_removed(work, object));
            return block(work, object, absence, blockers).await;
        }
    };
    let is_change = had_leftovers || !Plan::of(object.state(), &goal, work.settings().replace).is_empty();
    blockers.extend(apply(work, object, &goal).await?);
    blockers.extend(not_removed(work, object));
    if !blockers.is_empty() {
        return block(work, object, absence, blockers).await;
    }
    object.state_mut().end_work();
    object.settle(observed(work, object, absence, due)).await?;
    Ok(match (is_change, is_recovered) {
        (true, _) => {
            Processed::done(work.answered()).with_reason(became("entry", before.as_ref(), entered(object).as_ref()))
        }
        (false, true) => Processed::done_earlier(work.answered()),
        (false, false) => Processed::skipped(reason, work.answered()),
    })
}

/// Somebody has removed the entry, and it stays removed. `id`: the entry, where that was found just now.
async fn process_removed(
    work: &Work<'_>,
    object: &mut Object<'_>,
    absence: &AbsencePeriod,
    id: Option<EntryId>,
) -> Result<Processed, Fault> {
    let is_told = work.settings().sweeps.when_removed_by_hand != WhenRemovedByHand::Leave;
    let mut blockers = not_removed(work, object);
    if let Some(id) = id.filter(|_| is_told) {
        blockers.insert(0, Blocker::removed_by_hand(work.absence, id));
    }
    if !blockers.is_empty() {
        return block(work, object, absence, blockers).await;
    }
    object.state_mut().end_work();
    let observed = observed(work, object, absence, None);
    if is_told {
        // a person's retry may still ask for it
        object.stay_blocked(observed).await?;
    } else {
        object.settle(observed).await?;
    }
    Ok(Processed::skipped("removed by hand in helloHQ", work.answered()))
}

/// The absence is not there any more: what was entered for it is removed, then forgotten.
async fn process_gone(work: &Work<'_>, mut object: Object<'_>) -> Result<Processed, Fault> {
    const NOTHING: &str = "gone, and nothing was entered";
    if object.summary().is_none() {
        object.forget().await?;
        return Ok(Processed::skipped(NOTHING, work.answered()));
    }
    match recover(work, &mut object).await? {
        Recovered::Found(()) | Recovered::NothingOpen => {}
        Recovered::NotYet(until) => return Err(Fault::NotYetVisible { until }),
        Recovered::Unknowable => return reject(work, &object, vec![Blocker::unknowable(work.absence)]).await,
    }
    let before = entered(&object);
    let held_something = before.is_some() || object.state().has_leftovers();
    let mut blockers = apply(work, &mut object, &Goal::Nothing).await?;
    blockers.extend(not_removed(work, &object));
    if !blockers.is_empty() {
        object.state_mut().end_work();
        let is_waiting = blockers.iter().any(|blocker| blocker.ends == Blocked::Waiting);
        let (reasons, notices) = told(blockers);
        if is_waiting {
            object.hold(notices).await?;
        } else {
            object.save().await?;
            object.reject(notices).await?;
        }
        return Ok(Processed::rejected(reasons, work.answered()));
    }
    object.forget().await?;
    if !held_something {
        return Ok(Processed::skipped(NOTHING, work.answered()));
    }
    Ok(Processed::done(work.answered()).with_reason(became("entry", before.as_ref(), None)))
}

/// The entry that stands for the absence.
fn entered(object: &Object<'_>) -> Option<EntryId> {
    object.state().written.as_ref().map(|written| written.id)
}

/// Something stands in the way: what is entered stays, the owner is told, and the link says so.
async fn block(
    work: &Work<'_>,
    object: &mut Object<'_>,
    absence: &AbsencePeriod,
    blockers: Vec<Blocker>,
) -> Result<Processed, Fault> {
    let ends = blockers.first().map_or(Blocked::UntilEdited, |blocker| blocker.ends);
    let (reasons, notices) = told(blockers);
    let due = object.due();
    object.state_mut().end_work();
    object.block(ends, notices, observed(work, object, absence, due)).await?;
    Ok(Processed::rejected(reasons, work.answered()))
}

/// Something stands in the way of which nothing is known for the link: the owner is told.
async fn reject(work: &Work<'_>, object: &Object<'_>, blockers: Vec<Blocker>) -> Result<Processed, Fault> {
    let (reasons, notices) = told(blockers);
    object.reject(notices).await?;
    Ok(Processed::rejected(reasons, work.answered()))
}

/// What is logged of blockers, and what their owner is told.
fn told(blockers: Vec<Blocker>) -> (String, Vec<Notice>) {
    let notices: Vec<Notice> = blockers.into_iter().map(|blocker| blocker.notice).collect();
    let reasons: Vec<&str> = notices.iter().flat_map(|notice| &notice.reasons).map(String::as_str).collect();
    (reasons.join("; "), notices)
}

fn observed(work: &Work<'_>, object: &Object<'_>, absence: &AbsencePeriod, due: Option<jiff::Timestamp>) -> Observed {
    Observed {
        shown: shown(absence),
        window: last_day(absence, work.settings()),
        due,
        holds: object.state().written.is_some(),
    }
}

/// What the entry keeps: its absence has not been edited since, so the present mapping does not touch it.
fn retained(object: &Object<'_>, absence: &AbsencePeriod) -> Option<Retained> {
    let is_edited = object.is_edited(&shown(absence)) || object.blocked().is_some();
    let written = object.state().written.as_ref().filter(|_| !is_edited)?;
    Some(Retained::of(&written.entry))
}
