//! Rounds: a group has one at a time, an item that says which failures got a mail of their own in it.
//!
//! Once those are enough, later failures go into the round's digest: their outbox entries name group and round and stay
//! until a digest went out that covers them. A round with a digest ends only when that is told, which begins the next
//! round. So no failure joins a digest that is being told, and a digest that is repeated covers the same failures.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use serde::{Deserialize, Serialize};

use crate::group::Group;
use crate::table::{Key, days, expiry_seconds};

/// How many failures of a round get a mail of their own.
pub const INDIVIDUAL_MAILS: usize = 3;

/// The partition of all rounds.
pub(crate) const PARTITION: &str = "storm";
const KEPT: Duration = days(14);

/// The present round of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// Whose.
    #[serde(rename = "sk")]
    pub group: Group,
    /// When it began, which is also its name.
    #[serde(rename = "window_ms", with = "millisecond::required")]
    pub since: Timestamp,
    /// When the group's last mail was let go.
    #[serde(rename = "mailed_ms", with = "millisecond::required")]
    pub mailed: Timestamp,
    /// The newest round whose digest went out.
    #[serde(rename = "told_ms", with = "millisecond::optional", default)]
    pub told: Option<Timestamp>,
    /// The failures that get a mail of their own in it.
    #[serde(rename = "singles")]
    individual: Vec<String>,
    /// Whether it follows a digest: then it has no mails of their own.
    follows: bool,
    /// Whether a failure waits for its digest.
    #[serde(rename = "folds")]
    has_digest: bool,
    /// Grows with each write.
    pub(crate) rev: u64,
    expires_at: i64,
}

/// How a failure is mailed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mailing {
    /// In a mail of its own.
    Individual {
        /// Whether later failures of this round go into its digest.
        last: bool,
    },
    /// With others, in a digest.
    Digest,
}

/// What is to be done about a failure.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// It was decided before.
    Decided(Mailing),
    /// It is mailed once this round is written.
    Write(Round),
    /// It goes into the digest of this round.
    Digest(Timestamp),
}

/// The key of a group's round.
pub(crate) fn round_key(group: &Group) -> Key {
    Key::new(PARTITION, group.as_str())
}

impl Round {
    /// A round that began at `since` and whose last mail was let go at `mailed`.
    pub(crate) fn begin(group: &Group, since: Timestamp, mailed: Timestamp) -> Self {
        Self {
            group: group.clone(),
            since,
            mailed,
            told: None,
            individual: Vec::new(),
            follows: false,
            has_digest: false,
            rev: 0,
            expires_at: 0,
        }
    }

    /// How the failures are mailed that this round names.
    pub(crate) fn mailing(&self) -> Mailing {
        Mailing::Individual { last: self.individual.len() >= INDIVIDUAL_MAILS }
    }

    /// The same with one more failure that gets a mail of its own.
    fn with(&self, id: &str, now: Timestamp) -> Self {
        let mut individual = self.individual.clone();
        individual.push(id.to_owned());
        Self { individual, mailed: now, ..self.clone() }
    }

    /// The round that follows this one without a digest in between.
    fn after_calm(&self, now: Timestamp) -> Self {
        Self { follows: false, ..self.after_digest(now) }
    }

    /// The round that follows this one and its digest. Each has a name of its own.
    pub(crate) fn after_digest(&self, now: Timestamp) -> Self {
        let since = now.max(self.since + Duration::from_millis(1));
        Self { since, mailed: now, individual: Vec::new(), follows: true, has_digest: false, ..self.clone() }
    }

    /// The same as it is written over the revision that it was made from.
    pub(crate) fn next_revision(self, now: Timestamp) -> Self {
        Self { rev: self.rev + 1, expires_at: expiry_seconds(now, KEPT), ..self }
    }
}

