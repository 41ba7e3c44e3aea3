//! The flow's commands. Each is a free function in a file of its own; sweeps need no more than a message.

use admin::{
    Accounts, Commands, Confirmation, Context, Error, PreviewCommands, SweepCommands, SweepRun, WebhookCommands,
};
use edge::verdict::Fault;
use ledger::{Budget, BudgetState};
use reconcile::{Scheduled, Signal, Task, changes_only, confirmation, tasks};

use super::budgets::budgets;
use super::context::settings;
use super::{explain, preview, replay, verify, webhooks};
use crate::name::NAME;

/// All of them.
pub(crate) const COMMANDS: Commands = Commands {
    accounts: Some(accounts),
    verify: Some(|context| Box::pin(verify::verify(context))),
    probe: None,
    webhooks: Some(WebhookCommands {
        list: |context, url| Box::pin(webhooks::list(context, url)),
        register: |context, url| Box::pin(webhooks::register(context, url)),
        ping: |context, url| Box::pin(webhooks::ping(context, url)),
        replay: |context, url, since| Box::pin(replay::replay(context, url, since)),
        remove: |context, which| Box::pin(webhooks::remove(context, which)),
    }),
    sweep: Some(SweepCommands {
        start: start_sweep,
        is_task: |message| Task::read(&message.body).is_ok(),
        confirm: |context| Box::pin(confirm(context)),
    }),
    undecided: None,
    subject: Some(|message| Signal::read(&message.body).ok().map(|signal| signal.about)),
    preview: Some(PreviewCommands {
        everything: |context| Box::pin(preview::preview(context)),
        object: Some(|context, person| Box::pin(explain::explain(context, person))),
    }),
};

/// The partner is known by its address alone: a token that was renewed makes no other account of it.
fn accounts(context: &Context<'_>) -> Result<Accounts, Error> {
    let settings = settings(context)?;
    Ok(Accounts { source: settings.personio.key(), target: settings.scim.base_url.join("").to_string() })
}

fn start_sweep(context: Context<'_>, whole: bool) -> Result<SweepRun, Error> {
    let settings = settings(&context)?;
    let scheduled = Scheduled { run: format!("manual-{:.0}", context.now), whole };
    let messages = tasks(NAME, context.name, settings.sweeps.rhythm(), &scheduled, context.now).map_err(defect)?;
    let slices = messages.iter().map(|message| Ok(Task::read(&message.body)?.slice.name()));
    let slices = slices.collect::<Result<_, Fault>>()?;
    Ok(SweepRun { run: scheduled.run, slices, messages })
}

/// Lets go a run that missed too many, and all of today's budgets: whoever confirms has seen what waits.
async fn confirm(context: Context<'_>) -> Result<Option<Confirmation>, Error> {
    let Context { name, ledger, now, .. } = context;
    let held = ledger.held(name).await?;
    let budgets = used_up(&context).await?;
    let message = match &held {
        Some(held) => confirmation(NAME, name, &held.run, now),
        // wakes what waits
        None if !budgets.is_empty() => changes_only(NAME, name, &format!("confirmed-{now:.0}"), now),
        None => return Ok(None),
    };
    for budget in all_budgets(&context).await? {
        ledger.confirm_budget(budget, now).await?;
    }
    let budget = budgets.first().map(|budget| budget.most);
    Ok(Some(Confirmation { held, budget, messages: vec![message.map_err(defect)?] }))
}

async fn used_up<'a>(context: &Context<'a>) -> Result<Vec<Budget<'a>>, Error> {
    let mut used_up = Vec::new();
    for budget in all_budgets(context).await? {
        // a budget of nothing is used up before anything is taken
        if context.ledger.budget_state(budget).await? == BudgetState::UsedUp {
            used_up.push(budget);
        }
    }
    Ok(used_up)
}

async fn all_budgets<'a>(context: &Context<'a>) -> Result<[Budget<'a>; 3], Error> {
    budgets(&context.reading(), &settings(context)?).await
}

fn defect(error: serde_json::Error) -> Error {
    Error::Refused(format!("a task cannot be written ({error})"))
}
