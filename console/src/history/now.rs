//! What the table remembers of an object or an event now. It is only read.

use std::collections::BTreeSet;

use jiff::Timestamp;
use ledger::{Event, LinkSummary, Pending, ReadOnly, Receipt, Settlement, Subject};
use logs::Line;
use serde_json::{Value, json};

use crate::ends::Failure;

/// What is remembered.
#[derive(Debug, Default)]
pub(super) struct Now {
    links: Vec<Linked>,
    receipts: Vec<(Event, Settlement)>,
}

/// What is remembered of one object.
#[derive(Debug)]
struct Linked {
    link: LinkSummary,
    /// The target's ids that belong to it.
    targets: Vec<String>,
    blocked: Option<Pending>,
}

/// The most receipts that are looked up: an object's latest events.
const MOST: usize = 20;

impl Now {
    /// Of these objects, and of the events of these lines.
    pub(super) async fn read(
        ledger: ReadOnly<'_>,
        connection: &str,
        subjects: &BTreeSet<Subject>,
        lines: &[Line],
    ) -> Result<Self, Failure> {
        let subjects: Vec<Subject> = subjects.iter().cloned().collect();
        let summaries = ledger.link_summaries_of(connection, &subjects).await?;
        let claims = if summaries.is_empty() { Vec::new() } else { ledger.claims(connection).await? };
        let mut now = Self::default();
        for link in summaries {
            let own = claims.iter().filter(|(_, by)| *by == link.subject);
            let targets = own.map(|(target, _)| target.clone()).collect();
            let blocked = ledger.pending_of(connection, &link.subject).await?;
            now.links.push(Linked { link, targets, blocked });
        }
        for event in events(lines) {
            if let Receipt::Settled(settlement) = ledger.receipt(&event).await? {
                now.receipts.push((event, settlement));
            }
        }
        Ok(now)
    }

    /// A line for each.
    pub(super) fn lines(&self) -> Vec<String> {
        let receipts = self
            .receipts
            .iter()
            .map(|(event, settlement)| format!("event {}: settled as {}", event.id, settled(*settlement)));
        self.links.iter().map(linked).chain(receipts).collect()
    }

    /// For scripts: links and receipts.
    pub(super) fn json(&self) -> (Value, Value) {
        let link = |linked: &Linked| {
            let Linked { link, targets, blocked } = linked;
            json!({
                "object": link.subject, "targets": targets, "holds": link.holds, "seen": link.seen, "due": link.due,
                "missing_since": link.missing_since, "blocked_by": blocked.as_ref().map(failures),
            })
        };
        let receipt = |(event, settlement): &(Event, Settlement)| json!({"event": event.id, "replay": event.replay, "settled": settled(*settlement)});
        (self.links.iter().map(link).collect(), self.receipts.iter().map(receipt).collect())
    }
}

/// The latest events of the lines that were settled by a receipt, as far as they have one.
fn events(lines: &[Line]) -> Vec<Event> {
    let mut seen = BTreeSet::new();
    let records = lines.iter().rev().filter(|line| line.outcome().is_some());
    let events = records.filter_map(|line| {
        let id = line.event.clone()?;
        let is_new = seen.insert((id.clone(), line.replay));
        is_new.then(|| Event { connection: line.connection.clone(), id, replay: line.replay })
    });
    events.take(MOST).collect()
}

fn linked(linked: &Linked) -> String {
    let Linked { link, targets, blocked } = linked;
    let holds = match (link.holds, targets.is_empty()) {
        (false, true) => "the target holds nothing".to_owned(),
        (_, true) => "the target holds something".to_owned(),
        (_, false) => format!("the target holds {}", targets.join(", ")),
    };
    let since =
        |what: &str, time: Option<Timestamp>| time.map(|time| format!("{what} {}", time.strftime("%Y-%m-%d %H:%M:%S")));
    let seen = since("the source's version of", link.seen);
    let due = since("due for a look at", link.due);
    let missing = since("not listed by the source since", link.missing_since);
    let blocked = blocked.as_ref().map(|pending| format!("blocked, see failures {}", failures(pending).join(", ")));
    let facts: Vec<_> = [Some(holds), seen, due, missing, blocked].into_iter().flatten().collect();
    format!("{}: {}", link.subject, facts.join("; "))
}

fn failures(pending: &Pending) -> Vec<&str> {
    pending.failures.iter().map(|told| told.failure.as_str()).collect()
}

fn settled(settlement: Settlement) -> &'static str {
    match settlement {
        Settlement::Done => "done",
        Settlement::DoneBefore => "done by an earlier attempt",
        Settlement::Rejected => "rejected",
    }
}

#[cfg(test)]
mod tests {
    use ledger::{Told, WokenBy};

    use super::super::show::tests::line;
    use super::*;

    fn now() -> Now {
        let subject = Subject::new("absence", "1d8e");
        let told = Told { key: "no-home".to_owned(), failure: "no-home-1".to_owned() };
        let blocked = Pending { subject: subject.clone(), failures: vec![told], woken_by: WokenBy::Sweeps };
        let link = LinkSummary {
            holds: true,
            seen: Some("2026-03-01T10:00:00Z".parse().unwrap()),
            ..LinkSummary::unseen(subject)
        };
        let targets = vec!["501".to_owned(), "502".to_owned()];
        let unseen = LinkSummary::unseen(Subject::new("absence", "77c0"));
        let event = Event { connection: "careers".to_owned(), id: "8f14".to_owned(), replay: 0 };
        Now {
            links: vec![
                Linked { link, targets, blocked: Some(blocked) },
                Linked { link: unseen, targets: Vec::new(), blocked: None },
            ],
            receipts: vec![(event, Settlement::DoneBefore)],
        }
    }

    #[test]
    fn what_is_remembered_is_told() {
        insta::assert_snapshot!(now().lines().join("\n"), @r"
        absence/1d8e: the target holds 501, 502; the source's version of 2026-03-01 10:00:00; blocked, see failures no-home-1
        absence/77c0: the target holds nothing
        event 8f14: settled as done by an earlier attempt
        ");
        let (links, receipts) = now().json();
        let expected = json!({
            "object": "absence/1d8e", "targets": ["501", "502"], "holds": true, "seen": "2026-03-01T10:00:00Z",
            "due": null, "missing_since": null, "blocked_by": ["no-home-1"],
        });
        assert_eq!(links[0], expected);
        assert_eq!(receipts, json!([{"event": "8f14", "replay": 0, "settled": "done by an earlier attempt"}]));
    }

    #[test]
    fn each_event_is_looked_up_once_the_latest_first() {
        let lines = [line("e1"), line("e2"), Line { replay: 1, ..line("e1") }, line("e2")];
        let found: Vec<_> = events(&lines).into_iter().map(|event| (event.id, event.replay)).collect();
        assert_eq!(found, [("e2".to_owned(), 0), ("e1".to_owned(), 1), ("e1".to_owned(), 0)]);
    }
}
