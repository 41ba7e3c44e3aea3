//! Steps that hurt are taken from the connection's budgets of the day, whatever asks for them.

use edge::verdict::Fault;
use ledger::Guarded;
use mapping::personio_to_scim::StepBudget;
use reconcile::guard::{self, Effect};

use crate::blocker::Blocker;
use crate::link::Object;
use crate::work::Work;

/// Takes a step from its budget. `Some`: the budget is used up, and the step waits for a person.
pub(crate) async fn held(work: &Work<'_>, object: &Object<'_>, effect: Effect) -> Result<Option<Blocker>, Fault> {
    if effect == Effect::Create && is_of_the_first_sweep(work).await? {
        return Ok(None);
    }
    let accounts = work.shared.counts.of(work.attempt).await?;
    let most = budget(work, effect).most(accounts);
    let is_held = guard::take(work.attempt, effect, most, object.subject()).await? == Guarded::Held;
    Ok(is_held.then(|| Blocker::held(work.attempt.connection(), effect, work.attempt.today(), most)))
}

fn budget(work: &Work<'_>, effect: Effect) -> StepBudget {
    let budgets = work.settings.budgets;
    match effect {
        Effect::Create => budgets.creations,
        Effect::Deactivate => budgets.deactivations,
        Effect::Remove => budgets.removals,
    }
}

/// The first sweep makes everybody's account. It has ended once the connection has a cursor; its signals may come
/// later.
async fn is_of_the_first_sweep(work: &Work<'_>) -> Result<bool, Fault> {
    let ended = work.attempt.ledger.cursor(work.attempt.connection()).await?;
    Ok(ended.is_none_or(|ended| work.attempt.record.message.received <= ended))
}
