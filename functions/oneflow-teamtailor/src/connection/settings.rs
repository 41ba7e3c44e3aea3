//! A connection of this flow: its file (TOML) and its secret (JSON), read into types.

use std::time::Duration;

use edge::Head;
use edge::connections::read_secret;
use ledger::RateLimit;
use mapping::document::{self, Fault};
use mapping::oneflow_teamtailor::FieldRules;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use vendors::Http;
use vendors::oneflow::account::{self as oneflow, ApiToken};
use vendors::oneflow::client::Oneflow;
use vendors::oneflow::model::CustomId;
use vendors::secret::WebhookSecret;
use vendors::teamtailor::account as teamtailor;
use vendors::teamtailor::client::Teamtailor;
use vendors::value::BaseUrl;

use super::accounts;
use super::contract_rules::ContractRules;
use super::directions::Directions;
use super::file::File;
use super::interest::Interest;
use super::start_rules::StartRules;
use super::sweep_settings::SweepSettings;

/// What stands for the sign key where Oneflow's webhook was made without one.
const UNSIGNED: &str = "none";

/// A connection file.
#[derive(Debug, Clone)]
pub struct Connection {
    /// What every connection has.
    pub head: Head,
    /// How often the connection is swept.
    pub sweeps: SweepSettings,
    directions: Directions,
    fields: FieldRules,
    contracts: ContractRules,
    start: Option<StartRules>,
    oneflow: accounts::Oneflow,
    oneflow_url: BaseUrl,
    teamtailor: accounts::Teamtailor,
    teamtailor_url: BaseUrl,
}

/// What the functions work with: file and secret together.
#[derive(Debug)]
pub struct Settings {
    /// Which of the two ways the connection serves.
    pub directions: Directions,
    /// Which data fields stand for what of a candidate.
    pub fields: FieldRules,
    /// Which contracts concern which candidate, and what becomes of a signed one.
    pub contracts: ContractRules,
    /// Which applications start a contract.
    pub start: Option<StartRules>,
    /// How often the connection is swept.
    pub sweeps: SweepSettings,
    /// The keys that Teamtailor signs with.
    pub webhook_secrets: Vec<WebhookSecret>,
    /// The key that Oneflow signs with. Empty: its webhook was made without one.
    pub oneflow_sign_keys: Vec<WebhookSecret>,
    /// The hidden data field that holds a candidate's id.
    pub candidate_field: CustomId,
    /// The hidden data field that holds hrsync's key of a contract.
    pub key_field: CustomId,
    /// How late Oneflow may show something new.
    pub oneflow_visible_within: Duration,
    /// How late Teamtailor may show something new.
    pub teamtailor_visible_within: Duration,
    oneflow: oneflow::Account,
    teamtailor: teamtailor::Account,
    oneflow_calls: u32,
    teamtailor_calls: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Secret {
    webhook_secrets: Vec<WebhookSecret>,
    oneflow_token: SecretString,
    teamtailor_api_key: SecretString,
    oneflow_sign_key: SecretString,
}

impl Connection {
    /// Reads a connection file. `local`: the stack itself is local, so vendors may be twins on loopback.
    ///
    /// # Errors
    /// Every fault, by line.
    pub fn read(document: &str, local: bool) -> Result<Self, Vec<Fault>> {
        let File { head, directions, oneflow, teamtailor, fields, contracts, start, sweeps } =
            document::read(document)?;
        let oneflow_url = oneflow.base_url.parse(document, local);
        let teamtailor_url = teamtailor.base_url.parse(document, local);
        match (oneflow_url, teamtailor_url) {
            (Ok(oneflow_url), Ok(teamtailor_url)) => Ok(Self {
                head,
                sweeps,
                directions,
                fields,
                contracts,
                start,
                oneflow,
                oneflow_url,
                teamtailor,
                teamtailor_url,
            }),
            (oneflow, teamtailor) => Err([oneflow.err(), teamtailor.err()].into_iter().flatten().collect()),
        }
    }

