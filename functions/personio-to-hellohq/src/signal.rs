//! From Personio's events to signals.

use edge::Message;
use jiff::Timestamp;
use ledger::Subject;
use reconcile::{Signal, Trigger};
use vendors::personio::webhook::{AbsenceChange, AbsenceEvent};

use crate::link::KIND;
use crate::name::NAME;

/// The message for an event of Personio's.
///
/// # Errors
/// Where the signal cannot be serialized: a defect.
pub fn of_event(connection: &str, event: &AbsenceEvent, now: Timestamp) -> Result<Message, serde_json::Error> {
    let AbsenceEvent { company, name, absence, occurred_at, .. } = event;
    let trigger = Trigger::Event { deleted: *name == AbsenceChange::Deleted, occurred_at: Some(*occurred_at) };
    let identity = [company.as_str(), &name.to_string(), &absence.to_string(), &occurred_at.to_string()];
    Signal::new(Subject::new(KIND, absence), trigger).of_event(NAME, connection, &identity, now)
}
