//! The call that reads a person. Scope `personio:persons:read`; the answer lacks what the credential's list of attributes
//! does not name. Source: developer.personio.de/reference/get_v2-persons-id.

use super::hr::{Addressed, Hr};
use super::json;
use super::model::id::PersonId;
use super::model::person::Person;
use super::operations::READ_PERSON;
use super::reading;
use crate::{Error, Kind};

/// One person.
///
/// # Errors
/// [`Kind::Gone`]: there is no such person (any more). Otherwise as for all calls.
pub async fn read(hr: &Hr, id: PersonId) -> Result<Person, Error> {
    let url = hr.url(&format!("v2/persons/{id}"));
    let body = hr.get(READ_PERSON, url, Addressed::Item).await?;
    let person = json::bare(body).and_then(|body| reading::person(&body).ok());
    let person = person.filter(|person| person.id == id);
    person.ok_or_else(|| Error::new(READ_PERSON, Kind::Unexplained { status: 200 }))
}
