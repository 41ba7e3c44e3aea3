//! What goes where. Pure: no I/O, no clock.
//!
//! [`document`] reads a connection file and lists everything wrong with it. A module per pair of systems (for example
//! [`heyflow_to_personio`]) holds the rules a connection can set for that pair, and turns a source record into what
//! the target should hold, or into [`Unmappable`] with every problem at once.

mod absence_end;
pub mod document;
pub mod heyflow_to_personio;
pub mod hibob_to_recruit;
mod nearest;
pub mod oneflow_teamtailor;
pub mod personio_to_hellohq;
pub mod personio_to_scim;
mod spelling;
mod time_zone;
mod toml_slip;
mod unmappable;

pub use nearest::nearest;
pub use toml_slip::slip;
pub use unmappable::{Problem, Unmappable};
