//! The call that says who recruits for a job.

use super::client::Teamtailor;
use super::document;
use super::model::{JobId, User};
use super::operations::READ_JOB;
use super::reading;
use super::refusal::unreadable;
use crate::Error;
use crate::json::Field;

#[cfg(doc)]
use crate::Kind;

/// The user who recruits for a job; `None` where it has none.
///
/// # Errors
/// [`Kind::Gone`]: there is no such job (any more). Otherwise as for all calls.
pub async fn recruiter(teamtailor: &Teamtailor, id: &JobId) -> Result<Option<User>, Error> {
    let mut url = teamtailor.url(&format!("jobs/{id}"));
    url.query_pairs_mut().append_pair("include", "user");
    let document = teamtailor.get(READ_JOB, url).await?;
    let job = document::one(&document).ok_or(Field("data"));
    let user = job.and_then(|job| job.related("user")).and_then(|user| user.map(reading::user).transpose());
    user.map_err(|field| unreadable(READ_JOB, field))
}
