//! Contracts of Oneflow and candidates of Teamtailor stay in step, both ways.
//!
//! `webhook` takes the events of both, `poll` starts sweeps; both only wake `push`. A contract and an application are parts of a
//! candidate: `push` finds the candidate, and in the candidate's turn reads both sides, compares them with what was last the same,
//! and writes what has changed: values of fields either way, signed PDFs and stages to Teamtailor, new contracts to Oneflow.
//! `sweep` reads the newest contracts and applications, and wakes candidates whose contracts are open.

mod admin;
mod after;
mod blocker;
mod carrier;
mod catalog;
pub mod connection;
mod contract_source;
mod fields;
mod flow;
mod forward;
mod functions;
mod heard;
pub mod link;
mod make;
mod name;
mod order;
mod pdf;
mod plan;
pub mod poll;
mod process;
mod publish;
pub mod push;
mod reader;
mod recover;
mod signers;
mod start;
pub mod sweep;
pub mod webhook;
mod work;

pub use flow::FLOW;
pub use functions::{FUNCTIONS, POLL, PUSH, SWEEP, WEBHOOK};
pub use name::NAME;
