//! Whether the flows' schedules run.

use std::collections::BTreeMap;

use admin::Finding;
use jiff::Timestamp;

use crate::ends::Failure;
use crate::stack::Stack;

/// Of these flows.
pub(super) async fn look(stack: &Stack, flows: &[&str], now: Timestamp) -> Vec<Finding> {
    match stack.ledger().polls().await {
        Ok(late) => judged(&late, flows, now),
        Err(error) => vec![Finding::warning("schedules", "not known", Failure::from(error).to_string())],
    }
}

/// `late`: when each flow's schedule counts as missed unless it runs again.
fn judged(late: &BTreeMap<String, Timestamp>, flows: &[&str], now: Timestamp) -> Vec<Finding> {
    let known = flows.iter().filter_map(|flow| Some((flow, late.get(*flow)?)));
    let judge = |(flow, late): (&&str, &Timestamp)| {
        let about = format!("schedule of {flow}");
        if now <= *late {
            return Finding::ok(
                about,
                format!("runs; counts as missed from {} on", late.strftime("%Y-%m-%d %H:%M UTC")),
            );
        }
        let seen = format!("did not run: it is late since {}", late.strftime("%Y-%m-%d %H:%M UTC"));
        Finding::fault(about, seen, "look at the poller's log and at its schedule in EventBridge, or deploy again")
    };
    known.map(judge).collect()
}

#[cfg(test)]
mod tests {
    use admin::Level;

    use super::*;

    #[test]
    fn a_schedule_that_is_late_is_a_fault() {
        let now: Timestamp = "2026-03-01T10:00:00Z".parse().unwrap();
        let late =
            [("a-to-b", "2026-03-01T09:00:00Z"), ("c-to-d", "2026-03-01T11:00:00Z"), ("off", "2026-01-01T00:00:00Z")];
        let late = late.map(|(flow, at)| (flow.to_owned(), at.parse().unwrap())).into();
        let found = judged(&late, &["a-to-b", "c-to-d", "without"], now);
        let seen: Vec<_> = found.iter().map(|it| (it.level, it.about.as_str())).collect();
        assert_eq!(seen, [(Level::Fault, "schedule of a-to-b"), (Level::Ok, "schedule of c-to-d")]);
    }
}
