//! The flow's commands. Each is a free function in a file of its own; sweeps need no more than a message.

use admin::{Accounts, Commands, Confirmation, Context, Error, PreviewCommands, SweepCommands, SweepRun, Undecided};
use edge::Message;
use edge::verdict::Fault;
use ledger::Subject;
use reconcile::guard::{Effect, LetGo, let_go};
use reconcile::{Scheduled, Signal, Task, confirmation, tasks};

use super::context::settings;
use super::{doctor, init, payload, preview, remarks, verify};
use crate::blocker::{UNKNOWABLE_OPENING, UNKNOWABLE_POSITION, UNKNOWN_UID};
use crate::link::OPENING;
use crate::name::NAME;

/// All of them.
pub(crate) const COMMANDS: Commands = Commands {
    accounts: Some(accounts),
    verify: Some(|context| Box::pin(verify::verify(context))),
    doctor: Some(|context| Box::pin(doctor::doctor(context))),
    remarks: Some(|context| Box::pin(remarks::remarks(context))),
    sweep: Some(SweepCommands {
        start: start_sweep,
        is_task: |message| Task::read(&message.body).is_ok(),
        confirm: |context| Box::pin(confirm(context)),
    }),
    undecided: Some(Undecided { codes: &[UNKNOWABLE_POSITION, UNKNOWABLE_OPENING, UNKNOWN_UID], subject: undecided }),
    subject: Some(|message| Signal::read(&message.body).ok().map(|signal| signal.about)),
    payload: Some(payload::read),
    preview: Some(PreviewCommands {
        everything: |context| Box::pin(preview::preview(context)),
        object: Some(|context, opening| Box::pin(preview::explain(context, opening))),
        since: None,
    }),
    init: Some(|context, people| Box::pin(init::init(context, people))),
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

/// Whoever confirms has seen what waits.
async fn confirm(context: Context<'_>) -> Result<Option<Confirmation>, Error> {
    let Context { name, ledger, now, .. } = context;
    let effects = [Effect::Create, Effect::Remove];
    let Some(LetGo { run, steps }) = let_go(ledger, name, &effects, now).await? else { return Ok(None) };
    let mut messages = Vec::new();
    if let Some(held) = &run {
        messages.push(confirmation(NAME, name, &held.run, now).map_err(defect)?);
    }
    if steps > 0 {
        // wakes what waits
        let scheduled = Scheduled { run: format!("confirmed-{now:.0}"), whole: false };
        let rhythm = settings(&context)?.sweeps.rhythm();
        messages.extend(tasks(NAME, name, rhythm, &scheduled, now).map_err(defect)?);
    }
    Ok(Some(Confirmation { held: run, steps, messages }))
}

fn defect(error: serde_json::Error) -> Error {
    Error::Refused(format!("a task cannot be written ({error})"))
}
