//! `hrsync connections`: what is applied, whether it works, and its removal.

mod list;
mod remove;
mod verb;

pub(crate) use verb::{Args, run};
