//! `hrsync history`: what was done to an object, and why.

mod choice;
mod now;
mod show;
mod verb;

pub(crate) use verb::{Args, run};
