//! Spark Hire Recruit (formerly Comeet): positions and their openings, and the public careers feed.
//!
//! Follows <https://developers.comeet.com/reference/recruiting-api-overview> and what clients report. README.md lists what is documented,
//! reported and assumed.

mod account;
mod careers;
mod commands;
mod input;
mod login;
mod member;
mod opening;
mod openings;
mod people;
mod position;
mod positions;
mod problem;
mod query;
mod reply;
mod serve;
mod store;
mod twin;
mod vendor;

pub use self::account::{
    Account, CustomId, ErrorForm, LastPage, Limit, LimitForm, Location, PositionStatus, Quirks, Right, User, Visible,
};
pub use self::opening::{Approval, Opening, Status};
pub use self::people::OpeningEdit;
pub use self::position::Position;
pub use self::store::{Act, Event, Object, Origin};
pub use self::twin::{
    SEED_ACCOUNT, SEED_API_KEY, SEED_CAREERS_TOKEN, SEED_COMPANY_UID, SEED_SECRET, SEED_TEMPLATE, Twin,
};
