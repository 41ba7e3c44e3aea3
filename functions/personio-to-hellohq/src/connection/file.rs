//! The tables of a connection file, as they stand in it.

use std::time::Duration;

use edge::Head;
use edge::head::{Address, head, number, object};
use http::HeaderName;
use mapping::document::{Parsed, table};
use mapping::personio_to_hellohq::{AbsenceEnd, HalfDayEnd, HoursAs, TypeMapping, UnstatedHalves, WorkingHours};
use toml_span::de_helpers::TableHelper;
use toml_span::{DeserError, Deserialize, Spanned, Value};
use vendors::hellohq::client::{self, Prefix};
use vendors::personio::recruiting::DEFAULT_BASE_URL;
use vendors::personio::webhooks::{MOST_HEADERS, may_be_named};

use super::sweep_settings::SweepSettings;
use super::words::{Addresses, Replace, Word};
use crate::name::NAME;

/// The whole file.
pub(super) struct File {
    pub(super) head: Head,
    pub(super) personio: Personio,
    pub(super) hellohq: HelloHq,
    pub(super) sweeps: SweepSettings,
    pub(super) working_hours: WorkingHours,
    pub(super) rules: TypeMapping,
}

/// `[personio]`
#[derive(Debug, Clone)]
pub(super) struct Personio {
    pub(super) base_url: Address,
    pub(super) absence_end: AbsenceEnd,
    pub(super) unstated_halves: UnstatedHalves,
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
    pub(super) visible_within: Duration,
}

impl<'de> Deserialize<'de> for File {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |file| {
            let head = head(file, NAME);
            let personio = file.optional("personio");
            let hellohq = file.optional("hellohq");
            let sweeps = file.required("sync").ok();
            let rules = file.required("mapping").ok();
            let working_hours = file.optional("working_hours").unwrap_or_default();
            Some(Self {
                head: head?,
                personio: personio.unwrap_or_default(),
                hellohq: hellohq.unwrap_or_default(),
                sweeps: sweeps?,
                working_hours,
                rules: rules?,
            })
        })
    }
}

impl Default for Personio {
    fn default() -> Self {
        Self {
            base_url: Address::of(DEFAULT_BASE_URL),
            absence_end: AbsenceEnd::default(),
            unstated_halves: UnstatedHalves::default(),
            webhook_headers: vec![http::header::AUTHORIZATION],
        }
    }
}

impl<'de> Deserialize<'de> for Personio {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |personio| {
            let base_url = Address::take(personio, DEFAULT_BASE_URL);
            let absence_end = personio.optional("absence_end").unwrap_or_default();
            let unstated_halves = personio.optional("unstated_halves").unwrap_or_default();
            Some(Self { base_url, absence_end, unstated_halves, webhook_headers: webhook_headers(personio)? })
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
            visible_within: Duration::from_secs(120),
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
            let half_day_end = hellohq.optional("half_day_end");
            let hours_as = hellohq.optional("hours_as");
            let skip_deactivated = hellohq.optional("skip_deactivated");
            let visible_within = number(hellohq, "shows_within_seconds", 0, 3600);
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
                visible_within: visible_within?
                    .map_or(default.visible_within, |seconds| Duration::from_secs(seconds.into())),
            })
        })
    }
}
