//! The public careers feed: <https://developers.comeet.com/reference/careers-position-model>. No JWT, but a token in the query.

use std::collections::HashMap;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use crate::locked;

use super::account::Account;
use super::position::{Position, time};
use super::store::Books;
use super::twin::Twin;

/// `GET /careers-api/2.0/company/<uid>/positions?token=<token>`: what is published and open.
pub(super) async fn feed(
    State(twin): State<Twin>,
    Path(company): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    let store = locked(&twin.store);
    let token = query.get("token").filter(|token| !token.is_empty());
    let known = |books: &&Books| {
        books.account.company_uid == company && token.is_some() && books.account.careers_token.as_ref() == token
    };
    let Some(books) = store.0.values().find(known) else {
        return (StatusCode::UNAUTHORIZED, Json(json!({"message": "The token is wrong"}))).into_response();
    };
    let published =
        books.positions.iter().filter(|position| position.is("is_published") && position.status() == "open");
    Json(published.map(|position| told(position, &books.account)).collect::<Vec<_>>()).into_response()
}

fn told(position: &Position, account: &Account) -> Value {
    let uid = position.members.get("location").and_then(|location| location.get("uid")).and_then(Value::as_str);
    let location = uid.and_then(|uid| Some((uid, account.locations.get(uid)?))).map(
        |(uid, place)| json!({"name": place.name, "country": place.country, "city": place.city, "location_uid": uid}),
    );
    json!({
        "uid": position.uid,
        "name": position.name(),
        "department": position.members.get("department"),
        "employment_type": position.members.get("employment_type"),
        "location": location,
        "workplace_type": "Hybrid",
        "time_updated": time(position.updated),
    })
}
