//! Personio's absences are kept in helloHQ: created, changed and removed.
//!
//! `webhook` takes Personio's absence events, `poll` starts a sweep of each connection every two hours; both only wake
//! `push`, one signal an absence. `push` reads the absence, works out what helloHQ should hold for it and brings that about,
//! remembering in a link what it has entered. `sweep` reads Personio's lists and finds what no webhook has told of.

mod admin;
mod apply;
mod by_hand;
pub mod connection;
mod desired;
mod fingerprint;
mod flow;
mod functions;
pub mod link;
mod look;
mod name;
mod plan;
pub mod poll;
mod process;
pub mod push;
mod recover;
pub mod signal;
mod source;
pub mod sweep;
pub mod webhook;
mod work;

pub use desired::Mapper;
pub use flow::FLOW;
pub use functions::{FUNCTIONS, POLL, PUSH, SWEEP, WEBHOOK};
pub use name::NAME;
