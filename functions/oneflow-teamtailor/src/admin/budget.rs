//! Today's budget of new contracts, for those who only look.

use admin::{ChangeKind, Error, ReadingContext};
use jiff::tz::TimeZone;
use ledger::{Budget, BudgetUse, Guarded};
use reconcile::guard::Effect;

use super::judged::Judged;
use crate::connection::Settings;

/// A copy of today's budget of new contracts, to be taken from without anybody's noticing. `None`: the connection makes none.
///
/// # Errors
/// Where the table fails.
pub(super) async fn creations(context: &ReadingContext<'_>, settings: &Settings) -> Result<Option<BudgetUse>, Error> {
    let Some(rules) = &settings.start else { return Ok(None) };
    let day = context.now.to_zoned(TimeZone::UTC).date();
    let budget = Budget { connection: context.name, effect: Effect::Create.word(), day, most: rules.creations };
    Ok(Some(context.ledger.budget_use(budget).await?))
}

/// What would become of it as far as the budget lets it.
pub(super) fn held(judged: Judged, creations: Option<&mut BudgetUse>) -> Judged {
    let (Some(budget), Some(subject)) = (creations, judged.takes.clone()) else { return judged };
    let state = format!(
        "contracts are made today for {} candidates of the {} that `start.creations_per_day` allows",
        budget.taken(),
        budget.most()
    );
    match budget.take(&subject) {
        Guarded::Go => judged,
        Guarded::Held => Judged { kind: ChangeKind::Held, what: format!("{}; {state}", judged.what), ..judged },
    }
}
