//! What is done about one signal: one person's account is brought in line in the partner system.
//!
//! A signal only says which person to look at. What Personio shows now, the day, what the link says was sent and the
//! connection's file decide; so signals that are late, doubled or out of order are harmless, and an event and a sweep
//! end here alike. A user that hrsync neither made nor adopted is never touched.

use edge::batch::Record as Queued;
use edge::connections::Loaded;
use edge::verdict::Fault;
use edge::worker::Worker;
use edge::{Processed, Queue};
use jiff::Timestamp;
use reconcile::{Attempt, Freshness, OnNewSettings, Recovered, Signal, Trigger, freshness};

use crate::adopt::candidate;
use crate::apply::{Applied, apply};
use crate::blocker::Blocker;
use crate::connection::Settings;
use crate::desired::{Decided, Desired, decide};
use crate::done::{Standing, done};
use crate::forward::forward;
use crate::goal::{Content, Goal};
use crate::gone::process_gone;
use crate::link::{Object, PART};
use crate::look::was_removed;
use crate::manager::{Manager, manager};
use crate::processed::{block, observed, reject};
use crate::recover::recover;
use crate::source::{Record, Source};
use crate::work::{Shared, Work};

/// Brings the account of one signal's person in line.
///
/// # Errors
/// Whatever keeps the account from being in line now; the verdict on it is edge's.
pub(crate) async fn process(
    worker: &Worker<Settings>,
    shared: &Shared,
    queue: &Queue,
    record: &Queued<'_>,
    connection: &Loaded<Settings>,
) -> Result<Processed, Fault> {
    let signal = Signal::read(&record.message.body)?;
    let attempt = Attempt::new(worker, record, connection);
    let settings = &connection.settings;
    if signal.is_superseded(&attempt, settings.sweeps.interval()) {
        return Ok(Processed::skipped("a later sweep signals it again", []));
    }
    if signal.about.kind == PART {
        return forward(&shared.reader, &attempt, &signal, settings, queue).await;
    }
    let work = Work::new(shared, &attempt, &signal, settings)?;
    let mut object = Object::load(&attempt, &signal.about).await?;
    let source = match shared.reader.read(&work.personio, settings, work.person).await? {
        Source::Found(source) => Some(source),
        Source::Gone => None,
        // what is there stays
        Source::Unreadable(reasons) => {
            return reject(&work, &object, Blocker::unreadable(work.person, reasons)).await;
        }
    };
    let shown = source.as_ref().map(|source| source.shown_after(&signal.trigger));
    let freshness = freshness(&signal.trigger, shown.as_ref(), object.summary(), attempt.waited());
    if freshness == Freshness::Stale {
        return Err(Fault::Stale);
    }
    let processed = match source {
        Some(source) => process_shown(&work, &signal.trigger, &mut object, &source).await?,
        None => process_gone(&work, &signal.trigger, object).await?,
    };
    // a read that lags was processed for what is new in it, and is read again later
    if freshness == Freshness::StaleButNews { Err(Fault::Stale) } else { Ok(processed) }
}

/// Personio shows the person: unless nothing has happened since, the account is looked at.
async fn process_shown(
    work: &Work<'_>,
    trigger: &Trigger,
    object: &mut Object<'_>,
    source: &Record,
) -> Result<Processed, Fault> {
    let was_removed = *trigger == Trigger::NotInTarget && was_removed(work, object).await?;
    // a person who was missed once is shown again: the link forgets that
    let was_missed = object.summary().is_some_and(|link| link.missing_since.is_some()) || object.state().is_gone;
    let settled = object.settled(&source.shown(), was_missed || was_removed, OnNewSettings::Apply);
    if let Some(settled) = settled {
        object.wait_no_more(trigger).await?;
        return Ok(Processed::skipped(settled.reason(), work.answered()));
    }
    object.state_mut().is_gone = false;
    process_found(work, object, source).await
}

/// Works out what the partner system should hold for the person, and brings that about.
async fn process_found(work: &Work<'_>, object: &mut Object<'_>, source: &Record) -> Result<Processed, Fault> {
    let Decided { desired, due } = decide(source, work.settings, work.attempt.now())?;
    let name = desired.as_ref().ok().and_then(Desired::user_name);
    let is_recovered = match recover(work, object, name).await? {
        Recovered::Found(()) => true,
        Recovered::NothingOpen => false,
        Recovered::NotYet(until) => return Err(Fault::NotYetVisible { until }),
        Recovered::Unknowable => return reject(work, object, Blocker::unknowable(work.person)).await,
    };
    let desired = match desired {
        Ok(desired) => desired,
        Err(blocker) => {
            let observed = observed(object, source.shown(), due);
            return block(work, object, vec![blocker], observed).await;
        }
    };
    let Aim { goal, reason, due } = aim(work, desired, due).await?;
    let candidate = candidate(work, object, &goal).await?;
    let before = Standing::of(object, &candidate);
    let Applied { is_change, blockers } = apply(work, object, &goal, candidate).await?;
    let observed = observed(object, source.shown(), due);
    if !blockers.is_empty() {
        return block(work, object, blockers, observed).await;
    }
    object.settle(observed).await?;
    Ok(match (is_change, is_recovered) {
        (true, _) => Processed::done(work.answered()).with_reason(done(&goal, before)),
        (false, true) => Processed::done_earlier(work.answered()),
        (false, false) => Processed::skipped(reason, work.answered()),
    })
}

/// What is aimed at, and when the person is looked at again.
struct Aim {
    goal: Goal,
    reason: String,
    due: Option<Timestamp>,
}

/// From what is wanted to what can be planned for: the manager is found among the links.
async fn aim(work: &Work<'_>, desired: Desired, due: Option<Timestamp>) -> Result<Aim, Fault> {
    let in_line =
        |content, due| Aim { goal: Goal::Active(Box::new(content)), reason: "as it should be".to_owned(), due };
    Ok(match desired {
        Desired::AsItStands { because } => Aim { goal: Goal::AsItStands, reason: because, due },
        Desired::Inactive { mapped, because } => {
            let known_as = mapped.map(|mapped| mapped.external_id);
            Aim { goal: Goal::Inactive { known_as }, reason: because, due }
        }
        Desired::Nothing { mapped, because } => {
            let known_as = mapped.map(|mapped| mapped.external_id);
            Aim { goal: Goal::Nothing { known_as }, reason: because, due }
        }
        Desired::Active(mapped) => match manager(work, mapped.manager).await? {
            Manager::Known(change) => in_line(Content::of(*mapped, change), due),
            // a second pass: the person is looked at again until the manager has an account
            Manager::HasNone => in_line(Content::of(*mapped, None), Some(work.attempt.now())),
        },
    })
}
