//! A contract that is to be made from a template, and the invitation that goes out with it.
//!
//! A participant who is not marked as signatory can read and never sign (met), so both marks are always sent. Source:
//! developer.oneflow.com/reference/create-a-contract and the vendor's connector.

use std::collections::BTreeMap;

use serde::Serialize;

use super::id::{CustomId, TemplateId, WorkspaceId};
use crate::value::{Email, Personal};

/// A contract to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewContract {
    /// Where it is to stand. The template belongs to the workspace or is shared with it.
    pub workspace: WorkspaceId,
    /// What it is made from.
    pub template: TemplateId,
    /// Its name, of at most 130 characters. `None`: the template's.
    pub name: Option<Personal<String>>,
    /// The values that its data fields begin with.
    pub data_fields: BTreeMap<CustomId, Personal<String>>,
    /// The others.
    pub parties: Vec<NewParty>,
    /// The people of the account's own party. Empty: as the template has them.
    pub own: Vec<NewParticipant>,
}

/// A party to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewParty {
    /// Its country, as two letters. `None`: the workspace's.
    pub country: Option<String>,
    /// The person. Candidates are parties of their own.
    pub participant: NewParticipant,
}

/// A person to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewParticipant {
    /// Their name.
    pub name: Personal<String>,
    /// Their address.
    pub email: Email,
    /// Their telephone number.
    pub phone: Option<Personal<String>>,
    /// Whether they are to sign. Who is not to sign may still edit.
    pub is_signatory: bool,
}

/// What goes out with a contract that is published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Invitation {
    /// The subject of the mail.
    pub subject: Personal<String>,
    /// Its text.
    pub message: Personal<String>,
}
