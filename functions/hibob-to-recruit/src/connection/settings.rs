//! A connection of this flow: its file (TOML) and its secret (JSON), read into types.

use std::time::Duration;

use edge::Head;
use edge::connections::read_secret;
use jiff::Timestamp;
use ledger::RateLimit;
use mapping::document::{self, Fault};
use mapping::hibob_to_recruit::OpeningRules;
use secrecy::SecretString;
use serde::Deserialize;
use vendors::Http;
use vendors::hibob::account as hibob;
use vendors::hibob::webhook::Event;
use vendors::recruit::Tokens;
use vendors::recruit::account as recruit;
use vendors::recruit::careers::Feed;
use vendors::recruit::client::Recruit;
use vendors::recruit::way::Ways;
use vendors::secret::WebhookSecret;
use vendors::value::BaseUrl;

use super::budgets::Budgets;
use super::file::{self, File};
use super::read_fields::ReadFields;
use super::sweep_settings::SweepSettings;

/// A connection file.
#[derive(Debug, Clone)]
pub struct Connection {
    /// What every connection has.
    pub head: Head,
    /// What Recruit gets.
    pub rules: OpeningRules,
    /// The fields that are asked of HiBob.
    pub fields: ReadFields,
    /// How many steps one day may bring.
    pub budgets: Budgets,
    /// How often the connection is swept.
    pub sweeps: SweepSettings,
    hibob: file::Hibob,
    hibob_url: BaseUrl,
    recruit: file::Recruit,
    recruit_url: BaseUrl,
    careers: Option<Feed>,
}

/// What the functions work with: file and secret together.
#[derive(Debug)]
pub struct Settings {
    /// What Recruit gets.
    pub rules: OpeningRules,
    /// The fields that are asked of HiBob.
    pub fields: ReadFields,
    /// How many steps one day may bring.
    pub budgets: Budgets,
    /// How often the connection is swept.
    pub sweeps: SweepSettings,
    /// The company's account at HiBob.
    pub hibob: hibob::Account,
    /// The webhook secrets, which are HiBob's.
    pub webhook_secrets: Vec<WebhookSecret>,
    /// How late Recruit may show something new.
    pub visible_within: Duration,
    /// Whether Recruit shows hrsync the positions that hrsync has made.
    pub sees_new_positions: bool,
    /// Whether positions are made with an id of ours.
    pub sends_custom_id: bool,
    /// How what Recruit does not document is done.
    pub ways: Ways,
    /// The public feed that tells locations.
    pub careers: Option<Feed>,
    recruit: recruit::Account,
    tokens: Tokens,
    hibob_calls: u32,
    recruit_calls: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Secret {
    webhook_secrets: Vec<WebhookSecret>,
    hibob_service_user: String,
    hibob_token: SecretString,
    recruit_api_key: String,
    recruit_secret: SecretString,
}

impl Connection {
    /// Reads a connection file. `local`: the stack itself is local, so vendors may be twins on loopback.
    ///
    /// # Errors
    /// Every fault, by line.
    pub fn read(document: &str, local: bool) -> Result<Self, Vec<Fault>> {
        let File { head, hibob, recruit, careers, rules, budgets, sweeps } = document::read(document)?;
        let hibob_url = hibob.base_url.parse(document, local);
        let recruit_url = recruit.base_url.parse(document, local);
        let fields = ReadFields::of(&rules).map_err(|error| Fault { line: 1, what: error.to_string() });
        let careers = careers.map(|careers| feed(careers, document, local)).transpose();
        match (hibob_url, recruit_url, careers, fields) {
            (Ok(hibob_url), Ok(recruit_url), Ok(careers), Ok(fields)) => {
                Ok(Self { head, rules, fields, budgets, sweeps, hibob, hibob_url, recruit, recruit_url, careers })
            }
            (hibob, recruit, careers, fields) => {
                Err([hibob.err(), recruit.err(), careers.err(), fields.err()].into_iter().flatten().collect())
            }
        }
    }

