//! What Personio checks about an application: first what the body alone tells (before the login is looked at), then what the account
//! knows. Codes are those of the published specification.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::email::is_email;

use super::account::{Account, AttributeKind};
use super::body::{Phase, Submission};
use super::errors::FieldErrors;
use super::state::{Attribute, Store};

const REQUIRED: &str = "errors.attribute-validation.required-attribute";
const BAD_DATE: &str = "errors.attribute-validation.invalid-date-format";
const BAD_OPTION: &str = "errors.attribute-validation.unknown-attribute-option";
const UNPUBLISHED: &str = "errors.job-position.not-published";

const SYSTEM_PHASES: [&str; 5] = ["unassigned", "rejected", "withdrawn", "offer", "accepted"];
const CATEGORIES: [&str; 6] = ["cv", "cover-letter", "employment-reference", "certificate", "work-sample", "other"];
const GENDERS: [&str; 4] = ["male", "female", "diverse", "undefined"];
const FREE_TEXTS: [&str; 4] = ["location", "phone", "available_from", "salary_expectations"];

impl Submission {
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
        if matches!(&self.phase, Some(Phase::System(id)) if !SYSTEM_PHASES.contains(&id.as_str())) {
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

    /// What the account knows, all of it at once.
    pub(super) fn account_errors(
        &self,
        company: &str,
        account: &Account,
        store: &Store,
        now: Timestamp,
    ) -> FieldErrors {
        let mut errors = FieldErrors::default();
        let job = self.job_position_id.unwrap_or_default();
        if !account.published_jobs.contains(&job) {
            errors.add("job_position_id", UNPUBLISHED);
        } else if store.applied(company, self.email.as_deref().unwrap_or_default(), job) {
            errors.add("email", "errors.applicant-already-exists");
        }
        self.posting_errors(account, &mut errors);
        for (index, file) in self.files.iter().enumerate() {
            let again =
                account.documents_attach_once && self.files.iter().take(index).any(|earlier| earlier.uuid == file.uuid);
            if again || !store.attachable(company, account, &file.uuid, now) {
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
