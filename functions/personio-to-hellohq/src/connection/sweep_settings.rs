//! `[sync]`: from when on absences count, how often they are swept, and how much may be removed.

use std::time::Duration;

use edge::head::{every_hours, number, object};
use jiff::civil::Date;
use mapping::document::table;
use reconcile::{HoldAbove, Rhythm};
use toml_span::{DeserError, Deserialize, Spanned, Value};

use super::words::{WhenRemovedByHand, Word};

/// How many hours lie between two schedules, as template.yaml says.
pub const SCHEDULE_HOURS: u8 = 2;
/// How many hours may lie between two sweeps: the schedule comes every two hours.
const EVERY_HOURS: [u8; 6] = [2, 4, 6, 8, 12, 24];

/// `[sync]` of a connection file.
#[derive(Debug, Clone)]
pub struct SweepSettings {
    /// Absences whose last day is on or after it are entered.
    pub start_date: Date,
    /// How many hours lie between two sweeps.
    pub every_hours: u8,
    /// How far ahead of today an open end is entered.
    pub open_end_days: u16,
    /// When the removals of one sweep wait for a person.
    pub hold_above: HoldAbove,
    /// Of how many absences entries may be removed on one day, with nothing in their place.
    pub removals_per_day: u32,
    /// What is done about an entry that somebody has removed in helloHQ.
    pub when_removed_by_hand: WhenRemovedByHand,
}

impl SweepSettings {
    /// How long two sweeps lie apart.
    #[must_use]
    pub fn interval(&self) -> Duration {
        Duration::from_secs(60 * 60) * u32::from(self.every_hours)
    }

    /// How often the connection is swept, and from when on.
    #[must_use]
    pub fn rhythm(&self) -> Rhythm {
        let reads_target = self.when_removed_by_hand != WhenRemovedByHand::Leave;
        Rhythm {
            start: Some(self.start_date),
            schedule_hours: SCHEDULE_HOURS,
            every_hours: self.every_hours,
            reads_target,
        }
    }
}

impl<'de> Deserialize<'de> for SweepSettings {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |sync| {
            let start_date: Option<Spanned<String>> = sync.required_s("start_date").ok();
            let start_date = start_date.and_then(|text| {
                let date = text.value.parse::<Date>();
                date.map_err(|_| object(sync, text.span, "`start_date` is a date like \"2026-01-01\"")).ok()
            });
            let every_hours = every_hours(sync, &EVERY_HOURS, 2);
            let open_end_days = number(sync, "open_end_days", 31, 366);
            let percent = number(sync, "hold_above_percent", 0, 100);
            let above = number(sync, "hold_above", 0, 1_000_000);
            let removals = number(sync, "removals_per_day", 1, 5_000);
            let removed: Option<Word<WhenRemovedByHand>> = sync.optional("when_removed_by_hand");
            Some(Self {
                start_date: start_date?,
                every_hours: every_hours?,
                open_end_days: u16::try_from(open_end_days?.unwrap_or(90)).ok()?,
                hold_above: HoldAbove {
                    percent: u8::try_from(percent?.unwrap_or(20)).ok()?,
                    number: above?.unwrap_or(10),
                },
                removals_per_day: removals?.unwrap_or(200),
                when_removed_by_hand: removed.map_or(WhenRemovedByHand::default(), |word| word.0),
            })
        })
    }
}
