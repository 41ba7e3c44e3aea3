//! Users, the company, and files.

use serde::{Deserialize, Serialize};

use super::id::{CompanyId, UploadId, UserId};
use crate::value::{Email, Personal};

/// A user of the company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Their id.
    pub id: UserId,
    /// Their name.
    pub name: Option<Personal<String>>,
    /// Their address, where it is one.
    pub email: Option<Email>,
}

/// The company of an API key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Company {
    /// Its id.
    pub id: CompanyId,
    /// Its name.
    pub name: Option<String>,
}

/// A file of a candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Its id.
    pub id: UploadId,
    /// Its name. Nothing else tells one file from another.
    pub file_name: Option<Personal<String>>,
}

/// Bytes that were sent and belong to nobody yet. To be attached within a minute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TransientFile(pub(crate) Personal<String>);
