//! What people do in the HQ itself. They are bound neither by closed months nor by the types that callers may not
//! write.

use axum::body::Bytes;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{delete, post, put};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::json;

use crate::{doors, locked};

use super::Twin;
use super::account::Account;
use super::drafts::Draft;
use super::state::Origin;
use super::times::Month;

/// An absence as somebody enters it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Whose absence it is.
    pub user_id: i32,
    /// The type, as the API spells it.
    #[serde(rename = "type")]
    pub kind: String,
    /// As a caller would write it.
    pub start: String,
    /// As a caller would write it.
    pub end: String,
    /// The description.
    #[serde(default)]
    pub note: Option<String>,
    /// Approved unless told otherwise.
    #[serde(default = "approved")]
    pub is_approved: bool,
}

fn approved() -> bool {
    true
}

impl Entry {
    /// An approved absence without a note.
    #[must_use]
    pub fn new(user_id: i32, kind: &str, start: &str, end: &str) -> Self {
        let (kind, start, end) = (kind.to_owned(), start.to_owned(), end.to_owned());
        Self { user_id, kind, start, end, note: None, is_approved: true }
    }
}

impl Twin {
    /// Somebody enters an absence. Gives its id.
    ///
    /// # Errors
    /// No such account, or what is wrong with the entry.
    pub fn enter(&self, account: &str, entry: Entry) -> Result<i32, String> {
        let now = self.desk.clock().now();
        let mut store = locked(&self.store);
        let hq = store.accounts.get(account).ok_or_else(|| format!("there is no account {account}"))?;
        let Entry { user_id, kind, start, end, note, is_approved } = entry;
        let draft = Draft { kind, user_id, start, end, note, is_approved };
        let checked = draft.check(hq, Origin::Hand).map_err(|errors| errors.line())?;
        Ok(store.enter(account, checked, Origin::Hand, now).id)
    }

    /// Somebody deletes an absence; whether there was one.
    pub fn remove(&self, account: &str, absence_id: i32) -> bool {
        let now = self.desk.clock().now();
        locked(&self.store).remove(account, absence_id, Origin::Hand, now)
    }

    /// Somebody closes a month; whether there is such an account.
    pub fn close_month(&self, account: &str, month: Month) -> bool {
        self.change(account, |account| account.closed_months.insert(month)).is_some()
    }

    /// Somebody opens a month again; whether there is such an account.
    pub fn open_month(&self, account: &str, month: Month) -> bool {
        self.change(account, |account| account.closed_months.remove(&month)).is_some()
    }

    /// Somebody deactivates a user; whether there is one.
    pub fn deactivate(&self, account: &str, user_id: i32) -> bool {
        let now = self.desk.clock().now();
        let deactivated = self.change(account, |account| {
            let user = account.users.get_mut(&user_id)?;
            (user.is_deactivated, user.updated_on) = (true, Some(now));
            Some(())
        });
        deactivated.flatten().is_some()
    }

    fn change<T>(&self, account: &str, change: impl FnOnce(&mut Account) -> T) -> Option<T> {
        locked(&self.store).accounts.get_mut(account).map(change)
    }
}

/// The same over HTTP.
pub(super) fn router() -> Router<Twin> {
    Router::new()
        .route("/people/{account}/absences", post(enter))
        .route("/people/{account}/absences/{id}", delete(remove))
        .route("/people/{account}/closed-months/{month}", put(close).delete(open))
        .route("/people/{account}/users/{id}/deactivate", post(deactivate))
}

async fn enter(State(twin): State<Twin>, Path(account): Path<String>, body: Bytes) -> Response {
    let entry = match doors::parse::<Entry>(&body) {
        Ok(entry) => entry,
        Err(refusal) => return *refusal,
    };
    match twin.enter(&account, entry) {
        Ok(id) => Json(json!({"id": id})).into_response(),
        Err(error) => doors::refused(StatusCode::CONFLICT, &error),
    }
}

type Read<T> = Result<Path<T>, PathRejection>;

async fn remove(State(twin): State<Twin>, path: Read<(String, i32)>) -> Response {
    let remove = |(account, id): (String, i32)| twin.remove(&account, id);
    acted(path, remove, "no such account, or no such absence stands")
}

async fn close(State(twin): State<Twin>, path: Read<(String, Month)>) -> Response {
    acted(path, |(account, month)| twin.close_month(&account, month), "no such account")
}

async fn open(State(twin): State<Twin>, path: Read<(String, Month)>) -> Response {
    acted(path, |(account, month)| twin.open_month(&account, month), "no such account")
}

async fn deactivate(State(twin): State<Twin>, path: Read<(String, i32)>) -> Response {
    let deactivate = |(account, id): (String, i32)| twin.deactivate(&account, id);
    acted(path, deactivate, "no such account, or no such user")
}

fn acted<T>(path: Read<T>, act: impl FnOnce(T) -> bool, refusal: &str) -> Response {
    match path {
        Err(rejection) => doors::refused(StatusCode::BAD_REQUEST, &rejection.body_text()),
        Ok(Path(path)) => {
            if act(path) {
                StatusCode::NO_CONTENT.into_response()
            } else {
                doors::refused(StatusCode::CONFLICT, refusal)
            }
        }
    }
}
