//! Makes an opening of a position that Recruit holds.

use edge::verdict::Fault;
use jiff::Timestamp;
use mapping::hibob_to_recruit::MappedOpening;
use reconcile::Answered;
use reconcile::guard::Effect;
use vendors::recruit::model::NewOpening;
use vendors::recruit::openings;
use vendors::recruit::operations::CREATE_OPENING;
use vendors::recruit::outcome::Created;
use vendors::{Error, Kind, Reason};

use crate::blocker::Blocker;
use crate::budget::used_up;
use crate::link::{GroupLink, OpeningLink, SentOpening, Target, digests};
use crate::take_over::hold;
use crate::work::Work;

/// Makes the opening.
pub(crate) async fn create_opening(
    work: &Work<'_>,
    opening: &mut OpeningLink<'_>,
    group: &mut GroupLink<'_>,
    mapped: &MappedOpening,
) -> Result<Vec<Blocker>, Fault> {
    let Some(position) = group.state().position.clone() else { return Ok(Vec::new()) };
    if let Some(blocker) = used_up(work, opening, Effect::Create).await? {
        return Ok(vec![blocker]);
    }
    work.turn(group).await?;
    let sent = digests(mapped);
    opening.intend(SentOpening { position: position.clone(), sent: sent.clone() }).await?;
    let answer = openings::create(&work.recruit, &position, &new_opening(mapped, work.attempt.now())).await;
    let answer = or_gone(answer, "its position is not there any more");
    let reasons = match opening.answered(work.note(CREATE_OPENING, answer)).await? {
        Answered::Made(Created::Made(made)) => {
            let target = Target { uid: Some(made.uid), position, sent, is_cancelled: false };
            return hold(opening, target).await;
        }
        Answered::Made(Created::Refused(reasons)) => {
            opening.save().await?;
            reasons.iter().map(ToString::to_string).collect()
        }
        Answered::Refused { reasons, .. } => reasons,
    };
    Ok(vec![Blocker::step_refused(&work.opening, "make the opening", &reasons)])
}

/// A thing that a creation needs and Recruit does not show any more is a refusal of this one creation.
pub(crate) fn or_gone<T>(answer: Result<Created<T>, Error>, what: &str) -> Result<Created<T>, Error> {
    match answer {
        Err(error) if error.kind == Kind::Gone => {
            Ok(Created::Refused(vec![Reason { field: None, code: what.to_owned(), meaning: None }]))
        }
        answer => answer,
    }
}

/// What Recruit gets. What HiBob shows as approved is approved now, for HiBob does not say since when.
pub(crate) fn new_opening(mapped: &MappedOpening, now: Timestamp) -> NewOpening {
    NewOpening {
        name: mapped.name.clone(),
        time_expected_hire: mapped.expected_hire,
        reason: mapped.reason,
        approved_at: mapped.is_approved.then_some(now),
        custom_fields: mapped.custom_fields.clone(),
    }
}
