//! `hrsync init`: a connection file that is filled with what its accounts hold. The vendors are only read.

mod credentials;
mod doubts;
mod verb;

pub(crate) use verb::{Args, run};