    /// Which events it has use for.
    #[must_use]
    pub fn interest(&self) -> Interest {
        Interest::of(self.directions, &self.contracts, self.start.as_ref())
    }

    /// What the file asks for and its directions leave out, in sentences for whoever applies it.
    #[must_use]
    pub fn unused(&self) -> Vec<String> {
        let Directions { to_teamtailor, to_oneflow } = self.directions;
        let rows = [
            (!to_oneflow && self.start.is_some(), "`[start]` makes no contracts: `directions` lacks \"to-oneflow\""),
            (!to_oneflow && self.contracts.update, "`contracts.update` is idle: `directions` lacks \"to-oneflow\""),
            (
                !to_teamtailor && !self.contracts.move_to.is_empty(),
                "`contracts.move_to` is idle: `directions` lacks \"to-teamtailor\"",
            ),
        ];
        rows.into_iter().filter(|(is_unused, _)| *is_unused).map(|(_, what)| what.to_owned()).collect()
    }
}

impl Settings {
    /// Which events the connection has use for.
    #[must_use]
    pub fn interest(&self) -> Interest {
        Interest::of(self.directions, &self.contracts, self.start.as_ref())
    }

    /// Reads file and secret.
    ///
    /// # Errors
    /// Everything wrong with the first of them that is wrong.
    pub fn read(document: &str, secret: &SecretString, local: bool) -> Result<Self, Vec<String>> {
        let lines = |faults: Vec<Fault>| faults.iter().map(ToString::to_string).collect::<Vec<_>>();
        let connection = Connection::read(document, local).map_err(lines)?;
        let secret: Secret = read_secret(secret)?;
        let token = ApiToken::try_from(secret.oneflow_token);
        let token = token.map_err(|error| vec![format!("`oneflow_token` is {error}")])?;
        let Connection { oneflow, teamtailor, .. } = connection;
        let oneflow_sign_keys = sign_keys(secret.oneflow_sign_key)?;
        Ok(Self {
            directions: connection.directions,
            fields: connection.fields,
            contracts: connection.contracts,
            start: connection.start,
            sweeps: connection.sweeps,
            webhook_secrets: secret.webhook_secrets,
            oneflow_sign_keys,
            candidate_field: oneflow.candidate_field,
            key_field: oneflow.key_field,
            oneflow_visible_within: oneflow.visible_within,
            teamtailor_visible_within: teamtailor.visible_within,
            oneflow: oneflow::Account { base_url: connection.oneflow_url, token, user: oneflow.user },
            teamtailor: teamtailor::Account {
                base_url: connection.teamtailor_url,
                api_key: secret.teamtailor_api_key,
                version: teamtailor.version,
            },
            oneflow_calls: oneflow.calls_per_minute,
            teamtailor_calls: teamtailor.calls_per_minute,
        })
    }

    /// A client of the connection's account at Oneflow.
    #[must_use]
    pub fn oneflow(&self, http: &Http) -> Oneflow {
        Oneflow::new(http.clone(), self.oneflow.clone())
    }

    /// A client of the connection's account at Teamtailor.
    #[must_use]
    pub fn teamtailor(&self, http: &Http) -> Teamtailor {
        Teamtailor::new(http.clone(), self.teamtailor.clone())
    }

    /// What tells the two accounts from others: Oneflow's, then Teamtailor's.
    #[must_use]
    pub fn account_keys(&self) -> (String, String) {
        (self.oneflow.key(), self.teamtailor.key())
    }

    /// Oneflow's limit, which all connections to the account share.
    #[must_use]
    pub fn oneflow_limit(&self) -> RateLimit {
        RateLimit::new(format!("oneflow#{}", self.oneflow.key()), spacing(self.oneflow_calls))
    }

