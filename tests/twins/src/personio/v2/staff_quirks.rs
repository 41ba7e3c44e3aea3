//! The switches about persons and employments.

use serde::{Deserialize, Serialize};

/// An employment without a termination. The member is optional in the description; live, an object of nulls was seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoTermination {
    /// The member is missing, as where the credential may not read it.
    #[default]
    Absent,
    /// It is null.
    Null,
    /// Its members are null.
    Nulls,
}

/// The name of the last working day in a termination.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LastWorking {
    /// `last_working_day`, as described.
    #[default]
    Day,
    /// `last_working_date`, as in the description's example.
    Date,
}

/// Which changes of an employment fire `employment.updated`: the list is not published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EmploymentEvents {
    /// Dates, termination, type and hours. Department, team, office, position, supervisor, legal entity, job, leave and status fire
    /// nothing.
    #[default]
    Dates,
    /// Every change but that of the job.
    All,
    /// No change.
    Silent,
}

/// What webhooks about employments tell: it is not published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EmploymentPayload {
    /// `{"employment": {"id"}, "person": {"id"}}`
    #[default]
    WithPerson,
    /// `{"employment": {"id"}}`: nobody can look it up.
    Alone,
    /// `{"employment": {"id", "person": {"id"}}}`
    Nested,
    /// `{"employment_id", "person_id"}`
    Flat,
}

/// The member of a webhook's envelope in which the ids stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PayloadUnder {
    /// `payload`, as documented.
    #[default]
    Payload,
    /// `data`
    Data,
}
