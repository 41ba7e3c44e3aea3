//! What the receiver reads of a connection: who may deliver, and nothing else.
//!
//! So a mapping that cannot be used keeps no response out, and templates and time zones are no part of the receiver,
//! which is loaded while a sender waits.

use edge::connections::read_secret;
use http::HeaderName;
use mapping::document::{self, Fault};
use secrecy::SecretString;
use serde::Deserialize;
use toml_span::de_helpers::TableHelper;
use toml_span::{DeserError, Value};
use vendors::secret::WebhookSecret;

use super::schema::Heyflow;

/// How a sender shows that it may deliver.
#[derive(Debug)]
pub struct WebhookSettings {
    /// The header in which the sender may show the webhook secret.
    pub secret_header: HeaderName,
    /// The URL parameter in which it may.
    pub secret_parameter: String,
    /// The flows whose responses are taken.
    pub flows: Vec<String>,
    /// The webhook secrets.
    pub webhook_secrets: Vec<WebhookSecret>,
}

/// Of the file, the table `[heyflow]`; the pusher reads the others.
struct File(Heyflow);

/// Of the secret, its incoming part; the pusher's is beside it.
#[derive(Deserialize)]
struct Secret {
    webhook_secrets: Vec<WebhookSecret>,
}

impl WebhookSettings {
    /// Reads its part of file and secret.
    ///
    /// # Errors
    /// Everything wrong with the first of them that is wrong.
    pub fn read(document: &str, secret: &SecretString, _local: bool) -> Result<Self, Vec<String>> {
        let lines = |faults: Vec<Fault>| faults.iter().map(ToString::to_string).collect::<Vec<_>>();
        let File(Heyflow { flows, secret_header, secret_parameter }) = document::read(document).map_err(lines)?;
        let Secret { webhook_secrets } = read_secret(secret)?;
        Ok(Self { flows, secret_header, secret_parameter, webhook_secrets })
    }
}

impl<'de> toml_span::Deserialize<'de> for File {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let mut file = TableHelper::new(value)?;
        let heyflow = file.required("heyflow");
        file.finalize(Some(value))?;
        heyflow.map(Self).map_err(DeserError::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connection::settings::Settings;

    const EXAMPLE: &str = include_str!("../../connection.example.toml");
    const SECRET: &str = r#"{"webhook_secrets": [{"value": "0123456789abcdef"}], "personio_recruiting_token": "t"}"#;

    fn read(document: &str) -> Result<WebhookSettings, Vec<String>> {
        WebhookSettings::read(document, &SECRET.into(), false)
    }

    #[test]
    fn webhook_settings_are_read_from_the_example() {
        let settings = read(&EXAMPLE.replace("secret_header = ", "secret_header = \"own-secret\" # ")).unwrap();
        assert_eq!((settings.secret_header.as_str(), settings.secret_parameter.as_str()), ("own-secret", "secret"));
        assert_eq!(settings.webhook_secrets.len(), 1);
    }

    #[test]
    fn a_mapping_that_cannot_be_used_keeps_no_response_out() {
        let broken = EXAMPLE.replace("first_name = ", "firstname = ").replace("Europe/Berlin", "Nowhere");
        assert!(Settings::read(&broken, &SECRET.into(), false).is_err());
        assert!(read(&broken).is_ok());
    }

    #[test]
    fn settings_that_cannot_be_read_are_told_with_its_line() {
        let broken = EXAMPLE.replace("secret_header = ", "secret_header = \"two words\" # ");
        let faults = read(&broken).unwrap_err();
        assert!(faults.len() == 1 && faults[0].starts_with("line 22: "), "{faults:?}");
        assert_eq!(read("flow = 3").unwrap_err(), ["line 1: the key `heyflow` is missing here"]);
    }
}
