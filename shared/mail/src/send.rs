//! Sending through SES.

use aws_config::SdkConfig;
use aws_sdk_ses::Client;
use aws_sdk_ses::config::Intercept;
use aws_sdk_ses::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_ses::operation::send_raw_email::SendRawEmailError;
use aws_sdk_ses::primitives::Blob;
use aws_sdk_ses::types::RawMessage;
use jiff::Timestamp;

use crate::Mail;

/// Sends mails from one address. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Mailer {
    client: Client,
    sender: String,
}

/// SES did not take the mail. Names SES's code, not the recipient.
#[derive(Debug, thiserror::Error)]
#[error("SES did not take the mail ({code})")]
pub struct NotSent {
    /// SES's code, or that it did not answer.
    pub code: String,
    /// Whether SES has refused it for good, rather than throttled, failed or not answered.
    pub refused: bool,
    #[source]
    source: Box<dyn std::error::Error + Send + Sync>,
}

impl Mailer {
    /// Sends from `sender`, an address that SES has verified. `calls` sees each request, to count it.
    #[must_use]
    pub fn new(config: &SdkConfig, sender: impl Into<String>, calls: impl Intercept + 'static) -> Self {
        let config = aws_sdk_ses::config::Builder::from(config).interceptor(calls).build();
        Self { client: Client::from_conf(config), sender: sender.into() }
    }

    /// The address it sends from: the last resort where a connection has no owner any more.
    #[must_use]
    pub fn sender(&self) -> &str {
        &self.sender
    }

    /// Sends one mail. When this returns, SES has it.
    ///
    /// # Errors
    /// Where SES refuses, throttles or cannot be reached.
    pub async fn send(&self, to: &str, mail: &Mail, now: Timestamp) -> Result<(), NotSent> {
        let message = RawMessage::builder().data(Blob::new(mail.message(&self.sender, to, now)));
        let message = message.build().map_err(|error| NotSent {
            code: "no message".to_owned(),
            refused: true,
            source: error.into(),
        })?;
        let request = self.client.send_raw_email().source(&self.sender).destinations(to).raw_message(message);
        request.send().await.map(|_| ()).map_err(not_sent)
    }
}

/// SES answers 400 both where it throttles and where it refuses.
fn not_sent(error: SdkError<SendRawEmailError>) -> NotSent {
    let code = error.code().unwrap_or("no answer").to_owned();
    let status = error.raw_response().map_or(0, |response| response.status().as_u16());
    let refused = (400..500).contains(&status) && !code.starts_with("Throttling");
    NotSent { code, refused, source: error.into() }
}
