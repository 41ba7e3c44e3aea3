//! What wakes the pusher: the id of an absence and why it should be looked at. A hint, not an order: the pusher reads the
//! absence itself.

use edge::{Message, event_id};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use vendors::personio::model::id::AbsenceId;
use vendors::personio::webhook::{AbsenceChange, AbsenceEvent};

use crate::NAME;

/// The body of a message to the pusher. `v` is the version of this shape.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signal {
    v: u8,
    /// The absence.
    pub absence: AbsenceId,
    /// Why it should be looked at.
    pub why: Why,
}

/// Why an absence should be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Why {
    /// Personio has told of it: it should be as it is since `occurred_at`, or not be there.
    Told {
        /// Whether it was told to be deleted.
        deleted: bool,
        /// By Personio's clock.
        occurred_at: Timestamp,
    },
    /// A sweep has found it new or changed.
    Changed,
    /// A sweep did not find it any more.
    Missing,
    /// It waits for a mapping or a user, or its open end is to be carried on.
    Waiting,
}

impl Signal {
    /// The version of this shape that is written and read.
    pub const VERSION: u8 = 1;

    /// Reads a message's body.
    ///
    /// # Errors
    /// Where it is of another version, or no signal.
    pub fn read(body: &RawValue) -> Result<Self, String> {
        let signal: Self = serde_json::from_str(body.get()).map_err(|error| error.to_string())?;
        if signal.v == Self::VERSION {
            Ok(signal)
        } else {
            Err(format!("a signal of version {}, this hrsync reads version {}", signal.v, Self::VERSION))
        }
    }
}

/// The message for an event of Personio's.
///
/// # Errors
/// Never in practice: the signal is JSON.
pub fn told(connection: &str, event: &AbsenceEvent, now: Timestamp) -> Result<Message, serde_json::Error> {
    let AbsenceEvent { company, name, absence, occurred_at } = event;
    let id = event_id(&[company, &name.to_string(), &absence.to_string(), &occurred_at.to_string()]);
    let why = Why::Told { deleted: *name == AbsenceChange::Deleted, occurred_at: *occurred_at };
    message(connection, *absence, why, id, now)
}

/// The message of a sweep's `run` about an absence, of which it saw the version `seen`.
///
/// # Errors
/// Never in practice: the signal is JSON.
pub fn swept(
    connection: &str,
    run: &str,
    absence: AbsenceId,
    why: Why,
    seen: Option<Timestamp>,
    now: Timestamp,
) -> Result<Message, serde_json::Error> {
    let seen = seen.map(|seen| seen.to_string()).unwrap_or_default();
    let kind = match why {
        Why::Missing => "missing",
        Why::Told { .. } | Why::Changed | Why::Waiting => "present",
    };
    message(connection, absence, why, event_id(&["sweep", run, kind, &absence.to_string(), &seen]), now)
}

fn message(
    connection: &str,
    absence: AbsenceId,
    why: Why,
    event: String,
    now: Timestamp,
) -> Result<Message, serde_json::Error> {
    let body = serde_json::value::to_raw_value(&Signal { v: Signal::VERSION, absence, why })?;
    let id = absence.to_string();
    Ok(Message::new(NAME, connection, event, now, body).with_id("absence", &id).about(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn absence() -> AbsenceId {
        "1d8e3f7a-0000-4000-8000-000000000001".parse().unwrap()
    }

    #[test]
    fn a_signal_travels_as_ids_and_a_hint() {
        let message = swept("absences", "r1", absence(), Why::Changed, None, Timestamp::UNIX_EPOCH).unwrap();
        insta::assert_snapshot!(message.body.get(), @r#"{"v":1,"absence":"1d8e3f7a-0000-4000-8000-000000000001","why":{"kind":"changed"}}"#);
        assert_eq!(Signal::read(&message.body).unwrap().absence, absence());
        assert_eq!(message.group(), "absences.1d8e3f7a-0000-4000-8000-000000000001");
    }

    #[test]
    fn two_versions_in_one_run_are_two_events() {
        let of = |run: &str, seen: i64| {
            let seen = Some(Timestamp::from_second(seen).unwrap());
            swept("absences", run, absence(), Why::Changed, seen, Timestamp::UNIX_EPOCH).unwrap().deduplication()
        };
        assert_eq!(of("r1", 1), of("r1", 1));
        assert_ne!(of("r1", 1), of("r1", 2));
        assert_ne!(of("r1", 1), of("r2", 1));
    }

    #[test]
    fn a_signal_of_another_version_is_not_read() {
        let body = r#"{"v":2,"absence":"1d8e3f7a-0000-4000-8000-000000000001","why":{"kind":"changed"}}"#;
        let body = RawValue::from_string(body.to_owned()).unwrap();
        assert!(Signal::read(&body).unwrap_err().contains("version 2"));
    }
}
