//! The digest of a group: what the schedule asks for, and what the owner reads.

use edge::notify::FAILURES;
use edge::verdict::Fault;
use edge::{Message, event_id};
use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use ledger::{DueDigest, Failure, Group, Kind, Ledger, OutboxEntry};
use mail::{BadTemplate, Digest, Listed, Mail};
use serde::{Deserialize, Serialize};
use serde_json::value::to_raw_value;

use crate::report::{StackInfo, about, at, kind, links, records};

/// How many failures a digest names.
const LISTED: usize = 20;

/// The body of the message that asks for a digest; the envelope carries its version.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DigestRequest {
    /// Whose.
    #[serde(rename = "storm")]
    pub(crate) group: Group,
    /// The newest round that was due.
    #[serde(rename = "window_ms", with = "millisecond::required")]
    pub(crate) round: Timestamp,
}

/// What a message to `failures-push` asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Request {
    /// A mail about the failure that the message names.
    Failure,
    /// A digest.
    Digest(DigestRequest),
}

/// What a digest covers.
pub(crate) struct Covered<'a> {
    /// The group.
    pub(crate) group: &'a Group,
    /// The newest of its rounds.
    pub(crate) round: Timestamp,
    /// The entries of all failures, the oldest first.
    pub(crate) entries: &'a [&'a OutboxEntry],
    /// The first failure that has not expired: its reasons stand for all.
    pub(crate) first: &'a Failure,
    /// The failures that the digest names.
    pub(crate) named: &'a [Failure],
}

/// The message that asks for a digest. Those of one group are worked on one after the other.
pub(crate) fn message(due: &DueDigest<'_>, now: Timestamp) -> Result<Message, serde_json::Error> {
    let body = to_raw_value(&DigestRequest { group: due.group.clone(), round: due.round })?;
    let event = id(due.group, due.round);
    let thread = thread(due.group);
    let message = Message::new(FAILURES, &due.first.connection, event, now, body);
    Ok(message.about(&thread).with_id("digest", &thread))
}

/// What a message asks for. One of another version is tried again, until a version comes that reads it.
pub(crate) fn read(message: &Message) -> Result<Request, Fault> {
    let request: Option<DigestRequest> = serde_json::from_str(message.body.get())
        .map_err(|_| Fault::Mail("the notification is of another version".to_owned()))?;
    Ok(request.map_or(Request::Failure, Request::Digest))
}

/// The id of a digest, the same when it is repeated.
pub(crate) fn id(group: &Group, round: Timestamp) -> String {
    format!("{}-{}", thread(group), round.as_millisecond())
}

/// What the digests of a group have in common; holds no text of the group.
fn thread(group: &Group) -> String {
    format!("summary-{}", event_id(&[group.as_str()]))
}

/// The entries that no digest covered yet, the oldest first. `told`: the newest round whose digest went out.
pub(crate) fn untold(waiting: &[OutboxEntry], told: Option<Timestamp>) -> Vec<&OutboxEntry> {
    let mut untold: Vec<&OutboxEntry> = waiting.iter().filter(|entry| round_of(entry) > told).collect();
    untold.sort_by_key(|entry| entry.failed);
    untold
}

/// The newest round of those that the entries wait for.
pub(crate) fn newest_round(entries: &[&OutboxEntry]) -> Option<Timestamp> {
    entries.iter().filter_map(|entry| round_of(entry)).max()
}

fn round_of(entry: &OutboxEntry) -> Option<Timestamp> {
    entry.digest().map(|(_, round)| round)
}

/// The failures that a digest names: the first that have not expired.
pub(crate) async fn named(ledger: &Ledger, untold: &[&OutboxEntry]) -> Result<Vec<Failure>, Fault> {
    let mut named = Vec::new();
    for entry in untold {
        match ledger.failure(&entry.connection, &entry.failure).await {
            Ok(failure) => named.extend(failure),
            // counted and not named, so that the others are told
            Err(error) if error.kind == Kind::Unreadable => {
                let OutboxEntry { connection, failure, .. } = entry;
                tracing::error!(connection, failure, %error, "a failure cannot be named in a digest");
            }
            Err(error) => return Err(error.into()),
        }
        if named.len() == LISTED {
            break;
        }
    }
    Ok(named)
}

/// The digest's mail.
pub(crate) fn render(covered: &Covered<'_>, stack: StackInfo<'_>) -> Result<Mail, BadTemplate> {
    let Covered { group, round, entries, first, named } = *covered;
    let id = id(group, round);
    let thread = thread(group);
    let times = || entries.iter().filter_map(|entry| entry.failed);
    let digest = Digest {
        kind: kind(first.cause),
        connection: &first.connection,
        flow: &first.flow,
        about: about(first),
        id: &id,
        thread: &thread,
        stack: stack.name,
        count: entries.len(),
        first: at(times().fold(first.failed, Timestamp::min), stack.zone),
        last: at(times().fold(first.failed, Timestamp::max), stack.zone),
        listed: named.iter().map(listed).collect(),
        unlisted: entries.len().saturating_sub(named.len()),
        reasons: &first.reasons,
        advice: &first.advice,
        kept_days: stack.kept_days,
        digest_minutes: stack.digest_minutes,
    };
    digest.render()
}

fn listed(failure: &Failure) -> Listed<'_> {
    Listed { failure: &failure.id, records: records(&failure.ids), links: links(&failure.ids) }
}

#[cfg(test)]
mod tests {
    use edge::notify::notification;
    use serde_json::value::RawValue;

    use super::*;

    fn message(body: &str) -> Message {
        let body = RawValue::from_string(body.to_owned()).unwrap();
        Message::new(FAILURES, "careers", "e".to_owned(), Timestamp::UNIX_EPOCH, body)
    }

    #[test]
    fn a_notification_of_one_failure_asks_for_no_digest() {
        let message = notification("careers", "e9b3-0", Timestamp::UNIX_EPOCH);
        assert_eq!(read(&message).unwrap(), Request::Failure);
    }

    /// Queued by an earlier version.
    #[test]
    fn a_request_is_queued_under_the_names_of_earlier_versions() {
        let body = r#"{"storm":"careers/refused/why","window_ms":7}"#;
        let Request::Digest(request) = read(&message(body)).unwrap() else { panic!("a digest is asked for") };
        assert_eq!((request.group.as_str(), request.round.as_millisecond()), ("careers/refused/why", 7));
        assert_eq!(serde_json::to_string(&request).unwrap(), body);
    }

    #[test]
    fn what_another_version_asks_for_is_not_half_understood() {
        let error = read(&message(r#"{"storm":"s","hours":2}"#)).unwrap_err();
        assert_eq!(error.to_string(), "mail was not sent: the notification is of another version");
    }
}
