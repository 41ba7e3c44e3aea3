//! What is applied, and whether it works.

use ledger::Connection;
use serde_json::{Value, json};

use crate::ends::{End, Failure};
use crate::held::Waiting;
use crate::say;
use crate::stack::Stack;

#[derive(Debug, clap::Args)]
#[group(skip)]
pub(crate) struct Args {
    /// Say it in JSON
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(args: &Args, stack: &Stack) -> Result<End, Failure> {
    let ledger = stack.ledger();
    let listing = ledger.connections().await?;
    let failures = ledger.failures(None).await?.items;
    let mut connections = Vec::new();
    for connection in listing.items {
        let waiting = Waiting::with((&ledger).into(), &connection.name, &failures).await?;
        connections.push((connection, waiting));
    }
    if args.json {
        say::json(&connections.iter().map(as_json).collect::<Vec<_>>())?;
    } else if connections.is_empty() && listing.unreadable.is_empty() {
        say::aside("no connection is applied; write one with `hrsync apply`");
    } else {
        say::line(table(&connections))?;
        connections.iter().filter_map(waits).for_each(say::aside);
    }
    Ok(say::unreadable(&listing.unreadable))
}

/// What waits for a person, and how that is looked at.
fn waits((connection, waiting): &(Connection, Waiting)) -> Option<String> {
    let name = &connection.name;
    let look = format!("look with `hrsync sweep {name} --confirm-deletions --dry-run`");
    (!waiting.is_empty()).then(|| format!("{name}: waits for a person: {}; {look}", waiting.counted()))
}

fn table(connections: &[(Connection, Waiting)]) -> String {
    let head = ["NAME", "FLOW", "OWNER", "REVISION", "APPLIED", "STATE"].map(str::to_owned);
    let rows: Vec<_> = std::iter::once(head).chain(connections.iter().map(row)).collect();
    say::columns(&rows)
}

fn row((connection, waiting): &(Connection, Waiting)) -> [String; 6] {
    let Connection { name, flow, owner, revision, applied, .. } = connection;
    let applied = applied.strftime("%Y-%m-%d %H:%M UTC").to_string();
    [name.clone(), flow.clone(), owner.clone(), revision.to_string(), applied, state(connection, waiting)]
}

fn state(connection: &Connection, waiting: &Waiting) -> String {
    if let Some(paused) = connection.paused {
        return format!("paused since {}", paused.strftime("%Y-%m-%d %H:%M UTC"));
    }
    match &connection.breaker {
        None if waiting.is_empty() => "ok".to_owned(),
        None => format!("ok, waiting for a person: {}", waiting.missing.len() + waiting.held.len()),
        Some(breaker) => format!("halted since {}: {}", breaker.since.strftime("%Y-%m-%d %H:%M UTC"), breaker.cause),
    }
}

fn as_json((connection, waiting): &(Connection, Waiting)) -> Value {
    let Connection { name, flow, owner, revision, applied, breaker, paused, .. } = connection;
    let halted = breaker.as_ref().map(|it| json!({"since": it.since, "cause": it.cause, "next_probe": it.probe}));
    let state = match (paused, &halted) {
        (Some(_), _) => "paused",
        (None, Some(_)) => "halted",
        (None, None) => "ok",
    };
    json!({
        "name": name, "flow": flow, "owner": owner, "revision": revision, "applied": applied,
        "state": state, "halted": halted, "paused": paused,
        "waiting": {"not_listed": waiting.missing.len(), "beyond_budget": waiting.held.len()},
    })
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use ledger::{Breaker, Subject};

    use super::*;

    fn connection(name: &str, breaker: Option<Breaker>) -> Connection {
        Connection {
            name: name.to_owned(),
            flow: "a-to-b".to_owned(),
            owner: "it@example.com".to_owned(),
            document: "secret-free but long".to_owned(),
            revision: 2,
            applied: "2026-03-01T10:00:30Z".parse().unwrap(),
            breaker,
            paused: None,
            forgot: None,
        }
    }

    fn halted() -> Breaker {
        Breaker::open("the login was refused", "2026-03-01T11:00:00Z".parse::<Timestamp>().unwrap())
    }

    #[test]
    fn the_list_shows_who_is_halted_since_when_and_why() {
        let nothing = Waiting::default;
        let one = Waiting { missing: vec![Subject::new("absence", "a")], held: Vec::new() };
        let listed = [
            (connection("careers", None), nothing()),
            (connection("interns", Some(halted())), nothing()),
            (connection("absences", None), one),
        ];
        let said = table(&listed);
        assert_eq!(waits(&listed[0]), None);
        assert_eq!(
            waits(&listed[2]).unwrap(),
            "absences: waits for a person: 1 not listed by the source, 0 beyond the day's budget; look with `hrsync sweep \
             absences --confirm-deletions --dry-run`"
        );
        let expected = "\
NAME      FLOW    OWNER           REVISION  APPLIED               STATE
careers   a-to-b  it@example.com  2         2026-03-01 10:00 UTC  ok
interns   a-to-b  it@example.com  2         2026-03-01 10:00 UTC  halted since 2026-03-01 11:00 UTC: the login was refused
absences  a-to-b  it@example.com  2         2026-03-01 10:00 UTC  ok, waiting for a person: 1";
        assert_eq!(said, expected);
    }

    #[test]
    fn scripts_see_the_same() {
        let expected = json!({
            "name": "interns", "flow": "a-to-b", "owner": "it@example.com", "revision": 2,
            "applied": "2026-03-01T10:00:30Z", "state": "halted",
            "halted": {
                "since": "2026-03-01T11:00:00Z", "cause": "the login was refused", "next_probe": "2026-03-01T11:01:00Z",
            },
            "paused": null,
            "waiting": {"not_listed": 0, "beyond_budget": 0},
        });
        assert_eq!(as_json(&(connection("interns", Some(halted())), Waiting::default())), expected);
        assert_eq!(as_json(&(connection("careers", None), Waiting::default()))["halted"], Value::Null);
    }

    #[test]
    fn a_paused_connection_is_not_ok() {
        let paused = Some("2026-03-01T12:00:00Z".parse().unwrap());
        let paused = Connection { paused, ..connection("interns", Some(halted())) };
        assert_eq!(state(&paused, &Waiting::default()), "paused since 2026-03-01 12:00 UTC");
        let shown = as_json(&(paused, Waiting::default()));
        assert_eq!((&shown["state"], &shown["paused"]), (&json!("paused"), &json!("2026-03-01T12:00:00Z")));
    }
}
