//! Carries out what must change: first the account itself, then the steps on it.

use edge::verdict::Fault;
use vendors::Kind;
use vendors::scim::model::{AttributeChange, UserId};

use crate::activation::{activate, deactivate};
use crate::adopt::Candidate;
use crate::attributes::change;
use crate::blocker::Blocker;
use crate::enter::{adopt, create};
use crate::goal::Goal;
use crate::link::Object;
use crate::plan::{Plan, Step};
use crate::removal::{forget_account, remove};
use crate::work::Work;

/// What was done.
pub(crate) struct Applied {
    /// Whether anything was to be done.
    pub(crate) is_change: bool,
    /// What stands in the way of the rest.
    pub(crate) blockers: Vec<Blocker>,
}

/// Carries out what must change. A step that is refused keeps none of another kind from being done, but for those that
/// need it.
///
/// # Errors
/// The partner's, where they are about more than this one account; [`Fault::Throttled`], [`Fault::OutOfTime`].
pub(crate) async fn apply(
    work: &Work<'_>,
    object: &mut Object<'_>,
    goal: &Goal,
    candidate: Candidate,
) -> Result<Applied, Fault> {
    let entered = match (candidate, goal) {
        (Candidate::InTheWay(blocker), _) => return Ok(blocked(blocker)),
        (Candidate::User(user), _) => Some(adopt(work, object, &user).await?),
        (Candidate::Nobody, Goal::Active(content)) if !object.state().holds() => {
            Some(create(work, object, content).await?)
        }
        (Candidate::Nobody, _) => None,
    };
    let is_entered = entered.is_some();
    if let Some(blocker) = entered.flatten() {
        return Ok(blocked(blocker));
    }
    let plan = Plan::of(object.state().account.as_ref(), goal);
    tracing::debug!(connection = work.attempt.connection(), person = %work.person, "{plan}");
    let is_change = is_entered || !plan.is_empty();
    let blockers = carry_out(work, object, goal, plan).await?;
    Ok(Applied { is_change, blockers })
}

fn blocked(blocker: Blocker) -> Applied {
    Applied { is_change: true, blockers: vec![blocker] }
}

async fn carry_out(work: &Work<'_>, object: &mut Object<'_>, goal: &Goal, plan: Plan) -> Result<Vec<Blocker>, Fault> {
    let Some(id) = object.state().account.as_ref().map(|account| account.id.clone()) else { return Ok(Vec::new()) };
    let wanted = match goal {
        Goal::Active(content) => content.for_update(),
        Goal::Inactive { .. } | Goal::Nothing { .. } | Goal::AsItStands => Vec::new(),
    };
    let mut blockers = Vec::new();
    for step in plan.0 {
        match carry_out_one(work, object, &id, step, &wanted).await {
            Ok(found) => blockers.extend(found),
            Err(Fault::Vendor(error)) if error.kind == Kind::Gone => {
                // somebody has removed it there: the next attempt begins as with a person who has none
                forget_account(object);
                object.save().await?;
                return Err(error.into());
            }
            Err(fault) => return Err(fault),
        }
    }
    Ok(blockers)
}

async fn carry_out_one(
    work: &Work<'_>,
    object: &mut Object<'_>,
    id: &UserId,
    step: Step,
    wanted: &[AttributeChange],
) -> Result<Vec<Blocker>, Fault> {
    let blocker = match step {
        Step::Activate => activate(work, object, id, wanted).await?,
        Step::Deactivate => deactivate(work, object, id).await?,
        Step::Remove => remove(work, object, id).await?,
        Step::Change(changes) => {
            let wanted = with(wanted, &changes);
            return change(work, object, id, &changes, &wanted).await;
        }
        // the account stands already
        Step::Create | Step::Adopt => None,
    };
    Ok(blocker.into_iter().collect())
}

/// All that is wanted, and what is written once only.
fn with(wanted: &[AttributeChange], changes: &[AttributeChange]) -> Vec<AttributeChange> {
    let is_further = |change: &&AttributeChange| !wanted.iter().any(|other| other.attribute() == change.attribute());
    wanted.iter().chain(changes.iter().filter(is_further)).cloned().collect()
}
