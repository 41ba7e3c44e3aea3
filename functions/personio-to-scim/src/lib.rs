//! People from Personio are provisioned into a partner system over SCIM 2.0: created, changed, deactivated, removed.
//!
//! `webhook` takes Personio's events of persons, employments and absences, `poll` starts sweeps; both only wake `push`,
//! one signal a person. `push` reads the person, works out what account the partner system should hold on this day, and
//! brings that about, remembering in a link what it has sent. `sweep` reads every person's employments and finds what
//! no event has told of.

mod account_count;
mod activation;
mod admin;
mod adopt;
mod apply;
mod attributes;
mod blocker;
pub mod connection;
mod contest;
mod desired;
mod done;
mod enter;
mod flow;
mod forward;
mod functions;
mod goal;
mod gone;
mod held;
mod known_lists;
pub mod link;
mod look;
mod manager;
mod name;
mod plan;
pub mod poll;
mod process;
mod processed;
pub mod push;
mod put;
mod reader;
mod recover;
mod removal;
pub mod signal;
mod source;
pub mod sweep;
pub mod webhook;
mod work;
mod write_ways;

pub use flow::FLOW;
pub use functions::{FUNCTIONS, POLL, PUSH, SWEEP, WEBHOOK};
pub use name::NAME;
pub use reader::Reader;
