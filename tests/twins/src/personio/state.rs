//! What Personio holds: accounts with their settings, and what was received for them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::limits::{Endpoint, Window};
use super::{SEED_COMPANY, SEED_TOKEN};

/// A customer's account, as far as recruiting sees it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// The recruiting token. Never shown again.
    #[serde(skip_serializing)]
    pub token: String,
    /// Jobs that take applications.
    #[serde(default)]
    pub published_jobs: BTreeSet<i64>,
    /// Jobs that exist and take none.
    #[serde(default)]
    pub unpublished_jobs: BTreeSet<i64>,
    /// Recruiting channels by id.
    #[serde(default)]
    pub channels: BTreeMap<i64, Channel>,
    /// Custom attributes by their API name, `custom_attribute_<n>`.
    #[serde(default)]
    pub custom_attributes: BTreeMap<String, AttributeKind>,
    /// Custom phases of every job's category; any other lands in `unassigned`.
    #[serde(default)]
    pub custom_phases: BTreeSet<i64>,
    /// Known tags; new ones are added by applications.
    #[serde(default)]
    pub tags: BTreeSet<String>,
    /// A code such as `feature.recruiting.disabled`: every call with a valid token is answered 403.
    #[serde(default)]
    pub disabled: Option<String>,
    /// How field errors are spelt.
    #[serde(default)]
    pub error_spelling: ErrorSpelling,
    /// Calls per window and endpoint.
    #[serde(default = "limit")]
    pub limit: usize,
    /// Length of the window, and of the wait after a 429.
    #[serde(default = "window_seconds")]
    pub window_seconds: u32,
}

fn limit() -> usize {
    20
}

fn window_seconds() -> u32 {
    60
}

impl Account {
    /// An account with this token and nothing else; 20 calls per 60 s.
    #[must_use]
    pub fn new(token: &str) -> Self {
        Self {
            token: token.to_owned(),
            published_jobs: BTreeSet::new(),
            unpublished_jobs: BTreeSet::new(),
            channels: BTreeMap::new(),
            custom_attributes: BTreeMap::new(),
            custom_phases: BTreeSet::new(),
            tags: BTreeSet::new(),
            disabled: None,
            error_spelling: ErrorSpelling::default(),
            limit: limit(),
            window_seconds: window_seconds(),
        }
    }

    /// The account that is there after a reset.
    #[must_use]
    pub fn seed() -> Self {
        let options = ["custom_option_1", "custom_option_2"].map(str::to_owned).into();
        Self {
            published_jobs: [1_834_171, 1_834_172].into(),
            unpublished_jobs: [1_834_199].into(),
            channels: [(9911, Channel { postings: ["posting-4711".to_owned()].into() })].into(),
            custom_attributes: [
                ("custom_attribute_1001".to_owned(), AttributeKind::Text),
                ("custom_attribute_1002".to_owned(), AttributeKind::Options { options }),
                ("custom_attribute_1003".to_owned(), AttributeKind::Date),
            ]
            .into(),
            custom_phases: [60101].into(),
            ..Self::new(SEED_TOKEN)
        }
    }
}

/// A recruiting channel.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// External posting ids that belong to it.
    #[serde(default)]
    pub postings: BTreeSet<String>,
}

/// The type of a custom attribute.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum AttributeKind {
    /// Any text.
    Text,
    /// An ISO 8601 local date.
    Date,
    /// One of these.
    Options {
        /// The predefined options, e.g. `custom_option_1`.
        options: BTreeSet<String>,
    },
    /// A type that the API refuses (`errors.attribute-validation.invalid-type`).
    Unsupported,
}

/// Personio's field errors come in two spellings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorSpelling {
    /// As seen live: with a `type` discriminator, without `context`.
    #[default]
    Live,
    /// As in the OpenAPI: `field` and `errors`, each with `context`.
    Documented,
}

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

    /// The account, where company and token belong together.
    pub(super) fn login(&self, company: &str, token: &str) -> Option<&Account> {
        self.accounts.get(company).filter(|account| account.token == token)
    }

    /// Personio compares e-mail addresses without case; the same person may apply to another job.
    pub(super) fn applied(&self, company: &str, email: &str, job: i64) -> bool {
        self.applications.iter().any(|known| {
            known.company_id == company
                && known.job_position_id == job
                && known.email.to_lowercase() == email.to_lowercase()
        })
    }

    pub(super) fn has_document(&self, company: &str, uuid: &str) -> bool {
        self.documents.iter().any(|document| document.company_id == company && document.uuid == uuid)
    }
}
