//! The call that writes the value of a contract's data field.
//!
//! Oneflow takes a value for a field that it fills itself with 200 and leaves the field as it is, so the answer's value is
//! compared with what was sent. Source: developer.oneflow.com/docs/update-a-data-field-value.

use std::fmt;

use serde_json::json;

use super::client::{self, Oneflow};
use super::model::{ContractId, CustomId, DataFieldId};
use super::operations::SET_DATA_FIELD;
use super::reading;
use super::refusal::{failure, unexplained};
use crate::encoding::encoded;
use crate::value::Personal;
use crate::{Error, Kind, Reason};

/// Which data field of a contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldRef {
    /// By its id in this contract.
    Id(DataFieldId),
    /// By its external key.
    Custom(CustomId),
}

/// What came of writing a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldSet {
    /// The field has the value.
    Done,
    /// Oneflow took the value and kept another: it fills this field itself.
    Kept,
    /// The contract is not in a state to be changed (409): it is signed or declined.
    NotInThisState(Vec<Reason>),
    /// Oneflow refuses the value.
    Refused(Vec<Reason>),
}

impl fmt::Display for FieldRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => id.fmt(f),
            Self::Custom(id) => write!(f, "c::{}", encoded(id.as_str())),
        }
    }
}

/// Writes a value; an empty one clears the field. The same again changes nothing.
///
/// # Errors
/// [`Kind::Gone`]: the contract was deleted, or has no such field. Otherwise as for all calls.
pub async fn set(
    oneflow: &Oneflow,
    contract: ContractId,
    field: &FieldRef,
    value: &Personal<String>,
) -> Result<FieldSet, Error> {
    let url = oneflow.url(&format!("contracts/{contract}/data_fields/{field}"));
    let answer = oneflow.put(SET_DATA_FIELD, url, &json!({"value": value})).await?;
    if answer.status.is_success() {
        let body = client::json(SET_DATA_FIELD, &answer)?;
        let kept = reading::data_field(&body).map_err(|_| unexplained(SET_DATA_FIELD, &answer))?;
        return Ok(if kept.value == *value { FieldSet::Done } else { FieldSet::Kept });
    }
    let error = failure(SET_DATA_FIELD, &answer);
    match error.kind {
        Kind::Conflict(reasons) => Ok(FieldSet::NotInThisState(reasons)),
        Kind::Invalid(reasons) => Ok(FieldSet::Refused(reasons)),
        _ => Err(error),
    }
}
