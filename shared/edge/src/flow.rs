//! What the console knows of a flow: enough to check, apply and serve connections of flows it does not know by name.

use mapping::document::Fault;

/// One flow, as each flow's crate declares it.
#[derive(Debug, Clone, Copy)]
pub struct Flow {
    /// Its name: folder, crate, binaries, queues.
    pub name: &'static str,
    /// Reads a connection file of this flow and lists everything wrong with it. `local`: the stack itself is local.
    pub check: fn(document: &str, local: bool) -> Result<Head, Vec<Fault>>,
    /// The secrets a connection needs beside its webhook secrets.
    pub secrets: &'static [SecretKey],
    /// Where vendors call it: each connection then has a webhook URL and webhook secrets.
    pub webhook: Option<WebhookHint>,
}

/// Where a person sets the webhook up, in the vendor's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WebhookHint {
    /// Where the URL goes.
    pub url: &'static str,
    /// Where the webhook secret goes.
    pub secret: &'static str,
}

/// What every connection file begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The flow's name.
    pub flow: String,
    /// The connection's name.
    pub name: String,
    /// Whom failures are mailed to.
    pub owner: String,
}

/// One key of a connection's secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SecretKey {
    /// The JSON key.
    pub name: &'static str,
    /// Where a person finds its value.
    pub hint: &'static str,
}

impl Flow {
    /// The path of a connection's webhook, below the API's address.
    #[must_use]
    pub fn webhook_path(&self, connection: &str) -> String {
        format!("/webhooks/{}/{connection}", self.name)
    }
}
