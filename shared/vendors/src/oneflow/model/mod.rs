//! Oneflow's things as the rest of hrsync sees them: ids ([`id`]), a contract ([`contract`]) with its parties ([`party`]) and
//! files ([`mod@file`]), one that is to be made ([`draft`]), templates and their types ([`template`]), and what `check` looks at
//! ([`account`]).

pub mod account;
pub mod contract;
pub mod draft;
pub mod file;
pub mod id;
pub mod party;
pub mod template;

pub use account::{User, Workspace};
pub use contract::{Contract, ContractState, DataField, LONGEST_VALUE};
pub use draft::{Invitation, NewContract, NewParticipant, NewParty};
pub use file::{ContractFile, FileType};
pub use id::{
    ContractId, CustomId, DataFieldId, EventId, FileId, ParticipantId, PartyId, TemplateId, TemplateTypeId, UserId,
    WorkspaceId,
};
pub use party::{DeliveryStatus, Participant, Party, SignState};
pub use template::{Template, TemplateType, TypeDataField};
