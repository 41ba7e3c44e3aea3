//! A connection of this flow: its file (TOML) and its secret (JSON), read into types.

mod door;
mod tables;

use std::time::Duration;

use edge::Head;
use edge::connections::read_secret;
use mapping::document::{self, Fault};
use mapping::heyflow_to_personio::Rules;
use secrecy::SecretString;
use serde::Deserialize;
use toml_span::Span;
use vendors::heyflow::upload::{GuardRules, Origin};
use vendors::personio::model::{LARGEST_FILE, file_extension};
use vendors::personio::recruiting::{Account, LIMIT};
use vendors::secret::WebhookSecret;
use vendors::value::BaseUrl;

pub use door::Door;
pub use tables::Unavailable;
use tables::{File, Heyflow, Personio};

/// A connection file.
#[derive(Debug, Clone)]
pub struct Connection {
    /// What every connection has.
    pub head: Head,
    heyflow: Heyflow,
    personio: Personio,
    unavailable: Unavailable,
    origins: Vec<Origin>,
    application: Rules,
    base_url: BaseUrl,
}

/// What the pusher works with: file and secret together.
#[derive(Debug)]
pub struct Settings {
    /// The flows whose responses are taken.
    pub flows: Vec<String>,
    /// The account that applications go to.
    pub account: Account,
    /// How many calls the account takes in [`LIMIT`]'s window, for each endpoint.
    pub calls: u32,
    /// Where each part of an application comes from.
    pub rules: Rules,
    /// The rules by which the files of a response are fetched.
    pub fetching: GuardRules,
    /// What is done about a file that cannot be had.
    pub unavailable: Unavailable,
}

/// How long after its time a slot may still be used. Slots lie apart by a share of this more than the vendor's window
/// demands, so that late use never squeezes more calls into the window than it allows.
pub const SLOT_TOLERANCE: Duration = Duration::from_secs(10);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Secret {
    #[expect(dead_code, reason = "the door's part; it stands here so that any other key is a fault")]
    webhook_secrets: Vec<WebhookSecret>,
    personio_recruiting_token: SecretString,
}

impl Connection {
    /// Reads a connection file. `local`: the stack itself is local, so vendors may be twins on loopback.
    ///
    /// # Errors
    /// Every fault, by line.
    pub fn read(document: &str, local: bool) -> Result<Self, Vec<Fault>> {
        let File { head, heyflow, personio, uploads, application } = document::read(document)?;
        let mut faults = Vec::new();
        let mut fault = |span: Span, what: String| faults.push(Fault::at(document, span, what));
        let origin = |(text, span): &(String, Span)| {
            Origin::parse(text, local).map_err(|error| fault(*span, format!("`origins`: {error}"))).ok()
        };
        let origins: Vec<_> = uploads.origins.iter().map(origin).collect();
        let origins: Option<Vec<_>> = origins.into_iter().collect();
        if personio.calls_per_minute > LIMIT.calls && !local {
            let what = format!("`calls_per_minute` is at most {}, which is what Personio takes", LIMIT.calls);
            fault(personio.calls_span, what);
        }
        let base_url = personio.base_url.parse(document, local).map_err(|fault| faults.push(fault)).ok();
        match (base_url, origins) {
            (Some(base_url), Some(origins)) if faults.is_empty() => {
                let unavailable = uploads.unavailable;
                Ok(Self { head, heyflow, personio, unavailable, origins, application, base_url })
            }
            _ => Err(faults),
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
        let Connection { heyflow, personio, unavailable, origins, application, base_url, .. } = connection;
        Ok(Self {
            flows: heyflow.flows,
            account: Account { base_url, company_id: personio.company_id, token: secret.personio_recruiting_token },
            calls: personio.calls_per_minute,
            rules: application,
            fetching: fetching(origins),
            unavailable,
        })
    }
}

fn fetching(origins: Vec<Origin>) -> GuardRules {
    let (time, redirects) = (GuardRules::TIME, GuardRules::REDIRECTS);
    GuardRules { origins, largest: LARGEST_FILE, time, redirects, allowed_extension: file_extension }
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
        assert_eq!((connection.head.name.as_str(), connection.head.flow.as_str()), ("careers", crate::NAME));
        let secret = r#"{"webhook_secrets": [{"value": "0123456789abcdef"}], "personio_recruiting_token": "t"}"#;
        let settings = Settings::read(EXAMPLE, &secret.into(), false).unwrap();
        assert_eq!((settings.calls, settings.unavailable), (20, Unavailable::Tell));
    }

    #[test]
    fn everything_wrong_is_listed_at_once_with_its_line() {
        let wrong = EXAMPLE
            .replace("name = \"careers\"", "name = \"Careers DE\"")
            .replace("people-team@example.com", "people team")
            .replace("company_id = \"48151\"", "company_id = \"ACME\"\ncompany = 1")
            .replace("calls_per_minute = 20", "calls_per_minute = 0")
            .replace("flows = [\"Vho2vAPoENipbDaRusGU\"]", "flows = []")
            .replace("unavailable = \"tell\"", "unavailable = \"mail\"")
            .replace("last_name = ", "lastname = ");
        insta::assert_snapshot!(faults(&wrong), @r#"
        line 8: a name is 1 to 40 of a-z, 0-9 and "-", beginning with a letter
        line 11: `owner` is not an e-mail address
        line 13: `flows` must list at least one flow id
        line 29: `company_id` is a number in quotes
        line 30: unknown key `company`; did you mean `company_id`?
        line 34: `calls_per_minute` is at least 1
        line 41: `mail` is none of `tell`, `ignore`, `reject`
        line 47: the key `last_name` is missing here
        line 49: unknown key `lastname`; did you mean `last_name`?
        "#);
    }

    #[test]
    fn a_twin_on_loopback_is_for_local_stacks_only() {
        let twin = EXAMPLE.replace("https://api.personio.de", "http://127.0.0.1:4600/personio");
        insta::assert_snapshot!(faults(&twin), @"line 26: `base_url`: only https and a public host name may be used, unless the stack itself is local");
        assert!(Connection::read(&twin, true).is_ok());
    }

    #[test]
    fn another_flows_file_is_recognised() {
        let other = EXAMPLE.replace("flow = \"heyflow-to-personio\"", "flow = \"personio-to-scim\"");
        assert!(faults(&other).contains("this is a connection of `heyflow-to-personio`, not of `personio-to-scim`"));
    }
}
