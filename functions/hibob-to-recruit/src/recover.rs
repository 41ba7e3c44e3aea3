//! What became of a creation that got no answer. Recruit knows no keys of ours for openings and may not keep ours for
//! positions: what cannot be found out a person decides, and nothing is repeated by itself.

use edge::verdict::Fault;
use jiff::{SignedDuration, Timestamp};
use ledger::{Decision, Fingerprint, Subject};
use mapping::hibob_to_recruit::OpeningField;
use reconcile::Recovered;
use vendors::recruit::model::{Opening, OpeningStatus, Position, PositionUid};
use vendors::recruit::operations::LIST_POSITIONS;
use vendors::recruit::positions;

use crate::blocker::{Blocker, UNKNOWABLE_OPENING, UNKNOWABLE_POSITION, UNKNOWN_UID};
use crate::create_position::only_opening;
use crate::link::{
    First, GroupLink, OpeningLink, SentOpening, SentPosition, Target, claim_of_opening, claim_of_position,
};
use crate::listed::{is_claimed, listed};
use crate::take_over::{hold, take_over};
use crate::work::Work;

/// By how much Recruit's clock may be behind ours.
const APART: SignedDuration = SignedDuration::from_mins(5);
/// After so long, a position that is not found by its name may have got another one.
const LATE: SignedDuration = SignedDuration::from_hours(1);

/// What became of the creations that got no answer.
pub(crate) enum Cleared {
    /// There were none.
    Nothing,
    /// Recruit's are known now.
    Found,
    /// A person has to decide about one.
    Undecided(Blocker),
}

/// Finds out what became of unanswered creations: of the group's position first, then of the opening.
///
/// # Errors
/// [`Fault::NotYetVisible`]: Recruit may show it later. Otherwise as [`recover_position`].
pub(crate) async fn recover(
    work: &Work<'_>,
    opening: &mut OpeningLink<'_>,
    group: &mut GroupLink<'_>,
) -> Result<Cleared, Fault> {
    let about = opening.subject().clone();
    let of_position = recover_position(work, group, &about).await?;
    let of_opening = recover_opening(work, opening, group).await?;
    let undecided = [Blocker::unknowable_position(group.subject()), Blocker::unknowable_opening(&work.opening)];
    let mut cleared = Cleared::Nothing;
    for (recovered, blocker) in [of_position, of_opening].into_iter().zip(undecided) {
        match recovered {
            Recovered::Found(()) => cleared = Cleared::Found,
            Recovered::NothingOpen => {}
            Recovered::NotYet(until) => return Err(Fault::NotYetVisible { until }),
            Recovered::Unknowable => return Ok(Cleared::Undecided(blocker)),
        }
    }
    Ok(cleared)
}

/// What a look-up has found.
enum Found<T> {
    One(T),
    Nothing,
    /// The look-up says nothing, or names several.
    Unknowable,
}

/// Finds out what became of an unanswered creation of a position. `about`: what a person may have decided about.
///
/// # Errors
/// Recruit's; [`Fault::Throttled`], [`Fault::Claimed`].
async fn recover_position(work: &Work<'_>, group: &mut GroupLink<'_>, about: &Subject) -> Result<Recovered<()>, Fault> {
    let Some(intent) = group.intent().cloned() else { return Ok(Recovered::NothingOpen) };
    let found = match work.decision(about, UNKNOWABLE_POSITION, Some(intent.at)).await? {
        Some(Decision::Create) => {
            let found = group.not_found(std::time::Duration::ZERO);
            group.save().await?;
            work.forget_decision(about).await?;
            return Ok(found);
        }
        Some(Decision::Adopt { id }) => match id.parse() {
            Ok(uid) => Found::One((uid, None)),
            Err(_) => Found::Unknowable,
        },
        None if !work.settings.sees_new_positions => Found::Unknowable,
        None => find_position(work, group, &intent.sent).await?,
    };
    let (uid, first) = match found {
        Found::Unknowable => return Ok(Recovered::Unknowable),
        // a recruiter may have renamed it since
        Found::Nothing if !can_be_told(work) && work.attempt.now() > intent.at + LATE => {
            return Ok(Recovered::Unknowable);
        }
        Found::Nothing => return Ok(group.not_found(work.settings.visible_within)),
        Found::One(found) => found,
    };
    group.claim(claim_of_position(&uid));
    let SentPosition { opening, sent, .. } = intent.sent;
    let state = group.state_mut();
    state.position = Some(uid);
    state.first = Some(First { opening, uid: first, sent });
    let found = group.found(());
    group.save().await?;
    work.forget_decision(about).await?;
    Ok(found)
}

type FoundPosition = (PositionUid, Option<vendors::recruit::model::OpeningUid>);

