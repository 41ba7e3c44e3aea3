//! `hrsync doctor`: whether all is well with a stack and its connections, a line each. Reads only, and halts nothing.

mod about_connection;
mod about_secret;
mod about_webhook;
mod concurrency;
mod deliveries;
mod deployment;
mod desk;
mod mails;
mod metrics;
mod not_known;
mod queues;
mod report;
mod resources;
mod schedules;
mod verb;

pub(crate) use verb::{Args, run};
