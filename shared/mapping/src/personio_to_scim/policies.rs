//! The table `[policies]`: when somebody has an account, and what ends it.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use toml_span::de_helpers::TableHelper;
use toml_span::{DeserError, Deserialize, Value};

use super::adoption::Adoption;
use super::leave::Leave;
use super::start::{Start, WhenStartMoves};
use super::termination_policy::{Departure, TerminationPolicy};
use crate::document::{one_of, table};
use crate::time_zone::{DEFAULT_ZONE, time_zone};

/// When somebody has an account, and what ends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policies {
    /// Whose days count. Never that of the server: east of it leavers would keep access for hours.
    pub zone: TimeZone,
    /// From which day on there is an account.
    pub start: Start,
    /// What a first day that moves does.
    pub when_start_moves: WhenStartMoves,
    /// What ends it.
    pub termination: TerminationPolicy,
    /// What becomes of it when Personio has deleted the person.
    pub deletion: Departure,
    /// What a leave does.
    pub leave: Leave,
    /// Which users become ours.
    pub adoption: Adoption,
}

impl Policies {
    /// The day in the connection's zone.
    #[must_use]
    pub fn today(&self, now: Timestamp) -> Date {
        now.to_zoned(self.zone.clone()).date()
    }

    /// The moment in which a day begins in the connection's zone; `None`: out of range.
    #[must_use]
    pub fn beginning(&self, day: Date) -> Option<Timestamp> {
        day.to_zoned(self.zone.clone()).ok().map(|zoned| zoned.timestamp())
    }
}

impl Default for Policies {
    #[expect(clippy::expect_used, reason = "the zone database is compiled in")]
    fn default() -> Self {
        Self {
            zone: TimeZone::get(DEFAULT_ZONE).expect("a zone of the database"),
            start: Start::default(),
            when_start_moves: WhenStartMoves::default(),
            termination: TerminationPolicy::default(),
            deletion: Departure::default(),
            leave: Leave::default(),
            adoption: Adoption::default(),
        }
    }
}

impl<'de> Deserialize<'de> for Policies {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |policies| {
            let zone = time_zone(policies);
            let start = policies.optional("start").unwrap_or_default();
            let when_start_moves = policies.optional("when_start_moves").unwrap_or_default();
            let termination = termination(policies);
            let deletion = policies.optional("deletion").unwrap_or_default();
            let leave = leave(policies);
            let adoption = policies.optional("adoption").unwrap_or_default();
            Some(Self { zone: zone?, start, when_start_moves, termination, deletion, leave, adoption })
        })
    }
}

fn termination(policies: &mut TableHelper<'_>) -> TerminationPolicy {
    TerminationPolicy {
        last_day: policies.optional("termination").unwrap_or_default(),
        then: policies.optional("after_termination").unwrap_or_default(),
        at_once: policies.optional("terminations_at_once").unwrap_or_default(),
    }
}

fn leave(policies: &mut TableHelper<'_>) -> Leave {
    let by_status = policies.optional::<LeaveWord>("leave").is_some_and(|word| word.0);
    Leave { by_status, absences: policies.optional("leave_absences") }
}

/// Whether the status `LEAVE` deactivates.
struct LeaveWord(bool);

impl<'de> Deserialize<'de> for LeaveWord {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        one_of(value, &[("keep", false), ("deactivate", true)]).map(Self)
    }
}
