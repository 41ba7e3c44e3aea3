//! What would become of one absence, step by step, as the next signal about it would find it. Reads what that takes as the
//! pusher does, and cannot write.

use admin::{Error, Explanation, ReadingContext};
use edge::verdict::{self, Fault};
use jiff::tz::TimeZone;
use ledger::{Budget, Guarded, Link, Subject};
use reconcile::Memory;
use reconcile::guard::Effect;
use vendors::Kind;
use vendors::personio::absences;
use vendors::personio::model::absence::{AbsencePeriod, Boundary};
use vendors::personio::model::id::AbsenceId;

use super::context::{only_reading, settings};
use super::preview::{spelled, spelled_before};
use crate::Mapper;
use crate::connection::{Settings, WhenRemovedByHand};
use crate::desired::{Accounts, Desired, Retained};
use crate::fingerprint::shown;
use crate::link::{KIND, Remembered, State};
use crate::plan::{Goal, Plan, Step};

/// The absence's link, as far as there is one.
type AbsenceLink = Option<Link<Memory<State, Remembered>>>;

/// Explains the absence with this id.
///
/// # Errors
/// Where it is no absence's id; what the accounts refuse.
pub(super) async fn explain(context: ReadingContext<'_>, object: &str) -> Result<Explanation, Error> {
    let id: AbsenceId =
        object.parse().map_err(|_| Error::Refused(format!("`{object}` is no id of an absence in Personio")))?;
    let settings = settings(&context)?;
    let mapper = only_reading(&context)?;
    let accounts = mapper.accounts(context.name, 0, &settings);
    let subject = Subject::new(KIND, id);
    let link: AbsenceLink = context.ledger.link(context.name, &subject).await?;
    let mut told = Explanation::default();
    let goal = goal(&mapper, &accounts, id, &link, &mut told).await?;
    if let Some(goal) = goal {
        let state = link.map(|link| link.state.state).unwrap_or_default();
        let plan = Plan::of(&state, &goal, settings.replace);
        told.add("steps", plan.to_string());
        if takes_from_budget(&state, &goal, &plan) {
            told.add("budget", budget(&context, &settings, &subject).await?);
        }
    }
    Ok(told)
}

/// What helloHQ should hold. `None`: something stands in the way.
async fn goal(
    mapper: &Mapper,
    accounts: &Accounts<'_>,
    id: AbsenceId,
    link: &AbsenceLink,
    told: &mut Explanation,
) -> Result<Option<Goal>, Error> {
    let read = absences::read(&accounts.personio, id).await;
    let absence = match read {
        Ok(absence) => absence,
        Err(error) if error.kind == Kind::Gone => {
            told.add("Personio", "has no such absence");
            tell_entered(link, told);
            return Ok(Some(Goal::Nothing));
        }
        Err(error) if matches!(error.kind, Kind::Invalid(_) | Kind::RightMissing(_)) => {
            told.add("stands in the way", verdict::reasons(&error.into()).join("; "));
            return Ok(None);
        }
        Err(error) => return Err(error.into()),
    };
    told.add("Personio", period(&absence));
    tell_entered(link, told);
    let is_edited = link.as_ref().is_none_or(|link| is_edited(link, &absence));
    if stays_removed(accounts.settings, link, is_edited) {
        told.add("removed by hand", "it stays removed while the absence is not edited");
        return Ok(Some(Goal::AsItStands));
    }
    let written = link.as_ref().and_then(|link| link.state.state.written.as_ref());
    let retained = written.filter(|_| !is_edited).map(|written| Retained::of(&written.entry));
    if retained.is_some() {
        told.add("edited since it was entered", "no: its type and user stay, whatever the mapping says now");
    }
    let desired = mapper.desired(accounts, &absence, written, retained).await;
    let desired = match desired {
        Err(Fault::Vendor(error)) if matches!(error.kind, Kind::Gone | Kind::Invalid(_)) => {
            told.add("stands in the way", Error::from(error).to_string());
            return Ok(None);
        }
        desired => desired?,
    };
    Ok(wanted(desired, told))
}

fn wanted(desired: Desired, told: &mut Explanation) -> Option<Goal> {
    match desired {
        Desired::Entry { entry, .. } => {
            told.add("wanted", spelled(&entry));
            Some(Goal::Entry(entry))
        }
        Desired::AsItStands { .. } => {
            told.add("wanted", "what is entered");
            Some(Goal::AsItStands)
        }
        Desired::Nothing { reason } => {
            told.add("wanted", format!("no entry: {reason}"));
            Some(Goal::Nothing)
        }
        Desired::Blocked(blocker) => {
            told.add("stands in the way", blocker.notice.reasons.join("; "));
            None
        }
    }
}

fn tell_entered(link: &AbsenceLink, told: &mut Explanation) {
    let memory = link.as_ref().map(|link| &link.state);
    let written = memory.and_then(|memory| memory.state.written.as_ref());
    let entered = written.map(|written| format!("{}, as entry {}", spelled_before(&written.entry), written.id));
    told.add("entered", entered.unwrap_or_else(|| "nothing".to_owned()));
    if memory.is_some_and(|memory| memory.intent.is_some()) {
        told.add("on its way", "a creation without an answer: it is looked for before anything else");
    }
}

/// As the pusher judges it: what was blocked counts as edited.
fn is_edited(link: &Link<Memory<State, Remembered>>, absence: &AbsencePeriod) -> bool {
    link.summary.fingerprint != Some(shown(absence).fingerprint) || link.state.blocked.is_some()
}

fn stays_removed(settings: &Settings, link: &AbsenceLink, is_edited: bool) -> bool {
    let is_removed = link.as_ref().is_some_and(|link| link.state.state.removed_by_hand);
    is_removed && !is_edited && settings.sweeps.when_removed_by_hand != WhenRemovedByHand::Restore
}

fn period(absence: &AbsencePeriod) -> String {
    let at = |boundary: &Boundary| boundary.at.strftime("%Y-%m-%d %H:%M").to_string();
    let ends = absence.ends.as_ref().map_or_else(|| "an open end".to_owned(), at);
    format!("type {}, {} to {ends}", absence.absence_type, at(&absence.starts))
}

/// A removal that nothing takes the place of, and that was not begun before.
fn takes_from_budget(state: &State, goal: &Goal, plan: &Plan) -> bool {
    let is_new = |step: &Step| matches!(step, Step::Delete(id) if !state.superseded.contains(id));
    *goal == Goal::Nothing && plan.0.iter().any(is_new)
}

async fn budget(context: &ReadingContext<'_>, settings: &Settings, subject: &Subject) -> Result<String, Error> {
    let day = context.now.to_zoned(TimeZone::UTC).date();
    let most = settings.sweeps.removals_per_day;
    let budget = Budget { connection: context.name, effect: Effect::Remove.word(), day, most };
    let mut copy = context.ledger.budget_use(budget).await?;
    let before = copy.taken();
    let then = match copy.take(subject) {
        Guarded::Go => "it goes",
        Guarded::Held => "held until a person confirms",
    };
    Ok(format!("{before} of {most} removals are taken today: {then}"))
}
