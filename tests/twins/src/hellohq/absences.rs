//! Absences: `POST`, `GET` and `DELETE` of `/v2/Absences`. There is no update.
//!
//! Written are `start` and `end`, read are `startOn` and `endOn` (types in hours) or `startDate` and `endDate` (types
//! in days). The description gives the answer to a POST as an example only, and to a DELETE nothing but 200.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use super::account::Account;
use super::drafts::Draft;
use super::problems::{FieldErrors, Problem};
use super::state::{Absence, Origin, Store};
use super::times::{Moment, milliseconds};
use super::{Call, Twin, fields, lists, users};

/// `POST /v2/Absences`
pub(super) async fn create(State(twin): State<Twin>, headers: HeaderMap, body: Bytes) -> Response {
    twin.serve(&headers, |store, call| {
        if !is_json(&headers) {
            return Err(Problem::MediaType);
        }
        let checked = Draft::read(&body)?.check(&call.account, Origin::Api)?;
        let standing: Vec<_> =
            store.standing(&call.name, checked.user_id).map(|known| (known.start, known.end)).collect();
        let conflicts = checked.conflicts(&call.account, &standing);
        if !conflicts.is_empty() {
            return Err(conflicts.into());
        }
        let absence = store.enter(&call.name, checked, Origin::Api, call.now);
        Ok(if call.account.empty_answers {
            StatusCode::OK.into_response()
        } else {
            Json(posted(&absence)).into_response()
        })
    })
}

/// The content types of the description.
fn is_json(headers: &HeaderMap) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let suffixed = essence.strip_prefix("application/").is_some_and(|subtype| subtype.ends_with("+json"));
    suffixed || ["application/json", "text/json"].contains(&essence.as_str())
}

/// `GET /v2/Absences`, newest first unless an order is asked for.
pub(super) async fn list(State(twin): State<Twin>, headers: HeaderMap, uri: Uri) -> Response {
    twin.serve(&headers, |store, call| {
        let rows = visible(store, call).rev().map(|absence| related(absence, &call.account)).collect();
        lists::page(rows, fields::ABSENCES, call, &uri, &headers)
    })
}

/// `GET /v2/Absences/{id}`
pub(super) async fn get(State(twin): State<Twin>, headers: HeaderMap, Path(id): Path<String>) -> Response {
    twin.serve(&headers, |store, call| {
        let id = lists::id(&id)?;
        let absence = visible(store, call).find(|absence| absence.id == id).ok_or(Problem::NotFound)?;
        Ok(Json(related(absence, &call.account)).into_response())
    })
}

/// `DELETE /v2/Absences/{id}`: writes are never behind, so a second one finds nothing even while reads lag.
pub(super) async fn delete(State(twin): State<Twin>, headers: HeaderMap, Path(id): Path<String>) -> Response {
    twin.serve(&headers, |store, call| {
        let id = lists::id(&id)?;
        let ours = |known: &&Absence| known.account == call.name && known.id == id && known.stands();
        let absence = store.absences.iter().find(ours).ok_or(Problem::NotFound)?;
        if call.account.closed_months.iter().any(|month| month.is_touched(absence.start, absence.end)) {
            return Err(FieldErrors::one("id", "The month is closed.").into());
        }
        store.remove(&call.name, id, Origin::Api, call.now);
        Ok(StatusCode::OK.into_response())
    })
}

fn visible<'a>(store: &'a Store, call: &'a Call) -> impl DoubleEndedIterator<Item = &'a Absence> {
    let lag = call.account.read_lag_seconds;
    store.absences.iter().filter(move |known| known.account == call.name && known.is_shown(call.now, lag))
}

/// The members of the example of a POST's answer: without the user.
fn posted(absence: &Absence) -> Value {
    let on = |moment: Moment| matches!(moment, Moment::Utc(_)).then_some(moment);
    let date = |moment: Moment| matches!(moment, Moment::Local(_)).then_some(moment);
    let created_on = milliseconds(absence.created_on);
    // a sync token belongs to no user
    let by = if absence.entered_by == Origin::Api { 0 } else { absence.user_id };
    json!({
        "id": absence.id,
        "createdOn": created_on,
        "createdBy": by,
        "updatedOn": created_on,
        "updatedBy": by,
        "startOn": on(absence.start),
        "startDate": date(absence.start),
        "endOn": on(absence.end),
        "endDate": date(absence.end),
        "missedDays": absence.missed_days,
        "type": absence.kind,
        "note": absence.note,
        "isApproved": absence.is_approved,
        "userId": absence.user_id,
    })
}

/// `AbsencesGetRelated`
fn related(absence: &Absence, account: &Account) -> Value {
    let mut shown = posted(absence);
    if let (Some(members), Some(user)) = (shown.as_object_mut(), account.users.get(&absence.user_id)) {
        members.insert("user".to_owned(), users::plain(absence.user_id, user));
    }
    shown
}