    /// Teamtailor's limit, which all connections to the account share.
    #[must_use]
    pub fn teamtailor_limit(&self) -> RateLimit {
        RateLimit::new(format!("teamtailor#{}", self.teamtailor.key()), spacing(self.teamtailor_calls))
    }

    /// How far apart calls of Oneflow are that follow one another without a turn of their own.
    #[must_use]
    pub fn between_oneflow_calls(&self) -> Duration {
        spacing(self.oneflow_calls)
    }

    /// How far apart calls of Teamtailor are that follow one another without a turn of their own.
    #[must_use]
    pub fn between_teamtailor_calls(&self) -> Duration {
        spacing(self.teamtailor_calls)
    }
}

/// Oneflow's webhooks can be made without a sign key: that is said by a word, so that a key that was forgotten does not open the
/// door.
fn sign_keys(key: SecretString) -> Result<Vec<WebhookSecret>, Vec<String>> {
    match key.expose_secret() {
        UNSIGNED => Ok(Vec::new()),
        text if text.len() < WebhookSecret::SHORTEST => {
            let shortest = WebhookSecret::SHORTEST;
            Err(vec![format!("`oneflow_sign_key` is neither `{UNSIGNED}` nor a key of at least {shortest} characters")])
        }
        _ => Ok(vec![WebhookSecret::new(key, None)]),
    }
}

fn spacing(calls_per_minute: u32) -> Duration {
    Duration::from_secs(60) / calls_per_minute.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = include_str!("../../connection.example.toml");

    fn secret(sign_key: &str) -> SecretString {
        let token = "0123456789abcdef-0123456789abcdef-ABCDEF";
        format!(
            r#"{{"webhook_secrets":[{{"value":"a-secret-of-teamtailor"}}],"oneflow_token":"{token}",
                "teamtailor_api_key":"key","oneflow_sign_key":"{sign_key}"}}"#
        )
        .into()
    }

    #[test]
    fn the_example_is_read() {
        let settings = Settings::read(EXAMPLE, &secret("a-sign-key-of-oneflow"), false).unwrap();
        assert!(settings.directions.to_oneflow && settings.directions.to_teamtailor);
        assert_eq!((settings.oneflow_sign_keys.len(), settings.start.unwrap().creations), (1, 50));
        assert_eq!(Connection::read(EXAMPLE, false).unwrap().unused(), Vec::<String>::new());
    }

    #[test]
    fn a_door_without_a_key_is_opened_by_a_word_only() {
        let keys =
            |key: &str| Settings::read(EXAMPLE, &secret(key), false).map(|settings| settings.oneflow_sign_keys.len());
        assert_eq!(keys("none"), Ok(0));
        assert!(keys("").is_err() && keys("short").is_err());
    }

    #[test]
    fn faults_are_listed_with_their_lines() {
        let document = EXAMPLE
            .replace("directions = [\"to-teamtailor\", \"to-oneflow\"]", "directions = []")
            .replace("user = \"recruiting@example.com\"", "user = \"recruiting\"")
            .replace("template = \"101\"", "template = \"x\"")
            .replace("every_hours = 24", "every_hours = 5");
        let faults = Connection::read(&document, false).unwrap_err();
        let faults: Vec<String> = faults.iter().map(|fault| fault.what.clone()).collect();
        insta::assert_snapshot!(faults.join("\n"), @r"
        `directions` names at least one of `to-teamtailor`, `to-oneflow`
        not an e-mail address
        not a positive whole number
        `every_hours` is 2, 4, 6, 8, 12 or 24
        ");
    }

    #[test]
    fn what_the_directions_leave_out_is_said() {
        let document = EXAMPLE
            .replace("directions = [\"to-teamtailor\", \"to-oneflow\"]", "directions = [\"to-teamtailor\"]")
            .replace("update = false", "update = true");
        let unused = Connection::read(&document, false).unwrap().unused();
        assert_eq!(unused.len(), 2, "{unused:?}");
    }
}
