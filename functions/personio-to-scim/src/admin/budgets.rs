//! Today's budgets, for those who only look: what is left of them, and what a plan would take.

use admin::{Error, ReadingContext};
use jiff::tz::TimeZone;
use ledger::{Budget, BudgetUse, Guarded, Subject};
use mapping::personio_to_scim::StepBudget;
use reconcile::guard::Effect;

use crate::connection::Settings;
use crate::plan::{Plan, Step};

/// Today's budgets of a connection.
pub(super) async fn budgets<'a>(context: &ReadingContext<'a>, settings: &Settings) -> Result<[Budget<'a>; 3], Error> {
    let accounts = context.ledger.claims(context.name).await?.len();
    let accounts = u32::try_from(accounts).unwrap_or(u32::MAX);
    let day = context.now.to_zoned(TimeZone::UTC).date();
    let budget = |effect: Effect, step: StepBudget| Budget {
        connection: context.name,
        effect: effect.word(),
        day,
        most: step.most(accounts),
    };
    let steps = &settings.budgets;
    Ok([
        budget(Effect::Create, steps.creations),
        budget(Effect::Deactivate, steps.deactivations),
        budget(Effect::Remove, steps.removals),
    ])
}

/// A copy of today's budgets, to be taken from without anybody's noticing.
pub(super) struct Copies {
    /// `None`: creations do not count before the first sweep has ended.
    creations: Option<BudgetUse>,
    deactivations: BudgetUse,
    removals: BudgetUse,
}

impl Copies {
    pub(super) async fn of(context: &ReadingContext<'_>, settings: &Settings) -> Result<Self, Error> {
        let [creations, deactivations, removals] = budgets(context, settings).await?;
        let creations = match context.ledger.cursor(context.name).await? {
            Some(_) => Some(context.ledger.budget_use(creations).await?),
            None => None,
        };
        let deactivations = context.ledger.budget_use(deactivations).await?;
        Ok(Self { creations, deactivations, removals: context.ledger.budget_use(removals).await? })
    }

    /// Takes what the plan would. `None`: it takes nothing.
    pub(super) fn take(&mut self, plan: &Plan, subject: &Subject) -> Option<Taken> {
        let (budget, name) = match effect(plan)? {
            Effect::Create => (self.creations.as_mut()?, "creations"),
            Effect::Deactivate => (&mut self.deactivations, "deactivations"),
            Effect::Remove => (&mut self.removals, "removals"),
        };
        let before = budget.taken();
        let guarded = budget.take(subject);
        let state = format!("{before} of {} {name} are taken today", budget.most());
        Some(Taken { is_held: guarded == Guarded::Held, state })
    }
}

/// What came of taking from a budget.
pub(super) struct Taken {
    /// Whether the step would wait for a person.
    pub(super) is_held: bool,
    /// How far the budget was used before.
    pub(super) state: String,
}

fn effect(plan: &Plan) -> Option<Effect> {
    plan.0.iter().find_map(|step| match step {
        Step::Create => Some(Effect::Create),
        Step::Deactivate => Some(Effect::Deactivate),
        Step::Remove => Some(Effect::Remove),
        Step::Adopt | Step::Activate | Step::Change(_) => None,
    })
}
