//! What Personio holds: the accounts, and what was received for them.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::SEED_COMPANY;
use super::account::Account;
use super::limits::{Endpoint, Window};

/// An application that was created.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the members are those of Personio's submit_application")]
pub struct Application {
    pub company_id: String,
    pub id: usize,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub job_position_id: i64,
    pub recruiting_channel_id: Option<i64>,
    pub external_posting_id: Option<String>,
    pub message: Option<String>,
    pub application_date: Option<String>,
    /// `initial` (none given), `system:<id>` or `custom:<id>`, after Personio's own fallback.
    pub phase: String,
    pub tags: Vec<String>,
    pub files: Vec<FileReference>,
    pub attributes: Vec<Attribute>,
    /// On the twin's clock.
    pub received_at: Timestamp,
}

/// A file of an application.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the members are those of Personio's submit_application")]
pub struct FileReference {
    pub uuid: String,
    pub original_filename: String,
    pub category: String,
}

/// An attribute of an application.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the members are those of Personio's submit_application")]
pub struct Attribute {
    pub id: String,
    pub value: String,
}

/// An uploaded document, without its content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the members are those of Personio's uploaded_document")]
pub struct Document {
    pub company_id: String,
    pub uuid: String,
    pub size: usize,
    pub mimetype: String,
    pub original_filename: String,
    pub extension: String,
    /// On the twin's clock.
    pub received_at: Timestamp,
}

/// Everything; the default is the seed.
pub(super) struct Store {
    pub(super) accounts: BTreeMap<String, Account>,
    pub(super) applications: Vec<Application>,
    pub(super) documents: Vec<Document>,
    pub(super) windows: BTreeMap<(String, Endpoint), Window>,
}

impl Default for Store {
    fn default() -> Self {
        Self {
            accounts: [(SEED_COMPANY.to_owned(), Account::seed())].into(),
            applications: Vec::new(),
            documents: Vec::new(),
            windows: BTreeMap::new(),
        }
    }
}

impl Store {
    /// As the door shows it.
    pub(super) fn shown(&self) -> Map<String, Value> {
        let members = [
            ("accounts", json!(self.accounts)),
            ("applications", json!(self.applications)),
            ("documents", json!(self.documents)),
        ];
        members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// The account, where company and token belong together. An empty token never fits: it would let in whoever sends none.
    pub(super) fn login(&self, company: &str, token: &str) -> Option<&Account> {
        self.accounts.get(company).filter(|account| !account.token.is_empty() && account.token == token)
    }

    /// Personio compares e-mail addresses without case; the same person may apply to another job.
    pub(super) fn applied(&self, company: &str, email: &str, job: i64) -> bool {
        self.applications.iter().any(|known| {
            known.company_id == company
                && known.job_position_id == job
                && known.email.to_lowercase() == email.to_lowercase()
        })
    }

    /// Whether an application may (still) name this document.
    pub(super) fn attachable(&self, company: &str, account: &Account, uuid: &str, now: Timestamp) -> bool {
        let uploaded = self.documents.iter().find(|known| known.company_id == company && known.uuid == uuid);
        let alive = uploaded.is_some_and(|document| {
            let age = now.duration_since(document.received_at);
            account.document_seconds.is_none_or(|lifetime| age < SignedDuration::from_secs(lifetime.into()))
        });
        alive && !(account.documents_attach_once && self.is_attached(company, uuid))
    }

    fn is_attached(&self, company: &str, uuid: &str) -> bool {
        let ours = self.applications.iter().filter(|known| known.company_id == company);
        ours.flat_map(|application| &application.files).any(|file| file.uuid == uuid)
    }
}
