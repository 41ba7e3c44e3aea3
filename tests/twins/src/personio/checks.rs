//! What Personio checks about an application: first what the body alone tells (before the login is looked at), then what the account
//! knows. Codes are those of the published specification.

use email_address::{EmailAddress, Options};
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;

use super::errors::FieldErrors;
use super::state::{Account, Attribute, AttributeKind, FileReference, Store};

const REQUIRED: &str = "errors.attribute-validation.required-attribute";
const BAD_DATE: &str = "errors.attribute-validation.invalid-date-format";
const BAD_OPTION: &str = "errors.attribute-validation.unknown-attribute-option";
const UNPUBLISHED: &str = "errors.job-position.not-published";

const SYSTEM_PHASES: [&str; 5] = ["unassigned", "rejected", "withdrawn", "offer", "accepted"];
const CATEGORIES: [&str; 6] = ["cv", "cover-letter", "employment-reference", "certificate", "work-sample", "other"];
const GENDERS: [&str; 4] = ["male", "female", "diverse", "undefined"];
const FREE_TEXTS: [&str; 4] = ["location", "phone", "available_from", "salary_expectations"];

/// `submit_application` of the specification. Required members are optional here so that a missing one becomes a field error.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Submission {
    pub(super) first_name: Option<String>,
    pub(super) last_name: Option<String>,
    pub(super) email: Option<String>,
    pub(super) job_position_id: Option<i64>,
    pub(super) recruiting_channel_id: Option<i64>,
    pub(super) external_posting_id: Option<String>,
    pub(super) message: Option<String>,
    pub(super) application_date: Option<String>,
    pub(super) phase: Option<Phase>,
    #[serde(default)]
    pub(super) tags: Vec<String>,
    #[serde(default)]
    pub(super) files: Vec<FileReference>,
    #[serde(default)]
    pub(super) attributes: Vec<Attribute>,
}

/// A phase as it was asked for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Phase {
    r#type: PhaseType,
    id: Value,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum PhaseType {
    System,
    Custom,
}

impl Submission {
    /// Reads a body; the error is the reason for refusing it whole. Nulls are refused everywhere, except that a required member that
    /// is null counts as missing.
    pub(super) fn read(body: &[u8]) -> Result<Self, String> {
        let refused = || "Invalid request body supplied".to_owned();
        let json: Value = serde_json::from_slice(body).map_err(|_| refused())?;
        if json.as_object().is_none_or(|members| members.iter().any(|(name, value)| bad_null(name, value))) {
            return Err(refused());
        }
        serde_json::from_value(json).map_err(|error| missing_member(&error.to_string()).unwrap_or_else(refused))
    }

    /// What the body alone tells; `today` is the twin's date in UTC, the latest "today" that cannot be disputed.
    pub(super) fn form_errors(&self, today: Date) -> FieldErrors {
        let mut errors = FieldErrors::default();
        self.required_errors(&mut errors);
        if let Some(date) = &self.application_date {
            match local_date(date) {
                None => errors.add("application_date", BAD_DATE),
                Some(date) if date > today => {
                    errors.add("application_date", "errors.date-validation.date-in-the-future");
                }
                Some(_) => {}
            }
        }
        if self.phase.as_ref().is_some_and(Phase::is_unknown_system_phase) {
            errors.add("phase", "errors.phase-validation.invalid-system-phase");
        }
        for (index, file) in self.files.iter().enumerate() {
            if !CATEGORIES.contains(&file.category.as_str()) {
                errors.add(format!("files[{index}].category"), "errors.file-validation.unknown-file-category");
            }
        }
        errors
    }

    fn required_errors(&self, errors: &mut FieldErrors) {
        for (field, value) in [("first_name", &self.first_name), ("last_name", &self.last_name), ("email", &self.email)]
        {
            if value.as_ref().is_none_or(|value| value.trim().is_empty()) {
                errors.add(field, REQUIRED);
            }
        }
        if self.job_position_id.is_none() {
            errors.add("job_position_id", REQUIRED);
        }
        if self.email.as_ref().is_some_and(|email| !email.trim().is_empty() && !is_email(email)) {
            errors.add("email", "errors.attribute-validation.invalid-email-format");
        }
    }

