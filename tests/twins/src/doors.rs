//! One router for everything: the vendors under their names, the doors for tests under `/_twin`.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::desk::gate;
use crate::faults::Faults;
use crate::{Vendor, reset};

type Shared = Arc<dyn Vendor>;

/// All vendors and all doors.
pub(crate) fn router(vendors: &[Shared]) -> Router {
    let common = Router::new()
        .route("/_twin/health", get(health))
        .route("/_twin/reset", post(reset_all))
        .with_state(vendors.to_vec());
    vendors.iter().fold(common, |router, vendor| router.merge(served(vendor))).layer(DefaultBodyLimit::disable())
}

/// The vendors' second hosts, at `base`.
pub(crate) fn storage(vendors: &[Shared], base: &str) -> Router {
    let beside = |router: Router, vendor: &Shared| {
        let name = vendor.name();
        match vendor.storage(&format!("{base}/{name}")) {
            Some(storage) => {
                router.nest(&format!("/{name}"), storage.layer(from_fn_with_state(vendor.desk().clone(), gate)))
            }
            None => router,
        }
    };
    vendors.iter().fold(Router::new(), beside)
}

fn served(vendor: &Shared) -> Router {
    let (name, desk) = (vendor.name(), vendor.desk().clone());
    let api = vendor.api().layer(from_fn_with_state(desk, gate)).merge(vendor.commands());
    Router::new()
        .route(&format!("/_twin/{name}"), get(state))
        .route(&format!("/_twin/{name}/faults"), post(set_faults))
        .with_state(Arc::clone(vendor))
        .nest(&format!("/_twin/{name}"), vendor.seeds())
        .nest(&format!("/{name}"), api)
}

async fn health(State(vendors): State<Vec<Shared>>) -> Json<Value> {
    let names: Vec<_> = vendors.iter().map(|vendor| vendor.name()).collect();
    Json(json!({"status": "ok", "vendors": names}))
}

async fn reset_all(State(vendors): State<Vec<Shared>>) -> StatusCode {
    vendors.iter().for_each(|vendor| reset(vendor.as_ref()));
    StatusCode::NO_CONTENT
}

async fn state(State(vendor): State<Shared>) -> Json<Value> {
    let (mut state, desk) = (vendor.state(), vendor.desk());
    state.insert("calls".to_owned(), json!(desk.calls()));
    state.insert("faults".to_owned(), json!(desk.faults()));
    state.insert("clock".to_owned(), json!({"now": desk.clock().now(), "fixed": desk.clock().is_fixed()}));
    Json(Value::Object(state))
}

async fn set_faults(State(vendor): State<Shared>, body: Bytes) -> Response {
    match parse::<Faults>(&body) {
        Ok(faults) => vendor.desk().set_faults(faults),
        Err(refusal) => return *refusal,
    }
    Json(vendor.desk().faults()).into_response()
}

/// Reads a door's JSON body; a refusal says what is wrong, with status 400.
pub(crate) fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Box<Response>> {
    serde_json::from_slice(body).map_err(|error| refused(StatusCode::BAD_REQUEST, &error.to_string()).into())
}

/// A door's refusal: `{"error": "..."}`.
pub(crate) fn refused(status: StatusCode, error: &str) -> Response {
    (status, Json(json!({"error": error}))).into_response()
}
