//! An account as its administrators set it up, and the switches that make it as odd as users report.

use serde::{Deserialize, Serialize};

use crate::outbox::Modes;
use crate::target;

/// An account of Teamtailor. One API key leads to it, on the host of its region.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// The API key.
    #[serde(skip_serializing)]
    pub token: String,
    /// Whose host answers; any other is 401.
    #[serde(default)]
    pub region: Region,
    /// Recruiters. The first one is the company's manager.
    #[serde(default)]
    pub users: Vec<User>,
    /// What candidates apply for.
    #[serde(default)]
    pub jobs: Vec<Job>,
    /// The stages of the jobs.
    #[serde(default)]
    pub stages: Vec<Stage>,
    /// The candidates' custom fields.
    #[serde(default)]
    pub custom_fields: Vec<CustomField>,
    /// Company webhooks, which people set up.
    #[serde(default)]
    pub webhooks: Vec<Webhook>,
    /// How webhooks are delivered.
    #[serde(default)]
    pub modes: Modes,
    /// So many calls in so many seconds, then 429. `None`: no limit, because a clock that stands still would fill it up.
    #[serde(default)]
    pub limit: Option<Limit>,
    /// A checkbox is read as `true`, not as `"true"`.
    #[serde(default)]
    pub native_checkboxes: bool,
    /// A number is read as a string.
    #[serde(default)]
    pub numbers_as_text: bool,
    /// A date is read with a time.
    #[serde(default)]
    pub dates_with_time: bool,
    /// Selects are read as ids of options, not as labels.
    #[serde(default)]
    pub selects_as_ids: bool,
    /// What a second value for the same candidate and field comes to.
    #[serde(default)]
    pub second_value: SecondValue,
    /// What clears a value.
    #[serde(default)]
    pub null_clears: NullClears,
    /// Errors tell their status as a number.
    #[serde(default)]
    pub integer_status: bool,
    /// How far on ids begin: a twin that was reset gives no id twice where each time begins elsewhere.
    #[serde(default)]
    pub ids_from: u32,
}

impl Account {
    /// Nothing but a key, in the EU.
    #[must_use]
    pub fn new(token: &str) -> Self {
        Self {
            token: token.to_owned(),
            region: Region::default(),
            users: Vec::new(),
            jobs: Vec::new(),
            stages: Vec::new(),
            custom_fields: Vec::new(),
            webhooks: Vec::new(),
            modes: Modes::default(),
            limit: None,
            native_checkboxes: false,
            numbers_as_text: false,
            dates_with_time: false,
            selects_as_ids: false,
            second_value: SecondValue::default(),
            null_clears: NullClears::default(),
            integer_status: false,
            ids_from: 0,
        }
    }

    /// Why there cannot be such an account.
    pub(super) fn wrong(&self) -> Option<String> {
        if self.token.is_empty() {
            return Some("an account has a token".to_owned());
        }
        let jobless = self.stages.iter().find(|stage| !self.jobs.iter().any(|job| job.id == stage.job));
        if let Some(stage) = jobless {
            return Some(format!("stage {} has no job", stage.id));
        }
        self.webhooks.iter().find_map(|webhook| target::wrong(&webhook.url)).map(str::to_owned)
    }

    pub(super) fn field(&self, id: u64) -> Option<&CustomField> {
        self.custom_fields.iter().find(|field| field.id == id)
    }

    pub(super) fn field_called(&self, api_name: &str) -> Option<&CustomField> {
        self.custom_fields.iter().find(|field| field.api_name == api_name)
    }

    pub(super) fn stage(&self, id: u64) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.id == id)
    }

    pub(super) fn job(&self, id: u64) -> Option<&Job> {
        self.jobs.iter().find(|job| job.id == id)
    }

    pub(super) fn user(&self, id: u64) -> Option<&User> {
        self.users.iter().find(|user| user.id == id)
    }
}

/// Where an account lives: the first segment of the path stands for the host.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Region {
    /// `api.teamtailor.com`
    #[default]
    Eu,
    /// `api.na.teamtailor.com`
    Na,
    /// `api.au.teamtailor.com`
    Au,
}

impl Region {
    /// Its segment of the path.
    pub(super) fn segment(self) -> &'static str {
        match self {
            Self::Eu => "eu",
            Self::Na => "na",
            Self::Au => "au",
        }
    }
}

/// A recruiter.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct User {
    pub id: u64,
    pub name: String,
    pub email: String,
}

/// A job. Its recruiter is a user.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Job {
    pub id: u64,
    pub title: String,
    #[serde(default)]
    pub recruiter: Option<u64>,
}

/// A stage of a job.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Stage {
    pub id: u64,
    pub name: String,
    pub job: u64,
}

/// A custom field of candidates.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct CustomField {
    pub id: u64,
    pub name: String,
    pub api_name: String,
    pub kind: FieldKind,
    /// Of selects.
    #[serde(default)]
    pub options: Vec<NamedOption>,
}

impl CustomField {
    pub(super) fn option(&self, id: u64) -> Option<&NamedOption> {
        self.options.iter().find(|option| option.id == id)
    }

    pub(super) fn is_select(&self) -> bool {
        matches!(self.kind, FieldKind::Select | FieldKind::MultiSelect)
    }
}

/// One choice of a select.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct NamedOption {
    pub id: u64,
    pub value: String,
}

/// What a custom field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum FieldKind {
    #[serde(rename = "CustomField::Text")]
    Text,
    #[serde(rename = "CustomField::Email")]
    Email,
    #[serde(rename = "CustomField::Url")]
    Url,
    #[serde(rename = "CustomField::Phone")]
    Phone,
    #[serde(rename = "CustomField::Date")]
    Date,
    #[serde(rename = "CustomField::Checkbox")]
    Checkbox,
    #[serde(rename = "CustomField::Number")]
    Number,
    #[serde(rename = "CustomField::Select")]
    Select,
    #[serde(rename = "CustomField::MultiSelect")]
    MultiSelect,
}

/// A company webhook.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Webhook {
    /// The target.
    #[serde(skip_serializing)]
    pub url: String,
    /// Signs the deliveries.
    #[serde(skip_serializing)]
    pub key: String,
    /// How they are signed.
    #[serde(default)]
    pub scheme: SignatureScheme,
    /// Such as `candidate.update`.
    pub events: Vec<String>,
}

/// How deliveries are signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SignatureScheme {
    /// The time and the whole body.
    #[default]
    V2,
    /// The subject's id, and nothing else; in the body, too.
    V1,
}

/// A rate limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// So many calls.
    pub calls: usize,
    /// In so many seconds.
    pub seconds: u32,
    /// 429 has a `Retry-After`, too.
    #[serde(default)]
    pub retry_after: bool,
}

/// What a second value for the same candidate and field comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondValue {
    /// 422
    #[default]
    Refused,
    /// There are two.
    Doubled,
    /// The first one is changed.
    Updates,
}

/// What clears a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NullClears {
    /// Null does; `""` is 422 where the kind does not take it.
    #[default]
    Null,
    /// `""` does; null is 422.
    Empty,
}
