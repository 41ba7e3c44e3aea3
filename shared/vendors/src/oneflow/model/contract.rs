//! A contract as Oneflow gives it.

use std::fmt;

use jiff::Timestamp;

use super::id::{ContractId, CustomId, DataFieldId, TemplateId, TemplateTypeId, WorkspaceId};
use super::party::{Participant, Party};
use crate::value::Personal;

/// A contract. What only the owner's side may see can be missing for a while, so nothing is concluded from its absence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contract {
    /// Its id.
    pub id: ContractId,
    /// Its name, which may be a person's.
    pub name: Option<Personal<String>>,
    /// How far it is.
    pub state: ContractState,
    /// When it came into that state.
    pub state_updated: Option<Timestamp>,
    /// Whether it was cancelled after it was signed. `None`: not told.
    pub is_cancelled: Option<bool>,
    /// When anything of it changed. An edit of a data field need not move it.
    pub updated: Option<Timestamp>,
    /// When it was made.
    pub created: Option<Timestamp>,
    /// When it was published. `None`: not yet.
    pub published: Option<Timestamp>,
    /// Where it stands.
    pub workspace: Option<WorkspaceId>,
    /// What it was made from. Missing for up to 40 s after it was published (met).
    pub template: Option<TemplateId>,
    /// What its data fields are defined by.
    pub template_type: Option<TemplateTypeId>,
    /// Its parties.
    pub parties: Vec<Party>,
    /// Its data fields. `None`: the answer has none, as in lists.
    pub data_fields: Option<Vec<DataField>>,
}

impl Contract {
    /// The participants of all parties but our own.
    pub fn counterparties(&self) -> impl Iterator<Item = &Participant> {
        self.parties.iter().filter(|party| !party.is_ours).flat_map(|party| &party.participants)
    }
}

/// How far a contract is. `Display` is the vendor's word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContractState {
    /// Not sent yet.
    Draft,
    /// Sent; the parties may sign.
    Pending,
    /// The time for signing is over.
    Overdue,
    /// Signed by all.
    Signed,
    /// Somebody declined.
    Declined,
    /// A state that is not known here: at most 40 plain characters of its name.
    Other(String),
}

impl fmt::Display for ContractState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Draft => "draft",
            Self::Pending => "pending",
            Self::Overdue => "overdue",
            Self::Signed => "signed",
            Self::Declined => "declined",
            Self::Other(name) => name,
        })
    }
}

/// The longest value of a data field, in characters.
pub const LONGEST_VALUE: usize = 1024;

/// A data field of a contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataField {
    /// Its id in this contract.
    pub id: DataFieldId,
    /// Its external key. Some contracts made by API have none: then the template type tells which field it is.
    pub custom_id: Option<CustomId>,
    /// Its name.
    pub name: Option<String>,
    /// Its value; empty where it has none.
    pub value: Personal<String>,
}
