//! A connection of this flow: its file (TOML) and its secret (JSON), read into types.

mod budgets;
mod file;
mod read_fields;
mod settings;
mod sweep_settings;
mod ways;

pub use budgets::Budgets;
pub use read_fields::ReadFields;
pub use settings::{Connection, Settings};
pub use sweep_settings::SweepSettings;
