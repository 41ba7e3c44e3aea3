//! Makes the position of a group in Recruit, with the first opening in it: without one Recruit would make an opening of its
//! own, which would be one too many.

use std::collections::BTreeMap;

use edge::verdict::Fault;
use ledger::Fingerprint;
use mapping::hibob_to_recruit::{MappedManager, MappedOpening, MappedPosition, mapped_position};
use reconcile::Answered;
use reconcile::guard::Effect;
use vendors::hibob::people;
use vendors::recruit::model::new_position::{Located, User};
use vendors::recruit::model::{NamedValue, NewPosition, Position, PositionStatus, Role};
use vendors::recruit::operations::{CLONE_POSITION, CREATE_POSITION};
use vendors::recruit::outcome::Created;
use vendors::recruit::positions;
use vendors::value::Email;
use vendors::{Error, Kind};

use crate::blocker::Blocker;
use crate::budget::used_up;
use crate::create_opening::{new_opening, or_gone};
use crate::link::{First, GroupLink, OpeningLink, SentPosition, claim_of_position, digests};
use crate::source::Record;
use crate::take_over::take_over;
use crate::work::Work;

/// Makes the position with the opening in it.
pub(crate) async fn create_position(
    work: &Work<'_>,
    opening: &mut OpeningLink<'_>,
    group: &mut GroupLink<'_>,
    source: &Record,
    mapped: &MappedOpening,
) -> Result<Vec<Blocker>, Fault> {
    let position = match mapped_position(source.row(), &work.settings.rules.position) {
        Ok(position) => position,
        Err(unmappable) => return Ok(vec![Blocker::unmappable(&work.opening, &unmappable)]),
    };
    if let Some(blocker) = used_up(work, opening, Effect::Create).await? {
        return Ok(vec![blocker]);
    }
    let manager = manager(work, &position).await?;
    let new = new_position(work, source, &position, manager, mapped);
    work.turn(group).await?;
    // the opening's link knows its group before Recruit holds anything for it
    opening.save().await?;
    group.intend(sent(work, source, &position, mapped)).await?;
    let answer = send(work, &position, &new).await;
    let made = match group.answered(answer).await? {
        Answered::Made(Created::Made(made)) => made,
        Answered::Made(Created::Refused(reasons)) => {
            group.save().await?;
            let reasons: Vec<String> = reasons.iter().map(ToString::to_string).collect();
            return Ok(vec![Blocker::step_refused(&work.opening, "make the position", &reasons)]);
        }
        Answered::Refused { reasons, .. } => {
            return Ok(vec![Blocker::step_refused(&work.opening, "make the position", &reasons)]);
        }
    };
    hold(work, group, &made, mapped).await?;
    let blockers = take_over(work, opening, group).await?;
    Ok(blockers.into_iter().chain(position.left_out.iter().map(Blocker::left_out)).collect())
}

/// Recruit holds the position: the group's link says so, and names the opening in it.
async fn hold(
    work: &Work<'_>,
    group: &mut GroupLink<'_>,
    made: &Position,
    mapped: &MappedOpening,
) -> Result<(), Fault> {
    let first = First { opening: work.opening.clone(), uid: only_opening(made), sent: digests(mapped) };
    group.claim(claim_of_position(&made.uid));
    let state = group.state_mut();
    state.position = Some(made.uid.clone());
    state.first = Some(first);
    group.save().await
}

/// The opening that a position shows, where that is a single one.
pub(crate) fn only_opening(position: &Position) -> Option<vendors::recruit::model::OpeningUid> {
    match position.openings.as_deref() {
        Some([opening]) => Some(opening.uid.clone()),
        _ => None,
    }
}

async fn send(work: &Work<'_>, position: &MappedPosition, new: &NewPosition) -> Result<Created<Position>, Error> {
    let recruit = &work.recruit;
    let Some(template) = &position.template else {
        let answer = positions::create(recruit, new).await;
        return work.note(CREATE_POSITION, answer);
    };
    let answer = positions::clone_from(recruit, template, true, new).await;
    work.note(CLONE_POSITION, or_gone(answer, "the template of `position.template` is not there"))
}

/// The hiring manager's address. Whoever HiBob does not show is left to `allow_fallback`; so is everybody where the service
/// user may not read people, or an address cannot be read.
async fn manager(work: &Work<'_>, position: &MappedPosition) -> Result<Option<Email>, Fault> {
    let id = match &position.hiring_manager {
        MappedManager::Nobody => return Ok(None),
        MappedManager::Known(email) => return Ok(Some(email.clone())),
        MappedManager::Employee(id) => id,
    };
    work.needs_a_call()?;
    match people::email(&work.hibob, id).await {
        Err(error) if position.allow_fallback && matches!(error.kind, Kind::RightMissing(_) | Kind::Invalid(_)) => {
            tracing::warn!(connection = work.attempt.connection(), %error, "the hiring manager is left to Recruit");
            Ok(None)
        }
        answer => Ok(answer?),
    }
}

fn new_position(
    work: &Work<'_>,
    source: &Record,
    position: &MappedPosition,
    manager: Option<Email>,
    mapped: &MappedOpening,
) -> NewPosition {
    let manager = manager.map(|email| (Role::HiringManager, User { email }));
    let recruiter = position.lead_recruiter.clone().map(|email| (Role::LeadRecruiter, User { email }));
    let categories = position.categories.iter();
    NewPosition {
        name: position.name.clone(),
        status: PositionStatus::Open,
        is_discreet: position.is_discreet,
        department: position.department.clone(),
        employment_type: position.employment_type.clone(),
        experience_level: position.experience_level.clone(),
        location: position.location.clone().map(|uid| Located { uid }),
        custom_id: work.settings.sends_custom_id.then(|| custom_id(source)),
        categories: categories.map(|(name, value)| NamedValue { name: name.clone(), value: value.clone() }).collect(),
        details: Vec::new(),
        allow_fallback: Some(position.allow_fallback),
        users: manager.into_iter().chain(recruiter).collect::<BTreeMap<_, _>>(),
        openings: vec![new_opening(mapped, work.attempt.now())],
    }
}

/// Our id of the position: HiBob's.
fn custom_id(source: &Record) -> String {
    source.position.id.to_string()
}

/// What is written down before the position is made.
fn sent(work: &Work<'_>, source: &Record, position: &MappedPosition, mapped: &MappedOpening) -> SentPosition {
    SentPosition {
        custom_id: custom_id(source),
        name: Fingerprint::of(&position.name),
        opening: work.opening.clone(),
        sent: digests(mapped),
    }
}
