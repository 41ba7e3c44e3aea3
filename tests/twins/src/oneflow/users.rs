//! The users of the account: <https://developer.oneflow.com/docs/user>.

use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use serde_json::{Value, json};

use super::account::User;
use super::lists::{self, Page};
use super::twin::{Call, Twin};

/// Users are numbered from here by their place.
const IDS: usize = 901;

pub(super) async fn list(State(twin): State<Twin>, headers: HeaderMap, uri: Uri) -> Response {
    twin.serve(&headers, |work, call| {
        let query = lists::query(uri.query());
        let page = Page::read(&query, &[])?;
        let users = work.books.account.users.iter().zip(IDS..);
        let shown = users.map(|(one, id)| user(one, id, call));
        Ok(page.of(&format!("{}/users", call.base), &query, shown.collect()))
    })
}

fn user(user: &User, id: usize, call: &Call) -> Value {
    json!({
        "_links": {"self": {"href": format!("{}/users/{id}", call.base)}},
        "active": true,
        "email": user.email,
        "id": id,
        "is_admin": user.admin,
        "name": user.name,
        "phone_number": null,
        "state": "registered",
        "title": "",
    })
}
