//! What the console can ask of the flow.

mod by_hand;
mod commands;
mod context;
mod doctor;
mod init;
mod listed;
mod payload;
mod preview;
mod remarks;
mod verify;

pub(crate) use commands::COMMANDS;
