//! From Personio's events to signals. Persons are the owners; an absence is a person's part.

use edge::Message;
use jiff::Timestamp;
use ledger::Subject;
use reconcile::{Signal, Trigger};
use vendors::personio::people_webhook::PersonEvent;
use vendors::personio::webhook::{AbsenceChange, AbsenceEvent};

use crate::link::{KIND, PART};
use crate::name::NAME;

/// The message for an event of a person or of an employment: both are about the person.
///
/// # Errors
/// Where the signal cannot be serialized: a defect.
pub fn of_person(connection: &str, event: &PersonEvent, now: Timestamp) -> Result<Message, serde_json::Error> {
    let PersonEvent { company, name, is_deletion, person, employment, occurred_at } = event;
    let trigger = Trigger::Event { deleted: *is_deletion, occurred_at: Some(*occurred_at) };
    let employment = employment.as_ref().map(ToString::to_string).unwrap_or_default();
    let identity = [company.as_str(), name, &person.to_string(), &employment, &occurred_at.to_string()];
    Signal::new(Subject::new(KIND, person), trigger).of_event(NAME, connection, &identity, now)
}

/// The message for an event of an absence. Whose it is, the pusher finds out where the event does not say it.
///
/// # Errors
/// Where the signal cannot be serialized: a defect.
pub fn of_absence(connection: &str, event: &AbsenceEvent, now: Timestamp) -> Result<Message, serde_json::Error> {
    let AbsenceEvent { company, name, absence, person, occurred_at } = event;
    let trigger = Trigger::Event { deleted: *name == AbsenceChange::Deleted, occurred_at: Some(*occurred_at) };
    let identity = [company.as_str(), &name.to_string(), &absence.to_string(), &occurred_at.to_string()];
    let signal = Signal::new(Subject::new(PART, absence), trigger);
    let signal = match person {
        Some(person) => signal.part_of(Subject::new(KIND, person)),
        None => signal,
    };
    signal.of_event(NAME, connection, &identity, now)
}
