//! What `check` looks at before a connection is used: who may act, and where.

use super::id::{UserId, WorkspaceId};
use crate::value::Email;

/// A workspace that the acting user sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    /// Its id.
    pub id: WorkspaceId,
    /// Its name.
    pub name: Option<String>,
    /// How dates are written in it, in the vendor's words. `None`: not told.
    pub date_format: Option<String>,
    /// Whether the user may make contracts in it. `None`: not told.
    pub may_create: Option<bool>,
}

/// A user of the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Their id.
    pub id: UserId,
    /// Their address.
    pub email: Email,
    /// Whether they may log in. `None`: not told.
    pub is_active: Option<bool>,
    /// Whether they manage the account: only such users may change the data fields of a template type. `None`: not told.
    pub is_admin: Option<bool>,
}
