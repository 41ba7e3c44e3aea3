//! `[sync]`: how often a connection is swept.

use std::time::Duration;

use edge::head::object;
use mapping::document::table;
use reconcile::Rhythm;
use toml_span::{DeserError, Deserialize, Spanned, Value};

/// `[sync]` of a connection file.
#[derive(Debug, Clone, Copy)]
pub struct SweepSettings {
    /// How many hours lie between two sweeps.
    pub every_hours: u8,
}

impl SweepSettings {
    /// How long two sweeps lie apart.
    #[must_use]
    pub fn interval(&self) -> Duration {
        Duration::from_secs(60 * 60) * u32::from(self.every_hours)
    }

    /// How often the connection is swept. Contracts have no days.
    #[must_use]
    pub fn rhythm(&self) -> Rhythm {
        Rhythm { start: None, every_hours: self.every_hours, reads_target: false }
    }
}

impl Default for SweepSettings {
    fn default() -> Self {
        Self { every_hours: 24 }
    }
}

impl<'de> Deserialize<'de> for SweepSettings {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |sync| {
            let given: Option<Spanned<u8>> = sync.optional_s("every_hours");
            let Some(given) = given else { return Some(Self::default()) };
            if [2, 4, 6, 8, 12, 24].contains(&given.value) {
                return Some(Self { every_hours: given.value });
            }
            object(sync, given.span, "`every_hours` is 2, 4, 6, 8, 12 or 24");
            None
        })
    }
}
