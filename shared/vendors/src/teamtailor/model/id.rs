//! Teamtailor's ids: texts in answers, mostly of digits. Webhooks and samples have numbers too.

use crate::id::opaque_id;

pub use crate::id::NotAnId;

opaque_id! {
    /// A candidate.
    CandidateId
}
opaque_id! {
    /// An application: a candidate for a job.
    ApplicationId
}
opaque_id! {
    /// A job.
    JobId
}
opaque_id! {
    /// A stage of a job's process.
    StageId
}
opaque_id! {
    /// A custom field.
    CustomFieldId
}
opaque_id! {
    /// A value of a custom field.
    FieldValueId
}
opaque_id! {
    /// An option of a custom field to select from.
    OptionId
}
opaque_id! {
    /// A file of a candidate.
    UploadId
}
opaque_id! {
    /// A note.
    NoteId
}
opaque_id! {
    /// A user.
    UserId
}
opaque_id! {
    /// A company.
    CompanyId
}
