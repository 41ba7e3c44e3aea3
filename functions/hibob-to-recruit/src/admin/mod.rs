//! What the console can ask of the flow.

mod by_hand;
mod commands;
mod context;
mod init;
mod doctor;
mod listed;
mod preview;
mod remarks;
mod verify;

pub(crate) use commands::COMMANDS;
