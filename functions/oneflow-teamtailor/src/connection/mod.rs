//! A connection of this flow: its file (TOML) and its secret (JSON), read into types.

mod accounts;
mod contract_rules;
mod directions;
mod file;
mod interest;
mod origin;
mod settings;
mod start_rules;
mod sweep_settings;

pub use contract_rules::ContractRules;
pub use directions::Directions;
pub use interest::Interest;
pub use origin::{Origin, OriginRule};
pub use settings::{Connection, Settings};
pub use start_rules::StartRules;
pub use sweep_settings::{SCHEDULE_HOURS, SweepSettings};
