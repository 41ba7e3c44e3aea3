//! What wakes a pusher: a subject and what triggered the signal. A hint, not an order: the pusher reads the source itself,
//! so late, doubled and disordered signals are harmless.

use std::time::Duration;

use edge::verdict::Fault;
use edge::{Message, event_id, read_body};
use jiff::Timestamp;
use ledger::Subject;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::Attempt;

/// The body of a message to a pusher. `v` is the version of this shape.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signal {
    v: u8,
    /// What the signal is about.
    pub about: Subject,
    /// Whose part that is: everything that touches an owner is processed in the owner's group, one after the other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Subject>,
    /// What triggered the signal.
    pub trigger: Trigger,
}

/// What triggered a signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Trigger {
    /// The source has sent an event.
    Event {
        /// Whether the event says that the object was deleted.
        deleted: bool,
        /// When that was, by the source's clock. `None`: the source does not say.
        occurred_at: Option<Timestamp>,
    },
    /// A sweep found the object new, changed, or processed by earlier settings.
    Changed,
    /// A sweep did not find the object any more.
    Missing,
    /// The object waits for something outside of it.
    Pending,
    /// The object is due for a look although it has not changed.
    Due,
    /// A sweep did not find in the target what the object's link holds.
    NotInTarget,
}

impl Signal {
    /// The version of this shape that is written and read.
    pub const VERSION: u8 = 2;

    /// A signal about an object that is its own owner.
    #[must_use]
    pub fn new(about: Subject, trigger: Trigger) -> Self {
        Self { v: Self::VERSION, about, owner: None, trigger }
    }

    /// The same signal about a part of `owner`.
    #[must_use]
    pub fn part_of(self, owner: Subject) -> Self {
        Self { owner: Some(owner), ..self }
    }

    /// What a signal about a part wakes: its owner, in whose group alone is written. That the part is gone says nothing of
    /// the owner.
    #[must_use]
    pub fn forwarded_to(&self, owner: Subject) -> Self {
        let trigger = match self.trigger {
            Trigger::Event { occurred_at, .. } => Trigger::Event { deleted: false, occurred_at },
            trigger => trigger,
        };
        Self::new(owner, trigger)
    }

    /// Reads a message's body.
    ///
    /// # Errors
    /// [`Fault::Version`]: another version of hrsync wrote the signal; the message stays for it. [`Fault::Malformed`]: the
    /// body is no signal.
    pub fn read(body: &RawValue) -> Result<Self, Fault> {
        read_body(body, "signal", Self::VERSION)
    }

    /// The message for an event of the source. `identity` tells the event from all others, in the source's own words.
    ///
    /// # Errors
    /// Where the signal cannot be serialized: a defect.
    pub fn of_event(
        &self,
        flow: &'static str,
        connection: &str,
        identity: &[&str],
        now: Timestamp,
    ) -> Result<Message, serde_json::Error> {
        self.message(flow, connection, event_id(identity), now)
    }

    /// The message of a sweep's `run`, which saw the version of `seen`. Within a run, the same version is signalled once.
    ///
    /// # Errors
    /// Where the signal cannot be serialized: a defect.
    pub fn of_sweep(
        &self,
        flow: &'static str,
        connection: &str,
        run: &str,
        seen: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<Message, serde_json::Error> {
        let seen = seen.map(|seen| seen.to_string()).unwrap_or_default();
        let kind = match self.trigger {
            Trigger::Missing => "missing",
            Trigger::NotInTarget => "target",
            Trigger::Event { .. } | Trigger::Changed | Trigger::Pending | Trigger::Due => "present",
        };
        let event = event_id(&["sweep", run, kind, &self.about.to_string(), &seen]);
        self.message(flow, connection, event, now)
    }

    fn message(
        &self,
        flow: &'static str,
        connection: &str,
        event: String,
        now: Timestamp,
    ) -> Result<Message, serde_json::Error> {
        let body = serde_json::value::to_raw_value(self)?;
        let owner = self.owner.as_ref().unwrap_or(&self.about).to_string();
        // hashed, for a source's id may be any text
        let group = event_id(&[&owner]);
        let message = Message::new(flow, connection, event, now, body).about(group);
        Ok(message.with_id(&self.about.kind, self.about.id.as_str()))
    }

    /// Whether later sweeps have signalled the same again: a sweep's signal that has waited for longer than two sweeps lie
    /// apart. While a connection is halted, its signals would multiply otherwise. Events, and what a person asks for, are
    /// never superseded.
    #[must_use]
    pub fn is_superseded(&self, attempt: &Attempt<'_>, between_sweeps: Duration) -> bool {
        let is_of_a_sweep = !matches!(self.trigger, Trigger::Event { .. });
        is_of_a_sweep && !attempt.is_replay() && attempt.waited() > between_sweeps.saturating_mul(2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signal() -> Signal {
        Signal::new(Subject::new("thing", "7/a"), Trigger::Changed)
    }

    fn swept(run: &str, seen: i64) -> Message {
        let seen = Some(Timestamp::from_second(seen).unwrap());
        signal().of_sweep("a-to-b", "things", run, seen, Timestamp::UNIX_EPOCH).unwrap()
    }

    #[test]
    fn a_signal_travels_as_a_subject_and_a_trigger() {
        let message = swept("r1", 1);
        insta::assert_snapshot!(message.body.get(), @r#"{"v":2,"about":"thing/7/a","trigger":{"kind":"changed"}}"#);
        assert_eq!(Signal::read(&message.body).unwrap(), signal());
        assert_eq!(message.object(), "thing=7/a");
    }

    #[test]
    fn parts_and_their_owner_share_a_group() {
        let owner = Subject::new("whole", "1");
        let group =
            |signal: Signal| signal.of_event("a-to-b", "things", &["e"], Timestamp::UNIX_EPOCH).unwrap().group();
        let part = group(signal().part_of(owner.clone()));
        assert_eq!(part, group(Signal::new(owner, Trigger::Missing)));
        assert_ne!(part, group(signal()));
        assert!(!part.contains('/'), "{part}");
    }

    #[test]
    fn a_part_that_was_deleted_wakes_an_owner_who_was_not() {
        let deleted = Trigger::Event { deleted: true, occurred_at: Some(Timestamp::UNIX_EPOCH) };
        let part = Signal::new(Subject::new("part", "1"), deleted);
        let forwarded = part.forwarded_to(Subject::new("whole", "7"));
        let trigger = Trigger::Event { deleted: false, occurred_at: Some(Timestamp::UNIX_EPOCH) };
        assert_eq!(forwarded, Signal::new(Subject::new("whole", "7"), trigger));
    }

    #[test]
    fn two_versions_in_one_run_are_two_events() {
        assert_eq!(swept("r1", 1).deduplication(), swept("r1", 1).deduplication());
        assert_ne!(swept("r1", 1).deduplication(), swept("r1", 2).deduplication());
        assert_ne!(swept("r1", 1).deduplication(), swept("r2", 1).deduplication());
    }

    #[test]
    fn a_signal_of_another_version_is_not_half_read() {
        let read = |body: &str| Signal::read(&RawValue::from_string(body.to_owned()).unwrap());
        assert!(matches!(read(r#"{"v":3,"new":true}"#), Err(Fault::Version { what: "signal", found: 3 })));
        for body in ["7", r#"{"v":2}"#, r#"{"v":2,"about":"7","trigger":{"kind":"changed"}}"#] {
            assert!(matches!(read(body), Err(Fault::Malformed(_))), "{body}");
        }
    }
}
