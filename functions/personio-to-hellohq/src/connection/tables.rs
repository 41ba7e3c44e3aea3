//! The tables of a connection file.

use std::time::Duration;

use edge::Head;
use edge::head::{Address, head, object};
use http::HeaderName;
use jiff::civil::Date;
use mapping::document::{Parsed, fault, table};
use mapping::nearest;
use mapping::personio_to_hellohq::{AbsenceEnd, HalfDayEnd, HoursAs, Rules, WorkingHours};
use toml_span::de_helpers::TableHelper;
use toml_span::{DeserError, Deserialize, Spanned, Value};
use vendors::hellohq::client::{self, Prefix};
use vendors::personio::recruiting::DEFAULT_BASE_URL;
use vendors::personio::webhooks::{MOST_HEADERS, may_be_named};

use super::Sync;

/// The whole file.
pub(super) struct File {
    pub(super) head: Head,
    pub(super) personio: Personio,
    pub(super) hellohq: HelloHq,
    pub(super) sync: Sync,
    pub(super) working_hours: WorkingHours,
    pub(super) rules: Rules,
}

/// `[personio]`
#[derive(Debug, Clone)]
pub(super) struct Personio {
    pub(super) base_url: Address,
    pub(super) absence_end: AbsenceEnd,
    pub(super) webhook_headers: Vec<HeaderName>,
}

/// `[hellohq]`
#[derive(Debug, Clone)]
pub(super) struct HelloHq {
    pub(super) base_url: Address,
    pub(super) prefix: Prefix,
    pub(super) half_day_end: HalfDayEnd,
    pub(super) hours_as: HoursAs,
    pub(super) addresses: Addresses,
    pub(super) skip_deactivated: bool,
    pub(super) replace: Replace,
    pub(super) calls: Spanned<u32>,
    pub(super) shows_within: Duration,
}

/// Which of a user's addresses in helloHQ count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Addresses {
    /// The one at work.
    #[default]
    Work,
    /// The private one where there is none at work.
    WorkOrPrivate,
}

/// In which order an entry is replaced, as helloHQ has no update.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Replace {
    /// For a moment two entries stand; a refused new one leaves the old.
    #[default]
    CreateThenDelete,
    /// For a moment none stands: for tenants that refuse overlaps.
    DeleteThenCreate,
}

impl<'de> Deserialize<'de> for File {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |file| {
            let head = head(file, crate::NAME);
            let (personio, hellohq) = (file.optional("personio"), file.optional("hellohq"));
            let (sync, rules) = (file.required("sync").ok(), file.required("mapping").ok());
            let working_hours = file.optional("working_hours").unwrap_or_default();
            Some(Self {
                head: head?,
                personio: personio.unwrap_or_default(),
                hellohq: hellohq.unwrap_or_default(),
                sync: sync?,
                working_hours,
                rules: rules?,
            })
        })
    }
}

impl Default for Personio {
    fn default() -> Self {
        let webhook_headers = vec![http::header::AUTHORIZATION];
        Self { base_url: Address::of(DEFAULT_BASE_URL), absence_end: AbsenceEnd::default(), webhook_headers }
    }
}

impl<'de> Deserialize<'de> for Personio {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |personio| {
            let base_url = Address::take(personio, DEFAULT_BASE_URL);
            let absence_end = personio.optional("absence_end").unwrap_or_default();
            Some(Self { base_url, absence_end, webhook_headers: webhook_headers(personio)? })
        })
    }
}

/// Personio sends a secret in `Authorization`, or in up to three headers of one's own.
fn webhook_headers(personio: &mut TableHelper<'_>) -> Option<Vec<HeaderName>> {
    let given: Option<Spanned<Vec<Parsed<HeaderName>>>> = personio.optional_s("webhook_headers");
    let Some(Spanned { value: given, span }) = given else { return Some(Personio::default().webhook_headers) };
    let names: Vec<HeaderName> = given.into_iter().map(|name| name.0).collect();
    if names.is_empty() || names.len() > MOST_HEADERS {
        object(personio, span, format!("`webhook_headers` lists one to {MOST_HEADERS} names"));
        return None;
    }
    if let Some(name) = names.iter().find(|name| !may_be_named(name)) {
        object(personio, span, format!("Personio sends no header named `{name}`"));
        return None;
    }
    Some(names)
}

impl Default for HelloHq {
    fn default() -> Self {
        Self {
            base_url: Address::of(client::DEFAULT_BASE_URL),
            prefix: Prefix::default(),
            half_day_end: HalfDayEnd::default(),
            hours_as: HoursAs::default(),
            addresses: Addresses::default(),
            skip_deactivated: true,
            replace: Replace::default(),
            calls: Spanned::new(client::CALLS_PER_MINUTE * 9 / 10),
            shows_within: Duration::from_secs(120),
        }
    }
}

