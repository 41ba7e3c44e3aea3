//! `[sync]`: how often a connection is swept, and when a sweep concludes nothing.

use std::time::Duration;

use edge::head::{every_hours, number};
use mapping::document::table;
use reconcile::{HoldAbove, Rhythm};
use toml_span::{DeserError, Deserialize, Value};

/// How many hours may lie between two sweeps.
const EVERY_HOURS: [u8; 8] = [1, 2, 3, 4, 6, 8, 12, 24];

/// `[sync]` of a connection file.
#[derive(Debug, Clone, Copy)]
pub struct SweepSettings {
    /// How many hours lie between two sweeps.
    pub every_hours: u8,
    /// When a sweep that misses openings concludes nothing.
    pub hold_above: HoldAbove,
}

impl SweepSettings {
    /// How long two sweeps lie apart.
    #[must_use]
    pub fn interval(&self) -> Duration {
        Duration::from_secs(60 * 60) * u32::from(self.every_hours)
    }

    /// How often the connection is swept. Openings have no days, so one window holds them all.
    #[must_use]
    pub fn rhythm(&self) -> Rhythm {
        Rhythm { start: None, schedule_hours: 1, every_hours: self.every_hours, reads_target: false }
    }
}

impl Default for SweepSettings {
    fn default() -> Self {
        Self { every_hours: 1, hold_above: HoldAbove { percent: 20, number: 10 } }
    }
}

impl<'de> Deserialize<'de> for SweepSettings {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |sync| {
            let default = Self::default();
            let every_hours = every_hours(sync, &EVERY_HOURS, default.every_hours);
            let percent = number(sync, "hold_above_percent", 0, 100);
            let above = number(sync, "hold_above", 0, 1_000_000);
            let hold_above = HoldAbove {
                percent: u8::try_from(percent?.unwrap_or(u32::from(default.hold_above.percent))).ok()?,
                number: above?.unwrap_or(default.hold_above.number),
            };
            Some(Self { every_hours: every_hours?, hold_above })
        })
    }
}
