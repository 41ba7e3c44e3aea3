//! The table `[working_hours]`: the hours of a day where Personio has none.

use jiff::SignedDuration;
use jiff::civil::{Time, time};
use jiff::tz::TimeZone;
use toml_span::de_helpers::TableHelper;
use toml_span::{DeserError, Deserialize, Spanned, Value};

use crate::document::{fault, table};
use crate::time_zone::{DEFAULT_ZONE, time_zone};

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
    const FROM: Time = time(9, 0, 0, 0);
    const TO: Time = time(17, 0, 0, 0);

    /// The time in the middle of the two.
    fn middle(from: Time, to: Time) -> Time {
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

impl<'de> Deserialize<'de> for WorkingHours {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let span = value.span;
        table(value, |fields| {
            let from = clock(fields, "from");
            let to = clock(fields, "to");
            let midday = clock(fields, "midday");
            let zone = time_zone(fields);
            if !fields.errors.is_empty() {
                return None;
            }
            let at = |time: &Option<Spanned<Time>>| time.as_ref().map_or(span, |time| time.span);
            let to_span = at(&to);
            let midday_span = at(&midday);
            let from = from.map_or(Self::FROM, |time| time.value);
            let to = to.map_or(Self::TO, |time| time.value);
            let midday = midday.map_or_else(|| Self::middle(from, to), |time| time.value);
            if from >= to {
                fields.errors.extend(fault(to_span, "`to` must be later than `from`".to_owned()).errors);
            } else if midday <= from || midday >= to {
                fields.errors.extend(fault(midday_span, "`midday` must lie between `from` and `to`".to_owned()).errors);
            }
            Some(Self { from, to, midday, zone: zone? })
        })
    }
}

/// A time of day that may be left out; also `None` beside a fault.
fn clock(fields: &mut TableHelper<'_>, key: &'static str) -> Option<Spanned<Time>> {
    let text: Spanned<String> = fields.optional_s(key)?;
    let digit = |(at, byte): (usize, u8)| if at == 2 { byte == b':' } else { byte.is_ascii_digit() };
    let shaped = text.value.len() == 5 && text.value.bytes().enumerate().all(digit);
    let time = shaped.then(|| text.value.parse().ok()).flatten();
    if time.is_none() {
        fields.errors.extend(fault(text.span, format!("`{}` is no time of day, as in `09:00`", text.value)).errors);
    }
    time.map(|time| Spanned::with_span(time, text.span))
}
