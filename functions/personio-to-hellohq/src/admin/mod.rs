//! What the console can ask of this flow.

mod commands;
mod context;
mod doctor;
mod explain;
mod forget;
mod init;
mod payload;
mod preview;
mod probe;
mod replay;
mod verify;
mod webhooks;

pub(crate) use commands::COMMANDS;
