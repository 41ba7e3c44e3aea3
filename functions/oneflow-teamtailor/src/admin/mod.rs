//! What the console can ask of the flow.

mod budget;
mod commands;
mod context;
mod desk;
mod doctor;
mod explain;
mod field_survey;
mod fields;
mod forget;
mod init;
mod judge;
mod judge_orders;
mod judged;
mod payload;
mod preview;
mod start;
mod verify;

pub(crate) use commands::COMMANDS;
