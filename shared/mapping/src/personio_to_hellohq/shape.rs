//! How an absence is read and written where the vendors leave it open: the settings of a connection.

use jiff::SignedDuration;
use jiff::civil::{Time, time};
use jiff::tz::TimeZone;

/// Where both vendors are at home.
pub(super) const DEFAULT_ZONE: &str = "Europe/Berlin";

/// All of these settings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shape {
    /// What the midnight means with which Personio ends an absence in days.
    pub end: AbsenceEnd,
    /// How helloHQ is told that an entry ends at noon.
    pub half_day_end: HalfDayEnd,
    /// What becomes of hours that meet a type kept in days.
    pub hours_as: HoursAs,
    /// The hours of a day where helloHQ keeps hours and Personio has none.
    pub working_hours: WorkingHours,
}

/// What the end of an absence in days means, where its days do not say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AbsenceEnd {
    /// Midnight after the last day, as is seen with reads.
    #[default]
    Exclusive,
    /// A time of the last day, as the documentation has it for writes.
    Inclusive,
}

/// How helloHQ is told that an entry ends at noon: its documentation can be read both ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HalfDayEnd {
    /// Noon of the last day.
    #[default]
    SameDayNoon,
    /// Noon of the day after, as the documentation's example has it.
    NextDayNoon,
}

/// What becomes of an absence in hours whose type has its home in a type kept in days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HoursAs {
    /// It is a problem.
    #[default]
    Refuse,
    /// It becomes the whole days that it touches.
    Days,
}

/// The hours that a day in Personio becomes where helloHQ keeps hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkingHours {
    /// Where a whole day begins.
    pub from: Time,
    /// Where it ends; later than [`Self::from`].
    pub to: Time,
    /// Where a half day ends or begins; between the two.
    pub midday: Time,
    /// The zone of absences for which Personio names none.
    pub zone: TimeZone,
}

impl WorkingHours {
    pub(super) const FROM: Time = time(9, 0, 0, 0);
    pub(super) const TO: Time = time(17, 0, 0, 0);

    /// The time in the middle of the two.
    pub(super) fn middle(from: Time, to: Time) -> Time {
        let half = SignedDuration::from_secs(from.duration_until(to).as_secs() / 2);
        from.saturating_add(half)
    }
}

impl Default for WorkingHours {
    /// 9 to 17 o'clock with midday in the middle, in Germany.
    #[expect(clippy::expect_used, reason = "the zone database is compiled in")]
    fn default() -> Self {
        let zone = TimeZone::get(DEFAULT_ZONE).expect("a zone of the database");
        Self { from: Self::FROM, to: Self::TO, midday: Self::middle(Self::FROM, Self::TO), zone }
    }
}
