//! Users: `GET /v2/Users` and `GET /v2/Users/{id}`.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Twin;
use super::account::Account;
use super::fields;
use super::lists;
use super::problems::Problem;
use super::times::milliseconds;

/// A user of an HQ.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
#[expect(missing_docs, reason = "the members are those of UserGet")]
pub struct User {
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub e_mail_work: Option<String>,
    pub e_mail_private: Option<String>,
    pub employee_number: Option<String>,
    /// Seen in live answers, not in the description.
    pub is_deactivated: bool,
    /// Never, where left out: then the user is as old as the HQ.
    pub updated_on: Option<Timestamp>,
}

impl User {
    /// Somebody with this address at work.
    #[must_use]
    pub fn at_work(e_mail: &str) -> Self {
        Self { e_mail_work: Some(e_mail.to_owned()), ..Self::default() }
    }
}

/// The users of the seed account: addresses in odd case and with blanks, one at home only, one deactivated, two with
/// the same address.
pub(super) fn seed() -> BTreeMap<i32, User> {
    let at_work = [
        (11, "person-3001@agency.example"),
        (12, "Person-3002@Agency.example"),
        (13, " person-3003@agency.example "),
        (14, "PERSON-3004@AGENCY.EXAMPLE "),
        (15, "person-3005@agency.example"),
        (17, "person-3007@agency.example"),
        (18, "shared@agency.example"),
        (19, "Shared@agency.example"),
    ];
    let mut users: BTreeMap<_, _> = at_work.into_iter().map(|(id, e_mail)| (id, User::at_work(e_mail))).collect();
    let home = User { e_mail_private: Some("person-3006@home.example".to_owned()), ..User::default() };
    users.insert(16, home);
    for (id, user) in &mut users {
        user.first_name = Some("Sample".to_owned());
        user.last_name = Some(format!("Person {id}"));
        user.is_deactivated = *id == 17;
    }
    users
}

/// `UserGet`: what stands in an absence.
pub(super) fn plain(id: i32, user: &User) -> Value {
    json!({
        "id": id,
        "firstName": user.first_name,
        "lastName": user.last_name,
        "eMailPrivate": user.e_mail_private,
        "eMailWork": user.e_mail_work,
        "employeeNumber": user.employee_number,
        "createdOn": born(),
        "createdBy": 1,
        "updatedOn": user.updated_on.map_or_else(born, milliseconds),
        "updatedBy": 1,
    })
}

/// When every HQ was set up.
fn born() -> Timestamp {
    Timestamp::constant(1_704_700_800, 0)
}

/// `UserGetRelated`. Nobody has a `defaultAddress`, which may be left out but is not said to be nullable.
fn related(id: i32, user: &User, account: &Account) -> Value {
    let mut shown = plain(id, user);
    if let Some(members) = shown.as_object_mut() {
        members.insert("customFields".to_owned(), json!([]));
        if !account.hides_deactivated {
            members.insert("isDeactivated".to_owned(), json!(user.is_deactivated));
        }
    }
    shown
}

/// `GET /v2/Users`
pub(super) async fn list(State(twin): State<Twin>, headers: HeaderMap, uri: Uri) -> Response {
    twin.serve(&headers, |_, call| {
        let rows = call.account.users.iter().rev().map(|(id, user)| related(*id, user, &call.account));
        lists::page(rows.collect(), fields::USERS, call, &uri, &headers)
    })
}

/// `GET /v2/Users/{id}`
pub(super) async fn get(State(twin): State<Twin>, headers: HeaderMap, Path(id): Path<String>) -> Response {
    twin.serve(&headers, |_, call| {
        let id = lists::id(&id)?;
        let user = call.account.users.get(&id).ok_or(Problem::NotFound)?;
        Ok(Json(related(id, user, &call.account)).into_response())
    })
}
