//! A connection of this flow: its file (TOML) and its secret (JSON), read into types.

use std::time::Duration;

use edge::Head;
use edge::connections::{is_name, read_secret};
use http::HeaderName;
use mapping::document::{self, Fault, Parsed, fault, table};
use mapping::heyflow_to_personio::Rules;
use secrecy::SecretString;
use serde::Deserialize;
use toml_span::de_helpers::TableHelper;
use toml_span::{DeserError, Span, Spanned, Value};
use vendors::heyflow::webhook::DEFAULT_HEADER;
use vendors::personio::recruiting::{APPLICATIONS_LIMIT, Account, DEFAULT_BASE_URL};
use vendors::secret::WebhookSecret;
use vendors::value::{BaseUrl, Email};

/// A connection file.
#[derive(Debug, Clone)]
pub struct Connection {
    /// What every connection has.
    pub head: Head,
    heyflow: Heyflow,
    personio: Personio,
    application: Rules,
    base_url: BaseUrl,
}

#[derive(Debug, Clone)]
struct Heyflow {
    flows: Vec<String>,
    secret_header: HeaderName,
}

#[derive(Debug, Clone)]
struct Personio {
    base_url: (String, Span),
    company_id: String,
    calls_per_minute: u32,
}

/// What the functions work with: file and secret together.
#[derive(Debug)]
pub struct Settings {
    /// The flows whose responses are taken.
    pub flows: Vec<String>,
    /// The header in which the sender shows the webhook secret.
    pub secret_header: HeaderName,
    /// The webhook secrets.
    pub webhook_secrets: Vec<WebhookSecret>,
    /// The account that applications go to.
    pub account: Account,
    /// The time between two slots of the account's rate limit.
    pub spacing: Duration,
    /// Where each part of an application comes from.
    pub rules: Rules,
}

/// How long after its time a slot may still be used. The spacing is wider by its share of this, so that late use never
/// squeezes more calls into the vendor's window than it allows.
pub const SLOT_TOLERANCE: Duration = Duration::from_secs(10);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Secret {
    webhook_secrets: Vec<WebhookSecret>,
    personio_recruiting_token: SecretString,
}

impl Connection {
    /// Reads a connection file. `local`: the stack itself is local, so vendors may be twins on loopback.
    ///
    /// # Errors
    /// Every fault, by line.
    pub fn read(document: &str, local: bool) -> Result<Self, Vec<Fault>> {
        let file: File = document::read(document)?;
        let (text, span) = &file.personio.base_url;
        let base_url = BaseUrl::parse(text, local)
            .map_err(|error| vec![Fault::at(document, *span, format!("`base_url`: {error}"))])?;
        let File { head, heyflow, personio, application } = file;
        Ok(Self { head, heyflow, personio, application, base_url })
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
        let Connection { heyflow, personio, application, base_url, .. } = connection;
        Ok(Self {
            flows: heyflow.flows,
            secret_header: heyflow.secret_header,
            webhook_secrets: secret.webhook_secrets,
            spacing: (APPLICATIONS_LIMIT.window + SLOT_TOLERANCE) / personio.calls_per_minute,
            account: Account { base_url, company_id: personio.company_id, token: secret.personio_recruiting_token },
            rules: application,
        })
    }
}

struct File {
    head: Head,
    heyflow: Heyflow,
    personio: Personio,
    application: Rules,
}

impl<'de> toml_span::Deserialize<'de> for File {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |file| {
            let head = head(file);
            let (heyflow, personio) = (file.required("heyflow").ok(), file.required("personio").ok());
            let application = file.required("application").ok();
            Some(Self { head: head?, heyflow: heyflow?, personio: personio?, application: application? })
        })
    }
}

fn head(file: &mut TableHelper<'_>) -> Option<Head> {
    let flow = required(file, "flow", |text| match text {
        crate::NAME => Ok(()),
        other => Err(format!("this is a connection of `{}`, not of `{other}`", crate::NAME)),
    });
    let name = required(file, "name", |text| match is_name(text) {
        true => Ok(()),
        false => Err("a name is 1 to 40 of a-z, 0-9 and \"-\", beginning with a letter".to_owned()),
    });
    let owner = required(file, "owner", |text| {
        text.parse::<Email>().map(|_| ()).map_err(|error| format!("`owner` is {error}"))
    });
    Some(Head { flow: flow?, name: name?, owner: owner? })
}