/// What is to be done about the failure `id`, given its group's round and how long rounds last.
pub(crate) fn step(known: Option<&Round>, group: &Group, id: &str, length: Duration, now: Timestamp) -> Step {
    let Some(round) = known else { return Step::Write(Round::begin(group, now, now).with(id, now)) };
    if round.individual.iter().any(|individual| individual == id) {
        return Step::Decided(round.mailing());
    }
    if round.has_digest {
        return Step::Digest(round.since);
    }
    if now >= round.since + length {
        return Step::Write(round.after_calm(now).with(id, now));
    }
    if round.follows || round.individual.len() >= INDIVIDUAL_MAILS {
        return Step::Digest(round.since);
    }
    Step::Write(round.with(id, now))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(60 * 60);

    fn at(minutes: u64) -> Timestamp {
        Timestamp::UNIX_EPOCH + Duration::from_secs(60 * minutes)
    }

    fn group() -> Group {
        serde_json::from_str(r#""careers/refused/why""#).unwrap()
    }

    /// The last of the rounds that failures meet one after the other, each at its minute; whether each gets a mail of its
    /// own.
    fn mailed(failures: &[(&str, u64)]) -> (Option<Round>, Vec<bool>) {
        let mut known: Option<Round> = None;
        let mut individual = Vec::new();
        for (id, minute) in failures {
            match step(known.as_ref(), &group(), id, HOUR, at(*minute)) {
                Step::Decided(_) => individual.push(true),
                Step::Write(round) => {
                    known = Some(round);
                    individual.push(true);
                }
                Step::Digest(since) => {
                    let round = known.as_mut().unwrap();
                    assert_eq!(since, round.since);
                    round.has_digest = true;
                    individual.push(false);
                }
            }
        }
        (known, individual)
    }

    #[test]
    fn three_an_hour_get_mails_of_their_own() {
        assert_eq!(mailed(&[("a", 0), ("b", 1), ("c", 2), ("d", 3), ("e", 59)]).1, [true, true, true, false, false]);
        assert_eq!(mailed(&[("a", 0), ("b", 50), ("c", 61), ("d", 62), ("e", 63)]).1, [true; 5], "another hour began");
    }

    #[test]
    fn a_failure_that_is_tried_again_keeps_its_mail() {
        assert_eq!(
            mailed(&[("a", 0), ("a", 1), ("b", 2), ("c", 3), ("a", 4), ("d", 5)]).1,
            [true, true, true, true, true, false]
        );
        assert_eq!(mailed(&[("a", 0), ("b", 0), ("c", 0), ("d", 0), ("c", 500)]).1, [true, true, true, false, true]);
    }

    #[test]
    fn none_gets_its_own_mail_while_a_digest_is_to_go_and_an_hour_after_it() {
        let (round, individual) = mailed(&[("a", 0), ("b", 0), ("c", 0), ("d", 0), ("e", 61)]);
        assert_eq!(individual, [true, true, true, false, false], "the digest comes first");
        let after = round.unwrap().after_digest(at(75));
        assert_eq!((after.since, after.mailed), (at(75), at(75)));
        let step = |minute| step(Some(&after), &group(), "f", HOUR, at(minute));
        assert_eq!(step(80), Step::Digest(at(75)), "an hourly digest, not three mails more");
        let Step::Write(calm) = step(135) else { panic!("it is calm again") };
        assert_eq!((calm.since, calm.individual.as_slice()), (at(135), ["f".to_owned()].as_slice()));
    }

    #[test]
    fn rounds_have_different_names_also_where_clocks_do_not() {
        let round = Round::begin(&group(), at(5), at(5));
        assert!(round.after_digest(at(5)).since > round.since);
        assert!(round.after_digest(at(4)).since > round.since);
    }

    #[test]
    fn the_last_of_a_round_is_known_as_such() {
        let (round, _) = mailed(&[("a", 0), ("b", 0)]);
        assert_eq!(round.as_ref().unwrap().mailing(), Mailing::Individual { last: false });
        assert_eq!(round.unwrap().with("c", at(0)).mailing(), Mailing::Individual { last: true });
    }

    /// Rounds of a running stack stay readable.
    #[test]
    fn a_round_is_stored_under_the_names_of_earlier_versions() {
        let (round, _) = mailed(&[("a", 0), ("b", 0), ("c", 0), ("d", 1)]);
        let expected = serde_json::json!({
            "sk": "careers/refused/why", "window_ms": 0, "mailed_ms": 0, "told_ms": null, "singles": ["a", "b", "c"],
            "follows": false, "folds": true, "rev": 0, "expires_at": 0,
        });
        assert_eq!(serde_json::to_value(round.unwrap()).unwrap(), expected);
    }
}
