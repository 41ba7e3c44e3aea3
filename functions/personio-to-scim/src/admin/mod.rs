//! What the console can ask of this flow.

mod budgets;
mod commands;
mod context;
mod desk;
mod doctor;
mod explain;
mod forget;
mod init;
mod judge;
mod payload;
mod preview;
mod replay;
mod search;
mod verify;
mod webhooks;

pub(crate) use commands::COMMANDS;