    /// What Recruit is not told because the file names no call for it, in sentences for whoever applies the file.
    #[must_use]
    pub fn unsupported(&self) -> Vec<String> {
        let Ways { update_opening, cancel_opening, list_openings, read_opening, .. } = &self.recruit.ways;
        let rows = [
            (update_opening.is_none(), "update_opening", "changes of openings are told to the owner and not written"),
            (
                cancel_opening.is_none(),
                "cancel_opening",
                "cancelled openings are told to the owner and stay open in Recruit",
            ),
            (
                list_openings.is_none(),
                "list_openings",
                "an opening whose creation got no answer waits for a person, and openings made by hand are not reported",
            ),
            (read_opening.is_none(), "read_opening", "only HiBob is asked whether somebody was hired"),
        ];
        let missing = rows.into_iter().filter(|(is_missing, ..)| *is_missing);
        missing.map(|(_, key, what)| format!("`recruit.{key}` is \"unsupported\": {what}")).collect()
    }
}

impl Settings {
    /// Reads file and secret.
    ///
    /// # Errors
    /// Everything wrong with the first of them that is wrong.
    pub fn read(document: &str, secret: &SecretString, local: bool) -> Result<Self, Vec<String>> {
        let lines = |faults: Vec<Fault>| faults.iter().map(ToString::to_string).collect::<Vec<_>>();
        let connection = Connection::read(document, local).map_err(lines)?;
        let secret: Secret = read_secret(secret)?;
        let Connection { rules, fields, budgets, sweeps, hibob, hibob_url, recruit, recruit_url, careers, .. } =
            connection;
        Ok(Self {
            rules,
            fields,
            budgets,
            sweeps,
            hibob: hibob::Account {
                base_url: hibob_url,
                service_user: secret.hibob_service_user,
                token: secret.hibob_token,
            },
            webhook_secrets: secret.webhook_secrets,
            visible_within: recruit.visible_within,
            sees_new_positions: recruit.sees_new_positions,
            sends_custom_id: recruit.sends_custom_id,
            ways: recruit.ways,
            careers,
            recruit: recruit::Account {
                base_url: recruit_url,
                api_key: secret.recruit_api_key,
                secret: secret.recruit_secret,
            },
            tokens: Tokens::default(),
            hibob_calls: hibob.calls_per_minute,
            recruit_calls: recruit.calls_per_minute,
        })
    }

    /// Whether an event may be about a field that the connection reads.
    #[must_use]
    pub fn reads_what_changed(&self, event: &Event) -> bool {
        self.fields.hold_what_changed(event)
    }

    /// A client of the connection's account at Recruit.
    #[must_use]
    pub fn recruit(&self, http: &Http, now: Timestamp) -> Recruit {
        Recruit::new(http.clone(), self.recruit.clone(), self.tokens.clone(), self.ways.clone(), now)
    }

    /// What tells the account at Recruit from others.
    #[must_use]
    pub fn recruit_key(&self) -> String {
        self.recruit.key()
    }

    /// HiBob's limit, which all connections to the account share. Its limits are per endpoint: this one holds for each.
    #[must_use]
    pub fn hibob_limit(&self) -> RateLimit {
        RateLimit::new(format!("hibob#{}", self.hibob.key()), spacing(self.hibob_calls))
    }

    /// How far apart calls of HiBob are that follow one another without a turn of their own.
    #[must_use]
    pub fn between_hibob_calls(&self) -> Duration {
        spacing(self.hibob_calls)
    }

    /// Recruit's limit, which all connections to the account share.
    #[must_use]
    pub fn recruit_limit(&self) -> RateLimit {
        RateLimit::new(format!("recruit#{}", self.recruit.key()), spacing(self.recruit_calls))
    }
}

fn feed(careers: file::Careers, document: &str, local: bool) -> Result<Feed, Fault> {
    let file::Careers { base_url, company, token } = careers;
    Ok(Feed { base_url: base_url.parse(document, local)?, company, token: token.into() })
}

fn spacing(calls_per_minute: u32) -> Duration {
    Duration::from_secs(60) / calls_per_minute.max(1)
}