    /// What the account knows.
    pub(super) fn account_errors(&self, company: &str, account: &Account, store: &Store) -> FieldErrors {
        let mut errors = FieldErrors::default();
        let job = self.job_position_id.unwrap_or_default();
        if !account.published_jobs.contains(&job) {
            errors.add("job_position_id", UNPUBLISHED);
        } else if store.applied(company, self.email.as_deref().unwrap_or_default(), job) {
            errors.add("email", "errors.applicant-already-exists");
        }
        self.posting_errors(account, &mut errors);
        for (index, file) in self.files.iter().enumerate() {
            if !store.has_document(company, &file.uuid) {
                errors.add(format!("files[{index}].uuid"), "errors.file-validation.file-not-exists");
            }
        }
        for attribute in &self.attributes {
            if let Some(reason) = attribute_error(attribute, account) {
                errors.add(format!("attributes.{}", attribute.id), reason);
            }
        }
        errors
    }

    fn posting_errors(&self, account: &Account, errors: &mut FieldErrors) {
        let channel = self.recruiting_channel_id.map(|id| account.channels.get(&id));
        if let Some(None) = channel {
            return errors.add("recruiting_channel_id", "errors.posting-validation.channel-not-found");
        }
        let Some(posting) = &self.external_posting_id else { return };
        let known = match channel.flatten() {
            Some(channel) => channel.postings.contains(posting),
            None => account.channels.values().any(|channel| channel.postings.contains(posting)),
        };
        if !known {
            errors.add("external_posting_id", "errors.posting-validation.posting-not-found");
        }
    }
}

impl Phase {
    fn is_unknown_system_phase(&self) -> bool {
        match self.r#type {
            PhaseType::System => !self.id.as_str().is_some_and(|id| SYSTEM_PHASES.contains(&id)),
            PhaseType::Custom => false,
        }
    }

    /// Where the application lands: a custom phase that the account does not have becomes `unassigned`.
    pub(super) fn landed(&self, account: &Account) -> String {
        match (self.r#type, self.id.as_i64()) {
            (PhaseType::System, _) => format!("system:{}", self.id.as_str().unwrap_or_default()),
            (PhaseType::Custom, Some(id)) if account.custom_phases.contains(&id) => format!("custom:{id}"),
            (PhaseType::Custom, _) => "system:unassigned".to_owned(),
        }
    }
}

fn bad_null(name: &str, value: &Value) -> bool {
    let required = ["first_name", "last_name", "email", "job_position_id"].contains(&name);
    if value.is_null() { !required } else { holds_null(value) }
}

fn holds_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.iter().any(holds_null),
        Value::Object(members) => members.values().any(holds_null),
        _ => false,
    }
}

/// "Field 'id' is required": how Personio answers a missing member of an inner object.
fn missing_member(error: &str) -> Option<String> {
    let name = error.strip_prefix("missing field `")?.split('`').next()?;
    Some(format!("Field '{name}' is required"))
}

fn is_email(email: &str) -> bool {
    let strict = Options::default().with_required_tld().without_display_text().without_domain_literal();
    EmailAddress::parse_with_options(email, strict).is_ok()
}

/// `YYYY-MM-DD` and nothing else.
fn local_date(text: &str) -> Option<Date> {
    Date::strptime("%Y-%m-%d", text).ok().filter(|date| date.to_string() == text)
}

fn attribute_error(attribute: &Attribute, account: &Account) -> Option<&'static str> {
    if attribute.value.trim().is_empty() {
        return Some(REQUIRED);
    }
    let value = attribute.value.as_str();
    let id = attribute.id.as_str();
    match account.custom_attributes.get(id) {
        _ if FREE_TEXTS.contains(&id) => None,
        _ if id == "birthday" => date_error(value),
        _ if id == "gender" => (!GENDERS.contains(&value)).then_some(BAD_OPTION),
        None => Some("errors.attribute-validation.unknown"),
        Some(AttributeKind::Text) => None,
        Some(AttributeKind::Date) => date_error(value),
        Some(AttributeKind::Options { options }) => (!options.contains(value)).then_some(BAD_OPTION),
        Some(AttributeKind::Unsupported) => Some("errors.attribute-validation.invalid-type"),
    }
}

fn date_error(value: &str) -> Option<&'static str> {
    local_date(value).is_none().then_some(BAD_DATE)
}
