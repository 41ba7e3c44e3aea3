//! Approved positions of HiBob's workforce planning and their openings appear in Recruit (Spark Hire Recruit), and follow
//! HiBob.
//!
//! `webhook` takes HiBob's events of positions and openings, `poll` starts sweeps; both only wake `push`, one signal an
//! opening. `push` reads the opening and its position, works out what Recruit should hold, and brings that about,
//! remembering in links what it has sent. `sweep` reads all positions and openings and finds what no event has told of.
//! Whatever touches a position or its openings runs in the turn of the position's group.

mod admin;
mod apply;
mod blocker;
mod budget;
mod cancel;
mod change;
pub mod connection;
mod count;
mod create_opening;
mod create_position;
mod decided;
mod desired;
mod first_sweep;
mod flow;
mod forward;
mod functions;
mod gone;
pub mod link;
mod listed;
mod name;
mod plan;
pub mod poll;
mod process;
mod processed;
pub mod push;
mod recover;
mod register;
#[cfg(test)]
mod sample;
pub mod signal;
mod source;
pub mod sweep;
mod take_over;
mod wake;
pub mod webhook;
mod work;

pub use flow::FLOW;
pub use functions::{FUNCTIONS, POLL, PUSH, SWEEP, WEBHOOK};
pub use name::NAME;
