//! The calls that list custom fields and their options, and the one that makes a field. Fields of candidates and of jobs stand in
//! one list, and fields to select from are resources of another type in it.

use std::time::Duration;

use serde_json::json;

use super::client::{Teamtailor, document};
use super::document::one;
use super::model::{CustomField, CustomFieldId, CustomFieldOption, NewCustomField, OptionId};
use super::operations::{CREATE_CUSTOM_FIELD, LIST_CUSTOM_FIELDS, LIST_OPTIONS};
use super::paging::{self, Listing};
use super::reading;
use super::refusal::unexplained;
use crate::{Cursor, Error, Kind, Page, Reason};

/// What came of making a custom field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldCreated {
    /// It is there, as Teamtailor has made it.
    Made(CustomField),
    /// Teamtailor refuses: the name for programs is taken, for example.
    Refused(Vec<Reason>),
}

/// One page of the list of custom fields.
///
/// # Errors
/// [`Kind::Endless`]: the list leads back. Otherwise as for all calls.
pub async fn page(teamtailor: &Teamtailor, cursor: Option<&Cursor>) -> Result<Page<CustomField, CustomFieldId>, Error> {
    let url = teamtailor.url("custom-fields");
    let listing = Listing { operation: LIST_CUSTOM_FIELDS, url, read: reading::custom_field };
    paging::page(teamtailor, &listing, cursor).await
}

/// One page of the options of a field.
///
/// # Errors
/// As [`page`].
pub async fn options_page(
    teamtailor: &Teamtailor,
    field: &CustomFieldId,
    cursor: Option<&Cursor>,
) -> Result<Page<CustomFieldOption, OptionId>, Error> {
    let mut url = teamtailor.url("custom-field-options");
    url.query_pairs_mut().append_pair("filter[custom-field]", &field.to_string());
    let listing = Listing { operation: LIST_OPTIONS, url, read: reading::option };
    paging::page(teamtailor, &listing, cursor).await
}

/// All custom fields: one call for every 30 of them, so far apart.
///
/// # Errors
/// [`Kind::Incomplete`]: a field cannot be read. Otherwise as [`page`].
pub async fn all(teamtailor: &Teamtailor, apart: Duration) -> Result<Vec<CustomField>, Error> {
    let mut fields = Vec::new();
    let mut cursor = None;
    loop {
        let page = page(teamtailor, cursor.as_ref()).await?;
        fields.extend(whole(page.items, &page.unreadable, LIST_CUSTOM_FIELDS)?);
        cursor = page.next;
        if cursor.is_none() {
            return Ok(fields);
        }
        tokio::time::sleep(apart).await;
    }
}

/// All options of a field: one call for every 30 of them, so far apart. There are fields with some hundred.
///
/// # Errors
/// [`Kind::Incomplete`]: an option cannot be read. Otherwise as [`page`].
pub async fn options(
    teamtailor: &Teamtailor,
    field: &CustomFieldId,
    apart: Duration,
) -> Result<Vec<CustomFieldOption>, Error> {
    let mut options = Vec::new();
    let mut cursor = None;
    loop {
        let page = options_page(teamtailor, field, cursor.as_ref()).await?;
        options.extend(whole(page.items, &page.unreadable, LIST_OPTIONS)?);
        cursor = page.next;
        if cursor.is_none() {
            return Ok(options);
        }
        tokio::time::sleep(apart).await;
    }
}

/// Makes a custom field. Its name for programs can be taken once, so whoever lost the answer finds the field in the list.
///
/// # Errors
/// [`Kind::Unexplained`] with a status of success: it was probably made. Otherwise as for all calls.
pub async fn create(teamtailor: &Teamtailor, field: &NewCustomField) -> Result<FieldCreated, Error> {
    let NewCustomField { name, api_name, kind } = field;
    let attributes = json!({"name": name, "api-name": api_name, "field-type": reading::kind_name(kind)});
    let body = json!({"data": {"type": "custom-fields", "attributes": attributes}});
    let answer = teamtailor.post(CREATE_CUSTOM_FIELD, teamtailor.url("custom-fields"), &body).await?;
    match document(CREATE_CUSTOM_FIELD, &answer) {
        Ok(document) => {
            let made = one(&document).and_then(|made| reading::custom_field(made).ok());
            made.map(FieldCreated::Made).ok_or_else(|| unexplained(CREATE_CUSTOM_FIELD, &answer))
        }
        Err(Error { kind: Kind::Invalid(reasons) | Kind::Conflict(reasons), .. }) => Ok(FieldCreated::Refused(reasons)),
        Err(error) => Err(error),
    }
}

fn whole<T, U>(items: Vec<T>, unreadable: &[U], operation: crate::Operation) -> Result<Vec<T>, Error> {
    if unreadable.is_empty() { Ok(items) } else { Err(Error::new(operation, Kind::Incomplete)) }
}
