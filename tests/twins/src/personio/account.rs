//! A customer's account: its recruiting settings, and how strict the twin is about it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::SEED_TOKEN;

/// A customer's account, as far as recruiting sees it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// The recruiting token. Never shown again; an empty one lets nobody in.
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
    /// How a feature that is not booked is told.
    #[serde(default)]
    pub forbidden_form: ForbiddenForm,
    /// How field errors are spelt.
    #[serde(default)]
    pub error_spelling: ErrorSpelling,
    /// The largest document that is taken, in bytes.
    #[serde(default = "document_bytes")]
    pub document_bytes: usize,
    /// An uploaded document can be attached for less than so many seconds on the twin's clock; without end where left out.
    #[serde(default)]
    pub document_seconds: Option<u32>,
    /// Whether a document that was attached once is used up.
    #[serde(default)]
    pub documents_attach_once: bool,
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

fn document_bytes() -> usize {
    20 * 1024 * 1024
}

impl Account {
    /// An account with this token and nothing else; 20 calls per 60 s, documents of 20 MiB.
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
            forbidden_form: ForbiddenForm::default(),
            error_spelling: ErrorSpelling::default(),
            document_bytes: document_bytes(),
            document_seconds: None,
            documents_attach_once: false,
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

/// The body of a 403. The specification gives the codes as `reason`, and `reason` to field errors only; it shows no example.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ForbiddenForm {
    /// A field error whose `reason` is the code.
    #[default]
    Field,
    /// `{"error": {"reason": code}}`, as whole bodies are refused.
    Reason,
    /// The generic form, with the code in `detail`.
    Generic,
}
