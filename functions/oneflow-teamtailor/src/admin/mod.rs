//! What the console can ask of the flow.

mod commands;
mod context;
mod start;
mod verify;

pub(crate) use commands::COMMANDS;
