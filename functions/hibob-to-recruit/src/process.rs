//! What is done about one signal: one opening of HiBob, and its position, are brought in line in Recruit.
//!
//! A signal only says where to look. What HiBob shows now, what the links say was sent and the connection's file decide; so
//! signals that are late, doubled or out of order are harmless, and an event and a sweep end here alike. Openings and
//! positions that hrsync did not make are never touched.

use edge::Processed;
use edge::batch::Record as Queued;
use edge::connections::Loaded;
use edge::verdict::Fault;
use edge::worker::Worker;
use ledger::Subject;
use reconcile::{Attempt, Freshness, OnNewSettings, Signal, Trigger, became, freshness};
use vendors::recruit::model::OpeningUid;

use crate::apply::apply;
use crate::blocker::Blocker;
use crate::connection::Settings;
use crate::count::count;
use crate::decided::{Decided, known};
use crate::desired::{Because, Desired, decide};
use crate::forward::{forward, group_of, send};
use crate::gone::process_gone;
use crate::link::{GroupLink, OpeningLink, POSITION};
use crate::plan::Plan;
use crate::processed::{block, observed, reject};
use crate::recover::{Cleared, recover};
use crate::register::register;
use crate::source::{Record, Source, read};
use crate::wake::wake;
use crate::work::{Shared, Work};

/// Brings the opening of one signal in line.
///
/// # Errors
/// Whatever keeps the opening from being in line now; the verdict on it is edge's.
pub(crate) async fn process(
    worker: &Worker<Settings>,
    shared: &Shared,
    record: &Queued<'_>,
    connection: &Loaded<Settings>,
) -> Result<Processed, Fault> {
    let signal = Signal::read(&record.message.body)?;
    let attempt = Attempt::new(worker, record, connection);
    let settings = &connection.settings;
    if signal.is_superseded(&attempt, settings.sweeps.interval()) {
        return Ok(Processed::skipped("a later sweep signals it again", []));
    }
    match &signal.owner {
        _ if signal.about.kind == POSITION => wake(shared, &attempt, &signal).await,
        None => forward(shared, &attempt, &signal, settings).await,
        Some(group) => process_in_turn(shared, &attempt, &signal, group, settings).await,
    }
}

/// The group's turn: nobody else writes for its positions and openings meanwhile.
async fn process_in_turn(
    shared: &Shared,
    attempt: &Attempt<'_>,
    signal: &Signal,
    group: &Subject,
    settings: &Settings,
) -> Result<Processed, Fault> {
    let work = Work::of_signal(shared, attempt, settings, signal)?;
    let known = known(attempt, signal).await?;
    let mut opening = OpeningLink::load(attempt, &signal.about).await?;
    if let Some(own) = opening.state().group.clone().filter(|own| own != group) {
        return pass_on(shared, attempt, signal, own).await;
    }
    if opening.state().is_told_gone && matches!(signal.trigger, Trigger::Missing | Trigger::Pending) {
        return Ok(Processed::skipped("deleted in HiBob, and the owner was told what is to be done", []));
    }
    work.needs_a_call()?;
    opening.turns(&settings.hibob_limit(), "read", 2).await?;
    let source = match read(&work.hibob, &work.opening, &settings.fields).await? {
        Source::Found(source) => Some(source),
        Source::Gone => None,
        // what is there stays
        Source::Unreadable(reasons) => {
            return reject(&work, &opening, Blocker::unreadable(&work.opening, reasons)).await;
        }
    };
    let shown = source.as_ref().map(|source| source.shown());
    let freshness = freshness(&signal.trigger, shown.as_ref(), opening.summary(), attempt.waited());
    if freshness == Freshness::Stale {
        return Err(Fault::Stale);
    }
    let mut held = GroupLink::load(attempt, group).await?;
    let processed = match source {
        Some(source) => process_shown(&work, signal, &mut opening, &mut held, &source, known).await?,
        None => process_gone(&work, &signal.trigger, opening, held).await?,
    };
    // a read that lags was processed for what is new in it, and is read again later
    if freshness == Freshness::StaleButNews { Err(Fault::Stale) } else { Ok(processed) }
}

/// HiBob shows the opening: unless nothing has happened since, it is looked at.
async fn process_shown(
    work: &Work<'_>,
    signal: &Signal,
    opening: &mut OpeningLink<'_>,
    group: &mut GroupLink<'_>,
    source: &Record,
    known: Decided,
) -> Result<Processed, Fault> {
    let right = group_of(&work.settings.rules.group_by, source);
    if right != *group.subject() && !is_tied(work, opening, group) {
        return move_on(work, signal, opening, right).await;
    }
    let was_missed = opening.summary().is_some_and(|link| link.missing_since.is_some()) || opening.state().is_gone;
    let is_nameless = opening.state().target.as_ref().is_some_and(|target| target.uid.is_none());
    let has_leftovers = was_missed || is_nameless && work.attempt.is_replay() || group.intent().is_some();
    if let Some(settled) = opening.settled(&source.shown(), has_leftovers, OnNewSettings::Apply) {
        opening.wait_no_more(&signal.trigger).await?;
        return Ok(Processed::skipped(settled.reason(), work.answered()));
    }
    opening.state_mut().is_gone = false;
    opening.state_mut().is_told_gone = false;
    register(work, opening, group.subject(), source).await?;
    process_found(work, opening, group, source, known).await
}

