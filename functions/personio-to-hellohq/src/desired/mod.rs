//! What helloHQ should hold for an absence: at most one entry, or what blocks it. Reads of both accounts what that takes,
//! and writes nothing.

mod accounts;
mod blocker;
mod lists;
mod mapper;
mod user;

pub(crate) use accounts::Accounts;
pub(crate) use blocker::Blocker;
pub use mapper::Mapper;
pub(crate) use mapper::{Desired, Retained, of_list};
