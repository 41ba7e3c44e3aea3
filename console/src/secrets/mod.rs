//! `hrsync secrets`: sets and shows a connection's secret. Values are never shown, but for a webhook secret that was
//! generated here: that one is shown once, after it is in force.

pub(crate) mod given;
pub(crate) mod kept;
mod set;
mod show;
pub(crate) mod store;
mod verb;

pub(crate) use verb::{Verb, run};
