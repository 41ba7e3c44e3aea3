//! A connection of this flow: its file (TOML) and its secret (JSON), read into types.

mod file;
mod settings;
mod sweep_settings;

pub use settings::{Connection, Settings};
pub use sweep_settings::{SCHEDULE_HOURS, SweepSettings};