impl<'de> Deserialize<'de> for HelloHq {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |hellohq| {
            let default = Self::default();
            let base_url = Address::take(hellohq, client::DEFAULT_BASE_URL);
            let prefix: Option<Word<Prefix>> = hellohq.optional("query_options");
            let addresses: Option<Word<Addresses>> = hellohq.optional("match_by");
            let replace: Option<Word<Replace>> = hellohq.optional("replace");
            let (half_day_end, hours_as) = (hellohq.optional("half_day_end"), hellohq.optional("hours_as"));
            let skip_deactivated = hellohq.optional("skip_deactivated");
            let shows_within = number(hellohq, "shows_within_seconds", 0, 3600);
            let calls: Option<Spanned<u32>> = hellohq.optional_s("calls_per_minute");
            Some(Self {
                base_url,
                prefix: prefix.map_or(default.prefix, |word| word.0),
                half_day_end: half_day_end.unwrap_or_default(),
                hours_as: hours_as.unwrap_or_default(),
                addresses: addresses.map_or(default.addresses, |word| word.0),
                skip_deactivated: skip_deactivated.unwrap_or(default.skip_deactivated),
                replace: replace.map_or(default.replace, |word| word.0),
                calls: calls.unwrap_or(default.calls),
                shows_within: shows_within?.map_or(default.shows_within, |seconds| Duration::from_secs(seconds.into())),
            })
        })
    }
}

impl<'de> Deserialize<'de> for Sync {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |sync| {
            let start_date: Option<Spanned<String>> = sync.required_s("start_date").ok();
            let start_date = start_date.and_then(|text| {
                let date = text.value.parse::<Date>();
                date.map_err(|_| object(sync, text.span, "`start_date` is a date like \"2026-01-01\"")).ok()
            });
            let every_hours = every_hours(sync);
            let open_end_days = number(sync, "open_end_days", 31, 366);
            let percent = number(sync, "hold_above_percent", 0, 100);
            let above = number(sync, "hold_above", 0, 1_000_000);
            Some(Self {
                start_date: start_date?,
                every_hours: every_hours?,
                open_end_days: u16::try_from(open_end_days?.unwrap_or(90)).ok()?,
                hold_above_percent: u8::try_from(percent?.unwrap_or(20)).ok()?,
                hold_above: above?.unwrap_or(10),
            })
        })
    }
}

/// The schedule runs every two hours, and a day's sweeps must divide the day.
fn every_hours(sync: &mut TableHelper<'_>) -> Option<u8> {
    let given: Option<Spanned<u8>> = sync.optional_s("every_hours");
    let Some(given) = given else { return Some(2) };
    if [2, 4, 6, 8, 12, 24].contains(&given.value) {
        return Some(given.value);
    }
    object(sync, given.span, "`every_hours` is 2, 4, 6, 8, 12 or 24");
    None
}

/// An optional number within bounds; `None` where it is out of them.
fn number(table: &mut TableHelper<'_>, key: &'static str, least: u32, most: u32) -> Option<Option<u32>> {
    let given: Option<Spanned<u32>> = table.optional_s(key);
    let Some(given) = given else { return Some(None) };
    if (least..=most).contains(&given.value) {
        return Some(Some(given.value));
    }
    object(table, given.span, format!("`{key}` is from {least} to {most}"));
    None
}

/// A word out of a fixed list.
struct Word<T>(T);

trait Words: Copy + 'static {
    const ALL: &[(&'static str, Self)];
}

impl Words for Prefix {
    const ALL: &[(&'static str, Self)] = &[("plain", Self::Plain), ("dollar", Self::Dollar)];
}

impl Words for Addresses {
    const ALL: &[(&'static str, Self)] = &[("work", Self::Work), ("work-or-private", Self::WorkOrPrivate)];
}

impl Words for Replace {
    const ALL: &[(&'static str, Self)] =
        &[("create-then-delete", Self::CreateThenDelete), ("delete-then-create", Self::DeleteThenCreate)];
}

impl<'de, T: Words> Deserialize<'de> for Word<T> {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let text = value.take_string(None)?;
        let known = T::ALL.iter().find(|(name, _)| *name == text).map(|(_, known)| Self(*known));
        known.ok_or_else(|| {
            let names: Vec<String> = T::ALL.iter().map(|(name, _)| format!("`{name}`")).collect();
            let near = nearest(&text, T::ALL.iter().map(|(name, _)| *name));
            let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            fault(value.span, format!("`{text}` is none of {}{hint}", names.join(", ")))
        })
    }
}
