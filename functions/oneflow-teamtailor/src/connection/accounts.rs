//! `[oneflow]` and `[teamtailor]`: where the two accounts are, and how they are called.

use std::time::Duration;

use edge::head::{Address, number};
use mapping::document::{Parsed, one_of, table};
use toml_span::{DeserError, Deserialize, Value};
use vendors::oneflow::account::DEFAULT_BASE_URL;
use vendors::oneflow::model::CustomId;
use vendors::teamtailor::account::{ApiVersion, Region};
use vendors::value::Email;

/// The most calls a minute that a file may allow.
const MOST_CALLS: u32 = 60_000;

/// `[oneflow]`
#[derive(Debug, Clone)]
pub(super) struct Oneflow {
    pub(super) base_url: Address,
    pub(super) user: Email,
    pub(super) calls_per_minute: u32,
    pub(super) visible_within: Duration,
    pub(super) candidate_field: CustomId,
    pub(super) key_field: CustomId,
}

/// `[teamtailor]`
#[derive(Debug, Clone)]
pub(super) struct Teamtailor {
    pub(super) base_url: Address,
    pub(super) version: ApiVersion,
    pub(super) calls_per_minute: u32,
    pub(super) visible_within: Duration,
}

impl<'de> Deserialize<'de> for Oneflow {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |oneflow| {
            let base_url = Address::take(oneflow, DEFAULT_BASE_URL);
            let user = oneflow.required::<Parsed<Email>>("user").ok();
            let calls = number(oneflow, "calls_per_minute", 1, MOST_CALLS);
            let visible_within = number(oneflow, "shows_within_seconds", 0, 3600);
            let candidate_field = custom_id(oneflow.optional("candidate_field"), "hrsync-candidate");
            let key_field = custom_id(oneflow.optional("key_field"), "hrsync-key");
            Some(Self {
                base_url,
                user: user?.0,
                calls_per_minute: calls?.unwrap_or(300),
                visible_within: Duration::from_secs(visible_within?.unwrap_or(120).into()),
                candidate_field: candidate_field?,
                key_field: key_field?,
            })
        })
    }
}

fn custom_id(given: Option<Parsed<CustomId>>, usual: &str) -> Option<CustomId> {
    given.map(|given| given.0).or_else(|| usual.parse().ok())
}

impl Default for Teamtailor {
    fn default() -> Self {
        Self {
            base_url: Address::of(Region::Eu.base_url()),
            version: ApiVersion::default(),
            calls_per_minute: 240,
            visible_within: Duration::from_secs(120),
        }
    }
}

impl<'de> Deserialize<'de> for Teamtailor {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |teamtailor| {
            let default = Self::default();
            let region: Option<Place> = teamtailor.optional("region");
            let base_url = Address::take(teamtailor, region.map_or(Region::Eu, |place| place.0).base_url());
            let version: Option<Parsed<ApiVersion>> = teamtailor.optional("version");
            let calls = number(teamtailor, "calls_per_minute", 1, MOST_CALLS);
            let visible_within = number(teamtailor, "shows_within_seconds", 0, 3600);
            Some(Self {
                base_url,
                version: version.map_or(default.version, |version| version.0),
                calls_per_minute: calls?.unwrap_or(default.calls_per_minute),
                visible_within: visible_within?.map_or(default.visible_within, |s| Duration::from_secs(s.into())),
            })
        })
    }
}

struct Place(Region);

impl<'de> Deserialize<'de> for Place {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        one_of(value, &[("eu", Region::Eu), ("na", Region::Na), ("ap", Region::Ap)]).map(Self)
    }
}
