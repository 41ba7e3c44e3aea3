//! Heyflow form responses become Personio job applications.
//!
//! `webhook` receives a response and queues it whole (the message is its only copy); `push` turns it into an
//! application, as `process` says from top to bottom. What cannot become one is stored as a failure and mailed to the
//! connection's owner.

mod attempt;
pub mod connection;
mod create;
mod doctor;
mod edited;
mod files;
mod flow;
mod forget;
mod functions;
mod name;
mod notice;
mod payload;
mod plan;
mod process;
pub mod push;
mod rate_limit;
mod response;
pub mod webhook;

pub use flow::FLOW;
pub use functions::{FUNCTIONS, PUSH, WEBHOOK};
pub use name::NAME;
