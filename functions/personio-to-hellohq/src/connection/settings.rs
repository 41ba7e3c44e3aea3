//! A connection of this flow: its file (TOML) and its secret (JSON), read into types.

use std::time::Duration;

use edge::Head;
use edge::connections::read_secret;
use http::HeaderName;
use ledger::RateLimit;
use mapping::document::{self, Fault};
use mapping::personio_to_hellohq::{AbsenceOptions, TypeMapping};
use secrecy::SecretString;
use serde::Deserialize;
use vendors::hellohq::client::{self as hq, CALLS_PER_MINUTE};
use vendors::personio::hr;
use vendors::secret::WebhookSecret;
use vendors::value::BaseUrl;

use super::file::{self, File};
use super::sweep_settings::SweepSettings;
use super::words::{Addresses, Replace};

/// A connection file.
#[derive(Debug, Clone)]
pub struct Connection {
    /// What every connection has.
    pub head: Head,
    /// How absences are synced.
    pub sweeps: SweepSettings,
    /// Which Personio type goes to which HQ type.
    pub rules: TypeMapping,
    /// How days and hours are read and written.
    pub shape: AbsenceOptions,
    personio: file::Personio,
    personio_url: BaseUrl,
    hellohq: file::HelloHq,
    hellohq_url: BaseUrl,
}

/// What the functions work with: file and secret together.
#[derive(Debug)]
pub struct Settings {
    /// How absences are synced.
    pub sweeps: SweepSettings,
    /// Which Personio type goes to which HQ type.
    pub rules: TypeMapping,
    /// How days and hours are read and written.
    pub shape: AbsenceOptions,
    /// The company's account at Personio.
    pub personio: hr::Account,
    /// The headers in which Personio may show the webhook secret.
    pub webhook_headers: Vec<HeaderName>,
    /// The webhook secrets.
    pub webhook_secrets: Vec<WebhookSecret>,
    /// The company's account at helloHQ.
    pub hellohq: hq::Account,
    /// How many calls helloHQ takes a minute.
    pub calls_per_minute: u32,
    /// How late helloHQ may show a new entry.
    pub visible_within: Duration,
    /// Which of a user's addresses count.
    pub addresses: Addresses,
    /// Whether users who have left are passed over.
    pub skip_deactivated: bool,
    /// In which order an entry is replaced.
    pub replace: Replace,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Secret {
    webhook_secrets: Vec<WebhookSecret>,
    personio_client_id: String,
    personio_client_secret: SecretString,
    hellohq_token: SecretString,
}

impl Connection {
    /// Reads a connection file. `local`: the stack itself is local, so vendors may be twins on loopback.
    ///
    /// # Errors
    /// Every fault, by line.
    pub fn read(document: &str, local: bool) -> Result<Self, Vec<Fault>> {
        let File { head, personio, hellohq, sweeps, working_hours, rules } = document::read(document)?;
        let personio_url = personio.base_url.parse(document, local);
        let hellohq_url = hellohq.base_url.parse(document, local);
        let calls = (!(1..=CALLS_PER_MINUTE).contains(&hellohq.calls.value) && !local).then(|| {
            let what = format!("`calls_per_minute` is from 1 to {CALLS_PER_MINUTE}, which is what helloHQ takes");
            Fault::at(document, hellohq.calls.span, what)
        });
        let shape = AbsenceOptions {
            end: personio.absence_end,
            unstated_halves: personio.unstated_halves,
            half_day_end: hellohq.half_day_end,
            hours_as: hellohq.hours_as,
            working_hours,
        };
        match (personio_url, hellohq_url, calls) {
            (Ok(personio_url), Ok(hellohq_url), None) => {
                Ok(Self { head, sweeps, rules, shape, personio, personio_url, hellohq, hellohq_url })
            }
            (personio, hellohq, calls) => Err([personio.err(), hellohq.err(), calls].into_iter().flatten().collect()),
        }
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
        let Connection { sweeps, rules, shape, personio, personio_url, hellohq, hellohq_url, .. } = connection;
        Ok(Self {
            sweeps,
            rules,
            shape,
            personio: hr::Account {
                base_url: personio_url,
                client_id: secret.personio_client_id,
                client_secret: secret.personio_client_secret,
            },
            webhook_headers: personio.webhook_headers,
            webhook_secrets: secret.webhook_secrets,
            hellohq: hq::Account { base_url: hellohq_url, token: secret.hellohq_token, prefix: hellohq.prefix },
            calls_per_minute: hellohq.calls.value.max(1),
            visible_within: hellohq.visible_within,
            addresses: hellohq.addresses,
            skip_deactivated: hellohq.skip_deactivated,
            replace: hellohq.replace,
        })
    }

    /// helloHQ's limit, which all connections to the account share.
    #[must_use]
    pub fn hellohq_limit(&self) -> RateLimit {
        let spacing = Duration::from_secs(60) / self.calls_per_minute;
        RateLimit::new(format!("hellohq#{}", self.hellohq.key()), spacing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = include_str!("../../connection.example.toml");

    fn faults(document: &str) -> String {
        let faults = Connection::read(document, false).unwrap_err();
        faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn the_example_is_a_whole_connection() {
        let connection = Connection::read(EXAMPLE, false).unwrap();
        assert_eq!((connection.head.name.as_str(), connection.head.flow.as_str()), ("absences", crate::name::NAME));
        let secret = r#"{"webhook_secrets": [{"value": "0123456789abcdef"}], "personio_client_id": "c",
            "personio_client_secret": "s", "hellohq_token": "t"}"#;
        let settings = Settings::read(EXAMPLE, &secret.into(), false).unwrap();
        assert_eq!((settings.calls_per_minute, settings.replace), (900, Replace::CreateThenDelete));
        assert_eq!((settings.sweeps.every_hours, settings.sweeps.open_end_days), (2, 90));
    }

    #[test]
    fn everything_wrong_is_listed_at_once_with_its_line() {
        let wrong = EXAMPLE
            .replace("people-team@example.com", "people team")
            .replace("webhook_headers = [\"authorization\"]", "webhook_headers = [\"a\", \"b\", \"c\", \"host\"]")
            .replace("calls_per_minute = 900", "calls_per_minute = 0")
            .replace("replace = \"create-then-delete\"", "replace = \"update\"")
            .replace("start_date = \"2026-01-01\"", "start_date = \"1.1.2026\"")
            .replace("every_hours = 2", "every_hours = 5")
            .replace("hold_above_percent = 20", "hold_above_percent = 200")
            .replace("open_end_days = 90", "open_ends = 90");
        insta::assert_snapshot!(faults(&wrong), @r#"
        line 13: `owner` is not an e-mail address
        line 31: `webhook_headers` lists one to 3 names
        line 58: `update` is none of `create-then-delete`, `delete-then-create`
        line 69: `start_date` is a date like "2026-01-01"
        line 72: `every_hours` is 2, 4, 6, 8, 12 or 24
        line 75: unknown key `open_ends`; did you mean `open_end_days`?
        line 79: `hold_above_percent` is from 0 to 100
        "#);
    }

    #[test]
    fn twins_on_loopback_are_for_local_stacks_only() {
        let twins = EXAMPLE
            .replace("https://api.personio.de", "http://127.0.0.1:4600/personio")
            .replace("https://api.hellohq.io", "http://127.0.0.1:4600/hellohq");
        assert_eq!(faults(&twins).matches("only https and a public host name").count(), 2);
        assert!(Connection::read(&twins, true).is_ok());
    }
}
