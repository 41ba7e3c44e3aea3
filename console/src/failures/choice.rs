//! Which failures are meant: ids, or the beginnings of ids that only one failure has, or only one open failure.

use ledger::{FailureRecord, State};

use crate::ends::Failure;
use crate::failures::words;
use crate::say;
use crate::stack::Stack;

/// The failures of `connection` whose ids begin with `wanted`, each once and without its message; or what is wrong with
/// any of `wanted`, before anything is done about the others.
pub(super) async fn chosen(stack: &Stack, connection: &str, wanted: &[String]) -> Result<Vec<FailureRecord>, Failure> {
    let cases = stack.ledger().failures(Some(connection)).await?.items;
    if cases.is_empty() {
        return Err(none(stack, connection).await);
    }
    let mut chosen: Vec<FailureRecord> = Vec::new();
    for wanted in wanted {
        let case = choose(&cases, connection, wanted)?;
        if !chosen.contains(case) {
            chosen.push(case.clone());
        }
    }
    Ok(chosen)
}

/// A connection without failures, or a name that is none.
pub(super) async fn none(stack: &Stack, connection: &str) -> Failure {
    let empty = || Failure::Refused(format!("`{connection}` has no failures; see `hrsync failures list`"));
    if connection == ledger::UNREADABLE {
        return empty();
    }
    stack.connection(connection).await.map_or_else(|failure| failure, |_| empty())
}

fn choose<'a>(cases: &'a [FailureRecord], connection: &str, wanted: &str) -> Result<&'a FailureRecord, Failure> {
    if let Some(exact) = cases.iter().find(|case| case.failure.id == wanted) {
        return Ok(exact);
    }
    let begun: Vec<&FailureRecord> = cases.iter().filter(|case| case.failure.id.starts_with(wanted)).collect();
    // one that lasts for days is a new failure each day, and only the last of them is open
    let open: Vec<&FailureRecord> = begun.iter().copied().filter(|case| case.triage.state == State::Open).collect();
    match (open.as_slice(), begun.as_slice()) {
        ([one], _) | ([], [one]) => Ok(one),
        ([], []) => {
            let see = format!("see `hrsync failures list '{connection}'`");
            Err(Failure::Refused(format!("no failure of `{connection}` begins with `{wanted}`; {see}")))
        }
        ([], several) | (several, _) => Err(ambiguous(wanted, several)),
    }
}

fn ambiguous(wanted: &str, cases: &[&FailureRecord]) -> Failure {
    let rows = cases.iter().map(|case| {
        let failure = &case.failure;
        let cells = [&failure.id, words::cause(failure.cause), &words::minute(failure.failed), &words::state(case)];
        cells.map(str::to_owned)
    });
    let rows: Vec<_> = rows.collect();
    let all_open = cases.iter().all(|case| case.triage.state == State::Open);
    let open = if all_open { "open " } else { "" };
    let what = format!("{} {open}failures begin with `{wanted}`; give more of the id:", rows.len());
    Failure::Refused(format!("{what}\n{}", say::columns(&rows)))
}

#[cfg(test)]
mod tests {
    use ledger::Cause;

    use super::*;
    use crate::failures::sample::case;

    fn found(wanted: &str) -> Result<String, String> {
        let cases = ["e9b3-0", "e9b3-0-dead", "e9c0-0"].map(|id| case(id, Cause::Dead, State::Open));
        let found = choose(&cases, "careers", wanted);
        found.map(|case| case.failure.id.clone()).map_err(|failure| failure.to_string())
    }

    #[test]
    fn an_id_or_a_beginning_that_only_one_has_is_enough() {
        for (wanted, id) in [("e9c", "e9c0-0"), ("e9b3-0", "e9b3-0"), ("e9b3-0-", "e9b3-0-dead")] {
            assert_eq!(found(wanted).as_deref(), Ok(id));
        }
    }

    #[test]
    fn a_beginning_that_only_one_open_failure_has_is_enough() {
        let cases =
            [("held-1", State::Resolved), ("held-2", State::Open)].map(|(id, state)| case(id, Cause::Held, state));
        assert_eq!(choose(&cases, "careers", "held").map(|case| case.failure.id.as_str()), Ok("held-2"));
    }

    #[test]
    fn of_several_open_failures_only_these_are_listed() {
        let cases = [("held-1", State::Resolved), ("held-2", State::Open), ("held-3", State::Open)];
        let cases = cases.map(|(id, state)| case(id, Cause::Held, state));
        let said = choose(&cases, "careers", "held").unwrap_err().to_string();
        assert!(said.starts_with("2 open failures begin with `held`;") && !said.contains("held-1"), "{said}");
        let closed = cases.map(|mut case| {
            case.triage.state = State::Resolved;
            case
        });
        let said = choose(&closed, "careers", "held").unwrap_err().to_string();
        assert!(said.starts_with("3 failures begin with `held`;"), "{said}");
    }

    #[test]
    fn a_beginning_of_several_lists_them_and_one_of_none_says_where_to_look() {
        let expected = "\
2 open failures begin with `e9b`; give more of the id:
e9b3-0       dead  2026-03-01 10:00 UTC  open
e9b3-0-dead  dead  2026-03-01 10:00 UTC  open";
        assert_eq!(found("e9b").unwrap_err(), expected);
        let none = found("f").unwrap_err();
        assert_eq!(none, "no failure of `careers` begins with `f`; see `hrsync failures list 'careers'`");
    }
}
