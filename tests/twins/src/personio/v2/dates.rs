//! Filters by date: `created_at`, `created_at.gt`, `created_at.lt`. Documented as date-times; live, only plain dates were taken.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::errors::Problem;
use super::query::Query;

/// On, after and before this day in UTC; after means after its first moment.
pub(super) struct Dates {
    pub(super) on: Option<Date>,
    after: Option<Timestamp>,
    before: Option<Timestamp>,
}

impl Dates {
    /// Reads the three filters of this name.
    pub(super) fn read(query: &Query, name: &str) -> Result<Self, Problem> {
        let after = date(query, &format!("{name}.gt"))?.map(midnight).transpose()?;
        let before = date(query, &format!("{name}.lt"))?.map(midnight).transpose()?;
        Ok(Self { on: date(query, name)?, after, before })
    }

    /// Whether the time is one of those.
    pub(super) fn fit(&self, time: Timestamp) -> bool {
        self.on.is_none_or(|on| time.to_zoned(TimeZone::UTC).date() == on)
            && self.after.is_none_or(|after| time > after)
            && self.before.is_none_or(|before| time < before)
    }
}

fn date(query: &Query, name: &str) -> Result<Option<Date>, Problem> {
    let Some(text) = query.one(name)? else { return Ok(None) };
    let date = text.parse().ok().filter(|date: &Date| date.to_string() == text);
    date.map(Some).ok_or(Problem::FILTER)
}

fn midnight(date: Date) -> Result<Timestamp, Problem> {
    date.to_zoned(TimeZone::UTC).map(|zoned| zoned.timestamp()).map_err(|_| Problem::FILTER)
}
