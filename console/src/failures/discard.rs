//! `hrsync failures discard`.

use jiff::Timestamp;
use ledger::{FailureRecord, State, Triaged};

use crate::ends::{End, Failure};
use crate::failures::{choice, words};
use crate::say;
use crate::stack::Stack;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The connection's name
    connection: String,
    /// The failures' ids, or beginnings that only one of the connection's failures has
    #[arg(required = true, value_name = "ID", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    ids: Vec<String>,
}

pub(super) async fn run(args: &Args, stack: &Stack, now: Timestamp) -> Result<End, Failure> {
    let mut end = End::Fine;
    for case in choice::chosen(stack, &args.connection, &args.ids).await? {
        let discarded = discardable(&case) && stack.ledger().discard(&case, now).await? == Triaged::Written;
        if discarded {
            say::line(format!("{}: discarded; it is kept until it expires", case.failure.id))?;
            continue;
        }
        // what it was a moment ago may be over
        let standing = stack.ledger().failure_record(&args.connection, &case.failure.id).await?;
        let (said, ended) = not_discarded(standing.as_ref());
        say::line(format!("{}: {said}", case.failure.id))?;
        end = if ended == End::Problems { End::Problems } else { end };
    }
    Ok(end)
}

/// Not while its replay may be on its way into the queue, nor twice.
fn discardable(case: &FailureRecord) -> bool {
    matches!(case.triage.state, State::Open | State::Replayed)
}

fn not_discarded(standing: Option<&FailureRecord>) -> (String, End) {
    match standing {
        None => ("has expired".to_owned(), End::Fine),
        Some(case) if matches!(case.triage.state, State::Discarded | State::Resolved) => {
            (words::state(case), End::Fine)
        }
        Some(case) => {
            let mend = "look at it again with `hrsync failures show`";
            (format!("not discarded, for it stands as: {}; {mend}", words::state(case)), End::Problems)
        }
    }
}

#[cfg(test)]
mod tests {
    use ledger::Cause;

    use super::*;
    use crate::failures::sample::case;

    #[test]
    fn what_is_discarded_stays_so_and_what_is_being_replayed_is_left() {
        let discarded = case("e-0", Cause::Refused, State::Discarded);
        assert!(!discardable(&discarded));
        assert_eq!(not_discarded(Some(&discarded)), ("discarded 2026-03-01 11:00 UTC".to_owned(), End::Fine));
        let replaying = case("e-0", Cause::Refused, State::Replaying);
        assert!(!discardable(&replaying));
        let (said, end) = not_discarded(Some(&replaying));
        assert!(
            said.starts_with("not discarded, for it stands as: being replayed since 2026-03-01 11:00 UTC"),
            "{said}"
        );
        assert_eq!(end, End::Problems);
    }
}
