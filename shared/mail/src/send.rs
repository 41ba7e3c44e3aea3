//! Sending through SES.

use aws_config::SdkConfig;
use aws_sdk_ses::Client;
use aws_sdk_ses::error::ProvideErrorMetadata;
use aws_sdk_ses::types::{Body, Content, Destination, Message};

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
    code: String,
    #[source]
    source: Box<dyn std::error::Error + Send + Sync>,
}

impl Mailer {
    /// Sends from `sender`, an address that SES has verified.
    #[must_use]
    pub fn new(config: &SdkConfig, sender: impl Into<String>) -> Self {
        Self { client: Client::new(config), sender: sender.into() }
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
    pub async fn send(&self, to: &str, mail: &Mail) -> Result<(), NotSent> {
        let failed = |code: &str, source| NotSent { code: code.to_owned(), source };
        let content = |text: &str| Content::builder().data(text).charset("UTF-8").build();
        let subject = content(&mail.subject).map_err(|error| failed("subject", error.into()))?;
        let text = content(&mail.text).map_err(|error| failed("text", error.into()))?;
        let message = Message::builder().subject(subject).body(Body::builder().text(text).build()).build();
        let request = self.client.send_email().source(&self.sender).message(message);
        let request = request.destination(Destination::builder().to_addresses(to).build());
        request.send().await.map(|_| ()).map_err(|error| {
            let code = error.code().unwrap_or("no answer").to_owned();
            failed(&code, error.into())
        })
    }
}
