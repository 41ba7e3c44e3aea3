//! Calls about openings. Only that one is made is documented.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use jiff::Timestamp;
use serde_json::Value;

use super::account::Right;
use super::input::{self, OpeningChange, WrittenOpening};
use super::member::{self, Members};
use super::opening::{Approval, Opening, Status};
use super::position::time;
use super::problem::Problem;
use super::query::Query;
use super::reply::Reply;
use super::serve::{Way, serve};
use super::store::{Act, Books, Object, Origin};
use super::twin::Twin;

/// `POST /openings/`
pub(super) async fn create(State(twin): State<Twin>, headers: HeaderMap, body: Bytes) -> Response {
    serve(&twin, &headers, Way::Documented(Right::OpeningsCreate), |books, now| {
        let mut sent = input::members(&headers, &body)?;
        member::required(&sent, &["position_uid"])?;
        let position = sent.remove("position_uid").unwrap_or_default();
        let position = member::text("position_uid", &position)?;
        let written = input::opening(&books.account, &sent)?;
        books.position(position).ok_or_else(|| Problem::missing("Position"))?;
        let uid = put(books, position, written, now);
        Ok(Reply::Created(books.opening(&uid).map(Opening::told).unwrap_or_default()))
    })
}

/// `GET /openings?position_uid=<uid>`
pub(super) async fn list(State(twin): State<Twin>, headers: HeaderMap, uri: Uri) -> Response {
    serve(&twin, &headers, Way::Assumed(Right::OpeningsRetrieve), |books, _| {
        let query = Query::read(&uri, &["position_uid"], books.account.quirks.page_cap)?;
        let position = query.value("position_uid").ok_or_else(|| Problem::bad("position_uid is required"))?;
        books.position(position).ok_or_else(|| Problem::missing("Position"))?;
        let told: Vec<_> = books.openings_of(position).map(Opening::told).collect();
        Ok(Reply::Ok(query.page("openings", &told, &headers, &books.account.quirks)))
    })
}

/// `GET /openings/<uid>`
pub(super) async fn one(State(twin): State<Twin>, Path(uid): Path<String>, headers: HeaderMap) -> Response {
    serve(&twin, &headers, Way::Assumed(Right::OpeningsRetrieve), |books, _| {
        let opening = books.opening(&uid).ok_or_else(|| Problem::missing("Opening"))?;
        Ok(Reply::Ok(opening.told()))
    })
}

/// `PATCH /openings/<uid>`
pub(super) async fn update(
    State(twin): State<Twin>,
    Path(uid): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    serve(&twin, &headers, Way::Assumed(Right::OpeningsUpdate), |books, now| {
        let change = input::opening_change(&books.account, input::members(&headers, &body)?)?;
        let opening = books.opening_mut(&uid).ok_or_else(|| Problem::missing("Opening"))?;
        apply(opening, change);
        (opening.changed_by, opening.updated) = (Origin::Api, now);
        let told = opening.told();
        books.remember(Object::Opening, &uid, Act::Changed, Origin::Api, now);
        Ok(Reply::Ok(told))
    })
}

/// `DELETE /openings/<uid>`
pub(super) async fn remove(State(twin): State<Twin>, Path(uid): Path<String>, headers: HeaderMap) -> Response {
    serve(&twin, &headers, Way::Assumed(Right::OpeningsUpdate), |books, now| {
        if take(books, &uid, Origin::Api, now) { Ok(Reply::Empty) } else { Err(Problem::missing("Opening")) }
    })
}

/// An opening goes. `false`: there is none.
pub(super) fn take(books: &mut Books, uid: &str, by: Origin, now: Timestamp) -> bool {
    let Some(place) = books.openings.iter().position(|opening| opening.uid == uid) else { return false };
    books.openings.remove(place);
    books.remember(Object::Opening, uid, Act::Deleted, by, now);
    true
}

/// An opening that a caller makes. Gives its uid.
pub(super) fn put(books: &mut Books, position: &str, written: WrittenOpening, now: Timestamp) -> String {
    let waits = books.account.quirks.approval_mandatory && written.time_approved.is_none();
    let approval = match (&written.time_approved, waits) {
        (Some(_), _) => Approval::Approved,
        (None, true) => Approval::Started,
        (None, false) => Approval::Na,
    };
    let opening = Opening {
        name: written.name,
        time_expected_hire: Some(written.time_expected_hire),
        reason: written.reason,
        status: if waits { Status::Pending } else { Status::Open },
        approval,
        time_approved: written.time_approved,
        time_opened: written.time_opened.unwrap_or_else(|| time(now)),
        custom_fields: written.custom_fields,
        ..blank(position, Origin::Api, now)
    };
    add(books, opening, now)
}

/// The opening that Recruit makes by itself.
pub(super) fn put_default(books: &mut Books, position: &str, now: Timestamp) {
    let name = books.position(position).map(|position| position.name().to_owned()).unwrap_or_default();
    let mut opening = Opening { name, ..blank(position, Origin::Recruit, now) };
    if books.account.quirks.approval_mandatory {
        (opening.status, opening.approval) = (Status::Pending, Approval::Started);
    }
    add(books, opening, now);
}

/// Gives it its uid.
pub(super) fn add(books: &mut Books, opening: Opening, now: Timestamp) -> String {
    let uid = books.next_uid(Object::Opening);
    let by = opening.entered_by;
    books.openings.push(Opening { uid: uid.clone(), ..opening });
    books.remember(Object::Opening, &uid, Act::Created, by, now);
    uid
}

/// An open opening with nothing in it.
pub(super) fn blank(position: &str, by: Origin, now: Timestamp) -> Opening {
    Opening {
        uid: String::new(),
        position_uid: position.to_owned(),
        entered_by: by,
        changed_by: by,
        name: String::new(),
        time_expected_hire: None,
        reason: "New".to_owned(),
        status: Status::Open,
        approval: Approval::Na,
        time_approved: None,
        custom_fields: Members::new(),
        hired_candidate_uid: None,
        time_opened: time(now),
        created: now,
        updated: now,
    }
}

fn apply(opening: &mut Opening, change: OpeningChange) {
    for (name, value) in change.members {
        match (name.as_str(), value) {
            ("name", Value::String(text)) => opening.name = text,
            ("time_expected_hire", Value::String(text)) => opening.time_expected_hire = Some(text),
            ("reason", Value::String(text)) => opening.reason = text,
            ("status", Value::String(text)) => {
                opening.status = if text == "OPEN" { Status::Open } else { Status::Canceled };
            }
            (_, Value::Object(fields)) => opening.custom_fields.extend(fields),
            _ => {}
        }
    }
}
