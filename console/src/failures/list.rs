//! `hrsync failures list`.

use ledger::{Cause, FailureRecord, State};

use crate::ends::{End, Failure};
use crate::failures::words;
use crate::say;
use crate::stack::Stack;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The connection's name; all connections' failures without it
    connection: Option<String>,
    /// Only those in one of these states: open, replaying, replayed, resolved, discarded
    #[arg(long, value_name = "STATE", value_delimiter = ',', value_parser = words::read_state)]
    state: Vec<State>,
    /// Only those of one of these causes, e.g. refused,dead
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = words::read_any_cause)]
    cause: Vec<Cause>,
    /// Say it in JSON
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(args: &Args, stack: &Stack) -> Result<End, Failure> {
    let listing = stack.ledger().failures(args.connection.as_deref()).await?;
    let nothing = listing.items.is_empty() && listing.unreadable.is_empty();
    let all = listing.items.len();
    let cases = args.meant(listing.items);
    if let Some(connection) = args.connection.as_deref().filter(|_| nothing) {
        // a mistyped name must not look like a connection without failures
        if connection != ledger::UNREADABLE {
            stack.connection(connection).await?;
        }
    }
    if args.json {
        say::json(&cases.iter().map(words::as_json).collect::<Vec<_>>())?;
    } else if nothing {
        say::aside("no failures");
    } else if cases.is_empty() && all > 0 {
        say::aside(format!("no such failures among {all}"));
    } else {
        say::line(table(&cases))?;
    }
    Ok(say::unreadable(&listing.unreadable))
}

impl Args {
    /// The failures that are asked for.
    fn meant(&self, cases: Vec<FailureRecord>) -> Vec<FailureRecord> {
        let in_state = |case: &FailureRecord| self.state.is_empty() || self.state.contains(&case.triage.state);
        let of_cause = |case: &FailureRecord| self.cause.is_empty() || self.cause.contains(&case.failure.cause);
        cases.into_iter().filter(|case| in_state(case) && of_cause(case)).collect()
    }
}

fn table(cases: &[FailureRecord]) -> String {
    let head = ["ID", "CONNECTION", "CAUSE", "WHEN", "MAILED", "STATE", "RECORD"].map(str::to_owned);
    say::columns(&std::iter::once(head).chain(cases.iter().map(row)).collect::<Vec<_>>())
}

fn row(case: &FailureRecord) -> [String; 7] {
    let failure = &case.failure;
    let mailed = if failure.mailed.is_some() { "yes" } else { "no" };
    [
        failure.id.clone(),
        failure.connection.clone(),
        words::cause(failure.cause).to_owned(),
        words::minute(failure.failed),
        mailed.to_owned(),
        words::state(case),
        words::ids(&failure.ids),
    ]
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::failures::sample::case;

    #[derive(Debug, Parser)]
    struct Cli {
        #[command(flatten)]
        args: Args,
    }

    #[test]
    fn states_and_causes_narrow_the_list() {
        let cases = || {
            vec![
                case("e1-0", Cause::Refused, State::Open),
                case("e2-0", Cause::Refused, State::Resolved),
                case("e3-0", Cause::Held, State::Open),
            ]
        };
        let listed = |call: &str| {
            let args = Cli::try_parse_from(call.split(' ')).unwrap().args;
            args.meant(cases()).into_iter().map(|case| case.failure.id).collect::<Vec<_>>()
        };
        assert_eq!(listed("list careers"), ["e1-0", "e2-0", "e3-0"]);
        assert_eq!(listed("list --state open"), ["e1-0", "e3-0"]);
        assert_eq!(listed("list --state open,resolved --cause refused"), ["e1-0", "e2-0"]);
        assert_eq!(listed("list --cause held,dead"), ["e3-0"]);
        let said = Cli::try_parse_from(["list", "--state", "opne"]).unwrap_err().to_string();
        assert!(said.contains("choose one of open, replaying, replayed, resolved, discarded"), "{said}");
    }

    #[test]
    fn the_list_shows_what_failed_and_what_was_done() {
        let mut second = case("e9c0-0", Cause::WithoutFile, State::Replaying);
        second.failure.mailed = Some(second.failure.failed);
        let expected = "\
ID      CONNECTION  CAUSE         WHEN                  MAILED  STATE                                      RECORD
e9b3-0  careers     refused       2026-03-01 10:00 UTC  no      open                                       response=8f14
e9c0-0  careers     without-file  2026-03-01 10:00 UTC  yes     being replayed since 2026-03-01 11:00 UTC  response=8f14";
        assert_eq!(table(&[case("e9b3-0", Cause::Refused, State::Open), second]), expected);
    }
}
