//! The operations of helloHQ's API, as errors, breakers and log lines name them.

use crate::Operation;

/// Entering an absence.
pub const CREATE_ABSENCE: Operation = named("create absence");
/// Removing an entry.
pub const DELETE_ABSENCE: Operation = named("delete absence");
/// Reading one entry.
pub const READ_ABSENCE: Operation = named("read absence");
/// Listing a user's entries.
pub const LIST_ABSENCES: Operation = named("list absences");
/// Listing users.
pub const LIST_USERS: Operation = named("list users");

const fn named(name: &'static str) -> Operation {
    Operation { vendor: "hellohq", name }
}
