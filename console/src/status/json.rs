//! The standings for scripts.

use jiff::Timestamp;
use logs::Line;
use serde_json::{Value, json};

use super::standing::Standing;

/// Everything, and since when lines were counted.
pub(super) fn all(standings: &[Standing], since: Timestamp, now: Timestamp) -> Value {
    json!({"since": since, "now": now, "connections": standings.iter().map(|it| one(it, now)).collect::<Vec<_>>()})
}

fn one(standing: &Standing, now: Timestamp) -> Value {
    let connection = &standing.connection;
    let balance = standing.balance;
    let late: &[Line] = if standing.lost_of_own() > 0 { &standing.late } else { &[] };
    json!({
        "name": connection.name, "flow": connection.flow, "state": standing.state().word(),
        "halted": connection.breaker.as_ref().map(|it| json!({"since": it.since, "cause": it.cause})),
        "paused": connection.paused,
        "waiting": {"not_listed": standing.waiting.missing.len(), "beyond_budget": standing.waiting.held.len()},
        "last_event": standing.last_event, "last_success": standing.last_success, "last_sweep": standing.last_sweep,
        "lag_s": standing.oldest.map_or(0, |oldest| now.duration_since(oldest).as_secs()),
        "queue": standing.queue, "queued": standing.queued, "unusable": standing.unusable,
        "received": balance.received, "done": balance.done, "skipped": balance.skipped, "rejected": balance.rejected,
        "dead": balance.dead, "in_flight": standing.in_flight(), "missing": standing.missing(),
        "late": late.iter().map(named).collect::<Vec<_>>(),
    })
}

fn named(line: &Line) -> Value {
    json!({
        "event": line.event, "replay": line.replay, "object": line.object, "outcome": line.said.word(), "at": line.at,
    })
}

#[cfg(test)]
mod tests {
    use super::super::standing::find_lost;
    use super::super::standing::tests::{at, careers};
    use super::*;

    #[test]
    fn scripts_see_the_same() {
        let mut standings = [careers(0, "10:20")];
        find_lost(&mut standings);
        let shown = all(&standings, at("00:00"), at("12:00"));
        let expected = json!({
            "name": "careers", "flow": "a-to-b", "state": "ok", "halted": null, "paused": null,
            "waiting": {"not_listed": 0, "beyond_budget": 0},
            "last_event": "2026-03-01T11:55:00Z", "last_success": "2026-03-01T10:11:00Z", "last_sweep": null,
            "lag_s": 6_060, "queue": 0, "queued": 1, "unusable": 1,
            "received": 2, "done": 1, "skipped": 0, "rejected": 0, "dead": 0, "in_flight": 0, "missing": 1,
            "late": [{
                "event": "r2", "replay": 0, "object": "response=r2", "outcome": "halted", "at": "2026-03-01T10:20:00Z",
            }],
        });
        assert_eq!(shown["connections"], json!([expected]));
        assert_eq!((&shown["since"], &shown["now"]), (&json!("2026-03-01T00:00:00Z"), &json!("2026-03-01T12:00:00Z")));
    }
}
