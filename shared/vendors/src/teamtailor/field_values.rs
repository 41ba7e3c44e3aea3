//! The calls that write the value of a candidate's custom field.
//!
//! Whether a second creation for the same field changes the value or makes another is not documented: whoever writes reads the
//! candidate first, and changes what is there.

use serde_json::{Value, json};

use super::client::{Teamtailor, document};
use super::document::to;
use super::model::{CandidateId, CustomFieldId, FieldValueId, NewFieldValue};
use super::operations::{CREATE_FIELD_VALUE, UPDATE_FIELD_VALUE};
use crate::{Error, Kind, Operation, Reason};

/// What came of writing a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// Done.
    Done,
    /// Teamtailor refuses the value, or the field has one already: read the candidate again.
    Refused(Vec<Reason>),
}

/// Gives a field that has no value its first.
///
/// # Errors
/// [`Kind::Gone`]: there is no such candidate or field (any more). Otherwise as for all calls.
pub async fn create(
    teamtailor: &Teamtailor,
    candidate: &CandidateId,
    field: &CustomFieldId,
    value: &NewFieldValue,
) -> Result<Written, Error> {
    let body = json!({"data": data(candidate, field, value)});
    let answer = teamtailor.post(CREATE_FIELD_VALUE, teamtailor.url("custom-field-values"), &body).await?;
    written(document(CREATE_FIELD_VALUE, &answer))
}

/// Changes the value that a field has. The same again changes nothing.
///
/// # Errors
/// [`Kind::Gone`]: the value, its candidate or field is not there (any more). Otherwise as for all calls.
pub async fn update(
    teamtailor: &Teamtailor,
    id: &FieldValueId,
    candidate: &CandidateId,
    field: &CustomFieldId,
    value: &NewFieldValue,
) -> Result<Written, Error> {
    const OPERATION: Operation = UPDATE_FIELD_VALUE;
    let mut data = data(candidate, field, value);
    if let Some(data) = data.as_object_mut() {
        data.insert("id".to_owned(), json!(id));
    }
    let url = teamtailor.url(&format!("custom-field-values/{id}"));
    let answer = teamtailor.patch(OPERATION, url, &json!({"data": data})).await?;
    written(document(OPERATION, &answer))
}

/// Both relations are sent with a change too, as in the vendor's sample.
fn data(candidate: &CandidateId, field: &CustomFieldId, value: &NewFieldValue) -> Value {
    let relationships = json!({"custom-field": to("custom-fields", field), "owner": to("candidates", candidate)});
    json!({"type": "custom-field-values", "attributes": {"value": value}, "relationships": relationships})
}

fn written(answer: Result<Value, Error>) -> Result<Written, Error> {
    match answer {
        Ok(_) => Ok(Written::Done),
        Err(Error { kind: Kind::Invalid(reasons) | Kind::Conflict(reasons), .. }) => Ok(Written::Refused(reasons)),
        Err(error) => Err(error),
    }
}