/// Works out what Recruit should hold for the opening, and brings that about.
async fn process_found(
    work: &Work<'_>,
    opening: &mut OpeningLink<'_>,
    group: &mut GroupLink<'_>,
    source: &Record,
    known: Decided,
) -> Result<Processed, Fault> {
    let is_recovered = match recover(work, opening, group).await? {
        Cleared::Nothing => false,
        Cleared::Found => true,
        Cleared::Undecided(blocker) => {
            let observed = observed(opening, source.shown());
            return block(work, opening, vec![blocker], observed).await;
        }
    };
    let desired = match decide(source.row(), opening.state(), &work.settings.rules, known.of(opening)) {
        Ok(desired) => desired,
        Err(blocker) => {
            let observed = observed(opening, source.shown());
            return block(work, opening, vec![blocker], observed).await;
        }
    };
    opening.state_mut().is_left = match &desired {
        Desired::Left => true,
        // what passes by makes it no newer
        Desired::AsItStands(Because::NotApproved(_)) => opening.state().is_left,
        _ => false,
    };
    let plan = Plan::of(&desired, opening.state(), group.state());
    tracing::debug!(connection = work.attempt.connection(), opening = %work.opening, "{plan}");
    let is_change = !plan.is_empty();
    let before = entered(opening);
    let mut blockers = apply(work, opening, group, source, &desired, plan).await?;
    blockers.extend(count(work, opening, group).await?);
    let observed = observed(opening, source.shown());
    if !blockers.is_empty() {
        return block(work, opening, blockers, observed).await;
    }
    if desired == Desired::Elsewhere {
        // its version is news where its turn comes
        return Ok(Processed::done(work.answered()));
    }
    opening.settle(observed).await?;
    Ok(match (is_change, is_recovered) {
        (true, _) => Processed::done(work.answered()).with_reason(done(&desired, before.as_ref(), opening)),
        (false, true) => Processed::done_earlier(work.answered()),
        (false, false) => Processed::skipped(reason(desired), work.answered()),
    })
}

/// Recruit's opening, where an answer has shown which one it is.
fn entered(opening: &OpeningLink<'_>) -> Option<OpeningUid> {
    opening.state().target.as_ref().and_then(|target| target.uid.clone())
}

/// What was done, with Recruit's uid.
fn done(desired: &Desired, before: Option<&OpeningUid>, opening: &OpeningLink<'_>) -> String {
    match (desired, entered(opening), &opening.state().target) {
        (Desired::Cancelled(_), Some(uid), _) => format!("cancelled opening {uid}"),
        (_, None, Some(target)) => format!("created or changed an opening of position {}", target.position),
        (_, after, _) => became("opening", before, after.as_ref()),
    }
}

fn reason(desired: Desired) -> String {
    match desired {
        Desired::Open(_) | Desired::Cancelled(_) | Desired::Elsewhere => "as it should be".to_owned(),
        Desired::AsItStands(because) => because.to_string(),
        Desired::Left => "open before the first sweep, which `policies.backfill` leaves".to_owned(),
    }
}

/// Whether Recruit holds something for the opening in this group, or may do so: then the opening stays.
fn is_tied(work: &Work<'_>, opening: &OpeningLink<'_>, group: &GroupLink<'_>) -> bool {
    let is_first = group.state().first.as_ref().is_some_and(|first| first.opening == work.opening);
    let is_sent = group.intent().is_some_and(|intent| intent.sent.opening == work.opening);
    opening.state().target.is_some() || opening.intent().is_some() || is_first || is_sent
}

/// The opening's turn comes in another group from now on. The signal goes first: an opening that nobody looks at would
/// stay without a group.
async fn move_on(
    work: &Work<'_>,
    signal: &Signal,
    opening: &mut OpeningLink<'_>,
    to: Subject,
) -> Result<Processed, Fault> {
    let processed = pass_on(work.shared, work.attempt, signal, to).await?;
    if opening.state().group.is_some() {
        opening.state_mut().group = None;
        opening.state_mut().position = None;
        opening.save().await?;
    }
    Ok(processed)
}

/// The opening belongs to another group: its turn comes there.
async fn pass_on(shared: &Shared, attempt: &Attempt<'_>, signal: &Signal, to: Subject) -> Result<Processed, Fault> {
    send(shared, attempt, &signal.clone().part_of(to)).await?;
    Ok(Processed::done([]).with_reason("its position's turn comes"))
}
