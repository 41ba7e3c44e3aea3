//! The flow's commands. Each is a free function in a file of its own; sweeps need no more than a message.

use admin::{
    Accounts, Commands, Confirmation, Context, Error, ForgetCommand, PreviewCommands, SweepCommands, SweepRun,
    WebhookCommands,
};

use edge::verdict::Fault;
use reconcile::guard::{Effect, LetGo, let_go};
use reconcile::{Scheduled, Signal, Task, changes_only, confirmation, tasks};

use vendors::personio::rights::WEBHOOKS;

use super::context::settings;
use super::{doctor, explain, forget, init, payload, preview, probe, replay, verify, webhooks};
use crate::name::NAME;

/// All of them.
pub(crate) const COMMANDS: Commands = Commands {
    accounts: Some(accounts),
    verify: Some(|context| Box::pin(verify::verify(context))),
    doctor: Some(|context| Box::pin(doctor::doctor(context))),
    probe: Some(|context, user| Box::pin(probe::probe(context, user))),
    webhooks: Some(WebhookCommands {
        right: WEBHOOKS,
        list: |context, url| Box::pin(webhooks::list(context, url)),
        last_told: |context, url, since| Box::pin(webhooks::last_told(context, url, since)),
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
    subject: Some(|message| Signal::read(&message.body).ok().map(|signal| signal.about)),
    payload: Some(payload::read),
    preview: Some(PreviewCommands {
        everything: |context| Box::pin(preview::preview(context)),
        object: Some(|context, absence| Box::pin(explain::explain(context, absence))),
        since: Some(|context, from| Box::pin(preview::since(context, from))),
    }),
    init: Some(|context, people| Box::pin(init::init(context, people))),
    cursor: Some("absences"),
    forget: Some(ForgetCommand {
        named_by: "the e-mail address of helloHQ's user, `user/` and the user's id, or the id of one absence",
        traces: |context, who| Box::pin(forget::traces(context, who)),
        names_of: forget::names_of,
    }),
    ..Commands::NONE
};

fn accounts(context: &Context<'_>) -> Result<Accounts, Error> {
    let settings = settings(context)?;
    Ok(Accounts { source: settings.personio.key(), target: settings.hellohq.key() })
}

fn start_sweep(context: Context<'_>, whole: bool) -> Result<SweepRun, Error> {
    let settings = settings(&context)?;
    let scheduled = Scheduled { run: format!("manual-{:.0}", context.now), whole };
    let messages = tasks(NAME, context.name, settings.sweeps.rhythm(), &scheduled, context.now).map_err(defect)?;
    let slices = messages.iter().map(|message| Ok(Task::read(&message.body)?.slice.name()));
    let slices = slices.collect::<Result<_, Fault>>()?;
    Ok(SweepRun { run: scheduled.run, slices, messages })
}

/// Whoever confirms has seen what waits.
async fn confirm(context: Context<'_>) -> Result<Option<Confirmation>, Error> {
    let Context { name, ledger, now, .. } = context;
    let effects = [Effect::Remove];
    let Some(LetGo { run, steps }) = let_go(ledger, name, &effects, now).await? else { return Ok(None) };
    let confirmed = run.as_ref().map(|held| confirmation(NAME, name, &held.run, now));
    let woken = (steps > 0).then(|| changes_only(NAME, name, &format!("confirmed-{now:.0}"), now));
    let messages = confirmed.into_iter().chain(woken).collect::<Result<_, _>>().map_err(defect)?;
    Ok(Some(Confirmation { held: run, steps, messages }))
}

fn defect(error: serde_json::Error) -> Error {
    Error::Refused(format!("a task cannot be written ({error})"))
}
