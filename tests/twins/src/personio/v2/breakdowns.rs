//! What an absence counts, day by day: <https://developer.personio.de/reference/get_v2-absence-periods-id-breakdowns>.
//!
//! A half day counts half of what the person works on that day. Hours are those between start and end, midnight to midnight on the days
//! between. How far a period without an end is told is not documented: here it is a year.

use std::iter::successors;

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime};
use serde_json::{Value, json};

use super::absence::Absence;
use super::books::Books;
use super::quirks::FreeDays;
use super::span::{Days, Half, Hours, Span};
use super::tenant::Unit;

/// So many days of a period without an end are told.
const OPEN_END_DAYS: usize = 365;

/// What a day counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Entry {
    date: Date,
    unit: Unit,
    value: f64,
}

impl Entry {
    pub(super) fn shown(self) -> Value {
        let whole = self.value.fract() == 0.0;
        let value = if whole { json!(self.value as i64) } else { json!(self.value) };
        json!({"date": self.date, "effective_duration": {"unit": self.unit, "value": value}})
    }
}

/// The days of a period, in their order.
pub(super) fn of(absence: &Absence, books: &Books) -> Vec<Entry> {
    let quirks = &books.tenant.quirks;
    match absence.span {
        Span::Days(days) => {
            let entries = dates(days.first, days.last);
            let entries = entries.map(|date| day(date, &days, absence.person, books));
            entries.filter(|entry| entry.value > 0.0 || quirks.free_days == FreeDays::Zero).collect()
        }
        Span::Hours(hours) => {
            let last = hours.end.map(DateTime::date);
            let entries = dates(hours.start.date(), last).map(|date| hour(date, &hours));
            entries.filter(|entry| entry.value > 0.0).collect()
        }
    }
}

fn dates(first: Date, last: Option<Date>) -> impl Iterator<Item = Date> {
    let most = last.map_or(OPEN_END_DAYS, |_| usize::MAX);
    let all = successors(Some(first), |date| date.tomorrow().ok());
    all.take_while(move |date| last.is_none_or(|last| *date <= last)).take(most)
}

fn day(date: Date, days: &Days, person: u64, books: &Books) -> Entry {
    let halved = (date == days.first && days.start_half == Half::SecondHalf)
        || (Some(date) == days.last && days.end_half == Half::FirstHalf);
    let share = if halved { 0.5 } else { 1.0 };
    Entry { date, unit: Unit::Day, value: f64::from(worked_percent(date, person, books)) / 100.0 * share }
}

/// What the person would have worked.
fn worked_percent(date: Date, person: u64, books: &Books) -> u8 {
    if books.tenant.holidays.contains(&date) {
        return 0;
    }
    let weekday = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default();
    let week = books.persons.seen(person, None).map(|employee| employee.person.week_percent);
    week.and_then(|week| week.get(weekday).copied()).unwrap_or_default()
}

fn hour(date: Date, hours: &Hours) -> Entry {
    let (dawn, dusk) = (date.at(0, 0, 0, 0), date.tomorrow().unwrap_or(date).at(0, 0, 0, 0));
    let start = hours.start.max(dawn);
    let end = hours.end.map_or(dusk, |end| end.min(dusk));
    let length = end.duration_since(start).max(SignedDuration::ZERO);
    Entry { date, unit: Unit::Hour, value: length.as_secs_f64() / 3600.0 }
}
