//! `hrsync failures list`.

use ledger::FailureRecord;

use crate::ends::{End, Failure};
use crate::failures::words;
use crate::say;
use crate::stack::Stack;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The connection's name; all connections' failures without it
    connection: Option<String>,
    /// Say it in JSON
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(args: &Args, stack: &Stack) -> Result<End, Failure> {
    let listing = stack.ledger().failures(args.connection.as_deref()).await?;
    let cases = listing.items;
    if let Some(connection) = args.connection.as_deref().filter(|_| cases.is_empty() && listing.unreadable.is_empty()) {
        // a mistyped name must not look like a connection without failures
        if connection != ledger::UNREADABLE {
            stack.connection(connection).await?;
        }
    }
    if args.json {
        say::json(&cases.iter().map(words::as_json).collect::<Vec<_>>())?;
    } else if cases.is_empty() && listing.unreadable.is_empty() {
        say::aside("no failures");
    } else {
        say::line(table(&cases))?;
    }
    Ok(say::unreadable(&listing.unreadable))
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
    use ledger::{Cause, State};

    use super::*;
    use crate::failures::sample::case;

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
