//! From HiBob's events to signals.

use edge::Message;
use jiff::Timestamp;
use ledger::Subject;
use reconcile::{Signal, Trigger};
use vendors::hibob::webhook::{About, Change, Event};

use crate::link;
use crate::name::NAME;

/// The message for an event. HiBob's events have no ids: `digest` tells the delivery from others.
///
/// # Errors
/// Where the signal cannot be serialized: a defect.
pub fn of_event(connection: &str, event: &Event, digest: &str, now: Timestamp) -> Result<Message, serde_json::Error> {
    let trigger = Trigger::Event { deleted: event.change == Change::Deleted, occurred_at: event.occurred_at };
    Signal::new(subject(&event.about), trigger).of_event(NAME, connection, &[digest], now)
}

/// The object of an event.
pub(crate) fn subject(about: &About) -> Subject {
    match about {
        About::Position(id) => link::position(id),
        About::Opening(id) => link::opening(id),
    }
}
