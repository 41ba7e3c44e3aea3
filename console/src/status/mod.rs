//! `hrsync status`: whether all is well with each connection, and the balance of its records.

mod json;
mod standing;
mod table;
mod told;
mod verb;

pub(crate) use verb::{Args, run};
