//! The calls that are about applications. No filter by stage is documented, so a sweep reads the newest down to a date.

use serde_json::json;
use url::Url;

use super::client::{Teamtailor, document};
use super::document;
use super::model::{Application, ApplicationId, CandidateId, ListedApplication, StageId};
use super::operations::{LIST_APPLICATIONS, MOVE_APPLICATION, READ_APPLICATION, READ_CANDIDATE};
use super::paging::{self, Listing};
use super::reading;
use super::refusal::unreadable;
use crate::json::Field;
use crate::{Cursor, Error, Kind, Reason};

/// One page of the list of applications.
pub type Page = crate::Page<ListedApplication, ApplicationId>;

/// What came of asking for an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApplicationById {
    /// The application.
    There(Box<Application>),
    /// There is no such application (any more).
    Gone,
}

/// What came of moving an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moved {
    /// It stands in the stage.
    Done,
    /// Teamtailor refuses: the stage is of another job, for example.
    Refused(Vec<Reason>),
}

/// One application with candidate, stage and job.
///
/// # Errors
/// [`Kind::Invalid`]: the application cannot be read; the reason names the member. Otherwise as for all calls.
pub async fn read(teamtailor: &Teamtailor, id: &ApplicationId) -> Result<ApplicationById, Error> {
    let mut url = address(teamtailor, id);
    url.query_pairs_mut().append_pair("include", "candidate,stage,job");
    let document = match teamtailor.get(READ_APPLICATION, url).await {
        Err(error) if error.kind == Kind::Gone => return Ok(ApplicationById::Gone),
        answer => answer?,
    };
    let application = document::one(&document).ok_or(Field("data")).and_then(reading::application);
    application.map(Box::new).map(ApplicationById::There).map_err(|field| unreadable(READ_APPLICATION, field))
}

/// Applications with candidate and stage; those that came into their stage last come first.
///
/// # Errors
/// [`Kind::Endless`]: the list leads back. Otherwise as for all calls.
pub async fn newest(teamtailor: &Teamtailor, cursor: Option<&Cursor>) -> Result<Page, Error> {
    let mut url = teamtailor.url("job-applications");
    url.query_pairs_mut().append_pair("include", "candidate,stage").append_pair("sort", "-changed_stage_at");
    let listing = Listing { operation: LIST_APPLICATIONS, url, read: reading::listed_application };
    paging::page(teamtailor, &listing, cursor).await
}

/// The applications of a candidate. `None`: there is no such candidate (any more).
///
/// # Errors
/// [`Kind::Invalid`]: they cannot be read; the reason names the member. Otherwise as for all calls.
pub async fn of_candidate(
    teamtailor: &Teamtailor,
    candidate: &CandidateId,
) -> Result<Option<Vec<ApplicationId>>, Error> {
    let mut url = teamtailor.url(&format!("candidates/{candidate}"));
    url.query_pairs_mut().append_pair("include", "job-applications");
    let document = match teamtailor.get(READ_CANDIDATE, url).await {
        Err(error) if error.kind == Kind::Gone => return Ok(None),
        answer => answer?,
    };
    let ids = document::one(&document).ok_or(Field("data")).and_then(reading::application_ids);
    ids.map(Some).map_err(|field| unreadable(READ_CANDIDATE, field))
}

/// Moves an application to a stage of its job. The same again changes nothing.
///
/// # Errors
/// [`Kind::Gone`]: there is no such application (any more). Otherwise as for all calls.
pub async fn move_to(teamtailor: &Teamtailor, id: &ApplicationId, stage: &StageId) -> Result<Moved, Error> {
    let relationships = json!({"stage": document::to("stages", stage)});
    let body = json!({"data": {"type": "job-applications", "id": id, "relationships": relationships}});
    let answer = teamtailor.patch(MOVE_APPLICATION, address(teamtailor, id), &body).await?;
    match document(MOVE_APPLICATION, &answer) {
        Ok(_) => Ok(Moved::Done),
        Err(Error { kind: Kind::Invalid(reasons) | Kind::Conflict(reasons), .. }) => Ok(Moved::Refused(reasons)),
        Err(error) => Err(error),
    }
}

fn address(teamtailor: &Teamtailor, id: &ApplicationId) -> Url {
    teamtailor.url(&format!("job-applications/{id}"))
}
