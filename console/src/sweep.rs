//! `hrsync sweep`: has a connection's accounts read now, or lets go what waits for a person.

use admin::{Confirmation, SweepRun};
use edge::{Message, Queue};
use jiff::Timestamp;
use ledger::{Held, Subject};
use serde_json::json;

use crate::ends::{End, Failure};
use crate::held::Waiting;
use crate::ready::Ready;
use crate::say;

/// Sweep a connection now, or confirm what waits for a person
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The connection's name
    connection: String,
    /// Read everything since the start date, not just what is recent
    #[arg(long)]
    whole: bool,
    /// Read nothing, but let go what was held back because it was much
    #[arg(long, conflicts_with = "whole")]
    confirm_deletions: bool,
    /// With --confirm-deletions: list what waits, and let nothing go
    #[arg(long, requires = "confirm_deletions")]
    dry_run: bool,
    /// Say it in JSON
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(args: &Args, stack: &str, now: Timestamp) -> Result<End, Failure> {
    let name = &args.connection;
    let (ready, sweep) = Ready::load(stack, name, now, "sweep", |commands| commands.sweep).await?;
    let queue = ready.stack.sweep_queue(ready.flow.name)?;
    if args.confirm_deletions {
        let waiting = Waiting::read((&ready.ledger).into(), name).await?;
        waiting.lines(name).into_iter().for_each(say::aside);
        if args.dry_run {
            return tell_waiting(args, &waiting);
        }
        let confirmed = (sweep.confirm)(ready.context()).await?;
        let confirmation = confirmed.ok_or_else(|| nothing_held(name))?;
        for line in about(name, &confirmation) {
            say::aside(line);
        }
        send(&queue, &confirmation.messages).await?;
        tell_confirmed(args, &confirmation)?;
    } else {
        let run = (sweep.start)(ready.context(), args.whole)?;
        send(&queue, &run.messages).await?;
        tell_started(args, &run)?;
    }
    ready.probe().await?;
    Ok(End::Fine)
}

fn tell_waiting(args: &Args, waiting: &Waiting) -> Result<End, Failure> {
    let name = &args.connection;
    let Waiting { missing, held } = waiting;
    if args.json {
        let texts = |list: &[Subject]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
        say::json(&json!({"connection": name, "not_listed": texts(missing), "waiting": texts(held)}))?;
    } else {
        say::line(format!("{name}: {}; nothing was let go", waiting.counted()))?;
    }
    Ok(End::Fine)
}

async fn send(queue: &Queue, messages: &[Message]) -> Result<(), Failure> {
    let sent = queue.send_all(messages).await;
    sent.map_err(|error| Failure::Aws(format!("{error}; try again, what is in the queue already does no harm")))
}

fn nothing_held(name: &str) -> Failure {
    Failure::Refused(format!("nothing of `{name}` waits for a confirmation, so nothing was queued"))
}

fn about(name: &str, confirmation: &Confirmation) -> Vec<String> {
    let held = confirmation.held.as_ref().map(|Held { run, known, missing, at, .. }| {
        let at = at.strftime("%Y-%m-%d %H:%M UTC");
        format!(
            "{name}: the sweep {run} was held on {at}: {missing} of {known} that are entered were not listed by the source. \
             Each is asked for once more, and removed only where the source says that it is gone."
        )
    });
    let steps = confirmation.steps;
    let steps = (steps > 0).then(|| {
        format!(
            "{name}: {steps} wait because a day's budget is used up. They go now; what comes later today is held again."
        )
    });
    held.into_iter().chain(steps).collect()
}

fn tell_confirmed(args: &Args, confirmation: &Confirmation) -> Result<(), Failure> {
    let name = &args.connection;
    let held = confirmation.held.as_ref();
    if args.json {
        return say::json(&json!({
            "connection": name,
            "run": held.map(|held| &held.run),
            "known": held.map(|held| held.known),
            "missing": held.map(|held| held.missing),
            "held": held.map(|held| held.at),
            "steps": confirmation.steps,
        }));
    }
    match held {
        Some(held) => say::line(format!("{name}: the removal of {} is queued", held.missing)),
        None => say::line(format!("{name}: what waits is queued: {}", confirmation.steps)),
    }
}

fn tell_started(args: &Args, SweepRun { run, slices, .. }: &SweepRun) -> Result<(), Failure> {
    let name = &args.connection;
    if args.json {
        return say::json(&json!({"connection": name, "run": run, "whole": args.whole, "slices": slices}));
    }
    say::line(format!("{name}: the sweep {run} is queued: {}", slices.join(", ")))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Cli {
        #[command(flatten)]
        args: Args,
    }

    #[test]
    fn a_confirmation_reads_nothing() {
        let read = |call: &str| Cli::try_parse_from(call.split(' ')).map(|cli| cli.args);
        assert!(read("sweep absences --whole").unwrap().whole);
        assert!(read("sweep absences --confirm-deletions --json").unwrap().confirm_deletions);
        assert!(read("sweep absences --confirm-deletions --whole").is_err());
        assert!(read("sweep absences --confirm-deletions --dry-run").unwrap().dry_run);
        assert!(read("sweep absences --dry-run").is_err());
        assert!(read("sweep --whole").is_err());
    }

    #[test]
    fn what_is_confirmed_is_said_before() {
        let at = "2026-03-01T10:00:30Z".parse().unwrap();
        let held = Held { run: "2026-03-01T10".to_owned(), whole: false, known: 120, missing: 40, at };
        let confirmation = Confirmation { held: Some(held), steps: 200, messages: Vec::new() };
        let expected = [
            "absences: the sweep 2026-03-01T10 was held on 2026-03-01 10:00 UTC: 40 of 120 that are entered were not listed by \
             the source. Each is asked for once more, and removed only where the source says that it is gone.",
            "absences: 200 wait because a day's budget is used up. They go now; what comes later today is held again.",
        ];
        assert_eq!(about("absences", &confirmation), expected);
    }

    #[test]
    fn nothing_to_confirm_is_a_refusal() {
        let expected = "nothing of `absences` waits for a confirmation, so nothing was queued";
        assert_eq!(nothing_held("absences"), Failure::Refused(expected.to_owned()));
    }
}
