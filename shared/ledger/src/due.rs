//! Which digests are to be mailed now.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;

use crate::group::Group;
use crate::outbox::OutboxEntry;
use crate::round::Round;

/// A digest that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueDigest<'a> {
    /// Whose.
    pub group: &'a Group,
    /// The group's newest round that is due; the digest covers earlier ones as well.
    pub round: Timestamp,
    /// The first of the failures that wait for it.
    pub first: &'a OutboxEntry,
}

/// The digests that are due, given the outbox and the groups' present rounds. A round's digest is due `length` after the
/// group's last mail; at once where the round is not the present one any more, for then its digest has begun.
#[must_use]
pub fn due_digests<'a>(
    outbox: &'a [OutboxEntry],
    rounds: &[Round],
    length: Duration,
    now: Timestamp,
) -> Vec<DueDigest<'a>> {
    let mut found: BTreeMap<&Group, DueDigest<'a>> = BTreeMap::new();
    for first in outbox {
        let Some((group, round)) = first.digest() else { continue };
        let present = rounds.iter().find(|it| it.group == *group && it.since == round);
        if present.is_none_or(|present| now >= present.mailed + length) {
            let due = found.entry(group).or_insert(DueDigest { group, round, first });
            due.round = due.round.max(round);
        }
    }
    found.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::{Cause, Failure};

    const HOUR: Duration = Duration::from_secs(60 * 60);

    fn at(minutes: u64) -> Timestamp {
        Timestamp::UNIX_EPOCH + Duration::from_secs(60 * minutes)
    }

    fn failure(id: &str, reason: &str) -> Failure {
        Failure {
            id: id.to_owned(),
            connection: "careers".to_owned(),
            flow: "heyflow-to-personio".to_owned(),
            cause: Cause::Refused,
            key: None,
            code: Some(reason.to_owned()),
            thread: None,
            ids: Vec::new(),
            reasons: vec![reason.to_owned()],
            advice: Vec::new(),
            message: None,
            failed: at(0),
            mailed: None,
        }
    }

    #[test]
    fn a_digest_is_due_an_hour_after_the_last_mail_and_what_was_begun_at_once() {
        let group = Group::of(&failure("a", "why")).unwrap();
        let other = Group::of(&failure("a", "other")).unwrap();
        let entry = |id: &str| OutboxEntry::of(&failure(id, "why"), 0);
        let outbox = [
            entry("individual"),
            entry("a").in_digest(&group, at(0)),
            entry("b").in_digest(&group, at(90)),
            entry("c").in_digest(&other, at(20)),
        ];
        let round = |group: &Group, since| Round::begin(group, at(since), at(since + 2));
        let rounds = [round(&group, 90), round(&other, 20)];
        let due = |minute| {
            let due = due_digests(&outbox, &rounds, HOUR, at(minute));
            due.iter().map(|it| (it.group.clone(), it.round, it.first.failure.clone())).collect::<Vec<_>>()
        };
        let begun = (group.clone(), at(0), "a".to_owned());
        let others = (other.clone(), at(20), "c".to_owned());
        assert_eq!(due(81), std::slice::from_ref(&begun), "another round has followed it");
        assert_eq!(due(82), [others.clone(), begun]);
        assert_eq!(due(152), [others, (group, at(90), "a".to_owned())], "one digest for both rounds");
    }
}
