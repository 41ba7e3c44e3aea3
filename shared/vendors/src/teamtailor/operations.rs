//! The operations of Teamtailor's API, as errors, breakers and log lines name them.

use crate::Operation;

/// Reading the company of the API key.
pub const READ_COMPANY: Operation = named("read company");
/// Reading one candidate with the values of custom fields.
pub const READ_CANDIDATE: Operation = named("read candidate");
/// Asking for candidates by address.
pub const FIND_CANDIDATE: Operation = named("find candidate");
/// Changing a candidate's own attributes.
pub const UPDATE_CANDIDATE: Operation = named("update candidate");
/// Reading one application with candidate and stage.
pub const READ_APPLICATION: Operation = named("read application");
/// Listing applications, newest first.
pub const LIST_APPLICATIONS: Operation = named("list applications");
/// Moving an application to a stage.
pub const MOVE_APPLICATION: Operation = named("move application");
/// Reading who recruits for a job.
pub const READ_JOB: Operation = named("read job");
/// Listing custom fields.
pub const LIST_CUSTOM_FIELDS: Operation = named("list custom fields");
/// Making a custom field.
pub const CREATE_CUSTOM_FIELD: Operation = named("create custom field");
/// Listing the options of a custom field.
pub const LIST_OPTIONS: Operation = named("list options");
/// Giving a custom field its first value.
pub const CREATE_FIELD_VALUE: Operation = named("create field value");
/// Changing the value of a custom field.
pub const UPDATE_FIELD_VALUE: Operation = named("update field value");
/// Sending the bytes of a file.
pub const SEND_FILE: Operation = named("send file");
/// Attaching a file to a candidate.
pub const CREATE_UPLOAD: Operation = named("create upload");
/// Listing a candidate's files.
pub const LIST_UPLOADS: Operation = named("list uploads");
/// Writing a note.
pub const CREATE_NOTE: Operation = named("create note");
/// Listing users.
pub const LIST_USERS: Operation = named("list users");

const fn named(name: &'static str) -> Operation {
    Operation { vendor: "teamtailor", name }
}
