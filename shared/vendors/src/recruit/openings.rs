//! Openings: created; and changed, cancelled, read and listed, if the settings name a way: Recruit's public reference has
//! none.

use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};

use super::client::Recruit;
use super::model::new_opening::moment;
use super::model::{NewOpening, Opening, OpeningReason, OpeningUid, PositionUid};
use super::operations::{CANCEL_OPENING, CREATE_OPENING, LIST_OPENINGS, READ_OPENING, UPDATE_OPENING};
use super::outcome::{Changed, Created, changed, created};
use super::reading;
use super::refusal::{self, Addressed};
use super::way::{Values, Way};
use crate::value::Personal;
use crate::{Cursor, Error, Kind, Operation, Page, UnreadableItem};

/// What is changed of an opening: `None` stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpeningChange {
    /// The name.
    pub name: Option<String>,
    /// When somebody is expected to be hired.
    pub time_expected_hire: Option<Timestamp>,
    /// Why somebody is looked for.
    pub reason: Option<OpeningReason>,
    /// Values of custom fields by their names; `None` empties one. Without any, none is changed.
    pub custom_fields: BTreeMap<String, Option<Personal<String>>>,
}

/// What came of asking for one opening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpeningByUid {
    /// The opening.
    There(Opening),
    /// Recruit shows no such opening.
    Gone,
    /// The settings name no way to do this.
    Unsupported,
}

/// What came of listing the openings of a position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpeningsOfPosition {
    /// All of them, and what cannot be read of them.
    Listed(Page<Opening, OpeningUid>),
    /// The settings name no way to do this.
    Unsupported,
}

/// What is sent to create an opening.
#[derive(Serialize)]
struct OfPosition<'a> {
    position_uid: &'a PositionUid,
    #[serde(flatten)]
    opening: &'a NewOpening,
}

/// Creates an opening of a position.
///
/// # Errors
/// [`Kind::Gone`]: Recruit shows no such position. [`Kind::Unexplained`] with a status of success: the opening was probably made, but the answer does not say which it is.
/// Otherwise as for all calls.
pub async fn create(
    recruit: &Recruit,
    position: &PositionUid,
    opening: &NewOpening,
) -> Result<Created<Opening>, Error> {
    let body = OfPosition { position_uid: position, opening };
    // a 404 that is no page is about the position
    let answer = recruit.post(CREATE_OPENING, "openings/", &body, Addressed::Item).await;
    created(CREATE_OPENING, answer, reading::opening)
}

/// Changes an opening. Whether somebody was hired for it must be known before.
///
/// # Errors
/// [`Kind::Gone`]: Recruit shows no such opening. Otherwise as for all calls.
pub async fn update(
    recruit: &Recruit,
    position: &PositionUid,
    uid: &OpeningUid,
    change: &OpeningChange,
) -> Result<Changed, Error> {
    let Some(way) = &recruit.ways().update_opening else { return Ok(Changed::Unsupported) };
    let mut values = ids(position, uid);
    values.extend(change.name.as_ref().map(|name| ("name", json!(name))));
    values.extend(change.time_expected_hire.map(|at| ("time_expected_hire", json!(moment(at)))));
    values.extend(change.reason.map(|reason| ("reason", json!(reason))));
    if !change.custom_fields.is_empty() {
        values.insert("custom_fields", json!(change.custom_fields));
    }
    changed(UPDATE_OPENING, recruit.go(UPDATE_OPENING, way, &values, None).await)
}

/// Cancels an opening; `note` says why, where the way has a place for it. Whether somebody was hired for it must be known
/// before.
///
/// # Errors
/// [`Kind::Gone`]: Recruit shows no such opening. Otherwise as for all calls.
pub async fn cancel(recruit: &Recruit, position: &PositionUid, uid: &OpeningUid, note: &str) -> Result<Changed, Error> {
    let Some(way) = &recruit.ways().cancel_opening else { return Ok(Changed::Unsupported) };
    let mut values = ids(position, uid);
    values.insert("note", json!(note));
    changed(CANCEL_OPENING, recruit.go(CANCEL_OPENING, way, &values, None).await)
}

/// One opening.
///
/// # Errors
/// [`Kind::Unexplained`]: the answer is no opening, or another. Otherwise as for all calls.
pub async fn read(recruit: &Recruit, position: &PositionUid, uid: &OpeningUid) -> Result<OpeningByUid, Error> {
    let Some(way) = &recruit.ways().read_opening else { return Ok(OpeningByUid::Unsupported) };
    let body = match gone_to(recruit, READ_OPENING, way, &ids(position, uid), None).await {
        Ok(body) => body,
        Err(error) if error.kind == Kind::Gone => return Ok(OpeningByUid::Gone),
        Err(error) => return Err(error),
    };
    let opening = reading::opening(&body).ok().filter(|opening| opening.uid == *uid);
    opening.map(OpeningByUid::There).ok_or_else(|| unexplained(READ_OPENING))
}

/// All openings of a position, read to the list's end. Those of other positions are left out, for a filter may be passed
/// over; one that does not say of which position it is counts as unreadable.
///
/// # Errors
/// [`Kind::Gone`]: Recruit shows no such position. [`Kind::Endless`]: a page leads back to one before.
/// [`Kind::Unexplained`]: the answer is no list. Otherwise as for all calls.
pub async fn of_position(recruit: &Recruit, position: &PositionUid) -> Result<OpeningsOfPosition, Error> {
    let Some(way) = &recruit.ways().list_openings else { return Ok(OpeningsOfPosition::Unsupported) };
    let values = [("position_uid", json!(position))].into();
    let mut all = Page { items: Vec::new(), unreadable: Vec::new(), next: None };
    let mut seen = HashSet::new();
    loop {
        let query = all.next.as_ref().map(Cursor::as_str);
        let body = gone_to(recruit, LIST_OPENINGS, way, &values, query).await?;
        let page = reading::page(&body, "openings", reading::opening).ok_or_else(|| unexplained(LIST_OPENINGS))?;
        all.next = page.next;
        all.unreadable.extend(page.unreadable);
        page.items.into_iter().for_each(|opening| keep(&mut all, opening, position));
        match &all.next {
            None => return Ok(OpeningsOfPosition::Listed(all)),
            Some(next) if !seen.insert(next.clone()) => return Err(Error::new(LIST_OPENINGS, Kind::Endless)),
            Some(_) => {}
        }
    }
}

fn keep(all: &mut Page<Opening, OpeningUid>, opening: Opening, position: &PositionUid) {
    match &opening.position {
        Some(own) if own == position => all.items.push(opening),
        Some(_) => {}
        None => all.unreadable.push(UnreadableItem { id: Some(opening.uid), what: "position_uid".to_owned() }),
    }
}

async fn gone_to(
    recruit: &Recruit,
    operation: Operation,
    way: &Way,
    values: &Values,
    query: Option<&str>,
) -> Result<Value, Error> {
    let answer = recruit.go(operation, way, values, query).await?;
    refusal::json(operation, &answer)
}

fn ids(position: &PositionUid, uid: &OpeningUid) -> Values {
    [("position_uid", json!(position)), ("uid", json!(uid))].into()
}

fn unexplained(operation: Operation) -> Error {
    Error::new(operation, Kind::Unexplained { status: 200 })
}
