//! The tables of a connection file, as they stand in it.

use std::time::Duration;

use edge::Head;
use edge::head::{Address, head, number};
use mapping::document::{Parsed, table};
use mapping::hibob_to_recruit::OpeningRules;
use secrecy::SecretString;
use toml_span::{DeserError, Deserialize, Value};
use vendors::hibob::account::DEFAULT_BASE_URL as HIBOB;
use vendors::recruit::account::DEFAULT_BASE_URL as RECRUIT;
use vendors::recruit::careers::{CompanyUid, DEFAULT_BASE_URL as CAREERS};
use vendors::recruit::way::Ways;

use super::budgets::Budgets;
use super::sweep_settings::SweepSettings;
use super::ways;
use crate::name::NAME;

/// The most calls a minute that a file may allow.
const MOST_CALLS: u32 = 60_000;

/// The whole file.
pub(super) struct File {
    pub(super) head: Head,
    pub(super) hibob: Hibob,
    pub(super) recruit: Recruit,
    pub(super) careers: Option<Careers>,
    pub(super) rules: OpeningRules,
    pub(super) budgets: Budgets,
    pub(super) sweeps: SweepSettings,
}

/// `[hibob]`
#[derive(Debug, Clone)]
pub(super) struct Hibob {
    pub(super) base_url: Address,
    pub(super) calls_per_minute: u32,
}

/// `[recruit]`
#[derive(Debug, Clone)]
pub(super) struct Recruit {
    pub(super) base_url: Address,
    pub(super) calls_per_minute: u32,
    pub(super) visible_within: Duration,
    pub(super) sees_new_positions: bool,
    pub(super) sends_custom_id: bool,
    pub(super) ways: Ways,
}

/// `[careers]`: the public feed of Recruit's careers pages.
#[derive(Debug, Clone)]
pub(super) struct Careers {
    pub(super) base_url: Address,
    pub(super) company: CompanyUid,
    pub(super) token: SecretString,
}

impl<'de> Deserialize<'de> for File {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |file| {
            let head = head(file, NAME);
            let hibob = file.optional("hibob");
            let recruit = file.optional("recruit");
            let careers = file.optional("careers");
            let rules = OpeningRules {
                group_by: file.optional("group_by").unwrap_or_default(),
                approval: file.optional("approval").unwrap_or_default(),
                position: file.optional("position").unwrap_or_default(),
                opening: file.optional("opening").unwrap_or_default(),
                policies: file.optional("policies").unwrap_or_default(),
            };
            let budgets = file.optional("guard");
            let sweeps = file.optional("sync");
            Some(Self {
                head: head?,
                hibob: hibob.unwrap_or_default(),
                recruit: recruit.unwrap_or_default(),
                careers,
                rules,
                budgets: budgets.unwrap_or_default(),
                sweeps: sweeps.unwrap_or_default(),
            })
        })
    }
}

impl Default for Hibob {
    fn default() -> Self {
        Self { base_url: Address::of(HIBOB), calls_per_minute: 90 }
    }
}

impl<'de> Deserialize<'de> for Hibob {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |hibob| {
            let base_url = Address::take(hibob, HIBOB);
            let calls = number(hibob, "calls_per_minute", 1, MOST_CALLS);
            Some(Self { base_url, calls_per_minute: calls?.unwrap_or(Self::default().calls_per_minute) })
        })
    }
}

impl Default for Recruit {
    fn default() -> Self {
        Self {
            base_url: Address::of(RECRUIT),
            calls_per_minute: 60,
            visible_within: Duration::from_secs(120),
            sees_new_positions: true,
            sends_custom_id: false,
            ways: Ways::default(),
        }
    }
}

impl<'de> Deserialize<'de> for Recruit {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |recruit| {
            let default = Self::default();
            let base_url = Address::take(recruit, RECRUIT);
            let calls = number(recruit, "calls_per_minute", 1, MOST_CALLS);
            let visible_within = number(recruit, "shows_within_seconds", 0, 3600);
            let sees_new_positions = recruit.optional("sees_new_positions").unwrap_or(default.sees_new_positions);
            let sends_custom_id = recruit.optional("custom_id").unwrap_or(default.sends_custom_id);
            let ways = ways::take(recruit);
            Some(Self {
                base_url,
                calls_per_minute: calls?.unwrap_or(default.calls_per_minute),
                visible_within: visible_within?.map_or(default.visible_within, |s| Duration::from_secs(s.into())),
                sees_new_positions,
                sends_custom_id,
                ways,
            })
        })
    }
}

impl<'de> Deserialize<'de> for Careers {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |careers| {
            let base_url = Address::take(careers, CAREERS);
            let company: Option<Parsed<CompanyUid>> = careers.required("company").ok();
            let token: Option<String> = careers.required("token").ok();
            Some(Self { base_url, company: company?.0, token: token?.into() })
        })
    }
}
