//! `[sync]`: how often a connection is swept.

use std::time::Duration;

use edge::head::every_hours;
use mapping::document::table;
use reconcile::Rhythm;
use toml_span::{DeserError, Deserialize, Value};

/// How many hours may lie between two sweeps: the schedule comes every two hours.
const EVERY_HOURS: [u8; 6] = [2, 4, 6, 8, 12, 24];

/// How many hours lie between two schedules, as template.yaml says.
pub const SCHEDULE_HOURS: u8 = 2;

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
        Rhythm { start: None, schedule_hours: SCHEDULE_HOURS, every_hours: self.every_hours, reads_target: false }
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
            let every_hours = every_hours(sync, &EVERY_HOURS, Self::default().every_hours);
            Some(Self { every_hours: every_hours? })
        })
    }
}
