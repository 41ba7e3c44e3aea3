//! A connection of this flow: its file (TOML) and its secret (JSON), read into types.

mod file;
mod schema;
mod settings;
mod webhook_settings;

pub use file::Connection;
pub use schema::OnUnavailable;
pub use settings::Settings;
pub use webhook_settings::WebhookSettings;
