//! The verb: reads the log and the table, and tells it oldest first. Writes nothing.

use std::collections::HashSet;
use std::time::Duration;

use admin::Flow;
use jiff::{SignedDuration, Timestamp};
use ledger::ReadOnly;
use logs::Line;
use serde_json::json;

use super::choice::Choice;
use super::now::Now;
use super::show;
use crate::ends::{End, Failure};
use crate::logged::{Reader, STORES_DEAD_LETTERS, receiver, workers};
use crate::say;
use crate::stack::Cloud;

/// Say what was done to an object, and why
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  hrsync history absences --object absence/1d8e3f7a\n  hrsync history careers --follow"
)]
pub(crate) struct Args {
    /// The connection's name
    connection: String,
    /// Of this object of the source: its id, or its kind and id, e.g. absence/1d8e3f7a
    #[arg(long, value_name = "ID")]
    object: Option<String>,
    /// Of this event; the beginning of its id is enough
    #[arg(long, value_name = "ID", conflicts_with = "object")]
    event: Option<String>,
    /// For how many hours back; without it a day, or a week of an object or event
    #[arg(long, value_parser = clap::value_parser!(i64).range(1..=9600))]
    hours: Option<i64>,
    /// Go on telling what comes, until it is interrupted
    #[arg(long)]
    follow: bool,
    /// Say it in JSON; with --follow an object for each line
    #[arg(long)]
    json: bool,
}

/// How long lines may take to CloudWatch: while following, so far is looked back at.
const LATEST: SignedDuration = SignedDuration::from_mins(2);

/// How long following rests between two looks.
const REST: Duration = Duration::from_secs(3);

pub(crate) async fn run(args: &Args, stack: &str, now: Timestamp) -> Result<End, Failure> {
    let stack = Cloud::load().await.stack(stack).await?;
    let (_, flow) = stack.connection(&args.connection).await?;
    stack.must_run(flow.name)?;
    let choice = args.choice();
    let since = now - SignedDuration::from_hours(args.hours());
    let mut reader = Reader::new(stack.logs());
    let lines = read(&mut reader, flow, &args.connection, &choice, since).await?;
    if args.follow {
        return follow(args, &mut reader, flow, &choice, lines).await;
    }
    let ledger = stack.ledger();
    let subjects = choice.subjects(&lines);
    let told = if choice == Choice::All { &[] } else { lines.as_slice() };
    let remembered = Now::read(ReadOnly::from(&ledger), &args.connection, &subjects, told).await?;
    tell(args, since, &lines, &remembered)?;
    Ok(End::Fine)
}

impl Args {
    fn choice(&self) -> Choice {
        match (&self.object, &self.event) {
            (Some(object), _) => Choice::Object(object.clone()),
            (None, Some(event)) => Choice::Event(event.clone()),
            (None, None) => Choice::All,
        }
    }

    fn hours(&self) -> i64 {
        self.hours.unwrap_or(if self.choice() == Choice::All { 24 } else { 7 * 24 })
    }
}

/// The lines of the choice, oldest first.
async fn read(
    reader: &mut Reader,
    flow: &Flow,
    connection: &str,
    choice: &Choice,
    since: Timestamp,
) -> Result<Vec<Line>, Failure> {
    let mut lines = Vec::new();
    let pattern = choice.pattern(connection);
    for function in workers(flow).into_iter().chain([STORES_DEAD_LETTERS.to_owned()]) {
        lines.extend(reader.read(&function, &pattern, since).await?);
    }
    if let Some(receiver) = receiver(flow) {
        let pattern = choice.pattern_of_deliveries(connection, &lines);
        lines.extend(reader.read(&receiver, &pattern, since).await?);
    }
    let mut lines = choice.of(connection, lines);
    lines.sort_by_key(|line| line.at);
    Ok(lines)
}

fn tell(args: &Args, since: Timestamp, lines: &[Line], remembered: &Now) -> Result<(), Failure> {
    if args.json {
        let (links, receipts) = remembered.json();
        let lines: Vec<_> = lines.iter().map(show::json).collect();
        let connection = &args.connection;
        return say::json(&json!({
            "connection": connection, "since": since, "lines": lines, "links": links, "receipts": receipts,
        }));
    }
    for line in lines {
        say::line(show::text(line))?;
    }
    if lines.is_empty() {
        let since = since.strftime("%Y-%m-%d %H:%M UTC");
        say::aside(format!(
            "{}: the log says nothing of it since {since}; --hours looks back further",
            args.connection
        ));
    }
    remembered.lines().into_iter().try_for_each(|line| say::line(format!("now: {line}")))
}

/// Tells what there is, then what comes. Ends when it is interrupted.
async fn follow(
    args: &Args,
    reader: &mut Reader,
    flow: &Flow,
    choice: &Choice,
    lines: Vec<Line>,
) -> Result<End, Failure> {
    let mut told = HashSet::new();
    let mut lines = lines;
    reader.silence();
    loop {
        for line in news(&mut told, lines) {
            if args.json { say::line(show::json(&line))? } else { say::line(show::text(&line))? }
        }
        tokio::time::sleep(REST).await;
        lines = read(reader, flow, &args.connection, choice, Timestamp::now() - LATEST).await?;
    }
}

/// The lines that were not told yet.
fn news(told: &mut HashSet<String>, lines: Vec<Line>) -> Vec<Line> {
    let key = |line: &Line| {
        let Line { at, function, event, replay, .. } = line;
        format!("{at} {function} {} {replay}", event.as_deref().unwrap_or_default())
    };
    lines.into_iter().filter(|line| told.insert(key(line))).collect()
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::super::show::tests::line;
    use super::*;

    #[derive(Debug, Parser)]
    struct Cli {
        #[command(flatten)]
        args: Args,
    }

    fn read(call: &str) -> Result<Args, clap::Error> {
        Cli::try_parse_from(call.split(' ')).map(|cli| cli.args)
    }

    #[test]
    fn an_object_or_an_event_is_named_or_none() {
        let hours = |call| read(call).map(|args| args.hours()).unwrap();
        assert_eq!(hours("history careers"), 24);
        assert_eq!(hours("history careers --event 8f14"), 168);
        assert_eq!(hours("history careers --object absence/1d8e --hours 3"), 3);
        assert_eq!(read("history careers --event e").unwrap().choice(), Choice::Event("e".to_owned()));
        assert!(read("history careers --event e --object o").is_err() && read("history").is_err());
    }

    #[test]
    fn following_tells_each_line_once() {
        let mut told = HashSet::new();
        assert_eq!(news(&mut told, vec![line("e1")]).len(), 1);
        let came = news(&mut told, vec![line("e1"), line("e2"), Line { replay: 1, ..line("e1") }]);
        let came: Vec<_> = came.iter().map(|line| (line.event.as_deref(), line.replay)).collect();
        assert_eq!(came, [(Some("e2"), 0), (Some("e1"), 1)]);
    }
}
