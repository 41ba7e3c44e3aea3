//! What the console can ask of the flow.

mod commands;
mod context;
mod verify;

pub(crate) use commands::COMMANDS;
