//! The operations of Recruit, as errors, breakers and log lines name them.

use crate::Operation;

/// Creating a position.
pub const CREATE_POSITION: Operation = named("create position");
/// Creating a position from a template.
pub const CLONE_POSITION: Operation = named("clone position");
/// Reading one position.
pub const READ_POSITION: Operation = named("read position");
/// Listing positions.
pub const LIST_POSITIONS: Operation = named("list positions");
/// Setting a position's status, in the way that the settings name.
pub const SET_POSITION_STATUS: Operation = named("set position status");
/// Creating an opening.
pub const CREATE_OPENING: Operation = named("create opening");
/// Changing an opening, in the way that the settings name.
pub const UPDATE_OPENING: Operation = named("update opening");
/// Cancelling an opening, in the way that the settings name.
pub const CANCEL_OPENING: Operation = named("cancel opening");
/// Reading one opening, in the way that the settings name.
pub const READ_OPENING: Operation = named("read opening");
/// Listing the openings of a position, in the way that the settings name.
pub const LIST_OPENINGS: Operation = named("list openings");
/// Reading the public careers feed.
pub const READ_CAREERS_FEED: Operation = named("read careers feed");

const fn named(name: &'static str) -> Operation {
    Operation { vendor: "recruit", name }
}
