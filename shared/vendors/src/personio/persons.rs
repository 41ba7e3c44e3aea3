//! The calls that read persons. Scope `personio:persons:read`; an answer lacks what the credential's list of attributes
//! does not name. Source: developer.personio.de/reference/get_v2-persons and get_v2-persons-id.

use super::hr::{Addressed, Hr};
use super::json;
use super::model::id::PersonId;
use super::model::person::Person;
use super::operations::{LIST_PERSONS, READ_PERSON};
use super::pages::{Listing, Walk, limited};
use super::person_reading;
use crate::{Cursor, Error, Kind};

const PERSONS: &str = "v2/persons";

/// One page of the list of persons.
pub type Page = crate::Page<Person, PersonId>;

/// The pages of the list of persons.
pub type Pages<'a> = Listing<'a, Person, PersonId>;

/// One person.
///
/// # Errors
/// [`Kind::Gone`]: there is no such person (any more), says this one answer. A right that was taken away and the
/// address of another company have been seen to look the same. Otherwise as for all calls.
pub async fn read(hr: &Hr, id: PersonId) -> Result<Person, Error> {
    let url = hr.url(&format!("{PERSONS}/{id}"));
    let body = hr.get(READ_PERSON, url, Addressed::Item).await?;
    let person = json::bare(body).and_then(|body| person_reading::person(&body).ok());
    let person = person.filter(|person| person.id == id);
    person.ok_or_else(|| Error::new(READ_PERSON, Kind::Unexplained { status: 200 }))
}

/// All persons of the company, those who have left among them, page by page, from the start or from where an earlier
/// reading stood. Their employments are not in the list.
#[must_use]
pub fn list(hr: &Hr, from: Option<Cursor>) -> Pages<'_> {
    // more than 50 a page are refused
    let url = limited(hr.url(PERSONS), "50");
    let walk = Walk::new(hr, LIST_PERSONS, url, Addressed::Endpoint).from(from);
    Pages::new(walk, person_reading::person, person_reading::person_id)
}
