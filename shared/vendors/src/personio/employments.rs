//! The call that reads the employments of a person. Scope `personio:persons:read` (*assumed*: none of its own is
//! documented). There is no list of all employments, and none can be found by its own id alone. Source:
//! developer.personio.de/reference/get_v2-persons-person-id-employments.

use super::employment_reading;
use super::hr::{Addressed, Hr};
use super::json::{self, Field};
use super::model::employment::Employment;
use super::model::id::PersonId;
use super::operations::LIST_EMPLOYMENTS;
use super::pages::{Walk, limited};
use crate::{Error, Kind};

/// All employments of a person, in the vendor's order, which is newest first. All or none: the one that cannot be read
/// might be the one that counts.
///
/// # Errors
/// [`Kind::Gone`]: there is no such person (any more). [`Kind::Invalid`]: an employment cannot be read; the reason
/// names the member. [`Kind::Unexplained`]: an employment is another person's. Otherwise as
/// [`Listing::next`](super::Listing::next).
pub async fn list(hr: &Hr, person: PersonId) -> Result<Vec<Employment>, Error> {
    let url = limited(hr.url(&format!("v2/persons/{person}/employments")), "50");
    let employments = Walk::new(hr, LIST_EMPLOYMENTS, url, Addressed::Item).all().await?;
    let employments = employments.iter().map(employment_reading::employment).collect::<Result<Vec<_>, Field>>();
    let employments = employments.map_err(|field| Error::new(LIST_EMPLOYMENTS, json::unreadable(field)))?;
    let is_of_another = |employment: &Employment| employment.person.is_some_and(|of| of != person);
    if employments.iter().any(is_of_another) {
        return Err(Error::new(LIST_EMPLOYMENTS, Kind::Unexplained { status: 200 }));
    }
    Ok(employments)
}
