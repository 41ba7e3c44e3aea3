//! A connection of this flow: its file (TOML) and its secret (JSON), read into types.

mod file;
mod settings;
mod sweep_settings;
mod words;

pub use settings::{Connection, Settings};
pub use sweep_settings::{SCHEDULE_HOURS, SweepSettings};
pub use words::{Addresses, Replace, WhenRemovedByHand};
