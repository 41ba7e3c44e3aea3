//! The call that lists the workspaces of the acting user.

use serde_json::Value;

use super::client::Oneflow;
use super::model::{Workspace, WorkspaceId};
use super::operations::LIST_WORKSPACES;
use super::paging::{self, Listing};
use super::reading;
use crate::{Cursor, Error};

#[cfg(doc)]
use crate::Kind;

/// One page of the list of workspaces.
pub type Page = crate::Page<Workspace, WorkspaceId>;

/// The workspaces that the acting user sees: the page that a page before leads to, or the first.
///
/// # Errors
/// [`Kind::Endless`], [`Kind::Incomplete`]: the list cannot be read to its end. Otherwise as for all calls.
pub async fn page(oneflow: &Oneflow, cursor: Option<&Cursor>) -> Result<Page, Error> {
    let url = oneflow.url("workspaces");
    let id = |value: &Value| crate::json::id(value, "id").ok();
    let listing = Listing { operation: LIST_WORKSPACES, url, as_user: true, read: reading::workspace, id };
    paging::page(oneflow, &listing, cursor).await
}
