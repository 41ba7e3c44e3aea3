//! Steps that hurt are taken from the connection's budgets of the day, whatever asks for them.

use edge::verdict::Fault;
use ledger::Guarded;
use reconcile::guard::{self, Effect};

use crate::blocker::Blocker;
use crate::link::OpeningLink;
use crate::work::Work;

/// Takes a step from its budget. `Some`: the budget is used up, and the step waits for a person.
pub(crate) async fn used_up(
    work: &Work<'_>,
    opening: &OpeningLink<'_>,
    effect: Effect,
) -> Result<Option<Blocker>, Fault> {
    let most = work.settings.budgets.most(effect);
    let is_held = guard::take(work.attempt, effect, most, opening.subject()).await? == Guarded::Held;
    let attempt = work.attempt;
    Ok(is_held.then(|| Blocker::budget_used_up(attempt.connection(), effect, attempt.today(), most)))
}
