//! A failure in words, and for scripts.

use jiff::Timestamp;
use ledger::{Cause, FailureRecord, Id, State};
use serde_json::{Value, json};

/// Each cause's name and what it means.
const CAUSES: [(Cause, &str, &str); 11] = [
    (Cause::Duplicate, "duplicate", "the target already holds it"),
    (Cause::Unmappable, "unmappable", "the connection's mapping does not fit it"),
    (Cause::Refused, "refused", "the target refuses its content"),
    (Cause::WithoutFile, "without-file", "added, but without a file"),
    (Cause::Altered, "altered", "added, but not just as it came"),
    (Cause::ByHand, "by-hand", "something in the target is not as expected"),
    (Cause::Dead, "dead", "given up after many tries"),
    (Cause::Unreadable, "unreadable", "delivered with the right secret, and cannot be read"),
    (Cause::Held, "held", "a sweep waits for a person"),
    (Cause::Halted, "halted", "the connection stands still"),
    (Cause::Resumed, "mended", "the connection works again"),
];

/// What a replay can mend without anything being undone by hand first.
const REPLAYABLE: [Cause; 3] = [Cause::Unmappable, Cause::Refused, Cause::Dead];

/// The states in the order in which a failure passes through them.
const STATES: [State; 5] = [State::Open, State::Replaying, State::Replayed, State::Resolved, State::Discarded];

/// Reads `--cause` of a retry: the causes that are about a record that was queued.
pub(super) fn read_cause(text: &str) -> Result<Cause, String> {
    let of_records = CAUSES
        .iter()
        .filter(|(cause, ..)| !matches!(cause, Cause::Unreadable | Cause::Held | Cause::Halted | Cause::Resumed));
    one_of(text, of_records.map(|(cause, name, _)| (*name, *cause)))
}

/// Reads `--cause` of a list: any cause.
pub(super) fn read_any_cause(text: &str) -> Result<Cause, String> {
    one_of(text, CAUSES.iter().map(|(cause, name, _)| (*name, *cause)))
}

/// Reads `--state`.
pub(super) fn read_state(text: &str) -> Result<State, String> {
    one_of(text, STATES.iter().map(|state| (word(*state), *state)))
}

fn one_of<T>(text: &str, known: impl Iterator<Item = (&'static str, T)> + Clone) -> Result<T, String> {
    let found = known.clone().find(|(name, _)| *name == text).map(|(_, known)| known);
    found.ok_or_else(|| {
        let names: Vec<_> = known.map(|(name, _)| name).collect();
        format!("choose one of {}", names.join(", "))
    })
}

pub(super) fn cause(cause: Cause) -> &'static str {
    CAUSES.iter().find(|(it, ..)| *it == cause).map_or("unknown", |(_, name, _)| *name)
}

pub(super) fn meaning(cause: Cause) -> &'static str {
    CAUSES.iter().find(|(it, ..)| *it == cause).map_or("unknown", |(.., meaning)| *meaning)
}

pub(super) fn is_replayable(cause: Cause) -> bool {
    REPLAYABLE.contains(&cause)
}

pub(super) fn minute(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

pub(super) fn state(case: &FailureRecord) -> String {
    let triage = &case.triage;
    let at = |when: Option<Timestamp>| when.map(minute).unwrap_or_default();
    match triage.state {
        State::Open => "open".to_owned(),
        State::Replaying => format!("being replayed since {}", at(triage.replayed)),
        State::Replayed => {
            let generation = triage.last_replay.map(|number| format!(" as generation {number}")).unwrap_or_default();
            format!("replayed {}{generation}", at(triage.replayed))
        }
        State::Resolved => format!("resolved {}", at(triage.resolved)),
        State::Discarded => format!("discarded {}", at(triage.discarded)),
    }
}

pub(super) fn ids(ids: &[Id]) -> String {
    ids.iter().map(|id| format!("{}={}", id.name, id.value)).collect::<Vec<_>>().join(" ")
}

/// Everything but the message.
pub(super) fn as_json(case: &FailureRecord) -> Value {
    let failure = &case.failure;
    let triage = &case.triage;
    let ids: serde_json::Map<_, _> = failure.ids.iter().map(|id| (id.name.clone(), json!(id.value))).collect();
    json!({
        "id": failure.id, "connection": failure.connection, "flow": failure.flow, "cause": cause(failure.cause),
        "ids": ids, "reasons": failure.reasons, "advice": failure.advice, "code": failure.code,
        "failed": failure.failed, "mailed": failure.mailed,
        "state": word(triage.state), "replays": triage.replays, "replayed": triage.replayed,
        "generation": triage.last_replay, "resolved": triage.resolved, "discarded": triage.discarded,
        "edited": triage.edited,
    })
}

fn word(state: State) -> &'static str {
    match state {
        State::Open => "open",
        State::Replaying => "replaying",
        State::Replayed => "replayed",
        State::Resolved => "resolved",
        State::Discarded => "discarded",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failures::sample::case;

    #[test]
    fn states_say_since_when_and_as_what() {
        let said = [State::Open, State::Replaying, State::Replayed, State::Resolved, State::Discarded];
        let said = said.map(|it| state(&case("e-0", Cause::Refused, it)));
        assert_eq!(
            said,
            [
                "open",
                "being replayed since 2026-03-01 11:00 UTC",
                "replayed 2026-03-01 11:00 UTC as generation 1",
                "resolved 2026-03-01 11:00 UTC",
                "discarded 2026-03-01 11:00 UTC",
            ]
        );
    }

    #[test]
    fn scripts_see_the_same() {
        let expected = json!({
            "id": "e-0", "connection": "careers", "flow": "heyflow-to-personio", "cause": "refused",
            "ids": {"response": "8f14"}, "reasons": ["personio: errors.job-position.not-published"],
            "advice": ["Publish the job."],
            "code": null, "failed": "2026-03-01T10:00:30Z", "mailed": null, "state": "replayed", "replays": 1,
            "replayed": "2026-03-01T11:00:00Z", "generation": 1, "resolved": null, "discarded": null, "edited": null,
        });
        assert_eq!(as_json(&case("e-0", Cause::Refused, State::Replayed)), expected);
    }

    #[test]
    fn a_cause_is_one_of_a_record() {
        assert_eq!(read_cause("without-file"), Ok(Cause::WithoutFile));
        for no in ["halted", "mended", "unreadable", "Refused", ""] {
            assert_eq!(
                read_cause(no).unwrap_err(),
                "choose one of duplicate, unmappable, refused, without-file, altered, by-hand, dead",
                "{no}"
            );
        }
    }
}
