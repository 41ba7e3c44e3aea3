//! The flow's commands. Each is a free function in a file of its own; sweeps need no more than a message.

use admin::{Accounts, Commands, Confirmation, Context, Error, PreviewCommands, SweepCommands, SweepRun, Undecided};
use edge::Message;
use edge::verdict::Fault;
use jiff::tz::TimeZone;
use ledger::{Budget, BudgetState, Subject};
use reconcile::guard::Effect;
use reconcile::{Scheduled, Signal, Task, confirmation, tasks};

use super::context::settings;
use super::{preview, verify};
use crate::blocker::{UNKNOWABLE_OPENING, UNKNOWABLE_POSITION, UNKNOWN_UID};
use crate::connection::Budgets;
use crate::link::OPENING;
use crate::name::NAME;

/// All of them.
pub(crate) const COMMANDS: Commands = Commands {
    accounts: Some(accounts),
    verify: Some(|context| Box::pin(verify::verify(context))),
    sweep: Some(SweepCommands {
        start: start_sweep,
        is_task: |message| Task::read(&message.body).is_ok(),
        confirm: |context| Box::pin(confirm(context)),
    }),
    undecided: Some(Undecided { codes: &[UNKNOWABLE_POSITION, UNKNOWABLE_OPENING, UNKNOWN_UID], subject: undecided }),
    subject: Some(|message| Signal::read(&message.body).ok().map(|signal| signal.about)),
    preview: Some(PreviewCommands {
        everything: |context| Box::pin(preview::preview(context)),
        object: Some(|context, opening| Box::pin(preview::explain(context, opening))),
    }),
    ..Commands::NONE
};

/// An opening: whatever of it or of its position got no answer.
fn undecided(message: &Message) -> Option<Subject> {
    let signal = Signal::read(&message.body).ok()?;
    (signal.about.kind == OPENING).then_some(signal.about)
}

fn accounts(context: &Context<'_>) -> Result<Accounts, Error> {
    let settings = settings(context)?;
    Ok(Accounts { source: settings.hibob.key(), target: settings.recruit_key() })
}

fn start_sweep(context: Context<'_>, whole: bool) -> Result<SweepRun, Error> {
    let settings = settings(&context)?;
    let scheduled = Scheduled { run: format!("manual-{:.0}", context.now), whole };
    let messages = tasks(NAME, context.name, settings.sweeps.rhythm(), &scheduled, context.now).map_err(defect)?;
    let slices = messages.iter().map(|message| Ok(Task::read(&message.body)?.slice.name()));
    let slices = slices.collect::<Result<_, Fault>>()?;
    Ok(SweepRun { run: scheduled.run, slices, messages })
}

/// Lets go a run that missed too many, and today's budgets: whoever confirms has seen what waits.
async fn confirm(context: Context<'_>) -> Result<Option<Confirmation>, Error> {
    let Context { name, ledger, now, .. } = context;
    let held = ledger.held(name).await?;
    let budgets = budgets(&context, settings(&context)?.budgets);
    let mut used_up = None;
    for budget in budgets {
        if ledger.budget_state(budget).await? == BudgetState::UsedUp {
            used_up = used_up.or(Some(budget.most));
        }
    }
    let message = match &held {
        Some(held) => confirmation(NAME, name, &held.run, now),
        // wakes what waits
        None if used_up.is_some() => {
            let scheduled = Scheduled { run: format!("confirmed-{now:.0}"), whole: false };
            let rhythm = settings(&context)?.sweeps.rhythm();
            return confirmed(&context, None, used_up, budgets, tasks(NAME, name, rhythm, &scheduled, now)).await;
        }
        None => return Ok(None),
    };
    confirmed(&context, held, used_up, budgets, message.map(|message| vec![message])).await
}

async fn confirmed(
    context: &Context<'_>,
    held: Option<ledger::Held>,
    budget: Option<u32>,
    budgets: [Budget<'_>; 2],
    messages: Result<Vec<Message>, serde_json::Error>,
) -> Result<Option<Confirmation>, Error> {
    for budget in budgets {
        context.ledger.confirm_budget(budget, context.now).await?;
    }
    Ok(Some(Confirmation { held, budget, messages: messages.map_err(defect)? }))
}

fn budgets<'a>(context: &Context<'a>, budgets: Budgets) -> [Budget<'a>; 2] {
    let day = context.now.to_zoned(TimeZone::UTC).date();
    [Effect::Create, Effect::Remove].map(|effect| Budget {
        connection: context.name,
        effect: effect.word(),
        day,
        most: budgets.most(effect),
    })
}

fn defect(error: serde_json::Error) -> Error {
    Error::Refused(format!("a task cannot be written ({error})"))
}
