//! `hrsync fields`: compares the fields that take part with those of both accounts, and adds missing ones.
//!
//! Oneflow's call replaces all data fields of a type and deletes what it is not sent, from all templates. So a type is read again
//! right before it is written, is left alone where it shows anything else than before, is sent all that was read with what is
//! added, and is read once more.

use admin::{AddFields, Error, Fields, FieldsAdded, MissingField, ReadingContext};
use vendors::oneflow::client::Oneflow;
use vendors::oneflow::model::TypeDataField;
use vendors::oneflow::template_types::{self, Replaced};
use vendors::teamtailor::client::Teamtailor;
use vendors::teamtailor::custom_fields::{self, FieldCreated};
use vendors::teamtailor::model::{CustomFieldKind, NewCustomField};
use vendors::value::Email;
use vendors::{Kind, Reason};

use super::context::{http, only_reading, settings};
use super::field_survey::{Survey, SurveyedType, TEAMTAILOR, read_type};

/// Compares. Writes nothing.
///
/// # Errors
/// Where file or secret cannot be used; the vendors'.
pub(super) async fn compare(context: ReadingContext<'_>) -> Result<Fields, Error> {
    let settings = settings(&context)?;
    let http = only_reading()?;
    let survey = Survey::read(&settings, &settings.oneflow(&http), &settings.teamtailor(&http)).await?;
    if settings.start.is_none() {
        (context.progress)("the file has no `[start]`, so no template's type is looked at");
    }
    Ok(survey.fields())
}

/// Adds what the comparison has found missing.
///
/// # Errors
/// Before anything is written: where an account shows other fields than the comparison, where the user is none, or a kind is not
/// known. Afterwards what is refused is a problem of the result.
pub(super) async fn add(context: admin::Context<'_>, wanted: AddFields<'_>) -> Result<FieldsAdded, Error> {
    let settings = settings(&context)?;
    let http = http()?;
    let teamtailor = settings.teamtailor(&http);
    let oneflow = acting(settings.oneflow(&http), wanted.user)?;
    let new = custom_fields_of(wanted.shown)?;
    let survey = Survey::read(&settings, &oneflow, &teamtailor).await?;
    if survey.fields().versions != wanted.shown.versions {
        return Err(changed_meanwhile());
    }
    let mut outcome = FieldsAdded::default();
    for kind in &survey.types {
        let additions = survey.additions(kind);
        if additions.is_empty() {
            continue;
        }
        match extend(&oneflow, kind, additions).await {
            Ok(added) => outcome.added.extend(added),
            // nothing was written before: the whole is refused
            Err(error) if outcome.added.is_empty() => return Err(error),
            Err(error) => outcome.problems.push(error.to_string()),
        }
    }
    for field in &new {
        make(&teamtailor, field, &mut outcome).await;
    }
    Ok(outcome)
}

fn acting(oneflow: Oneflow, user: Option<&str>) -> Result<Oneflow, Error> {
    let Some(user) = user else { return Ok(oneflow) };
    let user: Email = user.parse().map_err(|error| Error::Refused(format!("the user of Oneflow is {error}")))?;
    Ok(oneflow.acting_as(user))
}

/// The custom fields to be made.
fn custom_fields_of(shown: &Fields) -> Result<Vec<NewCustomField>, Error> {
    let missing = shown.missing.iter().filter(|field| field.place == TEAMTAILOR && field.obstacle.is_none());
    missing.map(custom_field).collect()
}

fn custom_field(field: &MissingField) -> Result<NewCustomField, Error> {
    let wanted = field.kind.as_deref().unwrap_or_default();
    let kinds = CustomFieldKind::WITHOUT_OPTIONS;
    let Some(kind) = kinds.iter().find(|kind| kind.to_string().eq_ignore_ascii_case(wanted)) else {
        let kinds: Vec<String> = kinds.iter().map(ToString::to_string).collect();
        return Err(Error::Refused(format!(
            "`{}` cannot be of the kind `{wanted}`, only {}; a field to select from is made in Teamtailor, with its options",
            field.key,
            kinds.join(", ")
        )));
    };
    Ok(NewCustomField { name: field.name.clone(), api_name: field.key.clone(), kind: kind.clone() })
}

/// Gives a type more data fields. A line for each.
async fn extend(oneflow: &Oneflow, shown: &SurveyedType, additions: Vec<TypeDataField>) -> Result<Vec<String>, Error> {
    let place = shown.place();
    let lines =
        additions.iter().filter_map(|field| Some(format!("{place}: {} ({})", field.custom_id.as_ref()?, field.name)));
    let lines: Vec<String> = lines.collect();
    let before = read_type(oneflow, shown.id).await?;
    if before.version() != shown.version() {
        return Err(changed_meanwhile());
    }
    let all: Vec<TypeDataField> = before.fields.iter().cloned().chain(additions).collect();
    match template_types::replace_data_fields(oneflow, shown.id, &all).await {
        Ok(Replaced::Done) => {}
        Ok(Replaced::Refused(reasons)) => return Err(Error::Refused(format!("{place} refuses: {}", listed(&reasons)))),
        Err(error) if matches!(error.kind, Kind::RightMissing(_)) => return Err(no_manager()),
        Err(error) => return Err(error.into()),
    }
    look_again(&all, &read_type(oneflow, shown.id).await?)?;
    Ok(lines)
}

/// Whether a type has all that it was sent.
fn look_again(sent: &[TypeDataField], after: &SurveyedType) -> Result<(), Error> {
    let is_there =
        |field: &TypeDataField| after.fields.iter().any(|it| it.custom_id == field.custom_id && it.name == field.name);
    let gone: Vec<&str> = sent.iter().filter(|field| !is_there(field)).map(|field| field.name.as_str()).collect();
    if gone.is_empty() {
        return Ok(());
    }
    let what = format!("{} was written and does not show: {}; look at it in Oneflow", after.place(), gone.join(", "));
    Err(Error::Refused(what))
}

/// Makes a custom field. What Oneflow got is told whatever Teamtailor says.
async fn make(teamtailor: &Teamtailor, field: &NewCustomField, outcome: &mut FieldsAdded) {
    let NewCustomField { name, api_name, kind } = field;
    match custom_fields::create(teamtailor, field).await {
        Ok(FieldCreated::Made(made)) if made.api_name == *api_name => {
            outcome.added.push(format!("{TEAMTAILOR}: {api_name} ({name}), {kind}"));
        }
        Ok(FieldCreated::Made(made)) => outcome.problems.push(format!(
            "{TEAMTAILOR} calls `{api_name}` `{}`: give it the right name there, or name it so in the file",
            made.api_name
        )),
        Ok(FieldCreated::Refused(reasons)) => {
            outcome.problems.push(format!("{TEAMTAILOR} refuses `{api_name}`: {}", listed(&reasons)));
        }
        Err(error) => outcome.problems.push(format!("`{api_name}`: {}", Error::from(error))),
    }
}

fn changed_meanwhile() -> Error {
    Error::Refused(
        "the fields have changed since they were compared, so nothing more was added; look at them again".to_owned(),
    )
}

fn no_manager() -> Error {
    let what =
        "data fields are changed by users who manage the Oneflow account, and this one does not; name one with --user";
    Error::Refused(what.to_owned())
}

fn listed(reasons: &[Reason]) -> String {
    let reasons: Vec<String> = reasons.iter().map(ToString::to_string).collect();
    if reasons.is_empty() { "without a reason".to_owned() } else { reasons.join("; ") }
}
