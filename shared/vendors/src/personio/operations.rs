//! The operations of Personio's APIs, as errors, breakers and log lines name them.

use crate::Operation;

/// Fetching a token of the HR API.
pub const GET_TOKEN: Operation = named("get token");
/// Reading one absence.
pub const READ_ABSENCE: Operation = named("read absence");
/// Reading what an absence takes of each of its days.
pub const READ_DAYS_OF_ABSENCE: Operation = named("read days of absence");
/// Listing absences.
pub const LIST_ABSENCES: Operation = named("list absences");
/// Listing the company's types of absence.
pub const LIST_ABSENCE_TYPES: Operation = named("list absence types");
/// Reading one person.
pub const READ_PERSON: Operation = named("read person");
/// Listing persons.
pub const LIST_PERSONS: Operation = named("list persons");
/// Listing the employments of a person.
pub const LIST_EMPLOYMENTS: Operation = named("list employments");
/// Reading a department or team, for its name.
pub const READ_ORG_UNIT: Operation = named("read org unit");
/// Reading a legal entity, for its name.
pub const READ_LEGAL_ENTITY: Operation = named("read legal entity");
/// Listing workplaces, for the name of an office.
pub const LIST_WORKPLACES: Operation = named("list workplaces");
/// Listing webhooks.
pub const LIST_WEBHOOKS: Operation = named("list webhooks");
/// Creating a webhook.
pub const CREATE_WEBHOOK: Operation = named("create webhook");
/// Changing a webhook.
pub const UPDATE_WEBHOOK: Operation = named("update webhook");
/// Removing a webhook.
pub const DELETE_WEBHOOK: Operation = named("delete webhook");
/// Having Personio send `ping` through a webhook.
pub const PING_WEBHOOK: Operation = named("ping webhook");
/// Listing what a webhook was to be told.
pub const LIST_WEBHOOK_EVENTS: Operation = named("list webhook events");
/// Creating an application.
pub const CREATE_APPLICATION: Operation = named("create application");
/// Uploading a file, to be attached to an application.
pub const UPLOAD_DOCUMENT: Operation = named("upload document");

const fn named(name: &'static str) -> Operation {
    Operation { vendor: "personio", name }
}
