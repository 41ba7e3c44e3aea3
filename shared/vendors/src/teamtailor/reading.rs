//! From Teamtailor's documents to candidates and what stands around them. Tolerant of members that are unknown or missing;
//! strict about ids, relations and moments.

use serde_json::Value;

use super::document::Resource;
use super::model::{
    Application, ApplicationId, Candidate, Company, CustomField, CustomFieldKind, CustomFieldOption, CustomFieldValue,
    FieldContent, ListedApplication, Stage, Upload, User,
};
use crate::json::{Field, id, moment, optional_moment, optional_text, plain, text};
use crate::value::{Email, Personal};

/// What the names of the kinds of custom fields begin with.
const KIND: &str = "CustomField::";

/// A candidate without the values of custom fields.
pub(super) fn candidate(resource: Resource<'_>) -> Result<Candidate, Field> {
    let value = resource.value;
    Ok(Candidate {
        id: id(value, "id")?,
        first_name: optional_text(value, "attributes.first-name")?.map(personal),
        last_name: optional_text(value, "attributes.last-name")?.map(personal),
        email: email(value, "attributes.email")?,
        phone: optional_text(value, "attributes.phone")?.map(personal),
        updated: optional_moment(value, "attributes.updated-at")?,
        values: None,
    })
}

/// A candidate with the values of custom fields, which must all have come along.
pub(super) fn candidate_with_values(resource: Resource<'_>) -> Result<Candidate, Field> {
    let values = resource.related_many("custom-field-values")?;
    let values = values.into_iter().map(field_value).collect::<Result<_, _>>()?;
    Ok(Candidate { values: Some(values), ..candidate(resource)? })
}

/// A value of a custom field.
pub(super) fn field_value(resource: Resource<'_>) -> Result<CustomFieldValue, Field> {
    Ok(CustomFieldValue {
        id: id(resource.value, "id")?,
        field: resource.related_id("custom-field")?.ok_or(Field("custom-field"))?,
        content: content(resource.value.pointer("/attributes/value"))?,
    })
}

/// The applications of a candidate, which must have come along.
pub(super) fn application_ids(candidate: Resource<'_>) -> Result<Vec<ApplicationId>, Field> {
    candidate.related_many("job-applications")?.iter().map(|application| id(application.value, "id")).collect()
}

/// An application as a list has it.
pub(super) fn listed_application(resource: Resource<'_>) -> Result<ListedApplication, Field> {
    let value = resource.value;
    Ok(ListedApplication {
        id: id(value, "id")?,
        candidate: resource.related_id("candidate")?,
        stage: resource.related("stage")?.map(stage).transpose()?,
        created: moment(value, "attributes.created-at")?,
        stage_changed: optional_moment(value, "attributes.changed-stage-at")?,
        rejected: optional_moment(value, "attributes.rejected-at")?,
    })
}

/// An application with all that it hangs on.
pub(super) fn application(resource: Resource<'_>) -> Result<Application, Field> {
    Ok(Application { listed: listed_application(resource)?, job: resource.related_id("job")? })
}

/// A custom field. Those to select from are resources of another type in the same list.
pub(super) fn custom_field(resource: Resource<'_>) -> Result<CustomField, Field> {
    let value = resource.value;
    let kind = match optional_text(value, "attributes.field-type")? {
        Some(name) => kind(name),
        None if resource.is("custom-field-selects") => CustomFieldKind::Select,
        None => return Err(Field("attributes.field-type")),
    };
    Ok(CustomField {
        id: id(value, "id")?,
        name: optional_text(value, "attributes.name")?.map(ToOwned::to_owned),
        api_name: text(value, "attributes.api-name")?.to_owned(),
        kind,
    })
}

/// An option of a custom field.
pub(super) fn option(resource: Resource<'_>) -> Result<CustomFieldOption, Field> {
    let label = text(resource.value, "attributes.value")?.to_owned();
    Ok(CustomFieldOption { id: id(resource.value, "id")?, label })
}

/// A file.
pub(super) fn upload(resource: Resource<'_>) -> Result<Upload, Field> {
    let file_name = optional_text(resource.value, "attributes.file-name")?.map(personal);
    Ok(Upload { id: id(resource.value, "id")?, file_name })
}

/// A user.
pub(super) fn user(resource: Resource<'_>) -> Result<User, Field> {
    let value = resource.value;
    let name = optional_text(value, "attributes.name")?.map(personal);
    Ok(User { id: id(value, "id")?, name, email: email(value, "attributes.email")? })
}

/// A company.
pub(super) fn company(resource: Resource<'_>) -> Result<Company, Field> {
    let name = optional_text(resource.value, "attributes.name")?.map(ToOwned::to_owned);
    Ok(Company { id: id(resource.value, "id")?, name })
}

fn stage(resource: Resource<'_>) -> Result<Stage, Field> {
    let name = optional_text(resource.value, "attributes.name")?.map(ToOwned::to_owned);
    Ok(Stage { id: id(resource.value, "id")?, name })
}

/// Lists are read as lists also where one may be selected; what is blank is nothing.
fn content(value: Option<&Value>) -> Result<FieldContent, Field> {
    const VALUE: Field = Field("attributes.value");
    let value = value.unwrap_or(&Value::Null);
    if let Value::Array(entries) = value {
        let texts = entries.iter().map(|entry| single(entry).ok_or(VALUE)).collect::<Result<Vec<_>, _>>()?;
        let is_empty = texts.is_empty();
        return Ok(if is_empty { FieldContent::Empty } else { FieldContent::Many(Personal::new(texts)) });
    }
    match value {
        Value::Null => Ok(FieldContent::Empty),
        Value::String(text) if text.trim().is_empty() => Ok(FieldContent::Empty),
        other => single(other).map(|text| FieldContent::One(Personal::new(text))).ok_or(VALUE),
    }
}

fn single(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}

/// A kind as it is written.
pub(super) fn kind_name(kind: &CustomFieldKind) -> String {
    format!("{KIND}{kind}")
}

fn kind(name: &str) -> CustomFieldKind {
    match name.strip_prefix(KIND).unwrap_or(name) {
        "Text" => CustomFieldKind::Text,
        "Email" => CustomFieldKind::Email,
        "Url" => CustomFieldKind::Url,
        "Phone" => CustomFieldKind::Phone,
        "Date" => CustomFieldKind::Date,
        "Checkbox" => CustomFieldKind::Checkbox,
        "Number" => CustomFieldKind::Number,
        "Select" => CustomFieldKind::Select,
        "MultiSelect" => CustomFieldKind::MultiSelect,
        other => CustomFieldKind::Other(plain(other)),
    }
}

/// An address that is none is nobody's.
fn email(value: &Value, path: &'static str) -> Result<Option<Email>, Field> {
    Ok(optional_text(value, path)?.and_then(|email| email.parse().ok()))
}

fn personal(text: &str) -> Personal<String> {
    Personal::new(text.to_owned())
}
