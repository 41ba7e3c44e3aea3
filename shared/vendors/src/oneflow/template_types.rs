//! The calls that read template types and replace the data fields of one.
//!
//! Oneflow has no call that adds a data field: a PUT replaces all of them, and what is missing from it is deleted from the type
//! and from every template that uses it. So whoever adds one reads all, adds to them, shows what comes out, and writes all.
//! Only users who manage the account may. Source: developer.oneflow.com/docs/manage-template-type-data-fields.

use reqwest::StatusCode;
use serde_json::{Map, Value, json};

use super::client::{self, Oneflow};
use super::model::{TemplateType, TemplateTypeId, TypeDataField};
use super::operations::{LIST_TEMPLATE_TYPES, READ_TEMPLATE_TYPE, REPLACE_DATA_FIELDS};
use super::paging::{self, Listing};
use super::reading;
use super::refusal::{failure, unreadable};
use crate::{Cursor, Error, Kind, Reason};

/// One page of the list of template types.
pub type Page = crate::Page<TemplateType, TemplateTypeId>;

/// What is sent back of a field that was read. What Oneflow sets itself is not.
const WRITTEN: [&str; 5] = ["id", "custom_id", "description", "placeholder", "value"];

/// What came of replacing data fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Replaced {
    /// The type has exactly these data fields.
    Done,
    /// Oneflow refuses them.
    Refused(Vec<Reason>),
}

/// One template type with all its data fields.
///
/// # Errors
/// [`Kind::Gone`]: there is no such type (any more). [`Kind::Invalid`]: it cannot be read whole; the reason names the member.
/// Otherwise as for all calls.
pub async fn read(oneflow: &Oneflow, id: TemplateTypeId) -> Result<TemplateType, Error> {
    let answer = oneflow.get(READ_TEMPLATE_TYPE, oneflow.url(&format!("template_types/{id}"))).await?;
    if answer.status != StatusCode::OK {
        return Err(failure(READ_TEMPLATE_TYPE, &answer));
    }
    let body = client::json(READ_TEMPLATE_TYPE, &answer)?;
    reading::template_type(&body).map_err(|field| unreadable(READ_TEMPLATE_TYPE, field))
}

/// The page that a page before leads to, or the first.
///
/// # Errors
/// [`Kind::Endless`], [`Kind::Incomplete`]: the list cannot be read to its end. Otherwise as for all calls.
pub async fn page(oneflow: &Oneflow, cursor: Option<&Cursor>) -> Result<Page, Error> {
    let url = oneflow.url("template_types");
    let id = |value: &Value| crate::json::id(value, "id").ok();
    let listing = Listing { operation: LIST_TEMPLATE_TYPES, url, as_user: false, read: reading::template_type, id };
    paging::page(oneflow, &listing, cursor).await
}

/// Gives a template type exactly these data fields. **Deletes every field that is not among them**, from all templates.
///
/// # Errors
/// [`Kind::Gone`]: there is no such type (any more). [`Kind::RightMissing`]: the acting user does not manage the account.
/// Otherwise as for all calls.
pub async fn replace_data_fields(
    oneflow: &Oneflow,
    id: TemplateTypeId,
    fields: &[TypeDataField],
) -> Result<Replaced, Error> {
    let url = oneflow.url(&format!("template_types/{id}/data_fields"));
    let fields: Vec<_> = fields.iter().map(field).collect();
    let answer = oneflow.put(REPLACE_DATA_FIELDS, url, &json!({"data_fields": fields})).await?;
    if answer.status.is_success() {
        return Ok(Replaced::Done);
    }
    let error = failure(REPLACE_DATA_FIELDS, &answer);
    match error.kind {
        Kind::Invalid(reasons) | Kind::Conflict(reasons) => Ok(Replaced::Refused(reasons)),
        _ => Err(error),
    }
}

fn field(field: &TypeDataField) -> Value {
    let read = field.resource.reveal();
    let kept = WRITTEN.iter().filter_map(|name| Some(((*name).to_owned(), read.get(*name)?.clone())));
    let mut body: Map<_, _> = kept.filter(|(_, value)| !value.is_null()).collect();
    if let Some(id) = &field.custom_id {
        body.insert("custom_id".to_owned(), json!(id));
    }
    body.insert("name".to_owned(), json!(field.name));
    Value::Object(body)
}