/// A text that must pass `check`; a fault is put beside the table's others.
fn required(
    file: &mut TableHelper<'_>,
    key: &'static str,
    check: impl FnOnce(&str) -> Result<(), String>,
) -> Option<String> {
    let text: Spanned<String> = file.required_s(key).ok()?;
    match check(&text.value) {
        Ok(()) => Some(text.value),
        Err(what) => {
            file.errors.extend(fault(text.span, what).errors);
            None
        }
    }
}

impl<'de> toml_span::Deserialize<'de> for Heyflow {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let span = value.span;
        let heyflow = table(value, |heyflow| {
            let flows: Option<Vec<String>> = heyflow.required("flows").ok();
            let header: Option<Parsed<HeaderName>> = heyflow.optional("secret_header");
            Some(Self { flows: flows?, secret_header: header.map_or(DEFAULT_HEADER, |header| header.0) })
        })?;
        if heyflow.flows.iter().all(|flow| flow.trim().is_empty()) {
            return Err(fault(span, "`flows` must list at least one flow id".to_owned()));
        }
        Ok(heyflow)
    }
}

impl<'de> toml_span::Deserialize<'de> for Personio {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |personio| {
            let base_url: Option<Spanned<String>> = personio.optional_s("base_url");
            let base_url = base_url.map(|url| (url.value, url.span));
            let company_id = required(personio, "company_id", |text| {
                let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
                digits.then_some(()).ok_or_else(|| "`company_id` is a number in quotes".to_owned())
            });
            let calls_per_minute = calls_per_minute(personio);
            Some(Self {
                base_url: base_url.unwrap_or((DEFAULT_BASE_URL.to_owned(), Span::default())),
                company_id: company_id?,
                calls_per_minute: calls_per_minute?,
            })
        })
    }
}

fn calls_per_minute(personio: &mut TableHelper<'_>) -> Option<u32> {
    let calls: Option<Spanned<u32>> = personio.optional_s("calls_per_minute");
    let Some(calls) = calls else { return Some(APPLICATIONS_LIMIT.calls) };
    if calls.value == 0 {
        personio.errors.extend(fault(calls.span, "`calls_per_minute` is at least 1".to_owned()).errors);
        return None;
    }
    Some(calls.value)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = include_str!("../connection.example.toml");

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
        assert_eq!(settings.spacing, Duration::from_millis(3500));
    }

    #[test]
    fn everything_wrong_is_listed_at_once_with_its_line() {
        let wrong = EXAMPLE
            .replace("name = \"careers\"", "name = \"Careers DE\"")
            .replace("people-team@example.com", "people team")
            .replace("company_id = \"48151\"", "company_id = \"ACME\"\ncompany = 1")
            .replace("calls_per_minute = 20", "calls_per_minute = 0")
            .replace("flows = [\"Vho2vAPoENipbDaRusGU\"]", "flows = []")
            .replace("last_name = ", "lastname = ");
        insta::assert_snapshot!(faults(&wrong), @r#"
        line 8: a name is 1 to 40 of a-z, 0-9 and "-", beginning with a letter
        line 11: `owner` is not an e-mail address
        line 13: `flows` must list at least one flow id
        line 27: `company_id` is a number in quotes
        line 28: unknown key `company`; did you mean `company_id`?
        line 32: `calls_per_minute` is at least 1
        line 36: the key `last_name` is missing here
        line 38: unknown key `lastname`; did you mean `last_name`?
        "#);
    }

    #[test]
    fn a_twin_on_loopback_is_for_local_stacks_only() {
        let twin = EXAMPLE.replace("https://api.personio.de", "http://127.0.0.1:4600/personio");
        insta::assert_snapshot!(faults(&twin), @"line 24: `base_url`: only https and a public host name may be used, unless the stack itself is local");
        assert!(Connection::read(&twin, true).is_ok());
    }

    #[test]
    fn another_flows_file_is_recognised() {
        let other = EXAMPLE.replace("flow = \"heyflow-to-personio\"", "flow = \"personio-to-scim\"");
        assert!(faults(&other).contains("this is a connection of `heyflow-to-personio`, not of `personio-to-scim`"));
    }
}
