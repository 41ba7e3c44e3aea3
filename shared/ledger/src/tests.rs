//! `Debug` of what the ledger keeps shows no personal data, so that no log line can.

use std::collections::BTreeSet;
use std::fmt::Debug;

use jiff::Timestamp;

use crate::{
    Apply, Cause, Connection, Failure, FailureRecord, Hidden, Id, LinkNames, OutboxEntry, Subject, Traces, Triage,
};

const MARKER: &str = "sample@applicant.example";

/// Types without personal data: names, codes, times, counts and hashes. Of `Link` and
/// `SliceState` the flow's own part counts, which each flow tests itself.
const PLAIN: &[&str] = &[
    "Applied",
    "Breaker",
    "Budget",
    "BudgetUse",
    "Calls",
    "Cause",
    "Chunk",
    "Claim",
    "ClaimChanges",
    "Decided",
    "Decision",
    "Deliveries",
    "DueDigest",
    "Error",
    "Event",
    "Fingerprint",
    "Found",
    "Group",
    "Guarded",
    "Held",
    "Kind",
    "Ledger",
    "Link",
    "LinkSummary",
    "LinkWrite",
    "Listing",
    "Made",
    "Mailing",
    "NamesOf",
    "NoSubject",
    "ObjectId",
    "Opened",
    "Opening",
    "PageToken",
    "Pending",
    "RateLimit",
    "ReadOnly",
    "Receipt",
    "Remains",
    "Removed",
    "ReplayClaim",
    "Round",
    "Scope",
    "Settlement",
    "SliceKey",
    "SliceState",
    "State",
    "Subject",
    "Told",
    "Totals",
    "Triaged",
    "Uploaded",
    "Waiting",
    "WokenBy",
];

fn failure() -> Failure {
    Failure {
        id: "e-0".to_owned(),
        connection: "careers".to_owned(),
        flow: "heyflow-to-personio".to_owned(),
        cause: Cause::Refused,
        key: None,
        code: None,
        thread: None,
        ids: vec![id()],
        reasons: Vec::new(),
        advice: Vec::new(),
        message: Some(Hidden::new(MARKER.to_owned())),
        failed: Timestamp::UNIX_EPOCH,
        mailed: None,
    }
}

fn id() -> Id {
    Id { name: "response".to_owned(), value: "8f14".to_owned(), url: None }
}

fn connection() -> Connection {
    Connection {
        name: "careers".to_owned(),
        flow: "heyflow-to-personio".to_owned(),
        owner: MARKER.to_owned(),
        document: format!("owner = \"{MARKER}\""),
        revision: 1,
        applied: Timestamp::UNIX_EPOCH,
        breaker: None,
        paused: None,
        forgot: None,
    }
}

fn shown(name: &'static str, value: &dyn Debug) -> (&'static str, String) {
    (name, format!("{value:?} {value:#?}"))
}

/// Each type that holds or may hold personal data, as a log line would show it.
fn formatted() -> Vec<(&'static str, String)> {
    let record = FailureRecord { failure: failure(), triage: Triage::default() };
    let words = [MARKER.to_owned()];
    let names = LinkNames { words: words.to_vec(), parts: vec![Subject::new("thing", MARKER)] };
    let traces = Traces { words: words.into(), subjects: names.parts.iter().cloned().collect(), ..Traces::default() };
    let apply = Apply { name: "careers", flow: "heyflow-to-personio", owner: MARKER, document: MARKER };
    vec![
        shown("Apply", &apply),
        shown("Connection", &connection()),
        shown("Failure", &failure()),
        shown("FailureRecord", &record),
        shown("Hidden", &Hidden::new(MARKER)),
        shown("Id", &id()),
        shown("LinkNames", &names),
        shown("OutboxEntry", &OutboxEntry::of(&failure(), 0)),
        shown("Traces", &traces),
        shown("Triage", &Triage::default()),
    ]
}

#[test]
fn debug_shows_no_personal_data() {
    for (name, text) in formatted() {
        assert!(!text.contains("sample"), "{name}: {text}");
    }
}

#[test]
fn every_public_type_is_looked_at() {
    let library = include_str!("lib.rs");
    let exports = library.split("pub use ").skip(1).filter_map(|export| export.split(';').next());
    let names = exports.flat_map(|export| export.split(|c: char| !c.is_alphanumeric() && c != '_'));
    let is_type = |name: &&str| name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase);
    let exported: BTreeSet<&str> = names.filter(is_type).collect();
    let formatted = formatted();
    let known: BTreeSet<&str> = formatted.iter().map(|(name, _)| *name).chain(PLAIN.iter().copied()).collect();
    assert_eq!(exported, known);
}
