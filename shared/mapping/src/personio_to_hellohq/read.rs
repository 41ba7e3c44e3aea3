//! Reads the tables of a connection file.

use std::collections::BTreeMap;

use jiff::civil::Time;
use jiff::tz::TimeZone;
use toml_span::de_helpers::{TableHelper, expected};
use toml_span::value::{Key, ValueInner};
use toml_span::{DeserError, Deserialize, Error, Span, Spanned, Value};
use vendors::hellohq::model::AbsenceType;

use super::rules::{IGNORE, Listed, Name, Rules};
use super::shape::{AbsenceEnd, DEFAULT_ZONE, HalfDayEnd, HoursAs, WorkingHours};
use crate::document::{fault, table};
use crate::nearest::hint;

impl<'de> Deserialize<'de> for Rules {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let span = value.span;
        let rows = match value.take() {
            ValueInner::Table(rows) => rows,
            other => return Err(expected("a table", other, span).into()),
        };
        let mut rows: Vec<_> = rows.into_iter().collect();
        rows.sort_by_key(|(key, _)| key.span.start);
        let mut reading = Reading::default();
        for (key, mut value) in rows {
            reading.row(&key, &mut value);
        }
        reading.finish(span)
    }
}

/// A `[mapping]` being read.
#[derive(Default)]
struct Reading {
    listed: Vec<Listed>,
    /// Each type of helloHQ that has a key, with the key as it is spelled.
    keys: BTreeMap<AbsenceType, String>,
    /// Each name that is listed, with the key under which it is.
    names: BTreeMap<Name, String>,
    errors: Vec<Error>,
}

impl Reading {
    fn row(&mut self, key: &Key<'_>, value: &mut Value<'_>) {
        let home = self.home(key);
        let span = value.span;
        let texts = match Vec::<Spanned<String>>::deserialize(value) {
            Ok(texts) => texts,
            Err(error) => return self.errors.extend(error.errors),
        };
        if texts.is_empty() && key.name != IGNORE {
            self.fault(span, "must list at least one absence type of Personio".to_owned());
        }
        for text in texts {
            let name = self.name(&key.name, &text);
            let listed = home.zip(name).map(|(kind, name)| Listed {
                kind,
                key: key.name.clone().into_owned(),
                text: text.value.trim().to_owned(),
                name,
            });
            self.listed.extend(listed);
        }
    }

    /// The home that a key names: a type, or nothing where it is `ignore`. `None` beside a fault.
    fn home(&mut self, key: &Key<'_>) -> Option<Option<AbsenceType>> {
        if key.name == IGNORE {
            return Some(None);
        }
        let Some(kind) = AbsenceType::from_label(&key.name).or_else(|| AbsenceType::from_wire(&key.name)) else {
            let names = AbsenceType::ALL.iter().flat_map(|kind| [kind.label(), kind.wire()]).chain([IGNORE]);
            let near = hint(&key.name, names);
            self.fault(key.span, format!("`{}` is no absence type of helloHQ, nor `{IGNORE}`{near}", key.name));
            return None;
        };
        if let Some(other) = self.keys.insert(kind, key.name.clone().into_owned()) {
            self.fault(key.span, format!("`{}` is the same absence type as `{other}`", key.name));
        }
        Some(Some(kind))
    }

    /// What is listed; `None` beside a fault.
    fn name(&mut self, key: &str, text: &Spanned<String>) -> Option<Name> {
        if text.value.trim().is_empty() {
            self.fault(text.span, "must not be empty".to_owned());
            return None;
        }
        let name = Name::read(&text.value);
        if let Some(other) = self.names.get(&name) {
            self.fault(text.span, format!("`{}` is listed already, under `{other}`", text.value.trim()));
            return None;
        }
        self.names.insert(name.clone(), key.to_owned());
        Some(name)
    }

    fn fault(&mut self, span: Span, what: String) {
        self.errors.extend(fault(span, what).errors);
    }

    fn finish(mut self, span: Span) -> Result<Rules, DeserError> {
        if self.errors.is_empty() && self.keys.is_empty() {
            self.fault(span, "must name at least one absence type of helloHQ".to_owned());
        }
        if self.errors.is_empty() { Ok(Rules::new(self.listed)) } else { Err(DeserError { errors: self.errors }) }
    }
}

impl<'de> Deserialize<'de> for WorkingHours {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let span = value.span;
        table(value, |it| {
            let (from, to, midday) = (clock(it, "from"), clock(it, "to"), clock(it, "midday"));
            let zone = time_zone(it);
            if !it.errors.is_empty() {
                return None;
            }
            let at = |time: &Option<Spanned<Time>>| time.as_ref().map_or(span, |time| time.span);
            let (to_span, midday_span) = (at(&to), at(&midday));
            let from = from.map_or(Self::FROM, |time| time.value);
            let to = to.map_or(Self::TO, |time| time.value);
            let midday = midday.map_or_else(|| Self::middle(from, to), |time| time.value);
            if from >= to {
                it.errors.extend(fault(to_span, "`to` must be later than `from`".to_owned()).errors);
            } else if midday <= from || midday >= to {
                it.errors.extend(fault(midday_span, "`midday` must lie between `from` and `to`".to_owned()).errors);
            }
            Some(Self { from, to, midday, zone: zone? })
        })
    }
}

/// A time of day that may be left out; also `None` beside a fault.
fn clock(it: &mut TableHelper<'_>, key: &'static str) -> Option<Spanned<Time>> {
    let text: Spanned<String> = it.optional_s(key)?;
    let digit = |(at, byte): (usize, u8)| if at == 2 { byte == b':' } else { byte.is_ascii_digit() };
    let shaped = text.value.len() == 5 && text.value.bytes().enumerate().all(digit);
    let time = shaped.then(|| text.value.parse().ok()).flatten();
    if time.is_none() {
        it.errors.extend(fault(text.span, format!("`{}` is no time of day, as in `09:00`", text.value)).errors);
    }
    time.map(|time| Spanned::with_span(time, text.span))
}

fn time_zone(it: &mut TableHelper<'_>) -> Option<TimeZone> {
    let name = it.optional_s::<String>("time_zone").unwrap_or_else(|| Spanned::new(DEFAULT_ZONE.to_owned()));
    let zone = TimeZone::get(&name.value).ok();
    if zone.is_none() {
        let names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
        let near = hint(&name.value, names.iter().map(String::as_str));
        it.errors.extend(fault(name.span, format!("`{}` is no IANA time zone{near}", name.value)).errors);
    }
    zone
}

impl<'de> Deserialize<'de> for AbsenceEnd {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        choice(value, &[("exclusive", Self::Exclusive), ("inclusive", Self::Inclusive)])
    }
}

impl<'de> Deserialize<'de> for HalfDayEnd {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        choice(value, &[("same-day-noon", Self::SameDayNoon), ("next-day-noon", Self::NextDayNoon)])
    }
}

impl<'de> Deserialize<'de> for HoursAs {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        choice(value, &[("refuse", Self::Refuse), ("days", Self::Days)])
    }
}

/// One of a list of words.
fn choice<T: Copy>(value: &mut Value<'_>, all: &[(&str, T)]) -> Result<T, DeserError> {
    let text = value.take_string(None)?;
    let found = all.iter().find(|(word, _)| *word == text).map(|(_, known)| *known);
    found.ok_or_else(|| {
        let words: Vec<String> = all.iter().map(|(word, _)| format!("`{word}`")).collect();
        let near = hint(&text, all.iter().map(|(word, _)| *word));
        fault(value.span, format!("`{text}` is none of {}{near}", words.join(", ")))
    })
}
