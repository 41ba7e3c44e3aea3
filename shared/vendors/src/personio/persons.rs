//! The call that reads a person. Scope `personio:persons:read`; what the credential's list of attributes does not name
//! is missing in the answer. Source: developer.personio.de/reference/get_v2-persons-id.

use super::hr::{Asked, Hr};
use super::model::id::PersonId;
use super::reading;
use crate::value::Email;
use crate::{Error, Kind};

/// What hrsync reads of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The id.
    pub id: PersonId,
    /// The address at work; `None` where the person has none, the credential may not read it, or it is no address.
    pub email: Option<Email>,
}

impl Hr {
    /// One person.
    ///
    /// # Errors
    /// [`Kind::Gone`]: there is no such person (any more). Otherwise as for all calls.
    pub async fn person(&self, id: PersonId) -> Result<Person, Error> {
        const OPERATION: &str = "read person";
        let body = self.get(OPERATION, self.url(&format!("v2/persons/{id}")), Asked::One).await?;
        let person = reading::bare(body).and_then(|body| reading::person(&body).ok());
        let person = person.filter(|person| person.id == id);
        person.ok_or_else(|| self.error(OPERATION, Kind::Unexplained { status: 200 }))
    }
}
