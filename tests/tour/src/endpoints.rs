//! Where the local stack is: `endpoints.json` and, beside it, `secrets.json`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use secrecy::SecretString;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The addresses of a running local stack.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Endpoints {
    /// The local cloud, e.g. `http://127.0.0.1:4566`.
    pub aws: String,
    /// Its region.
    pub region: String,
    /// The stack's name; its queues begin with it.
    pub stack: String,
    /// The table's name.
    pub table: String,
    /// The twins, e.g. `http://127.0.0.1:4600`.
    pub twins: String,
    /// Connection to webhook URL.
    pub webhooks: BTreeMap<String, String>,
    /// The console's program; where left out, the one that was built with the running program.
    #[serde(default)]
    console: Option<PathBuf>,
    /// Connection to its current incoming secret.
    #[serde(skip)]
    webhook_secrets: BTreeMap<String, SecretString>,
}

/// A connection in `secrets.json`; outgoing secrets in it are not the tour's business.
#[derive(Deserialize)]
struct Secrets {
    #[serde(default)]
    webhook_secrets: Vec<WebhookSecret>,
}

#[derive(Deserialize)]
struct WebhookSecret {
    value: String,
}

impl Endpoints {
    /// Reads `path`, and `secrets.json` in the same folder.
    ///
    /// # Errors
    /// A file cannot be read or is not of the expected shape.
    pub fn load(path: impl AsRef<Path>) -> anyhow::Result<Self> {
        let path = path.as_ref();
        let mut endpoints: Self = read(path)?;
        let secrets: BTreeMap<String, Secrets> = read(&path.with_file_name("secrets.json"))?;
        endpoints.webhook_secrets = secrets.into_iter().filter_map(|(name, held)| Some((name, first(held)?))).collect();
        Ok(endpoints)
    }

    /// Whether the stack has the flow on, which is to say a door of it.
    pub(crate) fn has_on(&self, flow: &str) -> bool {
        self.webhooks.values().any(|url| url.contains(&format!("/webhooks/{flow}/")))
    }

    /// The webhook URL of a connection.
    pub(crate) fn webhook(&self, connection: &str) -> anyhow::Result<&str> {
        let url = self.webhooks.get(connection).map(String::as_str);
        url.with_context(|| format!("endpoints.json names no webhook of connection {connection}"))
    }

    /// The incoming secret of a connection.
    pub(crate) fn webhook_secret(&self, connection: &str) -> anyhow::Result<&SecretString> {
        let secret = self.webhook_secrets.get(connection);
        secret.with_context(|| format!("secrets.json holds no webhook secret of connection {connection}"))
    }

    /// The program `hrsync`.
    pub(crate) fn console(&self) -> anyhow::Result<PathBuf> {
        if let Some(console) = &self.console {
            return Ok(console.clone());
        }
        let own = std::env::current_exe().context("failed to find the running program")?;
        // cargo puts the programs of tests one folder deeper
        let mut beside = own.ancestors().skip(1).take(2).map(|folder| folder.join("hrsync"));
        let found = beside.find(|program| program.is_file());
        found.with_context(|| format!("there is no hrsync beside {}; run `cargo build --bins`", own.display()))
    }
}

fn first(held: Secrets) -> Option<SecretString> {
    held.webhook_secrets.into_iter().next().map(|secret| secret.value.into())
}

fn read<T: DeserializeOwned>(path: &Path) -> anyhow::Result<T> {
    let text = std::fs::read(path).with_context(|| format!("failed to read {}", path.display()))?;
    serde_json::from_slice(&text).with_context(|| format!("{} is not of the expected shape", path.display()))
}
