//! Failures for tests.

use ledger::{Cause, FailureRecord, Id, State, Triage};

/// A failure with its message left out, as a list has it.
pub(crate) fn case(id: &str, cause: Cause, state: State) -> FailureRecord {
    let failure = ledger::Failure {
        id: id.to_owned(),
        connection: "careers".to_owned(),
        flow: "heyflow-to-personio".to_owned(),
        cause,
        key: None,
        code: None,
        thread: None,
        ids: vec![Id { name: "response".to_owned(), value: "8f14".to_owned(), url: None }],
        reasons: vec!["personio: errors.job-position.not-published".to_owned()],
        advice: vec!["Publish the job.".to_owned()],
        message: None,
        failed: "2026-03-01T10:00:30Z".parse().unwrap(),
        mailed: None,
    };
    let changed = Some("2026-03-01T11:00:00Z".parse().unwrap());
    let triage = match state {
        State::Open => Triage::default(),
        State::Replaying => Triage { state, replays: 1, replayed: changed, ..Triage::default() },
        State::Replayed => Triage { state, replays: 1, replayed: changed, last_replay: Some(1), ..Triage::default() },
        State::Resolved => Triage { state, resolved: changed, ..Triage::default() },
        State::Discarded => Triage { state, discarded: changed, ..Triage::default() },
    };
    FailureRecord { failure, triage }
}
