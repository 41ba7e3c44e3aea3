//! Teamtailor's things as the rest of hrsync sees them: ids ([`id`]), candidates ([`candidate`]) and their applications
//! ([`application`]), custom fields ([`custom_field`]) and their values ([`field_value`]), and people and files ([`other`]).

pub mod application;
pub mod candidate;
pub mod custom_field;
pub mod field_value;
pub mod id;
pub mod other;

pub use application::{Application, ListedApplication, Stage};
pub use candidate::{Candidate, CandidateChange, CustomFieldValue};
pub use custom_field::{CustomField, CustomFieldKind, CustomFieldOption, NewCustomField};
pub use field_value::{FieldContent, NewFieldValue};
pub use id::{
    ApplicationId, CandidateId, CompanyId, CustomFieldId, FieldValueId, JobId, NoteId, OptionId, StageId, UploadId,
    UserId,
};
pub use other::{Company, TransientFile, Upload, User};
