//! Positions: created, cloned from a template, read, listed; and their status, if the settings name a way.

use serde::Serialize;
use serde_json::json;

use super::client::Recruit;
use super::model::{NewPosition, Position, PositionStatus, PositionUid, TemplateUid};
use super::operations::{CLONE_POSITION, CREATE_POSITION, LIST_POSITIONS, READ_POSITION, SET_POSITION_STATUS};
use super::outcome::{Changed, Created, changed, created};
use super::reading;
use super::refusal::Addressed;
use crate::{Cursor, Error, Kind, Operation, Page};

/// How many positions are asked for on a page: a page must fit into what is read of an answer, and texts are long.
pub const PAGE: usize = 100;

/// What is sent to clone a position.
#[derive(Serialize)]
struct FromTemplate<'a> {
    copy_assignees: bool,
    #[serde(flatten)]
    position: &'a NewPosition,
}

/// Creates a position. Without openings in it, Recruit makes one by itself.
///
/// # Errors
/// [`Kind::Unexplained`] with a status of success: the position was probably made, but the answer does not say which it is.
/// Otherwise as for all calls.
pub async fn create(recruit: &Recruit, position: &NewPosition) -> Result<Created<Position>, Error> {
    let answer = recruit.post(CREATE_POSITION, "positions/", position, Addressed::Endpoint).await;
    created(CREATE_POSITION, answer, reading::position)
}

/// Creates a position from a template: what `position` leaves out is the template's, and the people of the template too if
/// `copy_assignees` says so.
///
/// # Errors
/// [`Kind::Gone`]: there is no such template. Otherwise as [`create`].
pub async fn clone_from(
    recruit: &Recruit,
    template: &TemplateUid,
    copy_assignees: bool,
    position: &NewPosition,
) -> Result<Created<Position>, Error> {
    let path = format!("positions/{template}/clone");
    let answer = recruit.post(CLONE_POSITION, &path, &FromTemplate { copy_assignees, position }, Addressed::Item).await;
    created(CLONE_POSITION, answer, reading::position)
}

/// One position; `None` where Recruit shows none with the id. That is no evidence that there is none: an app that may see
/// published positions only does not see those that it made.
///
/// # Errors
/// [`Kind::Unexplained`]: the answer is no position, or another. Otherwise as for all calls.
pub async fn read(recruit: &Recruit, uid: &PositionUid) -> Result<Option<Position>, Error> {
    let body = match recruit.get(READ_POSITION, recruit.url(&format!("positions/{uid}")), Addressed::Item).await {
        Ok(body) => body,
        Err(error) if error.kind == Kind::Gone => return Ok(None),
        Err(error) => return Err(error),
    };
    let position = reading::position(&body).ok().filter(|position| position.uid == *uid);
    position.map(Some).ok_or_else(|| unexplained(READ_POSITION))
}

/// The page that a page before leads to, or the first.
///
/// # Errors
/// [`Kind::Endless`]: the page leads to itself. [`Kind::Stale`]: the cursor is no longer taken. [`Kind::Unexplained`]: the
/// answer is no list. Otherwise as for all calls.
pub async fn page(recruit: &Recruit, cursor: Option<&Cursor>) -> Result<Page<Position, PositionUid>, Error> {
    let mut url = recruit.url("positions");
    let first = format!("limit={PAGE}");
    url.set_query(Some(cursor.map_or(first.as_str(), Cursor::as_str)));
    let body = recruit
        .get(LIST_POSITIONS, url, Addressed::Endpoint)
        .await
        .map_err(|error| error.stale_if(cursor.is_some()))?;
    let page = reading::page(&body, "positions", reading::position).ok_or_else(|| unexplained(LIST_POSITIONS))?;
    if page.next.is_some() && page.next.as_ref() == cursor {
        return Err(Error::new(LIST_POSITIONS, Kind::Endless));
    }
    Ok(page)
}

/// Sets the status of a position.
///
/// # Errors
/// [`Kind::Gone`]: Recruit shows no such position. Otherwise as for all calls.
pub async fn set_status(recruit: &Recruit, uid: &PositionUid, status: PositionStatus) -> Result<Changed, Error> {
    let Some(way) = &recruit.ways().set_position_status else { return Ok(Changed::Unsupported) };
    let values = [("position_uid", json!(uid)), ("status", json!(status))].into();
    changed(SET_POSITION_STATUS, recruit.go(SET_POSITION_STATUS, way, &values, None).await)
}

fn unexplained(operation: Operation) -> Error {
    Error::new(operation, Kind::Unexplained { status: 200 })
}
