//! Calls about positions.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::account::Right;
use super::input::{self, Purpose, Written};
use super::member::Members;
use super::opening::Opening;
use super::openings;
use super::position::Position;
use super::problem::Problem;
use super::query::Query;
use super::reply::Reply;
use super::serve::{Way, serve};
use super::store::{Act, Books, Object, Origin};
use super::twin::Twin;

/// `GET /positions`
pub(super) async fn list(State(twin): State<Twin>, headers: HeaderMap, uri: Uri) -> Response {
    serve(&twin, &headers, Way::Documented(Right::PositionsRetrieve), |books, _| {
        let quirks = &books.account.quirks;
        let query = Query::read(&uri, &["status"], quirks.page_cap)?;
        let wanted = |position: &&Position| query.value("status").is_none_or(|status| position.status() == status);
        let visible = books.positions.iter().filter(|position| position.is_visible(&books.account));
        let told: Vec<_> = visible.filter(wanted).map(|position| position.told(&books.account)).collect();
        Ok(Reply::Ok(query.page("positions", &told, &headers, quirks)))
    })
}

/// `GET /positions/<uid>`
pub(super) async fn one(State(twin): State<Twin>, Path(uid): Path<String>, headers: HeaderMap) -> Response {
    serve(&twin, &headers, Way::Documented(Right::PositionsRetrieve), |books, _| {
        let position = books.position(&uid).filter(|position| position.is_visible(&books.account));
        let position = position.ok_or_else(|| Problem::missing("Position"))?;
        Ok(Reply::Ok(position.told(&books.account)))
    })
}

/// `POST /positions/`
pub(super) async fn create(State(twin): State<Twin>, headers: HeaderMap, body: Bytes) -> Response {
    serve(&twin, &headers, Way::Documented(Right::PositionsCreate), |books, now| {
        let written = input::position(&books.account, input::members(&headers, &body)?, Purpose::Create)?;
        Ok(Reply::Created(enter(books, written, None, now)))
    })
}

/// `POST /positions/<uid>/clone`
pub(super) async fn copy(
    State(twin): State<Twin>,
    Path(uid): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    serve(&twin, &headers, Way::Documented(Right::PositionsClone), |books, now| {
        let mut written = input::position(&books.account, input::members(&headers, &body)?, Purpose::Clone)?;
        let template = books.position(&uid).ok_or_else(|| Problem::missing("Position"))?;
        if !template.is("is_template") {
            return Err(Problem::bad("The position is not a template"));
        }
        let mut members = template.members.clone();
        members.retain(|name, _| !["is_template", "is_published"].contains(&name.as_str()));
        members.extend(std::mem::take(&mut written.members));
        written.members = members;
        Ok(Reply::Created(enter(books, written, Some(uid), now)))
    })
}

/// `PATCH /position/<uid>`
pub(super) async fn update(
    State(twin): State<Twin>,
    Path(uid): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    serve(&twin, &headers, Way::Documented(Right::PositionsUpdate), |books, now| {
        let written = input::position(&books.account, input::members(&headers, &body)?, Purpose::Update)?;
        let told =
            change(books, &uid, written.members, Origin::Api, now).ok_or_else(|| Problem::missing("Position"))?;
        Ok(Reply::Ok(told))
    })
}

/// Sets these members. `None`: there is no such position.
pub(super) fn change(books: &mut Books, uid: &str, members: Members, by: Origin, now: Timestamp) -> Option<Value> {
    let position = books.position_mut(uid)?;
    position.members.extend(members);
    (position.changed_by, position.updated) = (by, now);
    books.remember(Object::Position, uid, Act::Changed, by, now);
    books.position(uid).map(|position| position.told(&books.account))
}

/// A new position without openings. Gives its uid.
pub(super) fn put(books: &mut Books, members: Members, template: Option<String>, by: Origin, now: Timestamp) -> String {
    let uid = books.next_uid(Object::Position);
    books.positions.push(Position {
        uid: uid.clone(),
        entered_by: by,
        changed_by: by,
        cloned_from: template,
        members,
        created: now,
        updated: now,
    });
    books.remember(Object::Position, &uid, Act::Created, by, now);
    uid
}

/// A position that a caller makes, with its openings. Gives the answer.
fn enter(books: &mut Books, written: Written, template: Option<String>, now: Timestamp) -> Value {
    let Written { members, openings } = written;
    let uid = put(books, members, template, Origin::Api, now);
    let none_asked_for = openings.as_ref().is_none_or(Vec::is_empty);
    let suppressed = openings.is_some() && books.account.quirks.empty_openings_make_none;
    for opening in openings.unwrap_or_default() {
        openings::put(books, &uid, opening, now);
    }
    if none_asked_for && !suppressed {
        openings::put_default(books, &uid, now);
    }
    let mut told = books.position(&uid).map(|position| position.told(&books.account)).unwrap_or_default();
    if let Some(members) = told.as_object_mut().filter(|_| books.account.quirks.answers_openings) {
        let openings: Vec<_> = books.openings_of(&uid).map(Opening::told).collect();
        members.insert("openings".to_owned(), json!(openings));
    }
    told
}
