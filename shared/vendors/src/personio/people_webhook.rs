//! What a verified body says of people: whose person or employment has changed. Events of absences are read as
//! [`super::webhook`] reads them. Source: developer.personio.de/reference/webhooks.
//!
//! The keys inside the payloads of persons and employments are not documented. *Assumed*: `person.id`, `employment.id`
//! beside it. So every spelling is tried, and an event that names nobody is [`PeopleDelivery::NoPerson`], never a
//! guess: an employment cannot be looked up by its own id.

use jiff::Timestamp;
use serde_json::Value;

use super::json::{self, Field};
use super::model::id::PersonId;
use super::model::opaque::EmploymentId;
use super::webhook::{self, AbsenceEvent, Delivery, Unreadable, Verified};

/// The events that tell of persons. They do not cover status, office, department or position.
pub const PERSON_EVENTS: &[&str] = &["person.created", "person.updated", "person.deleted"];

/// The events that tell of employments. A change of job fires none, and `started` and `terminated` fire for some only.
pub const EMPLOYMENT_EVENTS: &[&str] = &[
    "employment.created",
    "employment.updated",
    "employment.updated.cost-centers",
    "employment.deleted",
    "employment.started",
    "employment.terminated",
];

/// The events that tell of persons, employments and absences.
pub const PEOPLE_EVENTS: &[&str] = &[
    "person.created",
    "person.updated",
    "person.deleted",
    "employment.created",
    "employment.updated",
    "employment.updated.cost-centers",
    "employment.deleted",
    "employment.started",
    "employment.terminated",
    "absence-period.created",
    "absence-period.updated.status",
    "absence-period.updated.timerange",
    "absence-period.deleted",
];

/// What the names of all events of persons and of employments begin with.
const OF_PEOPLE: &[&str] = &["person.", "employment."];

/// Where the content of an event stands.
const CONTENTS: &[&str] = &["payload", "data"];

/// Where the content names the person.
const PERSON_ID: &[&str] =
    &["person.id", "employment.person.id", "person_id", "person-id", "employment.person_id", "employment.person-id"];

/// Where the content names the employment.
const EMPLOYMENT_ID: &[&str] = &["employment.id", "employment_id", "employment-id"];

/// What a verified body is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeopleDelivery {
    /// Something happened to a person or to one of their employments.
    Person(PersonEvent),
    /// Something happened to somebody, and the event does not say to whom. To be answered as accepted and counted.
    NoPerson(NamelessEvent),
    /// Something happened to an absence.
    Absence(AbsenceEvent),
    /// Any other event, `ping` among them: at most 40 plain characters of its name. To be answered as accepted.
    Other(String),
}

impl PeopleDelivery {
    /// When it happened; not known of what no flow is about.
    #[must_use]
    pub fn occurred_at(&self) -> Option<Timestamp> {
        match self {
            Self::Person(event) => Some(event.occurred_at),
            Self::NoPerson(event) => Some(event.occurred_at),
            Self::Absence(event) => Some(event.occurred_at),
            Self::Other(_) => None,
        }
    }
}

/// What happened to a person. Carries no order: the person must be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonEvent {
    /// The company's id, at most 40 plain characters of it; empty where the event names none.
    pub company: String,
    /// The event's name, at most 40 plain characters of it. Only tells events apart.
    pub name: String,
    /// Whether the event says that the person was deleted. An employment that was deleted says nothing of the person.
    pub is_deletion: bool,
    /// The person.
    pub person: PersonId,
    /// The employment, where the event names one.
    pub employment: Option<EmploymentId>,
    /// When it happened.
    pub occurred_at: Timestamp,
}

/// An event of a person or an employment that does not say whose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamelessEvent {
    /// The event's name, at most 40 plain characters of it.
    pub name: String,
    /// The employment, where the event names one.
    pub employment: Option<EmploymentId>,
    /// When it happened.
    pub occurred_at: Timestamp,
}

/// Reads a verified body, leniently.
///
/// # Errors
/// [`Unreadable`]: no event at all, or one that does not say when it happened, or an absence's that does not say of
/// which.
pub fn read(verified: &Verified<'_>) -> Result<PeopleDelivery, Unreadable> {
    Ok(delivery(&verified.body()?)?)
}

/// What a body that cannot be used says of its person, employment and absence, by their names.
#[must_use]
pub fn ids(verified: &Verified<'_>) -> Vec<(&'static str, String)> {
    let body = verified.members();
    let person = find::<PersonId>(&body, PERSON_ID).map(|id| ("person", id.to_string()));
    let employment = find::<EmploymentId>(&body, EMPLOYMENT_ID).map(|id| ("employment", id.to_string()));
    person.into_iter().chain(employment).chain(verified.ids()).collect()
}

/// What an event is.
pub(super) fn delivery(body: &Value) -> Result<PeopleDelivery, Field> {
    let name = json::text(body, "event_name")?;
    if OF_PEOPLE.iter().any(|start| name.starts_with(start)) {
        return people_event(body, name);
    }
    Ok(match webhook::delivery(body)? {
        Delivery::Absence(event) => PeopleDelivery::Absence(event),
        Delivery::Other(name) => PeopleDelivery::Other(name),
    })
}

fn people_event(body: &Value, name: &str) -> Result<PeopleDelivery, Field> {
    let occurred_at = json::moment(body, "occurred_at")?;
    let employment = find(body, EMPLOYMENT_ID);
    let Some(person) = find(body, PERSON_ID).or_else(|| itself(body, name)) else {
        return Ok(PeopleDelivery::NoPerson(NamelessEvent { name: json::plain(name), employment, occurred_at }));
    };
    Ok(PeopleDelivery::Person(PersonEvent {
        company: json::plain(&webhook::company(body)?),
        name: json::plain(name),
        is_deletion: name == "person.deleted",
        person,
        employment,
        occurred_at,
    }))
}

/// The first id that can be read, wherever it stands.
fn find<T: std::str::FromStr>(body: &Value, paths: &'static [&'static str]) -> Option<T> {
    let contents = CONTENTS.iter().filter_map(|name| body.get(name));
    contents.flat_map(|content| paths.iter().filter_map(|path| json::id(content, path).ok())).next()
}

/// The content's own id: of a person's event the content may be the person.
fn itself(body: &Value, name: &str) -> Option<PersonId> {
    name.starts_with("person.").then(|| find(body, &["id"])).flatten()
}
