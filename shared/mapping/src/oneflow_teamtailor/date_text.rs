//! A day as a text of Oneflow's.

use jiff::civil::Date;

use super::formats::DateFormat;
use super::misfit::Misfit;

/// The day that a text names. One that begins with the year is never in doubt.
pub(super) fn read(text: &str, format: Option<DateFormat>) -> Result<Date, Misfit> {
    let text = text.trim();
    let mark = text.chars().find(|c| !c.is_ascii_digit()).ok_or(Misfit::NotADate)?;
    let parts: Vec<&str> = text.split(mark).map(str::trim).collect();
    let [first, second, third] = parts.as_slice() else { return Err(Misfit::NotADate) };
    if !['-', '/', '.', ' '].contains(&mark) {
        return Err(Misfit::NotADate);
    }
    if first.len() == 4 {
        return day(first, second, third);
    }
    if third.len() != 4 {
        return Err(Misfit::NotADate);
    }
    let is_day_first = match format {
        Some(DateFormat::DaySlash | DateFormat::DayDot | DateFormat::DayDash) => true,
        Some(DateFormat::MonthSlash) => false,
        // nobody writes the month first with points
        Some(DateFormat::YearFirst) | None => mark == '.' || is_day_first(first, second)?,
    };
    if is_day_first { day(third, second, first) } else { day(third, first, second) }
}

/// Only a number above twelve leaves no doubt, or the same number twice.
fn is_day_first(first: &str, second: &str) -> Result<bool, Misfit> {
    let (first, second) = (number(first)?, number(second)?);
    match (first > 12, second > 12) {
        (true, _) => Ok(true),
        (false, true) => Ok(false),
        (false, false) if first == second => Ok(true),
        (false, false) => Err(Misfit::AmbiguousDate),
    }
}

fn number(text: &str) -> Result<i8, Misfit> {
    let is_plain = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_plain { text.parse().map_err(|_| Misfit::NotADate) } else { Err(Misfit::NotADate) }
}

fn day(year: &str, month: &str, day: &str) -> Result<Date, Misfit> {
    let year: i16 = year.parse().map_err(|_| Misfit::NotADate)?;
    Date::new(year, number(month)?, number(day)?).map_err(|_| Misfit::NotADate)
}

/// The day as it is written.
pub(super) fn write(date: Date, format: Option<DateFormat>) -> String {
    let pattern = match format {
        Some(DateFormat::YearFirst) | None => return date.to_string(),
        Some(DateFormat::DaySlash) => "%d/%m/%Y",
        Some(DateFormat::DayDot) => "%d.%m.%Y",
        Some(DateFormat::DayDash) => "%d-%m-%Y",
        Some(DateFormat::MonthSlash) => "%m/%d/%Y",
    };
    date.strftime(pattern).to_string()
}
