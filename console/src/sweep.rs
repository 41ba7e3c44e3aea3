//! `hrsync sweep`: has a connection's accounts read now, or lets removals go on that a sweep has held back.

use edge::{Confirmation, Message, Queue};
use jiff::Timestamp;
use ledger::Held;
use serde_json::json;

use crate::ends::{End, Failure};
use crate::ready::Ready;
use crate::say;

/// Sweep a connection now, or confirm removals that wait for a person
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The connection's name
    connection: String,
    /// Read everything since the start date, not just what is recent
    #[arg(long)]
    whole: bool,
    /// Read nothing, but remove what a sweep found missing and held back because it was much
    #[arg(long, conflicts_with = "whole")]
    confirm_deletions: bool,
    /// Say it in JSON
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(args: &Args, stack: &str, now: Timestamp) -> Result<End, Failure> {
    let name = &args.connection;
    let (ready, sweep) = Ready::load(stack, name, now, "sweep", |acts| acts.sweep).await?;
    let queue = ready.stack.sweep_queue(ready.flow.name)?;
    if args.confirm_deletions {
        let confirmed = (sweep.confirm)(ready.asked()).await?;
        let Confirmation { held, message } = confirmed.ok_or_else(|| nothing_held(name))?;
        say::aside(about(name, &held));
        send(&queue, &[message]).await?;
        tell_confirmed(args, &held)?;
    } else {
        let messages = (sweep.start)(ready.asked(), args.whole)?;
        send(&queue, &messages).await?;
        tell_started(args, &messages)?;
    }
    ready.probe().await?;
    Ok(End::Fine)
}

async fn send(queue: &Queue, messages: &[Message]) -> Result<(), Failure> {
    let sent = queue.send_all(messages).await;
    sent.map_err(|error| Failure::Aws(format!("{error}; try again, what is in the queue already does no harm")))
}

fn nothing_held(name: &str) -> Failure {
    Failure::Refused(format!("nothing of `{name}` waits for a confirmation, so nothing was queued"))
}

fn about(name: &str, Held { run, known, missing, at, .. }: &Held) -> String {
    let at = at.strftime("%Y-%m-%d %H:%M UTC");
    format!(
        "{name}: the sweep {run} was held on {at}: {missing} of {known} that are entered were not listed by the source. Each \
         is asked for once more, and removed only where the source says that it is gone."
    )
}

fn tell_confirmed(args: &Args, held: &Held) -> Result<(), Failure> {
    let (name, Held { run, known, missing, at, .. }) = (&args.connection, held);
    if args.json {
        return say::json(&json!({
            "connection": name, "run": run, "known": known, "missing": missing, "held": at,
        }));
    }
    say::line(format!("{name}: the removal of {missing} is queued"))
}

fn tell_started(args: &Args, messages: &[Message]) -> Result<(), Failure> {
    let (name, run, slices) = (&args.connection, ids(messages, "run"), ids(messages, "slice"));
    let run = run.first();
    if args.json {
        return say::json(&json!({"connection": name, "run": run, "whole": args.whole, "slices": slices}));
    }
    let run = run.copied().unwrap_or_default();
    say::line(format!("{name}: the sweep {run} is queued: {}", slices.join(", ")))
}

fn ids<'a>(messages: &'a [Message], name: &str) -> Vec<&'a str> {
    let ids = messages.iter().filter_map(|message| message.ids.iter().find(|id| id.name == name));
    ids.map(|id| id.value.as_str()).collect()
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
        assert!(read("sweep --whole").is_err());
    }

    #[test]
    fn what_is_confirmed_is_said_before() {
        let at = "2026-03-01T10:00:30Z".parse().unwrap();
        let held = Held { run: "2026-03-01T10".to_owned(), whole: false, known: 120, missing: 40, at };
        let expected = "absences: the sweep 2026-03-01T10 was held on 2026-03-01 10:00 UTC: 40 of 120 that are entered were \
            not listed by the source. Each is asked for once more, and removed only where the source says that it is gone.";
        assert_eq!(about("absences", &held), expected);
    }

    #[test]
    fn nothing_to_confirm_is_a_refusal() {
        let expected = "nothing of `absences` waits for a confirmation, so nothing was queued";
        assert_eq!(nothing_held("absences"), Failure::Refused(expected.to_owned()));
    }

    #[test]
    fn a_run_is_told_by_its_slices() {
        let message = |slice: &str| {
            let nothing = serde_json::value::RawValue::NULL.to_owned();
            let message = Message::new("a-to-b", "absences", slice.to_owned(), Timestamp::UNIX_EPOCH, nothing);
            message.with_id("run", "manual-1").with_id("slice", slice)
        };
        let messages = [message("changes"), message("window-2026-01-01")];
        assert_eq!(ids(&messages, "slice"), ["changes", "window-2026-01-01"]);
        assert_eq!(ids(&messages, "run"), ["manual-1", "manual-1"]);
    }
}
