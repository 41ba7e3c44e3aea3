//! The flow's commands. Each is a free function in a file of its own; sweeps need no more than a message.

use admin::{
    Accounts, Commands, Confirmation, Context, Error, FieldCommands, ForgetCommand, PreviewCommands, SweepCommands,
    SweepRun,
};
use edge::Message;
use edge::verdict::Fault;
use reconcile::guard::{Effect, LetGo, let_go};
use reconcile::{Scheduled, Signal, Task, tasks};

use super::context::settings;
use super::{doctor, explain, fields, forget, init, payload, preview, start, verify};
use crate::name::NAME;

/// All of them.
pub(crate) const COMMANDS: Commands = Commands {
    accounts: Some(accounts),
    verify: Some(|context| Box::pin(verify::verify(context))),
    doctor: Some(|context| Box::pin(doctor::doctor(context))),
    sweep: Some(SweepCommands {
        start: start_sweep,
        is_task: |message| Task::read(&message.body).is_ok(),
        confirm: |context| Box::pin(confirm(context)),
    }),
    // what blocks stands at the candidate
    subject: Some(|message| Signal::read(&message.body).ok().map(|signal| signal.owner.unwrap_or(signal.about))),
    start: Some(|context, what| Box::pin(start::start(context, what))),
    payload: Some(payload::read),
    preview: Some(PreviewCommands {
        everything: |context| Box::pin(preview::preview(context)),
        object: Some(|context, candidate| Box::pin(explain::explain(context, candidate))),
        since: Some(|context, from| Box::pin(preview::since(context, from))),
    }),
    fields: Some(FieldCommands {
        compare: |context| Box::pin(fields::compare(context)),
        add: |context, wanted| Box::pin(fields::add(context, wanted)),
    }),
    init: Some(|context, people| Box::pin(init::init(context, people))),
    cursor: Some("contracts and applications"),
    forget: Some(ForgetCommand {
        named_by: "Teamtailor's id of the candidate, or the candidate's e-mail address",
        traces: |context, who| Box::pin(forget::traces(context, who)),
        names_of: forget::names_of,
    }),
    ..Commands::NONE
};

fn accounts(context: &Context<'_>) -> Result<Accounts, Error> {
    let (source, target) = settings(context)?.account_keys();
    Ok(Accounts { source, target })
}

fn start_sweep(context: Context<'_>, whole: bool) -> Result<SweepRun, Error> {
    let scheduled = Scheduled { run: format!("manual-{:.0}", context.now), whole };
    let messages = messages(&context, &scheduled)?;
    let slices = messages.iter().map(|message| Ok(Task::read(&message.body)?.slice.name()));
    let slices = slices.collect::<Result<_, Fault>>()?;
    Ok(SweepRun { run: scheduled.run, slices, messages })
}

/// Whoever confirms has seen what waits. The run wakes it.
async fn confirm(context: Context<'_>) -> Result<Option<Confirmation>, Error> {
    let Context { name, ledger, now, .. } = context;
    let Some(LetGo { run, steps }) = let_go(ledger, name, &[Effect::Create], now).await? else { return Ok(None) };
    let scheduled = Scheduled { run: format!("confirmed-{now:.0}"), whole: false };
    Ok(Some(Confirmation { held: run, steps, messages: messages(&context, &scheduled)? }))
}

fn messages(context: &Context<'_>, scheduled: &Scheduled) -> Result<Vec<Message>, Error> {
    let rhythm = settings(context)?.sweeps.rhythm();
    let messages = tasks(NAME, context.name, rhythm, scheduled, context.now);
    messages.map_err(|error| Error::Refused(format!("a task cannot be written ({error})")))
}
