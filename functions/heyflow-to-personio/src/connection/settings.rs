//! What the pusher works with: file and secret together.

use edge::connections::read_secret;
use mapping::document::Fault;
use mapping::heyflow_to_personio::ApplicationRules;
use secrecy::SecretString;
use serde::Deserialize;
use vendors::heyflow::upload::{GuardRules, Origin};
use vendors::personio::model::{LARGEST_FILE, file_extension};
use vendors::personio::recruiting::Account;
use vendors::secret::WebhookSecret;

use super::file::Connection;
use super::schema::OnUnavailable;

/// The settings of the pusher.
#[derive(Debug)]
pub struct Settings {
    /// The flows whose responses are taken.
    pub flows: Vec<String>,
    /// The account that applications go to.
    pub account: Account,
    /// How many calls a minute the account takes, for each endpoint.
    pub calls_per_minute: u32,
    /// Where each part of an application comes from.
    pub rules: ApplicationRules,
    /// The rules by which the files of a response are fetched.
    pub guard_rules: GuardRules,
    /// What is done about a file that cannot be had.
    pub on_unavailable: OnUnavailable,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Secret {
    #[expect(dead_code, reason = "the receiver's part; it stands here so that any other key is a fault")]
    webhook_secrets: Vec<WebhookSecret>,
    personio_recruiting_token: SecretString,
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
        let Connection { heyflow, personio, uploads, origins, application, base_url, .. } = connection;
        Ok(Self {
            flows: heyflow.flows,
            account: Account { base_url, company_id: personio.company_id, token: secret.personio_recruiting_token },
            calls_per_minute: personio.calls_per_minute,
            rules: application,
            guard_rules: guard_rules(origins),
            on_unavailable: uploads.on_unavailable,
        })
    }
}

fn guard_rules(origins: Vec<Origin>) -> GuardRules {
    GuardRules {
        origins,
        largest: LARGEST_FILE,
        time: GuardRules::TIME,
        redirects: GuardRules::REDIRECTS,
        allowed_extension: file_extension,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_and_its_secret_are_whole_settings() {
        let example = include_str!("../../connection.example.toml");
        let secret = r#"{"webhook_secrets": [{"value": "0123456789abcdef"}], "personio_recruiting_token": "t"}"#;
        let settings = Settings::read(example, &secret.into(), false).unwrap();
        assert_eq!((settings.calls_per_minute, settings.on_unavailable), (20, OnUnavailable::Tell));
    }
}
