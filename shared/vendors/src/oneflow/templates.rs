//! The calls that read templates.

use reqwest::StatusCode;
use serde_json::Value;

use super::client::{Oneflow, json};
use super::model::{Template, TemplateId};
use super::operations::{LIST_TEMPLATES, READ_TEMPLATE};
use super::paging::{self, Listing};
use super::reading;
use super::refusal::{failure, unreadable};
use crate::{Cursor, Error};

#[cfg(doc)]
use crate::Kind;

/// One page of the list of templates.
pub type Page = crate::Page<Template, TemplateId>;

/// One template.
///
/// # Errors
/// [`Kind::Gone`]: there is no such template (any more). Otherwise as for all calls.
pub async fn read(oneflow: &Oneflow, id: TemplateId) -> Result<Template, Error> {
    let answer = oneflow.get(READ_TEMPLATE, oneflow.url(&format!("templates/{id}"))).await?;
    if answer.status != StatusCode::OK {
        return Err(failure(READ_TEMPLATE, &answer));
    }
    let body = json(READ_TEMPLATE, &answer)?;
    reading::template(&body).map_err(|field| unreadable(READ_TEMPLATE, field))
}

/// The page that a page before leads to, or the first.
///
/// # Errors
/// [`Kind::Endless`], [`Kind::Incomplete`]: the list cannot be read to its end. Otherwise as for all calls.
pub async fn page(oneflow: &Oneflow, cursor: Option<&Cursor>) -> Result<Page, Error> {
    let url = oneflow.url("templates");
    let id = |value: &Value| crate::json::id(value, "id").ok();
    let listing = Listing { operation: LIST_TEMPLATES, url, as_user: false, read: reading::template, id };
    paging::page(oneflow, &listing, cursor).await
}