/// The position that bears our id. One that bears none and has the name may be ours or a recruiter's.
async fn find_position(
    work: &Work<'_>,
    group: &mut GroupLink<'_>,
    sent: &SentPosition,
) -> Result<Found<FoundPosition>, Fault> {
    let mut cursor = None;
    let (mut ours, mut perhaps) = (Vec::new(), 0_u32);
    loop {
        work.turn(group).await?;
        let page = work.note(LIST_POSITIONS, positions::page(&work.recruit, cursor.as_ref()).await)?;
        perhaps += u32::from(!page.unreadable.is_empty());
        for position in page.items {
            let is_candidate = bears(&position, &sent.custom_id) || has_name(&position, sent);
            if !is_candidate || is_claimed(work, &claim_of_position(&position.uid)).await? {
                continue;
            }
            match bears(&position, &sent.custom_id) {
                true => ours.push((position.uid.clone(), only_opening(&position))),
                false => perhaps += 1,
            }
        }
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
        tokio::time::sleep(work.settings.between_recruit_calls()).await;
    }
    Ok(match (ours.pop(), ours.is_empty(), perhaps) {
        (Some(found), true, _) => Found::One(found),
        (None, _, 0) => Found::Nothing,
        _ => Found::Unknowable,
    })
}

fn bears(position: &Position, custom_id: &str) -> bool {
    let in_category = position.categories.iter().any(|(_, value)| value.reveal() == custom_id);
    position.custom_id.as_deref() == Some(custom_id) || in_category
}

/// Whether positions are made with something that tells them from all others.
fn can_be_told(work: &Work<'_>) -> bool {
    work.settings.sends_custom_id || work.settings.rules.position.bears_id()
}

fn has_name(position: &Position, sent: &SentPosition) -> bool {
    position.name.as_ref().is_some_and(|name| Fingerprint::of(name) == sent.name)
}

/// Finds out what became of an unanswered creation of an opening, and which opening it is where no answer has shown that.
/// One that was made together with its position is taken over.
///
/// # Errors
/// As [`recover_position`].
async fn recover_opening(
    work: &Work<'_>,
    opening: &mut OpeningLink<'_>,
    group: &mut GroupLink<'_>,
) -> Result<Recovered<()>, Fault> {
    // before anything is decided: what Recruit holds for it may have to be cancelled by now
    if opening.state().target.is_none() && group.state().first.as_ref().is_some_and(|it| it.opening == work.opening) {
        take_over(work, opening, group).await?;
        return Ok(Recovered::Found(()));
    }
    let Some(intent) = opening.intent().cloned() else { return name_uid(work, opening).await };
    let about = opening.subject().clone();
    let found = match work.decision(&about, UNKNOWABLE_OPENING, Some(intent.at)).await? {
        Some(Decision::Create) => {
            let found = opening.not_found(std::time::Duration::ZERO);
            opening.save().await?;
            work.forget_decision(&about).await?;
            return Ok(found);
        }
        Some(Decision::Adopt { id }) => id.parse().map_or(Found::Unknowable, Found::One),
        None => find_opening(work, group, &intent.sent, intent.at).await?,
    };
    let uid = match found {
        Found::Unknowable => return Ok(Recovered::Unknowable),
        Found::Nothing => return Ok(opening.not_found(work.settings.visible_within)),
        Found::One(uid) => uid,
    };
    let SentOpening { position, sent } = intent.sent;
    let found = opening.found(());
    hold(opening, Target { uid: Some(uid), position, sent, is_cancelled: false }).await?;
    work.forget_decision(&about).await?;
    Ok(found)
}

/// A person has named the opening that was made together with its position.
async fn name_uid(work: &Work<'_>, opening: &mut OpeningLink<'_>) -> Result<Recovered<()>, Fault> {
    let is_nameless = opening.state().target.as_ref().is_some_and(|target| target.uid.is_none());
    let about = opening.subject().clone();
    let decision = if is_nameless { work.decision(&about, UNKNOWN_UID, None).await? } else { None };
    let Some(Decision::Adopt { id }) = decision else { return Ok(Recovered::NothingOpen) };
    let Ok(uid) = id.parse() else { return Ok(Recovered::NothingOpen) };
    opening.claim(claim_of_opening(&uid));
    if let Some(target) = &mut opening.state_mut().target {
        target.uid = Some(uid);
    }
    opening.save().await?;
    work.forget_decision(&about).await?;
    Ok(Recovered::Found(()))
}

async fn find_opening(
    work: &Work<'_>,
    group: &mut GroupLink<'_>,
    sent: &SentOpening,
    begun: Timestamp,
) -> Result<Found<vendors::recruit::model::OpeningUid>, Fault> {
    let Some(listed) = listed(work, group, &sent.position).await? else { return Ok(Found::Unknowable) };
    let mut ours = Vec::new();
    let mut perhaps = listed.unreadable.len();
    for found in listed.items.into_iter().filter(|found| may_be(found, sent)) {
        let is_claimed = is_claimed(work, &claim_of_opening(&found.uid)).await?;
        match found.time_created {
            _ if is_claimed => {}
            Some(created) if created + APART >= begun => ours.push(found.uid),
            // a recruiter's, made before
            Some(_) => {}
            None => perhaps += 1,
        }
    }
    Ok(match (ours.pop(), ours.is_empty(), perhaps) {
        (Some(found), true, 0) => Found::One(found),
        (None, _, 0) => Found::Nothing,
        _ => Found::Unknowable,
    })
}

/// Whether an opening may be the one that was sent: an open one with its name.
fn may_be(opening: &Opening, sent: &SentOpening) -> bool {
    let name = opening.name.as_ref().map(|name| Fingerprint::of(name));
    let is_over = matches!(opening.status, Some(OpeningStatus::Canceled));
    name.as_ref() == sent.sent.get(&OpeningField::Name.key()) && !is_over
}
