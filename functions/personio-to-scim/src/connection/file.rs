//! The tables of a connection file, as they stand in it.

use std::time::Duration;

use edge::Head;
use edge::head::{Address, head, number, object};
use http::HeaderName;
use mapping::document::{Parsed, one_of, table};
use mapping::personio_to_scim::{AttributeMapping, Budgets, People, Policies, ProvisioningRules};
use toml_span::de_helpers::TableHelper;
use toml_span::{DeserError, Deserialize, Spanned, Value};
use vendors::personio::recruiting::DEFAULT_BASE_URL;
use vendors::personio::webhooks::{MOST_HEADERS, may_be_named};
use vendors::scim::patch::{Dialect, Ops, Paths};

use super::sweep_settings::SweepSettings;
use crate::name::NAME;

/// The most calls a minute that a file may allow; a stack that is local has no such bound.
pub(super) const MOST_CALLS: u32 = 60_000;

/// The whole file.
pub(super) struct File {
    pub(super) head: Head,
    pub(super) personio: Personio,
    pub(super) scim: Scim,
    pub(super) rules: ProvisioningRules,
    pub(super) budgets: Budgets,
    pub(super) sweeps: SweepSettings,
}

/// `[personio]`
#[derive(Debug, Clone)]
pub(super) struct Personio {
    pub(super) base_url: Address,
    pub(super) webhook_headers: Vec<HeaderName>,
    pub(super) calls_per_minute: u32,
}

/// `[scim]`
#[derive(Debug, Clone)]
pub(super) struct Scim {
    pub(super) base_url: Address,
    pub(super) auth: Auth,
    pub(super) dialect: Dialect,
    pub(super) calls_per_minute: u32,
    pub(super) visible_within: Duration,
}

/// How a call proves whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Auth {
    /// By a token.
    #[default]
    Bearer,
    /// By a technical user.
    Basic,
}

impl<'de> Deserialize<'de> for File {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |file| {
            let head = head(file, NAME);
            let personio = file.optional("personio");
            let scim = file.required("scim").ok();
            let attributes: Option<AttributeMapping> = file.optional("attributes");
            let people: Option<People> = file.optional("people");
            let policies: Option<Policies> = file.optional("policies");
            let budgets = file.optional("guard");
            let sweeps = file.optional("sync");
            let rules = ProvisioningRules {
                attributes: attributes.unwrap_or_default(),
                people: people.unwrap_or_default(),
                policies: policies.unwrap_or_default(),
            };
            Some(Self {
                head: head?,
                personio: personio.unwrap_or_default(),
                scim: scim?,
                rules,
                budgets: budgets.unwrap_or_default(),
                sweeps: sweeps.unwrap_or_default(),
            })
        })
    }
}

impl Default for Personio {
    fn default() -> Self {
        Self {
            base_url: Address::of(DEFAULT_BASE_URL),
            webhook_headers: vec![http::header::AUTHORIZATION],
            calls_per_minute: 500,
        }
    }
}

impl<'de> Deserialize<'de> for Personio {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |personio| {
            let default = Self::default();
            let base_url = Address::take(personio, DEFAULT_BASE_URL);
            let headers = webhook_headers(personio);
            let calls = number(personio, "calls_per_minute", 1, MOST_CALLS);
            Some(Self {
                base_url,
                webhook_headers: headers?,
                calls_per_minute: calls?.unwrap_or(default.calls_per_minute),
            })
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

impl<'de> Deserialize<'de> for Scim {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let span = value.span;
        table(value, |scim| {
            if !scim.contains("base_url") {
                object(scim, span, "`base_url` is missing");
            }
            let base_url = Address::take(scim, "");
            let auth: Option<Auth> = scim.optional("auth");
            let ops: Option<OpsWord> = scim.optional("operations");
            let paths: Option<PathsWord> = scim.optional("attributes_in");
            let calls = number(scim, "calls_per_minute", 1, MOST_CALLS);
            let visible_within = number(scim, "shows_within_seconds", 0, 3600);
            let dialect = Dialect {
                ops: ops.map_or(Ops::default(), |word| word.0),
                paths: paths.map_or(Paths::default(), |word| word.0),
            };
            Some(Self {
                base_url,
                auth: auth.unwrap_or_default(),
                dialect,
                calls_per_minute: calls?.unwrap_or(120),
                visible_within: Duration::from_secs(visible_within?.unwrap_or(120).into()),
            })
        })
    }
}

impl<'de> Deserialize<'de> for Auth {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        one_of(value, &[("bearer", Self::Bearer), ("basic", Self::Basic)])
    }
}

/// How operations are spelled.
struct OpsWord(Ops);

impl<'de> Deserialize<'de> for OpsWord {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        one_of(value, &[("lower", Ops::Lower), ("capitalised", Ops::Capitalised)]).map(Self)
    }
}

/// Where names of attributes stand.
struct PathsWord(Paths);

impl<'de> Deserialize<'de> for PathsWord {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        one_of(value, &[("paths", Paths::Paths), ("value-object", Paths::ValueObject)]).map(Self)
    }
}
