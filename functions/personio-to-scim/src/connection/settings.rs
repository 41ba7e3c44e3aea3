//! A connection of this flow: its file (TOML) and its secret (JSON), read into types.

use std::time::Duration;

use edge::Head;
use edge::connections::read_secret;
use http::HeaderName;
use ledger::RateLimit;
use mapping::document::{self, Fault};
use mapping::personio_to_scim::{Budgets, ProvisioningRules};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use vendors::personio::hr;
use vendors::scim::account::{self as scim, Login};
use vendors::scim::patch::Dialect;
use vendors::secret::WebhookSecret;
use vendors::value::BaseUrl;

use super::file::{self, Auth, File};
use super::sweep_settings::SweepSettings;

/// A connection file.
#[derive(Debug, Clone)]
pub struct Connection {
    /// What every connection has.
    pub head: Head,
    /// Who has an account, when, and what it holds.
    pub rules: ProvisioningRules,
    /// How many steps one day may bring.
    pub budgets: Budgets,
    /// How often the connection is swept.
    pub sweeps: SweepSettings,
    personio: file::Personio,
    personio_url: BaseUrl,
    scim: file::Scim,
    scim_url: BaseUrl,
}

/// What the functions work with: file and secret together.
#[derive(Debug)]
pub struct Settings {
    /// Who has an account, when, and what it holds.
    pub rules: ProvisioningRules,
    /// How many steps one day may bring.
    pub budgets: Budgets,
    /// How often the connection is swept.
    pub sweeps: SweepSettings,
    /// The company's account at Personio.
    pub personio: hr::Account,
    /// The headers in which Personio may show the webhook secret.
    pub webhook_headers: Vec<HeaderName>,
    /// The webhook secrets.
    pub webhook_secrets: Vec<WebhookSecret>,
    /// The partner system's account.
    pub scim: scim::Account,
    /// How the partner wants its PATCH.
    pub dialect: Dialect,
    /// How late the partner may show a new user.
    pub visible_within: Duration,
    personio_calls: u32,
    scim_calls: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Secret {
    webhook_secrets: Vec<WebhookSecret>,
    personio_client_id: String,
    personio_client_secret: SecretString,
    scim_token: SecretString,
}

impl Connection {
    /// Reads a connection file. `local`: the stack itself is local, so vendors may be twins on loopback.
    ///
    /// # Errors
    /// Every fault, by line.
    pub fn read(document: &str, local: bool) -> Result<Self, Vec<Fault>> {
        let File { head, personio, scim, rules, budgets, sweeps } = document::read(document)?;
        let personio_url = personio.base_url.parse(document, local);
        let scim_url = scim.base_url.parse(document, local);
        match (personio_url, scim_url) {
            (Ok(personio_url), Ok(scim_url)) => {
                Ok(Self { head, rules, budgets, sweeps, personio, personio_url, scim, scim_url })
            }
            (personio, scim) => Err([personio.err(), scim.err()].into_iter().flatten().collect()),
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
        let Secret { webhook_secrets, personio_client_id, personio_client_secret, scim_token } = read_secret(secret)?;
        let Connection { rules, budgets, sweeps, personio, personio_url, scim, scim_url, .. } = connection;
        let login = login(scim.auth, scim_token).map_err(|fault| vec![fault.to_owned()])?;
        Ok(Self {
            rules,
            budgets,
            sweeps,
            personio: hr::Account {
                base_url: personio_url,
                client_id: personio_client_id,
                client_secret: personio_client_secret,
            },
            webhook_headers: personio.webhook_headers,
            webhook_secrets,
            scim: scim::Account { base_url: scim_url, login },
            dialect: scim.dialect,
            visible_within: scim.visible_within,
            personio_calls: personio.calls_per_minute,
            scim_calls: scim.calls_per_minute,
        })
    }

    /// The partner's limit, which all connections to the account share.
    #[must_use]
    pub fn scim_limit(&self) -> RateLimit {
        RateLimit::new(format!("scim#{}", self.scim.key()), spacing(self.scim_calls))
    }

    /// The limit of a sweep's reading of employments.
    #[must_use]
    pub fn employments_limit(&self) -> RateLimit {
        RateLimit::new(format!("personio-employments#{}", self.personio.key()), self.between_employments())
    }

    /// How far apart a sweep's readings of employments are.
    #[must_use]
    pub fn between_employments(&self) -> Duration {
        spacing(self.personio_calls)
    }

    /// Whether a policy asks for absences.
    #[must_use]
    pub fn needs_absences(&self) -> bool {
        self.rules.policies.leave.absences.is_some()
    }
}

fn spacing(calls_per_minute: u32) -> Duration {
    Duration::from_secs(60) / calls_per_minute.max(1)
}

/// How calls prove whose they are. A user's name holds no colon (RFC 7617), a password may.
fn login(auth: Auth, token: SecretString) -> Result<Login, &'static str> {
    match auth {
        Auth::Bearer => Ok(Login::Bearer(token)),
        Auth::Basic => {
            let both = token.expose_secret().split_once(':');
            let (user, password) =
                both.ok_or("the secret: `scim.auth` is \"basic\", so `scim_token` is user:password")?;
            Ok(Login::Basic { user: user.to_owned(), password: password.into() })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = include_str!("../../connection.example.toml");
    const SECRET: &str = r#"{"webhook_secrets": [{"value": "0123456789abcdef"}], "personio_client_id": "c",
        "personio_client_secret": "s", "scim_token": "t"}"#;

    fn faults(document: &str) -> String {
        let faults = Connection::read(document, false).unwrap_err();
        faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn the_example_is_a_whole_connection() {
        let connection = Connection::read(EXAMPLE, false).unwrap();
        assert_eq!((connection.head.name.as_str(), connection.head.flow.as_str()), ("accounts", crate::name::NAME));
        let settings = Settings::read(EXAMPLE, &SECRET.into(), false).unwrap();
        assert_eq!((settings.sweeps.every_hours, settings.budgets), (24, Budgets::default()));
        assert_eq!((settings.dialect, settings.needs_absences()), (Dialect::default(), false));
    }

    #[test]
    fn the_least_file_has_the_examples_defaults() {
        let least = "flow = \"personio-to-scim\"\nname = \"accounts\"\nowner = \"a@example.com\"\n\
            [scim]\nbase_url = \"https://partner.example.com/scim/v2\"\n";
        let connection = Connection::read(least, false).unwrap();
        assert_eq!(connection.sweeps.every_hours, 24);
        assert_eq!(connection.rules.policies, Connection::read(EXAMPLE, false).unwrap().rules.policies);
    }

    #[test]
    fn everything_wrong_is_listed_at_once_with_its_line() {
        let wrong = EXAMPLE
            .replace("auth = \"bearer\"", "auth = \"bear\"")
            .replace("adoption = \"external-id\"", "adoption = \"e-mail\"")
            .replace("every_hours = 24", "every_hours = 5");
        insta::assert_snapshot!(faults(&wrong), @r#"
        line 32: `bear` is none of `bearer`, `basic`; did you mean `bearer`?
        line 102: `e-mail` is none of `external-id`, `user-name`, `link-only`, `off`
        line 117: `every_hours` is 1, 2, 3, 4, 6, 8, 12 or 24
        "#);
        assert!(
            faults(&EXAMPLE.replace("base_url = \"https://partner", "url = \"https://partner")).contains("base_url")
        );
    }

    #[test]
    fn a_login_fits_what_the_file_says() {
        let basic = EXAMPLE.replace("auth = \"bearer\"", "auth = \"basic\"");
        let missing = Settings::read(&basic, &SECRET.into(), false).unwrap_err().join("");
        assert!(missing.contains("`scim_token` is user:password"), "{missing}");
        let secret = SECRET.replace("\"scim_token\": \"t\"", "\"scim_token\": \"u:p:q\"");
        let settings = Settings::read(&basic, &secret.into(), false).unwrap();
        let Login::Basic { user, password } = settings.scim.login else { panic!("no user") };
        assert_eq!((user.as_str(), password.expose_secret()), ("u", "p:q"));
    }
}
