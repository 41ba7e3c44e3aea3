//! What the partner's own people do with users: the administrator's page, which no caller's rule binds but that of unique names.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{delete, post, put};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{doors, locked};

use super::account::StringBooleans;
use super::resource::{self, Attributes};
use super::twin::Twin;
use super::user::Origin;

const NO_USER: &str = "no such account, or no such user";

impl Twin {
    /// Somebody enters a user with these SCIM attributes. Gives the id.
    ///
    /// # Errors
    /// No such account, or what is wrong with the attributes.
    pub fn enter(&self, account: &str, attributes: &Attributes) -> Result<String, String> {
        let now = self.desk.clock().now();
        let mut store = locked(&self.store);
        let partner = store.0.get_mut(account).ok_or_else(|| format!("there is no account {account}"))?;
        let entered = resource::whole(attributes, StringBooleans::Refused).and_then(|attributes| {
            partner.fits(&attributes, None)?;
            Ok(partner.enter(account, attributes, Origin::Hand, now).id)
        });
        entered.map_err(|problem| problem.detail.into_owned())
    }

    /// Somebody gives a user another name.
    ///
    /// # Errors
    /// No such user, or another user has that name.
    pub fn rename(&self, account: &str, id: &str, user_name: &str) -> Result<(), String> {
        self.set(account, id, "userName", json!(user_name))
    }

    /// Somebody lets a user in, or keeps it out.
    ///
    /// # Errors
    /// No such user.
    pub fn set_active(&self, account: &str, id: &str, active: bool) -> Result<(), String> {
        self.set(account, id, "active", Value::Bool(active))
    }

    /// Somebody deletes a user; whether there was one.
    pub fn remove(&self, account: &str, id: &str) -> bool {
        let now = self.desk.clock().now();
        let mut store = locked(&self.store);
        store.0.get_mut(account).is_some_and(|partner| partner.remove(id, Origin::Hand, now))
    }

    fn set(&self, account: &str, id: &str, name: &str, value: Value) -> Result<(), String> {
        let now = self.desk.clock().now();
        let mut store = locked(&self.store);
        let partner = store.0.get_mut(account).ok_or(NO_USER)?;
        let mut attributes = partner.find(id).ok_or(NO_USER)?.attributes.clone();
        attributes.insert(name.to_owned(), value);
        partner.fits(&attributes, Some(id)).map_err(|problem| problem.detail.into_owned())?;
        partner.change(id, attributes, Origin::Hand, now);
        Ok(())
    }
}

/// The same over HTTP.
pub(super) fn router() -> Router<Twin> {
    Router::new()
        .route("/people/{account}/users", post(entered))
        .route("/people/{account}/users/{id}", delete(removed))
        .route("/people/{account}/users/{id}/user-name", put(renamed))
        .route("/people/{account}/users/{id}/activate", post(activated))
        .route("/people/{account}/users/{id}/deactivate", post(deactivated))
}

async fn entered(State(twin): State<Twin>, Path(account): Path<String>, body: Bytes) -> Response {
    let attributes = match doors::parse::<Attributes>(&body) {
        Ok(attributes) => attributes,
        Err(refusal) => return *refusal,
    };
    match twin.enter(&account, &attributes) {
        Ok(id) => Json(json!({"id": id})).into_response(),
        Err(error) => doors::refused(StatusCode::CONFLICT, &error),
    }
}

/// `{"user_name": "person@partner.example"}`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Name {
    user_name: String,
}

async fn renamed(State(twin): State<Twin>, Path((account, id)): Path<(String, String)>, body: Bytes) -> Response {
    match doors::parse::<Name>(&body) {
        Ok(Name { user_name }) => done(twin.rename(&account, &id, &user_name)),
        Err(refusal) => *refusal,
    }
}

async fn activated(State(twin): State<Twin>, Path((account, id)): Path<(String, String)>) -> Response {
    done(twin.set_active(&account, &id, true))
}

async fn deactivated(State(twin): State<Twin>, Path((account, id)): Path<(String, String)>) -> Response {
    done(twin.set_active(&account, &id, false))
}

async fn removed(State(twin): State<Twin>, Path((account, id)): Path<(String, String)>) -> Response {
    done(if twin.remove(&account, &id) { Ok(()) } else { Err(NO_USER.to_owned()) })
}

fn done(done: Result<(), String>) -> Response {
    match done {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => doors::refused(StatusCode::CONFLICT, &error),
    }
}
